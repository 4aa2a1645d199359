//! Where a text of a subject can be found.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A kind of text that patterns are matched against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The subject's whole name, context included.
    Subject,
    /// Full names of records, messages and titled objects.
    Record,
    /// Paths of fields, with dots between: `items.[].price`.
    Field,
    /// Types of fields as the field tree shows them: `decimal(12,2)`.
    #[serde(rename = "fieldtype")]
    Type,
    /// Documentation of the schema and its fields.
    Doc,
    /// Tags that the registry keeps.
    Tag,
}

impl Place {
    /// Every place, the one that weighs most in the ranking first.
    pub const ALL: [Self; 6] = [Self::Subject, Self::Record, Self::Field, Self::Type, Self::Tag, Self::Doc];

    /// The word in a query and in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Record => "record",
            Self::Field => "field",
            Self::Type => "fieldtype",
            Self::Doc => "doc",
            Self::Tag => "tag",
        }
    }

    /// The place with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.word() == word)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
