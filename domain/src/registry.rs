//! What the console knows of the registry: the rows of the Explore page and the view of one subject.

mod about;
mod name;
mod probe;

use serde::{Deserialize, Serialize};

pub use about::{About, Metadata, Referred, Referring, Uses};
pub use name::{MAX_REGISTRY_NAME, Mode, RegistryName, RegistryNameError};
pub use probe::ProbeStep;

use crate::schema::SchemaText;
use crate::search::PatternError;
use crate::subject::{SchemaId, SchemaType, SubjectName, Version};
use crate::time::Timestamp;

/// How fresh the snapshot is, and what is wrong with the registry if something is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Freshness {
    /// When the registry was last read whole; `None` before the first time.
    pub synced_at: Option<Timestamp>,
    /// When this view was made; ages are counted to here.
    pub now: Timestamp,
    /// Why the last reading failed, a sentence; `None` when it worked.
    pub trouble: Option<String>,
    /// The first of the subjects that could not be read, by name, with the reason.
    pub unreadable: Vec<Unreadable>,
    /// How many could not be read.
    #[serde(default)]
    pub unreadable_count: usize,
    /// How many of the listed subjects were read, or found unreadable.
    #[serde(default)]
    pub read: usize,
    /// How many subjects the registry listed last.
    #[serde(default)]
    pub listed: usize,
    /// When the last reading of every subject's versions began; what changed since without a new schema id may not be known yet.
    #[serde(default)]
    pub details_at: Option<Timestamp>,
    /// Calls made to the registry since the start.
    #[serde(default)]
    pub calls: u64,
    /// Calls a second that are allowed at most; 0 where no calls are made.
    #[serde(default)]
    pub pace: u32,
}

/// One of the registries, as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RegistryState {
    /// Its name here.
    pub name: RegistryName,
    /// Where it is, without credentials.
    pub place: String,
    /// How it is read: a word for people, such as "in bulk by prefix".
    pub driver: String,
    /// Its compatibility level where a subject has none of its own; `None` while unknown.
    pub level: Option<crate::compare::Level>,
    /// Its mode where a subject has none of its own; `None` while unknown.
    pub mode: Option<Mode>,
    /// How fresh what is known of it is.
    pub freshness: Freshness,
}

/// A subject that the registry lists and that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreadable {
    /// Its name, as the registry gave it.
    pub subject: String,
    /// Why, a sentence.
    pub reason: String,
}

/// What to look for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExploreQuery {
    /// The regular expression; empty for everything.
    pub pattern: String,
    /// Only these types; empty for all.
    pub types: Vec<SchemaType>,
    /// At most so many rows.
    pub limit: usize,
    /// Only subjects after this one.
    pub after: Option<SubjectName>,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExplorePage {
    /// The rows, by name.
    pub rows: Vec<SubjectSummary>,
    /// How many subjects match pattern and types.
    pub matched: usize,
    /// How many subjects there are.
    pub total: usize,
    /// How many subjects of each type match the pattern, whatever types are chosen.
    pub by_type: Vec<(SchemaType, usize)>,
    /// The cursor of the next page.
    pub next: Option<SubjectName>,
    /// Why the pattern cannot be used; then there are no rows.
    pub problem: Option<PatternError>,
    /// How fresh all this is.
    pub freshness: Freshness,
}

/// One row of the Explore page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubjectSummary {
    /// The subject.
    pub subject: SubjectName,
    /// Type of its newest version.
    pub schema_type: SchemaType,
    /// Its newest version.
    pub version: Version,
    /// How many versions there are.
    pub versions: usize,
    /// The bytes of the name that matched.
    pub matched: Option<(usize, usize)>,
    /// What became of it here.
    pub onboarding: Onboarding,
}

/// What became of a subject here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Onboarding {
    /// Nothing yet.
    #[default]
    None,
    /// Someone drafts a design.
    Draft,
    /// A request waits for a decision or for changes.
    InReview,
    /// Its run is under way.
    Running,
    /// It is in the catalogue.
    Live,
    /// It is in the catalogue with an older version than the registry has.
    Behind,
}

/// One version in a subject's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VersionSummary {
    /// The version.
    pub version: Version,
    /// Its schema id.
    pub id: SchemaId,
    /// Its type.
    pub schema_type: SchemaType,
    /// Whether it is soft-deleted: readers that know its id still get it.
    #[serde(default)]
    pub deleted: bool,
}

/// One subject with one of its versions opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubjectView {
    /// The subject.
    pub subject: SubjectName,
    /// All versions that could be read, oldest first.
    pub versions: Vec<VersionSummary>,
    /// The opened version.
    pub version: Version,
    /// Its schema with references resolved.
    pub schema: SchemaText,
    /// What became of it here.
    pub onboarding: Onboarding,
    /// The version that is in the catalogue, if one is.
    #[serde(default)]
    pub live: Option<Version>,
    /// How fresh all this is.
    pub freshness: Freshness,
}
