//! What is asked of a search.

use serde::{Deserialize, Serialize};

use super::{Cursor, Place};

/// The most rows of one page.
pub const MAX_ROWS: usize = 500;

/// One search: a query and which part of its results is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SearchRequest {
    /// The query, in the language of [`Query`](super::Query); empty for everything.
    pub query: String,
    /// Where words without a key are looked for, when the query has no `in:`; empty for subject names.
    pub scopes: Vec<Place>,
    /// Whether words without a key mean themselves instead of being regular expressions.
    pub literal: bool,
    /// Whether upper and lower case differ.
    pub case: Case,
    /// The order of the rows.
    pub sort: Sort,
    /// At most so many rows, 1 to [`MAX_ROWS`].
    pub limit: usize,
    /// Only rows after this one; comes from `next` of the page before.
    pub cursor: Option<Cursor>,
    /// Without a cursor: skip so many rows, as a scrollbar does.
    pub offset: usize,
    /// Whether rows are enough: then the search may stop when the page is full, and says how far it came instead of a total.
    pub rows_only: bool,
    /// Which window of the caller asks; a newer search of the same window ends an older one. Empty for none.
    pub tab: String,
}

impl Default for SearchRequest {
    fn default() -> Self {
        Self {
            query: String::new(),
            scopes: Vec::new(),
            literal: false,
            case: Case::default(),
            sort: Sort::default(),
            limit: 50,
            cursor: None,
            offset: 0,
            rows_only: false,
            tab: String::new(),
        }
    }
}

/// Whether upper and lower case differ.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Case {
    /// They do in a pattern that has an upper-case letter.
    #[default]
    Smart,
    /// They do, unless a pattern says `(?i)`.
    Exact,
}

/// The order of rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Sort {
    /// By what; rows that are equal in it stand by name, then by registry.
    pub by: SortBy,
    /// Whether the largest comes first.
    pub descending: bool,
}

/// What rows can be sorted by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortBy {
    /// How well a row matches: names that begin with the words, names that hold them, then records, fields, types, tags, docs,
    /// and what only older versions have.
    #[default]
    Best,
    /// The subject's name.
    Name,
    /// The number of the newest version.
    Version,
    /// How many versions there are.
    Versions,
    /// The newest schema id, which registries give out in the order of registration.
    Id,
    /// The language of the newest version.
    Type,
    /// How many fields the newest version has.
    Fields,
}

impl SortBy {
    /// Every order.
    pub const ALL: [Self; 7] =
        [Self::Best, Self::Name, Self::Version, Self::Versions, Self::Id, Self::Type, Self::Fields];

    /// The word in addresses and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Name => "name",
            Self::Version => "version",
            Self::Versions => "versions",
            Self::Id => "id",
            Self::Type => "type",
            Self::Fields => "fields",
        }
    }

    /// The order with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.word() == word)
    }
}
