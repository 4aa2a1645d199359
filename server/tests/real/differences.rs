//! Where a registry is known to answer otherwise than Confluent's, each with the reason; one that no longer occurs has to go.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The differences of a registry that are about one thing, such as `agreement`, and those that were met.
pub struct Differences {
    file: String,
    named: BTreeSet<String>,
    met: BTreeMap<String, String>,
}

impl Differences {
    /// The entries `= about: what` of `differences/NAME.txt`.
    pub fn of(registry: &str, about: &str) -> Self {
        let file = format!("tests/real/differences/{registry}.txt");
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&file)).unwrap();
        let entries = text.lines().filter_map(|line| line.strip_prefix("= "));
        let prefix = format!("{about}: ");
        let named = entries.filter_map(|entry| entry.strip_prefix(&prefix)).map(str::to_owned).collect();
        Self { file, named, met: BTreeMap::new() }
    }

    pub fn names(&self, what: &str) -> bool {
        self.named.contains(what)
    }

    /// Notes a difference, and how it showed.
    pub fn meet(&mut self, what: &str, how: impl Into<String>) {
        self.met.insert(what.to_owned(), how.into());
    }

    /// How many were met.
    pub fn met(&self) -> usize {
        self.met.len()
    }

    /// Fails unless what was met is what is named, of what could have been met.
    pub fn settle(self, could: impl Fn(&str) -> bool) {
        let unnamed: Vec<_> = self.met.iter().filter(|(what, _)| !self.named.contains(*what)).collect();
        let gone: Vec<_> = self.named.iter().filter(|what| !self.met.contains_key(*what) && could(what)).collect();
        assert!(unnamed.is_empty(), "{} does not name these: {unnamed:#?}", self.file);
        assert!(gone.is_empty(), "{} names what no longer occurs: {gone:#?}", self.file);
    }
}
