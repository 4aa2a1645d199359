//! Which subjects of a list are taken for a common act: some rows, or every match but some.

use std::collections::BTreeSet;

use domain::search::Row;
use domain::subject::SubjectName;

use super::explore_state::Search;
use crate::paths;

/// The most rows that are taken one by one; beyond, every match of a search is meant.
pub const MAX_ROWS: usize = 200;
/// The longest address of a selection, in bytes; servers between refuse longer ones.
const MAX_ADDRESS: usize = 7_000;

/// A subject of a registry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId {
    /// The registry's name.
    pub registry: String,
    /// The subject.
    pub subject: SubjectName,
}

impl RowId {
    /// The identity of a row.
    pub fn of(row: &Row) -> Self {
        Self { registry: row.registry.clone(), subject: row.subject.clone() }
    }
}

/// The selected subjects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// These.
    Rows(BTreeSet<RowId>),
    /// Every match but these.
    AllBut(BTreeSet<RowId>),
}

impl Default for Selection {
    fn default() -> Self {
        Self::Rows(BTreeSet::new())
    }
}

impl Selection {
    /// Whether a subject is selected.
    pub fn has(&self, id: &RowId) -> bool {
        match self {
            Self::Rows(rows) => rows.contains(id),
            Self::AllBut(rows) => !rows.contains(id),
        }
    }

    /// Selects or drops one subject.
    pub fn toggle(&mut self, id: RowId) {
        let (Self::Rows(rows) | Self::AllBut(rows)) = self;
        if !rows.remove(&id) {
            rows.insert(id);
        }
    }

    /// Selects these subjects too.
    pub fn add(&mut self, ids: impl IntoIterator<Item = RowId>) {
        match self {
            Self::Rows(rows) => rows.extend(ids),
            Self::AllBut(rows) => ids.into_iter().for_each(|id| {
                rows.remove(&id);
            }),
        }
    }

    /// How many subjects of `matched` are selected.
    pub fn count(&self, matched: usize) -> usize {
        match self {
            Self::Rows(rows) => rows.len(),
            Self::AllBut(rows) => matched.saturating_sub(rows.len()),
        }
    }

    /// Where these subjects are onboarded together; a sentence when they are too many to be named one by one.
    pub fn path(&self, search: &Search) -> Result<String, String> {
        let subject = |id: &RowId| id.subject.to_string();
        let (mut pairs, rows, key) = match self {
            Self::Rows(rows) => (Vec::new(), rows, "subject"),
            Self::AllBut(rows) => (Search { after: None, ..search.clone() }.pairs(), rows, "but"),
        };
        if matches!(self, Self::AllBut(_)) {
            pairs.push(("all", "1".to_owned()));
        }
        pairs.extend(rows.iter().map(|id| (key, subject(id))));
        let path = paths::with_query(paths::BULK, &pairs);
        if rows.len() > MAX_ROWS || path.len() > MAX_ADDRESS {
            return Err("These are too many to be taken row by row. Narrow the search to them and select all matches."
                .to_owned());
        }
        Ok(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str) -> RowId {
        RowId { registry: "default".to_owned(), subject: SubjectName::parse(name).unwrap() }
    }

    #[test]
    fn rows_are_taken_and_dropped_one_by_one() {
        let mut selection = Selection::default();
        selection.toggle(id("a"));
        selection.add([id("a"), id("b")]);
        assert_eq!((selection.count(10), selection.has(&id("b")), selection.has(&id("c"))), (2, true, false));
        selection.toggle(id("a"));
        assert_eq!(selection.count(10), 1);
    }

    #[test]
    fn all_matches_but_some_stay_right_whatever_is_loaded() {
        let mut selection = Selection::AllBut(BTreeSet::new());
        selection.toggle(id("a"));
        assert_eq!((selection.count(48_213), selection.has(&id("a")), selection.has(&id("b"))), (48_212, false, true));
        selection.add([id("a")]);
        assert_eq!(selection.count(48_213), 48_213);
    }

    #[test]
    fn a_selection_has_an_address_until_it_names_too_many() {
        let mut selection = Selection::default();
        selection.add([id("a/b"), id("c")]);
        assert_eq!(selection.path(&Search::default()).unwrap(), "/bulk?subject=a%2Fb&subject=c");
        let all = Selection::AllBut([id("c")].into());
        let search = Search { text: "^order".to_owned(), ..Search::default() };
        assert_eq!(all.path(&search).unwrap(), "/bulk?q=%5Eorder&all=1&but=c");
        selection.add((0..300).map(|number| id(&format!("subject-{number}"))));
        assert!(selection.path(&Search::default()).is_err());
    }
}
