//! One subject of the snapshot: borrowed from it, and by itself as it is read and kept.

use domain::compare::Level;
use domain::registry::{Mode, RegistryName, VersionSummary};
use domain::subject::{SchemaId, SchemaType, SubjectName, Version};

use crate::ports::snapshot::ContentKey;

/// One version of a subject; its text is the content of that key, which the store has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredVersion {
    /// The version.
    pub version: Version,
    /// Registry-wide id.
    pub id: SchemaId,
    /// What it says.
    pub content: ContentKey,
    /// Language.
    pub schema_type: SchemaType,
    /// Whether it is soft-deleted.
    pub deleted: bool,
}

/// What could not be read of a subject.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gaps {
    /// Why the subject could not be read, or is shown in part.
    pub reason: Option<String>,
    /// Versions that the registry lists and that could not be read, with the reason.
    pub missing: Vec<(Version, String)>,
}

impl Gaps {
    /// Whether everything could be read.
    pub fn is_empty(&self) -> bool {
        self.reason.is_none() && self.missing.is_empty()
    }

    /// One sentence for a list.
    pub fn sentence(&self) -> Option<String> {
        match (&self.reason, self.missing.as_slice()) {
            (Some(reason), _) => Some(reason.clone()),
            (None, []) => None,
            (None, [(_, reason)]) => Some(reason.clone()),
            (None, [(_, reason), rest @ ..]) => {
                let more = if rest.len() == 1 { "version" } else { "versions" };
                Some(format!("{reason} {} more {more} cannot be read either.", rest.len()))
            }
        }
    }
}

/// A subject with the versions that could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The subject.
    pub name: SubjectName,
    /// Oldest first, soft-deleted ones included.
    pub versions: Vec<StoredVersion>,
    /// Its own or inherited compatibility level, once somebody looked at it.
    pub level: Option<Level>,
    /// Its own or inherited mode, once somebody looked at it.
    pub mode: Option<Mode>,
    /// What could not be read.
    pub gaps: Gaps,
}

impl Subject {
    /// A subject of which nothing is known.
    pub fn new(name: SubjectName) -> Self {
        Self { name, versions: Vec::new(), level: None, mode: None, gaps: Gaps::default() }
    }
}

/// A subject in the snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Whose it is.
    pub registry: &'a RegistryName,
    /// Its name.
    pub name: &'a str,
    /// Oldest first, soft-deleted ones included; empty while its details are loading, and when nothing of it can be read.
    pub versions: &'a [StoredVersion],
    /// Its compatibility level, if it is known.
    pub level: Option<Level>,
    /// Its mode, if it is known.
    pub mode: Option<Mode>,
    /// What could not be read of it, if something could not.
    pub gaps: Option<&'a Gaps>,
}

impl<'a> Entry<'a> {
    /// A subject that is listed and not read.
    pub(super) fn pending(registry: &'a RegistryName, name: &'a SubjectName) -> Self {
        Self { registry, name: name.as_str(), versions: &[], level: None, mode: None, gaps: None }
    }

    /// The subject's name as a value of its own; it was checked when it was read.
    pub fn subject(&self) -> Option<SubjectName> {
        SubjectName::parse(self.name).ok()
    }

    /// Whether the subject is soft-deleted: it has versions, and none that is not.
    pub fn is_deleted(&self) -> bool {
        !self.versions.is_empty() && self.versions.iter().all(|version| version.deleted)
    }

    /// Whether it was listed and not read yet.
    pub fn is_pending(&self) -> bool {
        self.versions.is_empty() && self.gaps.is_none()
    }

    /// One version, if it could be read.
    pub fn stored(&self, version: Version) -> Option<&'a StoredVersion> {
        let at = self.versions.binary_search_by_key(&version, |stored| stored.version).ok()?;
        self.versions.get(at)
    }

    /// The newest version that is not soft-deleted, or the newest of a subject that is.
    pub fn newest(&self) -> Option<&'a StoredVersion> {
        self.versions.iter().rfind(|version| !version.deleted).or(self.versions.last())
    }

    /// The versions that are not soft-deleted, or all of a subject that is.
    pub fn live(&self) -> impl Iterator<Item = &'a StoredVersion> + use<'a> {
        let all = self.is_deleted();
        self.versions.iter().filter(move |version| all || !version.deleted)
    }

    /// The entry as a value of its own.
    pub fn to_subject(&self) -> Option<Subject> {
        Some(Subject {
            name: self.subject()?,
            versions: self.versions.to_vec(),
            level: self.level,
            mode: self.mode,
            gaps: self.gaps.cloned().unwrap_or_default(),
        })
    }
}

impl From<&StoredVersion> for VersionSummary {
    fn from(stored: &StoredVersion) -> Self {
        let StoredVersion { version, id, schema_type, deleted, .. } = *stored;
        Self { version, id, schema_type, deleted }
    }
}
