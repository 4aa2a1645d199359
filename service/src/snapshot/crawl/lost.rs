//! Tells a registry that is gone from a few subjects that hang.

use crate::ports::registry::Registry;

/// After so many subjects in a row without an answer, the registry is asked for its list again to see whether it is still there.
const LOST_IN_A_ROW: usize = 8;
/// When it still is, so many times are enough all the same.
const MAX_LOST_ROWS: usize = 4;

pub struct Lost {
    in_a_row: usize,
    rows: usize,
    total: usize,
}

impl Lost {
    /// Of so many subjects.
    pub fn of(total: usize) -> Self {
        Self { in_a_row: 0, rows: 0, total }
    }

    /// Whether the last subject had no answer: what is wrong is not known yet.
    pub fn is_silent(&self) -> bool {
        self.in_a_row > 0
    }

    /// Counts one subject; true when there is no point in going on.
    pub async fn count(&mut self, no_answer: bool, registry: &dyn Registry) -> bool {
        if !no_answer {
            self.in_a_row = 0;
            return false;
        }
        self.in_a_row += 1;
        if self.in_a_row == self.total || !self.in_a_row.is_multiple_of(LOST_IN_A_ROW) {
            return self.in_a_row == self.total && registry.subjects().await.is_err();
        }
        self.rows += 1;
        self.rows >= MAX_LOST_ROWS || registry.subjects().await.is_err()
    }
}
