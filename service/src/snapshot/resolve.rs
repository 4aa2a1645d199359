//! A schema with everything it refers to, in the order in which the registry itself resolves: depth first, and the first of a name wins.

use std::collections::HashSet;

use domain::schema::{Reference, SchemaText};
use domain::subject::{SubjectName, Version};

use super::{Snapshot, StoredVersion, Subject};
use crate::ports::registry::ReferenceName;

/// The most schemas that one schema can refer to, directly and through others.
pub const MAX_REFERENCES: usize = 500;
/// The most text of references that goes with one schema, in bytes.
pub const MAX_RESOLVED_BYTES: usize = 16 << 20;

impl Snapshot {
    /// A version's schema with its references, dependencies first, each name once. A reference that leads nowhere is left out, for the
    /// reader to say what it misses. `None` when there is no such version; a sentence when there is one that cannot be shown.
    pub fn schema_text(&self, name: &SubjectName, version: Version) -> Option<Result<SchemaText, String>> {
        let Some(subject) = self.subject(name) else {
            let unreadable = self.unreadable.iter().find(|unreadable| unreadable.subject == name.as_str())?;
            return Some(Err(unreadable.reason.clone()));
        };
        let Some(stored) = subject.stored(version) else {
            let (_, reason) = subject.missing.iter().find(|(missing, _)| *missing == version)?;
            return Some(Err(reason.clone()));
        };
        let mut walk =
            Walk { snapshot: self, root: (name, version), seen: HashSet::new(), found: Vec::new(), bytes: 0 };
        Some(walk.follow(subject, stored).map(|()| SchemaText {
            schema_type: stored.schema_type,
            text: stored.text.to_string(),
            references: walk.found,
            tags: stored.tags.clone(),
        }))
    }

    /// Where a reference leads. Registries look in the referring subject's context first when the reference names none.
    fn referred(&self, from: &Subject, to: &ReferenceName) -> Option<(&Subject, &StoredVersion)> {
        let in_context = from
            .name
            .context()
            .filter(|_| to.subject.context().is_none())
            .and_then(|context| SubjectName::parse(format!(":{context}:{}", to.subject)).ok());
        let subject =
            in_context.and_then(|qualified| self.subject(&qualified)).or_else(|| self.subject(&to.subject))?;
        Some((subject.as_ref(), subject.stored(to.version)?.as_ref()))
    }
}

struct Walk<'a> {
    snapshot: &'a Snapshot,
    root: (&'a SubjectName, Version),
    seen: HashSet<&'a str>,
    found: Vec<Reference>,
    bytes: usize,
}

impl<'a> Walk<'a> {
    /// Adds what `stored` refers to. It calls itself at most [`MAX_REFERENCES`] deep, because every call has taken a new name.
    fn follow(&mut self, subject: &'a Subject, stored: &'a StoredVersion) -> Result<(), String> {
        for reference in &stored.references {
            if self.seen.contains(reference.name.as_str()) {
                continue;
            }
            let Some((target, text)) = self.snapshot.referred(subject, reference) else { continue };
            if (&target.name, text.version) == self.root {
                continue;
            }
            self.seen.insert(&reference.name);
            self.bytes += text.text.len();
            if self.seen.len() > MAX_REFERENCES || self.bytes > MAX_RESOLVED_BYTES {
                return Err(self.too_much());
            }
            self.follow(target, text)?;
            self.found.push(Reference {
                name: reference.name.clone(),
                subject: target.name.clone(),
                version: text.version,
                text: text.text.to_string(),
            });
        }
        Ok(())
    }

    fn too_much(&self) -> String {
        let (subject, version) = self.root;
        format!(
            "Version {version} of {subject} refers to more than {MAX_REFERENCES} schemas or {} MiB of text. Split it, or refer to less.",
            MAX_RESOLVED_BYTES >> 20
        )
    }
}
