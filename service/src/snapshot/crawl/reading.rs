//! What became of one subject when it was read.

use std::collections::BTreeMap;

use domain::subject::{SchemaId, SchemaType, SubjectName, Version};

use super::super::entry::Gaps;
use crate::ports::registry::{BulkRow, RegisteredSchema, RegistryError};
use crate::ports::snapshot::{Content, ContentKey};

/// A subject and what became of it.
#[derive(Debug)]
pub struct Reading {
    pub name: SubjectName,
    pub outcome: Outcome,
}

#[derive(Debug)]
pub enum Outcome {
    /// What the registry has of it now.
    Read { versions: Vec<ReadVersion>, gaps: Gaps },
    /// The registry does not have it.
    Gone,
    /// It could not be read; what was known of it stays if `keep`.
    Failed { reason: String, keep: bool, lost: bool },
}

#[derive(Debug)]
pub struct ReadVersion {
    pub version: Version,
    pub id: SchemaId,
    pub schema_type: SchemaType,
    pub deleted: bool,
    pub text: ReadText,
}

#[derive(Debug)]
pub enum ReadText {
    /// Kept already.
    Known(ContentKey),
    /// Read just now.
    New(Box<Content>),
}

impl Reading {
    /// A subject that could not be read at all: what was known of it stays, unless it is gone or not ours to see any more.
    pub fn failed(name: SubjectName, error: &RegistryError) -> Self {
        let failed = |keep, lost| Outcome::Failed { reason: error.to_string(), keep, lost };
        let outcome = match error {
            RegistryError::NotFound(_) => Outcome::Gone,
            RegistryError::Forbidden(_) => failed(false, false),
            RegistryError::Unreachable(_) => failed(true, true),
            RegistryError::Garbage(_) | RegistryError::Refused(_) => failed(true, false),
        };
        Self { name, outcome }
    }

    /// Whether the registry did not answer at all.
    pub fn is_lost(&self) -> bool {
        matches!(self.outcome, Outcome::Failed { lost: true, .. })
    }

    /// Whether the registry has nothing of it.
    pub fn is_gone(&self) -> bool {
        match &self.outcome {
            Outcome::Gone => true,
            Outcome::Read { versions, gaps } => versions.is_empty() && gaps.is_empty(),
            Outcome::Failed { .. } => false,
        }
    }

    /// A subject from the rows of a bulk listing, which may lie: each version is taken once, and what cannot be is told.
    pub fn of_rows(name: SubjectName, rows: Vec<BulkRow>, most: usize) -> Self {
        let (mut versions, mut gaps) = (BTreeMap::new(), Gaps::default());
        for row in rows {
            let version = row.version;
            let schema = match row.schema {
                Ok(schema) => schema,
                Err(reason) => {
                    gaps.missing.push((version, reason));
                    continue;
                }
            };
            let read = ReadVersion::new(version, row.deleted.unwrap_or(false), schema);
            match versions.entry(version) {
                std::collections::btree_map::Entry::Vacant(place) => {
                    place.insert(read);
                }
                std::collections::btree_map::Entry::Occupied(first) if first.get().id == read.id => {}
                std::collections::btree_map::Entry::Occupied(first) => {
                    let ids = (first.get().id, read.id);
                    gaps.reason.get_or_insert(format!(
                        "The registry gives version {version} of {name} twice, with the ids {} and {}; the first is shown.",
                        ids.0, ids.1
                    ));
                }
            }
        }
        let skipped = versions.len().saturating_sub(most);
        if skipped > 0 {
            gaps.reason.get_or_insert(skipped_sentence(most, skipped));
        }
        gaps.missing.sort_unstable();
        gaps.missing.dedup_by_key(|(version, _)| *version);
        gaps.missing.truncate(MAX_MISSING);
        let versions = versions.into_values().skip(skipped).collect();
        Self { name, outcome: Outcome::Read { versions, gaps } }
    }
}

/// The most versions of one subject that are told to be unreadable.
pub const MAX_MISSING: usize = 100;

pub fn skipped_sentence(most: usize, skipped: usize) -> String {
    format!("Only the newest {most} versions are shown; {skipped} older ones are not.")
}

impl ReadVersion {
    pub fn new(version: Version, deleted: bool, schema: RegisteredSchema) -> Self {
        let RegisteredSchema { id, schema_type, text, references, extra } = schema;
        let content = Content { schema_type, text: text.into(), references, extra };
        Self { version, id, schema_type, deleted, text: ReadText::New(Box::new(content)) }
    }
}
