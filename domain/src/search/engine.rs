//! Finds in an index what a request asks for. Several ways find the same; which one is taken depends on the pattern, the texts, and
//! on how long a small piece takes.

mod answer;
mod answers;
mod evaluate;
mod facets;
mod filters;
mod find;
mod need;
mod page;
mod program;
mod reasons;
mod rewrite;
mod simplify;
mod standings;
mod text;
mod watch;
mod ways;

pub use answer::Answer;
pub use answers::{Answers, Asking};
pub use find::{Found, Plan};
pub use standings::Standings;
pub use watch::Watch;
pub use ways::Way;

use super::index::lines::Lines;
use super::{Pattern, PatternError};

/// The texts of a list that match a pattern, by a way that is chosen or given: what tests and measurements look at.
#[derive(Debug)]
pub struct Bench {
    lines: Lines,
    grams: super::index::grams::Grams,
}

impl Bench {
    /// Lays texts out, which stand in ascending order.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let lines = Lines::of(texts);
        Self { grams: super::index::grams::Grams::of(&lines), lines }
    }

    /// Finds the texts that match; `letters` says whether lists of letters may be used.
    pub fn find(
        &self,
        pattern: &Pattern,
        how: Option<Way>,
        letters: bool,
        watch: Watch<'_>,
    ) -> Result<Found, PatternError> {
        let program = program::Program::compile(pattern, self.lines.is_ascii())?;
        let search = find::Search {
            program: &program,
            pattern,
            lines: &self.lines,
            grams: letters.then_some(&self.grams),
            watch,
        };
        Ok(search.run(None, how, usize::MAX))
    }
}
