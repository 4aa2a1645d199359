//! One edit of a design, and why one is refused.

use serde::{Deserialize, Serialize};

use super::{Change, MAX_COMPUTED_COLUMNS, MAX_LISTED_COLUMNS, MAX_RETIRED_PIPES, MAX_TAGS};
use crate::schema::FieldPath;

/// The longest comment, in characters.
pub const MAX_COMMENT_CHARS: usize = 2000;

/// One change to a design, keyed by field path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The field; the root for the table itself.
    pub path: FieldPath,
    /// What changes.
    #[serde(flatten)]
    pub change: Change,
}

/// Why an edit is refused at once, as a sentence. What depends on the schema is a diagnostic instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The text is longer than the limit.
    #[error("At most {limit} characters fit here; this has {length}.")]
    TooLong {
        /// The limit.
        limit: usize,
        /// What was given.
        length: usize,
    },
    /// More columns are edited than a schema can have.
    #[error("A design can edit {limit} columns; this one edits {count}.")]
    TooManyColumns {
        /// The limit.
        limit: usize,
        /// What was given.
        count: usize,
    },
    /// All texts together are larger than the limit.
    #[error(
        "The names and comments of a design can have {limit} bytes in all; these have {bytes}. Shorten the comments."
    )]
    TooLarge {
        /// The limit.
        limit: usize,
        /// What was given.
        bytes: usize,
    },
    /// More tags than a column or a table can have.
    #[error("At most {MAX_TAGS} tags fit here; these are {count}.")]
    TooManyTags {
        /// What was given.
        count: usize,
    },
    /// More computed columns than a design can have.
    #[error("A design can compute {MAX_COMPUTED_COLUMNS} columns; this one computes {count}.")]
    TooManyComputed {
        /// What was given.
        count: usize,
    },
    /// More columns in one list than any option takes.
    #[error("A list of columns can have {MAX_LISTED_COLUMNS}; this one has {count}.")]
    TooManyListed {
        /// What was given.
        count: usize,
    },
    /// More pipes than one change takes out.
    #[error("One change takes out {MAX_RETIRED_PIPES} pipes; this one names {count}. Take the others out in the next.")]
    TooManyRetired {
        /// What was given.
        count: usize,
    },
    /// A change of columns at the root path.
    #[error("Only a column can be changed so, not the table; give the path of a field.")]
    NotOfTable,
    /// A change of the table at a field's path.
    #[error("Only the table can be changed so, not a column; leave the path empty.")]
    NotOfColumn,
}
