//! What a search answers.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::query::Key;
use super::{Cursor, PatternError, Place};
use crate::compare::Level;
use crate::registry::{Freshness, Onboarding};
use crate::subject::{SchemaId, SchemaType, SubjectName, Version};

/// One page of results with everything that is said about the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SearchPage {
    /// The rows.
    pub rows: Vec<Row>,
    /// How many subjects match.
    pub matched: Matched,
    /// How many subjects there are.
    pub total: usize,
    /// How many results stand before the first row.
    pub offset: usize,
    /// Counts for narrowing down; each ignores what the query says about its own key. Empty when only rows were asked for.
    pub facets: Vec<Facet>,
    /// Where the next page begins; nothing on the last.
    pub next: Option<Cursor>,
    /// Why the query cannot be used, with a column of the query; then there are no rows.
    pub problem: Option<PatternError>,
    /// How long the search took, in microseconds.
    pub took_micros: u64,
    /// How fresh all this is.
    pub freshness: Freshness,
}

/// How many subjects match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Matched {
    /// Exactly so many.
    Exact {
        /// How many match.
        count: usize,
    },
    /// The search was stopped: by its time, or because rows were enough.
    AtLeast {
        /// How many were found.
        count: usize,
        /// Among so many subjects.
        searched: usize,
        /// Of so many.
        of: usize,
    },
}

impl Matched {
    /// How many are known to match.
    pub fn count(self) -> usize {
        match self {
            Self::Exact { count } | Self::AtLeast { count, .. } => count,
        }
    }
}

impl Default for Matched {
    fn default() -> Self {
        Self::Exact { count: 0 }
    }
}

/// One subject of one registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The registry's name.
    pub registry: String,
    /// The subject, its context included.
    pub subject: SubjectName,
    /// Language of the newest version; `None` while only the name is known.
    pub schema_type: Option<SchemaType>,
    /// The newest version that is not deleted, or the newest of all where the whole subject is.
    pub version: Option<Version>,
    /// The schema id of that version.
    pub id: Option<SchemaId>,
    /// How many versions there are, deleted ones included.
    pub versions: usize,
    /// How many fields the newest version has, at every depth.
    pub fields: usize,
    /// Whether the subject is soft-deleted.
    pub deleted: bool,
    /// How it may change, where that is known.
    pub compatibility: Option<Level>,
    /// What became of it here.
    pub onboarding: Onboarding,
    /// Who answers for it here.
    pub owner: Option<String>,
    /// Why it matched, at most [`Row::MATCHES`], the weightiest first.
    pub matches: Vec<Match>,
    /// How many more texts matched.
    pub more_matches: usize,
}

impl Row {
    /// How many matches of a row are written out.
    pub const MATCHES: usize = 8;
}

/// A text that a word of the query was found in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Match {
    /// Where it stands.
    pub place: Place,
    /// The text, cut to a window around the first span when it is long.
    pub text: String,
    /// The bytes of `text` that matched, ascending and apart from each other.
    pub spans: Vec<(usize, usize)>,
    /// The newest version that has it, when the newest of the subject has not.
    pub version: Option<Version>,
}

impl Match {
    /// The longest text that is written out, in bytes.
    pub const LONGEST: usize = 200;
    /// How much of a long text is kept before its first span, in bytes.
    const BEFORE: usize = 40;

    /// Spans in order, those that touch or overlap made one.
    pub(super) fn spans_of(found: impl IntoIterator<Item = Range<usize>>) -> Vec<(usize, usize)> {
        let mut spans: Vec<(usize, usize)> = found.into_iter().map(|span| (span.start, span.end)).collect();
        spans.sort_unstable();
        spans.dedup_by(|next, kept| {
            let joined = next.0 <= kept.1;
            if joined {
                kept.1 = kept.1.max(next.1);
            }
            joined
        });
        spans
    }

    /// The same with a long text cut to a window around its first span; `…` stands for what was cut.
    pub(super) fn shortened(self) -> Self {
        if self.text.len() <= Self::LONGEST {
            return self;
        }
        let first = self.spans.first().map_or(0, |span| span.0);
        let start = self.text.floor_char_boundary(first.saturating_sub(Self::BEFORE));
        let end = self.text.floor_char_boundary((start + Self::LONGEST).min(self.text.len()));
        let cut = self.text.get(start..end).unwrap_or_default();
        let (before, after) = (if start > 0 { "…" } else { "" }, if end < self.text.len() { "…" } else { "" });
        let moved = |at: usize| at.clamp(start, end) - start + before.len();
        let spans = self.spans.iter().filter(|span| span.0 < end && span.1 > start);
        Self {
            spans: spans.map(|span| (moved(span.0), moved(span.1))).collect(),
            text: format!("{before}{cut}{after}"),
            ..self
        }
    }
}

/// The counts of one key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Facet {
    /// The key, whose filter narrows down.
    pub key: Key,
    /// Values that occur or are chosen: types, levels and states in their own order, others by count.
    pub values: Vec<FacetValue>,
    /// How many values more there are.
    pub more: usize,
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FacetValue {
    /// The value as the query writes it.
    pub word: String,
    /// As people read it.
    pub label: String,
    /// How many results have it.
    pub count: usize,
    /// What the query says of it.
    pub chosen: Chosen,
}

/// What a query says of a facet's value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chosen {
    /// Nothing.
    #[default]
    No,
    /// Only this and its like.
    Included,
    /// Not this.
    Excluded,
}
