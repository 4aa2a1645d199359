//! References followed backwards: which versions of which subjects refer to a subject.

use std::collections::{HashMap, HashSet};

use domain::registry::RegistryName;
use domain::subject::{SubjectName, Version};

use super::SnapshotCell;
use crate::ports::registry::ReferenceName;
use crate::ports::snapshot::ContentKey;
use crate::ports::store::StoreError;

/// The most that are given: a schema that everything refers to is not worth a list of everything.
pub const MAX_REFERRING: usize = 1_000;
const READ_AT_ONCE: usize = 256;

/// A version that refers to another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Referring {
    /// Whose.
    pub subject: SubjectName,
    /// Which.
    pub version: Version,
    /// The version that it refers to.
    pub to: Version,
}

impl SnapshotCell {
    /// The versions that refer to a subject of this registry, by subject, at most [`MAX_REFERRING`]; soft-deleted ones included.
    pub async fn referring(&self, registry: &RegistryName, to: &SubjectName) -> Result<Vec<Referring>, StoreError> {
        let snapshot = self.snapshot();
        let Some(part) = snapshot.part(registry) else { return Ok(Vec::new()) };
        let store = self.contents().store();
        let mut keys: HashSet<ContentKey> = store.referring(to).await?.into_iter().collect();
        if let (Some(_), Ok(plain)) = (to.context(), SubjectName::parse(to.unqualified())) {
            // Within a context it may be named without.
            keys.extend(store.referring(&plain).await?);
        }
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let said = part.entries().flat_map(|entry| entry.versions.iter().map(move |version| (entry, version)));
        let said = said.filter(|(_, version)| keys.contains(&version.content));
        let said: Vec<_> =
            said.filter_map(|(entry, version)| Some((entry.subject()?, *version))).take(MAX_REFERRING).collect();
        // Without the texts, which together can be large.
        let mut references: HashMap<ContentKey, Vec<ReferenceName>> = HashMap::new();
        let wanted: HashSet<ContentKey> = said.iter().map(|(_, version)| version.content).collect();
        for keys in wanted.into_iter().collect::<Vec<_>>().chunks(READ_AT_ONCE) {
            let contents = self.contents().several(keys).await?;
            references.extend(contents.into_iter().map(|(key, content)| (key, content.references)));
        }
        let mut found = Vec::new();
        for (subject, version) in said {
            for reference in references.get(&version.content).into_iter().flatten() {
                let target = snapshot.referred(registry.as_str(), &subject, reference);
                if target.is_some_and(|(target, _)| target == *to) {
                    let (subject, version) = (subject.clone(), version.version);
                    found.push(Referring { subject, version, to: reference.version });
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found.truncate(MAX_REFERRING);
        Ok(found)
    }
}
