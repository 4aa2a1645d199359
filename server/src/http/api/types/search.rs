//! What a search answers, in the API's own shapes.

use domain::search::{Facet, Match, Matched, Row, SearchPage};
use serde::Serialize;
use utoipa::ToSchema;

use super::word;

/// A page of what a query finds.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SearchResult {
    /// The rows, in the order that was asked for.
    pub rows: Vec<SearchRow>,
    /// How many subjects match, or at least how many when the search was stopped.
    pub matched: usize,
    /// Whether `matched` is exact.
    pub exact: bool,
    /// How many subjects were looked at.
    pub searched: usize,
    /// How many subjects there are.
    pub total: usize,
    /// How many results stand before the first row.
    pub offset: usize,
    /// Counts by type, context, compatibility, registry, onboarded, deleted and owner; each looks past the query's filter of its own.
    pub facets: Vec<SearchFacet>,
    /// Give this as `cursor` for the next page; null on the last.
    pub next: Option<String>,
    /// How long the search took, in microseconds.
    pub took_micros: u64,
    /// When the registries were last read, RFC 3339.
    pub synced_at: Option<String>,
}

/// One subject of one registry.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SearchRow {
    /// The registry.
    pub registry: String,
    /// The subject's name, its context included.
    pub subject: String,
    /// Its context; null for the default one.
    pub context: Option<String>,
    /// AVRO, PROTOBUF or JSON; null while only the name is known.
    pub schema_type: Option<String>,
    /// Its newest version.
    pub version: Option<u32>,
    /// The schema id of that version.
    pub id: Option<u32>,
    /// How many versions there are.
    pub versions: usize,
    /// How many fields the newest version has.
    pub fields: usize,
    /// Whether it is soft-deleted.
    pub deleted: bool,
    /// Its compatibility level, where that is known.
    pub compatibility: Option<String>,
    /// What became of it here: none, draft, in_review, running, live, behind.
    pub onboarding: String,
    /// Who answers for it here.
    pub owner: Option<String>,
    /// Why it matched.
    pub matches: Vec<SearchMatch>,
    /// How many more texts matched.
    pub more_matches: usize,
}

/// A text that the query was found in.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SearchMatch {
    /// subject, record, field, fieldtype, doc or tag.
    pub place: String,
    /// The text, shortened where it is long.
    pub text: String,
    /// The bytes of the text that matched: pairs of start and end.
    pub spans: Vec<(usize, usize)>,
    /// The newest version that has it, when the newest of the subject has not.
    pub version: Option<u32>,
}

/// The counts of one key.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SearchFacet {
    /// The key of the filter.
    pub key: String,
    /// The values.
    pub values: Vec<SearchFacetValue>,
    /// How many more values there are.
    pub more: usize,
}

/// One value of a facet.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SearchFacetValue {
    /// The value, as a filter takes it.
    pub value: String,
    /// How many results have it.
    pub count: usize,
}

impl From<SearchPage> for SearchResult {
    fn from(page: SearchPage) -> Self {
        let (exact, searched) = match page.matched {
            Matched::Exact { .. } => (true, page.total),
            Matched::AtLeast { searched, .. } => (false, searched),
        };
        Self {
            rows: page.rows.into_iter().map(SearchRow::from).collect(),
            matched: page.matched.count(),
            exact,
            searched,
            total: page.total,
            offset: page.offset,
            facets: page.facets.into_iter().map(SearchFacet::from).collect(),
            next: page.next.map(|cursor| cursor.to_string()),
            took_micros: page.took_micros,
            synced_at: page.freshness.synced_at.map(|at| at.to_string()),
        }
    }
}

impl From<Row> for SearchRow {
    fn from(row: Row) -> Self {
        Self {
            context: row.subject.context().map(str::to_owned),
            registry: row.registry,
            subject: row.subject.to_string(),
            schema_type: row.schema_type.as_ref().map(word),
            version: row.version.map(|version| version.0),
            id: row.id.map(|id| id.0),
            versions: row.versions,
            fields: row.fields,
            deleted: row.deleted,
            compatibility: row.compatibility.map(|level| level.word().to_owned()),
            onboarding: word(&row.onboarding),
            owner: row.owner,
            matches: row.matches.into_iter().map(SearchMatch::from).collect(),
            more_matches: row.more_matches,
        }
    }
}

impl From<Match> for SearchMatch {
    fn from(one: Match) -> Self {
        Self {
            place: one.place.to_string(),
            text: one.text,
            spans: one.spans,
            version: one.version.map(|version| version.0),
        }
    }
}

impl From<Facet> for SearchFacet {
    fn from(facet: Facet) -> Self {
        let values = facet.values.into_iter().map(|value| SearchFacetValue { value: value.word, count: value.count });
        Self { key: facet.key.word().to_owned(), values: values.collect(), more: facet.more }
    }
}
