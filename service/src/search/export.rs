//! Everything that a search finds, row by row, without holding it all.

use std::sync::Arc;

use domain::search::export::Format;
use domain::search::{PatternError, SearchRequest};
use tokio::sync::mpsc;

use super::Outcome;

/// So many rows are written at a time.
const ROWS: usize = 500;
/// So many pieces wait for a reader that is slow; then the writing waits.
const PIECES: usize = 4;

/// What an export answers.
pub enum Export {
    /// The query cannot be used.
    Problem(PatternError),
    /// Pieces of the file; the channel ends with it. Whoever drops it ends the writing.
    Pieces(mpsc::Receiver<String>),
}

pub(super) fn pieces(outcome: Outcome, request: SearchRequest, format: Format) -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel(PIECES);
    tokio::task::spawn_blocking(move || {
        let Outcome { index, standings, answer } = outcome;
        let mut piece = format.head();
        let index = Arc::as_ref(&index);
        for (at, row) in answer.rows(index, &standings, &request).enumerate() {
            piece.push_str(&format.row(&row));
            if (at + 1).is_multiple_of(ROWS) && sender.blocking_send(std::mem::take(&mut piece)).is_err() {
                return;
            }
        }
        let _ = sender.blocking_send(piece);
    });
    receiver
}
