//! One subject, call by call: its versions, and the schemas of those that are not known.

use std::sync::Arc;

use domain::subject::{SubjectName, Version};

use super::super::entry::{Gaps, StoredVersion, Subject};
use super::reading::{MAX_MISSING, Outcome, ReadText, ReadVersion, Reading, skipped_sentence};
use crate::ports::registry::{Registry, RegistryError};

/// How a subject is read.
pub struct One<'a> {
    pub registry: &'a dyn Registry,
    /// What is known of it.
    pub known: Option<Arc<Subject>>,
    /// Whether versions that are known are read again.
    pub reread: bool,
    /// Whether soft-deleted versions are asked for.
    pub deleted: bool,
    /// The most versions that are kept, the newest.
    pub versions: usize,
    /// The most versions that are read because they are not known, the newest; the others are left to the next reading.
    pub new: usize,
}

impl One<'_> {
    /// Reads it.
    pub async fn read(&self, name: SubjectName) -> Reading {
        let (listed, live) = match self.list(&name).await {
            Ok(lists) => lists,
            Err(error) => return Reading::failed(name, &error),
        };
        let skipped = listed.len().saturating_sub(self.versions);
        let (mut versions, mut gaps, mut new) = (Vec::new(), Gaps::default(), 0);
        for version in listed.into_iter().skip(skipped).rev() {
            new += usize::from(self.known_version(version).is_none());
            if new > self.new && self.known_version(version).is_none() {
                continue;
            }
            let deleted = live.as_ref().is_some_and(|live| live.binary_search(&version).is_err());
            match self.version(&name, version, deleted).await {
                Ok(read) => versions.push(read),
                Err(RegistryError::NotFound(_)) => {}
                Err(error @ (RegistryError::Unreachable(_) | RegistryError::Forbidden(_))) => {
                    return Reading::failed(name, &error);
                }
                Err(error) => gaps.missing.push((version, error.to_string())),
            }
        }
        versions.reverse();
        gaps.missing.reverse();
        gaps.missing.truncate(MAX_MISSING);
        gaps.reason = (skipped > 0).then(|| skipped_sentence(self.versions, skipped));
        Reading { name, outcome: Outcome::Read { versions, gaps } }
    }

    /// All versions, and those of them that are not soft-deleted where that matters.
    async fn list(&self, name: &SubjectName) -> Result<(Vec<Version>, Option<Vec<Version>>), RegistryError> {
        if !self.deleted {
            let live = self.registry.versions(name).await?;
            let deleted = self.known.iter().flat_map(|known| &known.versions).filter(|known| known.deleted);
            let mut all: Vec<Version> = deleted.map(|known| known.version).chain(live.iter().copied()).collect();
            all.sort_unstable();
            all.dedup();
            return Ok((all, Some(live)));
        }
        let live = match self.registry.versions(name).await {
            Err(RegistryError::NotFound(_)) => Vec::new(),
            live => live?,
        };
        let mut all = match self.registry.versions_with_deleted(name).await {
            Err(RegistryError::NotFound(_)) if !live.is_empty() => Vec::new(),
            all => all?,
        };
        all.extend(&live);
        all.sort_unstable();
        all.dedup();
        Ok((all, Some(live)))
    }

    async fn version(&self, name: &SubjectName, version: Version, deleted: bool) -> Result<ReadVersion, RegistryError> {
        let known = self.known_version(version).filter(|_| !self.reread);
        if let Some(StoredVersion { id, schema_type, content, .. }) = known {
            return Ok(ReadVersion { version, id, schema_type, deleted, text: ReadText::Known(content) });
        }
        Ok(ReadVersion::new(version, deleted, self.registry.schema(name, version).await?))
    }

    fn known_version(&self, version: Version) -> Option<StoredVersion> {
        self.known.as_ref()?.versions.iter().find(|known| known.version == version).copied()
    }
}
