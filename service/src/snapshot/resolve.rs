//! A schema with everything it refers to, in the order in which the registry itself resolves: depth first, and the first of a name wins.

use std::collections::HashSet;
use std::sync::Arc;

use domain::schema::{Reference, SchemaText, metadata_tags};
use domain::subject::{SubjectName, Version};

use super::{Entry, Snapshot, SnapshotCell, StoredVersion};
use crate::ports::registry::ReferenceName;
use crate::ports::snapshot::Content;
use crate::ports::store::StoreError;

/// The most schemas that one schema can refer to, directly and through others.
pub const MAX_REFERENCES: usize = 500;
/// The most text of references that goes with one schema, in bytes.
pub const MAX_RESOLVED_BYTES: usize = 16 << 20;

/// Why a version's schema cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum TextError {
    /// There is no such subject or version.
    #[error("there is no such version")]
    Missing,
    /// The registry lists it, and it cannot be read; a sentence.
    #[error("{0}")]
    Unreadable(String),
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SnapshotCell {
    /// A version's schema with its references, dependencies first, each name once. A reference that leads nowhere is left out, for the
    /// reader to say what it misses.
    pub async fn schema_text(&self, name: &SubjectName, version: Version) -> Result<SchemaText, TextError> {
        let snapshot = self.snapshot();
        let Some(entry) = snapshot.subject(name) else { return Err(snapshot.strange(name)) };
        let Some(stored) = entry.stored(version) else { return Err(missing(&entry, version)) };
        let root = self.text(name, stored).await?;
        let mut walk = Walk {
            cell: self,
            snapshot: &snapshot,
            registry: entry.registry.as_str(),
            root: (name, version),
            seen: HashSet::new(),
            found: Vec::new(),
            bytes: 0,
        };
        walk.follow(name.clone(), &root).await?;
        let text = root.text.to_string();
        let tags = root.extra.get("metadata").map(metadata_tags).unwrap_or_default();
        Ok(SchemaText { schema_type: root.schema_type, text, references: walk.found, tags })
    }

    async fn text(&self, name: &SubjectName, stored: &StoredVersion) -> Result<Arc<Content>, TextError> {
        let found = self.contents().get(stored.content).await?;
        found.ok_or_else(|| {
            TextError::Unreadable(format!(
                "The text of version {} of {name} is not kept any more. It is read again with the next reading of the registry.",
                stored.version
            ))
        })
    }
}

impl Snapshot {
    fn strange(&self, name: &SubjectName) -> TextError {
        let mut strange = self.parts.iter().flat_map(|part| part.sync.strange.iter());
        match strange.find(|unreadable| unreadable.subject == name.as_str()) {
            Some(unreadable) => TextError::Unreadable(unreadable.reason.clone()),
            None => TextError::Missing,
        }
    }

    /// Where a reference leads, within its registry. Registries look in the referring subject's context first when the reference names
    /// none.
    pub(crate) fn referred(
        &self,
        registry: &str,
        from: &SubjectName,
        to: &ReferenceName,
    ) -> Option<(SubjectName, StoredVersion)> {
        let part = self.parts.iter().find(|part| part.name.as_str() == registry)?;
        let in_context = from
            .context()
            .filter(|_| to.subject.context().is_none())
            .and_then(|context| SubjectName::parse(format!(":{context}:{}", to.subject)).ok());
        let names = in_context.into_iter().chain([to.subject.clone()]);
        let found = names.filter_map(|name| part.entry(name.as_str()).map(|entry| (name, entry)));
        let (name, entry) = found.filter(|(_, entry)| !entry.is_pending()).take(1).next()?;
        Some((name, *entry.stored(to.version)?))
    }
}

fn missing(entry: &Entry<'_>, version: Version) -> TextError {
    let reason = entry.gaps.and_then(|gaps| {
        let missing = gaps.missing.iter().find(|(missing, _)| *missing == version);
        missing.map(|(_, reason)| reason).or(gaps.reason.as_ref())
    });
    reason.map_or(TextError::Missing, |reason| TextError::Unreadable(reason.clone()))
}

struct Walk<'a> {
    cell: &'a SnapshotCell,
    snapshot: &'a Snapshot,
    registry: &'a str,
    root: (&'a SubjectName, Version),
    seen: HashSet<String>,
    found: Vec<Reference>,
    bytes: usize,
}

/// A schema whose references are being followed, and how far.
struct Level {
    subject: SubjectName,
    content: Arc<Content>,
    next: usize,
    /// What it is to whoever refers to it; nothing for the first.
    reference: Option<Reference>,
}

impl Walk<'_> {
    /// Adds what the content refers to. The stack is at most [`MAX_REFERENCES`] deep, because every level has taken a new name.
    async fn follow(&mut self, subject: SubjectName, content: &Arc<Content>) -> Result<(), TextError> {
        let mut stack = vec![Level { subject, content: Arc::clone(content), next: 0, reference: None }];
        while let Some(level) = stack.last_mut() {
            let Some(reference) = level.content.references.get(level.next).cloned() else {
                self.found.extend(stack.pop().and_then(|done| done.reference));
                continue;
            };
            level.next += 1;
            if self.seen.contains(&reference.name) {
                continue;
            }
            let Some((target, stored)) = self.snapshot.referred(self.registry, &level.subject, &reference) else {
                continue;
            };
            if (&target, stored.version) == self.root {
                continue;
            }
            let content = self.cell.text(&target, &stored).await?;
            self.bytes += content.text.len();
            self.seen.insert(reference.name.clone());
            if self.seen.len() > MAX_REFERENCES || self.bytes > MAX_RESOLVED_BYTES {
                return Err(self.too_much());
            }
            let found = Reference {
                name: reference.name,
                subject: target.clone(),
                version: stored.version,
                text: content.text.to_string(),
            };
            stack.push(Level { subject: target, content, next: 0, reference: Some(found) });
        }
        Ok(())
    }

    fn too_much(&self) -> TextError {
        let (subject, version) = self.root;
        TextError::Unreadable(format!(
            "Version {version} of {subject} refers to more than {MAX_REFERENCES} schemas or {} MiB of text. Split it, or refer to less.",
            MAX_RESOLVED_BYTES >> 20
        ))
    }
}
