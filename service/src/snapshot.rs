//! What pages know of the registry: an immutable picture in memory, replaced whole, so that no page load ever waits for the registry.

mod crawl;
mod explore;
mod resolve;
mod sync;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use arc_swap::ArcSwap;
use domain::registry::{Freshness, Unreadable, VersionSummary};
use domain::schema::MetadataTags;
use domain::subject::{SchemaId, SchemaType, SubjectName, Version};
use domain::time::Timestamp;

pub use crawl::Limits;
pub use explore::MAX_ROWS;
pub use resolve::{MAX_REFERENCES, MAX_RESOLVED_BYTES};
pub use sync::{POLL_EVERY, POLL_FOLDER_EVERY, Syncer};

use crate::ports::registry::ReferenceName;

/// Holds the newest [`Snapshot`]; readers take it without waiting, and keep it whole while they use it.
#[derive(Debug, Default)]
pub struct SnapshotCell(ArcSwap<Snapshot>);

impl SnapshotCell {
    /// The newest snapshot; before the first synchronisation it is empty and says so by having no `synced_at`.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.0.load_full()
    }

    fn publish(&self, snapshot: Snapshot) {
        self.0.store(Arc::new(snapshot));
    }
}

/// The registry as it was read last.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// By name, without repetition; every one has a version.
    subjects: Vec<Arc<Subject>>,
    unreadable: Vec<Unreadable>,
    synced_at: Option<Timestamp>,
    trouble: Option<String>,
}

/// A subject with the versions that could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The subject.
    pub name: SubjectName,
    /// Oldest first.
    pub versions: Vec<Arc<StoredVersion>>,
    /// Versions that the registry lists and that could not be read, with the reason.
    pub missing: Vec<(Version, String)>,
}

/// One version of a subject; its references are names, because what they lead to is a matter of the whole snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredVersion {
    /// The version.
    pub version: Version,
    /// Registry-wide id.
    pub id: SchemaId,
    /// Language.
    pub schema_type: SchemaType,
    /// The text.
    pub text: Arc<str>,
    /// What it refers to directly.
    pub references: Vec<ReferenceName>,
    /// The tags of its metadata.
    pub tags: MetadataTags,
}

impl Subject {
    /// One version, if it could be read.
    pub fn stored(&self, version: Version) -> Option<&Arc<StoredVersion>> {
        let at = self.versions.binary_search_by_key(&version, |stored| stored.version).ok()?;
        self.versions.get(at)
    }
}

impl Snapshot {
    /// How many subjects can be looked at.
    pub fn len(&self) -> usize {
        self.subjects.len()
    }

    /// Whether there is nothing to look at.
    pub fn is_empty(&self) -> bool {
        self.subjects.is_empty()
    }

    /// All subjects by name.
    pub fn subjects(&self) -> impl Iterator<Item = &Subject> {
        self.subjects.iter().map(Arc::as_ref)
    }

    /// One subject.
    pub fn subject(&self, name: &SubjectName) -> Option<&Arc<Subject>> {
        let at = self.subjects.binary_search_by(|subject| subject.name.cmp(name)).ok()?;
        self.subjects.get(at)
    }

    /// The versions of a subject that could be read, oldest first; `None` when there is no such subject.
    pub fn versions(&self, name: &SubjectName) -> Option<Vec<VersionSummary>> {
        let subject = self.subject(name)?;
        let summary =
            |v: &Arc<StoredVersion>| VersionSummary { version: v.version, id: v.id, schema_type: v.schema_type };
        Some(subject.versions.iter().map(summary).collect())
    }

    /// The newest version of a subject that could be read.
    pub fn newest(&self, name: &SubjectName) -> Option<Version> {
        self.subject(name)?.versions.last().map(|stored| stored.version)
    }

    /// How old this is at `now`, and what is wrong with the registry if something is.
    pub fn freshness(&self, now: Timestamp) -> Freshness {
        Freshness { synced_at: self.synced_at, now, trouble: self.trouble.clone(), unreadable: self.unreadable.clone() }
    }
}
