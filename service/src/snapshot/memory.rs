//! The snapshot's store in memory: the reference that the adapters are held against, and what commands use that keep nothing.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use domain::registry::RegistryName;
use domain::subject::SubjectName;

use crate::ports::snapshot::{Content, ContentKey, Digest, SnapshotStore};
use crate::ports::store::StoreError;

/// Keeps everything as long as it lives.
#[derive(Default)]
pub struct MemorySnapshotStore(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    states: HashMap<RegistryName, String>,
    subjects: BTreeMap<(RegistryName, SubjectName), Vec<u8>>,
    contents: BTreeMap<ContentKey, (Digest, Content)>,
    keys: HashMap<Digest, ContentKey>,
    last: u32,
}

impl MemorySnapshotStore {
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl SnapshotStore for MemorySnapshotStore {
    async fn state(&self, registry: &RegistryName) -> Result<Option<String>, StoreError> {
        Ok(self.lock().states.get(registry).cloned())
    }

    async fn keep_state(&self, registry: &RegistryName, state: &str) -> Result<(), StoreError> {
        self.lock().states.insert(registry.clone(), state.to_owned());
        Ok(())
    }

    async fn subjects(
        &self,
        registry: &RegistryName,
        after: Option<&SubjectName>,
        limit: u32,
    ) -> Result<Vec<(SubjectName, Vec<u8>)>, StoreError> {
        let kept = self.lock();
        let of_registry = kept.subjects.iter().filter(|((of, _), _)| of == registry);
        let later = of_registry.filter(|((_, name), _)| after.is_none_or(|after| name > after));
        Ok(later.take(limit as usize).map(|((_, name), record)| (name.clone(), record.clone())).collect())
    }

    async fn keep_subjects(
        &self,
        registry: &RegistryName,
        kept: Vec<(SubjectName, Vec<u8>)>,
        gone: Vec<SubjectName>,
    ) -> Result<(), StoreError> {
        let mut all = self.lock();
        for (name, record) in kept {
            all.subjects.insert((registry.clone(), name), record);
        }
        for name in gone {
            all.subjects.remove(&(registry.clone(), name));
        }
        Ok(())
    }

    async fn forget(&self, registry: &RegistryName) -> Result<(), StoreError> {
        let mut kept = self.lock();
        kept.states.remove(registry);
        kept.subjects.retain(|(of, _), _| of != registry);
        Ok(())
    }

    async fn keep_only(&self, registries: &[RegistryName]) -> Result<(), StoreError> {
        let mut kept = self.lock();
        kept.states.retain(|of, _| registries.contains(of));
        kept.subjects.retain(|(of, _), _| registries.contains(of));
        Ok(())
    }

    async fn keep_contents(&self, contents: Vec<(Digest, Content)>) -> Result<Vec<ContentKey>, StoreError> {
        let mut kept = self.lock();
        let keep = |(digest, content): (Digest, Content)| {
            if let Some(key) = kept.keys.get(&digest) {
                return *key;
            }
            kept.last += 1;
            let key = ContentKey(kept.last);
            kept.keys.insert(digest, key);
            kept.contents.insert(key, (digest, content));
            key
        };
        Ok(contents.into_iter().map(keep).collect())
    }

    async fn contents(&self, keys: &[ContentKey]) -> Result<Vec<(ContentKey, Content)>, StoreError> {
        let mut wanted = keys.to_vec();
        wanted.sort_unstable();
        wanted.dedup();
        let kept = self.lock();
        let found = |key: ContentKey| kept.contents.get(&key).map(|(_, content)| (key, content.clone()));
        Ok(wanted.into_iter().filter_map(found).collect())
    }

    async fn referring(&self, to: &SubjectName) -> Result<Vec<ContentKey>, StoreError> {
        let kept = self.lock();
        let refers = |content: &Content| content.references.iter().any(|reference| reference.subject == *to);
        Ok(kept.contents.iter().filter(|(_, (_, content))| refers(content)).map(|(key, _)| *key).collect())
    }

    async fn content_keys(&self, after: ContentKey, limit: u32) -> Result<Vec<ContentKey>, StoreError> {
        let kept = self.lock();
        let later = kept.contents.range((Bound::Excluded(after), Bound::Unbounded));
        Ok(later.take(limit as usize).map(|(key, _)| *key).collect())
    }

    async fn forget_contents(&self, keys: &[ContentKey]) -> Result<(), StoreError> {
        let mut kept = self.lock();
        for key in keys {
            if let Some((digest, _)) = kept.contents.remove(key) {
                kept.keys.remove(&digest);
            }
        }
        Ok(())
    }
}
