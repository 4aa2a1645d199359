//! One change to a design.
use serde::{Deserialize, Serialize};

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

/// What one edit changes. On columns all but the last three; on the table (root path) rename, comment and the last three.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "change", content = "value")]
pub enum Change {
    /// Make it a column, or leave it out.
    Keep(bool),
    /// Give it this name.
    Rename(String),
    /// Give it this type.
    Type(String),
    /// Accept NULL, or not.
    Nullable(bool),
    /// Give it this comment.
    Comment(String),
    /// Make a record's fields columns of their own, or not.
    Expand(bool),
    /// Days of Time Travel.
    RetentionDays(Option<u8>),
    /// Cluster by day, or not.
    ClusterByDay(bool),
    /// Take back every edit of this path.
    Reset,
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
}
