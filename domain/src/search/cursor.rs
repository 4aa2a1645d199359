//! Where a page of results ended: the last row itself, so that a page follows it even when the registry has changed meanwhile.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The last row of a page. As text it is opaque: only what an earlier page gave as `next` is one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cursor {
    /// Its rank among better and worse matches, or its value in the sorted column.
    pub rank: u64,
    /// Its name.
    pub subject: String,
    /// Its registry.
    pub registry: String,
}

/// Why a text is no cursor, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("This cursor is not one that a page of results gave as next. Start again without it.")]
pub struct CursorError;

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}{}", self.rank, self.registry.len(), self.registry, self.subject)
    }
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (rank, rest) = text.split_once('.').ok_or(CursorError)?;
        let (length, rest) = rest.split_once('.').ok_or(CursorError)?;
        let (rank, length) = (rank.parse().map_err(|_| CursorError)?, length.parse().map_err(|_| CursorError)?);
        let (registry, subject) = rest.split_at_checked(length).ok_or(CursorError)?;
        Ok(Self { rank, subject: subject.to_owned(), registry: registry.to_owned() })
    }
}

impl TryFrom<String> for Cursor {
    type Error = CursorError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Cursor> for String {
    fn from(cursor: Cursor) -> Self {
        cursor.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_cursor_survives_being_text(rank: u64, subject in ".{0,20}", registry in ".{0,20}") {
            let cursor = Cursor { rank, subject, registry };
            prop_assert_eq!(cursor.to_string().parse(), Ok(cursor));
        }

        #[test]
        fn any_other_text_is_refused_without_harm(text in ".{0,40}") {
            let _ = text.parse::<Cursor>();
        }
    }
}
