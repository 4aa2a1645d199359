//! The place of a row among the others: by rank or value, then by name, then by registry.

use std::cmp::Ordering;

use super::{Cursor, Sort, SortBy};

/// What places a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rank<'a> {
    /// How well it matches, or its value in the sorted column.
    pub value: u64,
    /// Its name.
    pub subject: &'a str,
    /// Its registry.
    pub registry: &'a str,
}

impl<'a> Rank<'a> {
    /// Where a page ended.
    pub fn of(cursor: &'a Cursor) -> Self {
        Self { value: cursor.rank, subject: &cursor.subject, registry: &cursor.registry }
    }

    /// The cursor of the page after this row.
    pub fn cursor(&self) -> Cursor {
        Cursor { rank: self.value, subject: self.subject.to_owned(), registry: self.registry.to_owned() }
    }

    /// Which of two rows stands first.
    pub fn compare(&self, other: &Self, sort: Sort) -> Ordering {
        let names = (self.subject, self.registry).cmp(&(other.subject, other.registry));
        match (sort.by, sort.descending) {
            (SortBy::Name, false) => names,
            (SortBy::Name, true) => names.reverse(),
            (_, false) => self.value.cmp(&other.value).then(names),
            (_, true) => other.value.cmp(&self.value).then(names),
        }
    }
}
