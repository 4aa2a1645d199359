//! The texts of schemas: read from the store when they are asked for, and the last few megabytes of them at hand.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::ports::snapshot::{Content, ContentKey, Digest, SnapshotStore};
use crate::ports::store::StoreError;

/// The most text at hand, in bytes.
const CACHE_BYTES: usize = 32 << 20;
/// What an entry costs beside its text.
const ENTRY_BYTES: usize = 200;
/// How many digests are remembered with their keys, so that what is read again need not be kept again: 24 bytes each.
const DIGESTS: usize = 1 << 18;

/// Contents by key.
#[derive(Clone)]
pub struct Contents {
    store: Arc<dyn SnapshotStore>,
    cache: Arc<Mutex<Cache>>,
}

#[derive(Default)]
struct Cache {
    contents: HashMap<ContentKey, (Arc<Content>, u64)>,
    bytes: usize,
    turn: u64,
    keys: HashMap<Digest, ContentKey>,
}

impl std::fmt::Debug for Contents {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Contents")
    }
}

impl Contents {
    /// Over this store.
    pub fn new(store: Arc<dyn SnapshotStore>) -> Self {
        Self { store, cache: Arc::default() }
    }

    /// The store itself.
    pub fn store(&self) -> &dyn SnapshotStore {
        self.store.as_ref()
    }

    /// One content; `None` when the store lost it.
    pub async fn get(&self, key: ContentKey) -> Result<Option<Arc<Content>>, StoreError> {
        if let Some(found) = self.cached(key) {
            return Ok(Some(found));
        }
        let Some((_, content)) = self.store.contents(&[key]).await?.pop() else { return Ok(None) };
        let content = Arc::new(content);
        self.remember(key, &content);
        Ok(Some(content))
    }

    /// Several contents without remembering them, for whoever reads many: an index that is built reads some hundreds at a time.
    pub async fn several(&self, keys: &[ContentKey]) -> Result<Vec<(ContentKey, Content)>, StoreError> {
        self.store.contents(keys).await
    }

    /// The key of a content that was kept lately.
    pub(super) fn key_of(&self, digest: Digest) -> Option<ContentKey> {
        self.lock().keys.get(&digest).copied()
    }

    /// Keeps contents and gives their keys, in order.
    pub(super) async fn keep(&self, contents: Vec<(Digest, Content)>) -> Result<Vec<ContentKey>, StoreError> {
        if contents.is_empty() {
            return Ok(Vec::new());
        }
        let digests: Vec<Digest> = contents.iter().map(|(digest, _)| *digest).collect();
        let keys = self.store.keep_contents(contents).await?;
        let mut cache = self.lock();
        if cache.keys.len() + digests.len() > DIGESTS {
            cache.keys.clear();
        }
        cache.keys.extend(digests.into_iter().zip(keys.iter().copied()));
        Ok(keys)
    }

    fn cached(&self, key: ContentKey) -> Option<Arc<Content>> {
        let mut cache = self.lock();
        cache.turn += 1;
        let turn = cache.turn;
        let (content, used) = cache.contents.get_mut(&key)?;
        *used = turn;
        Some(Arc::clone(content))
    }

    fn remember(&self, key: ContentKey, content: &Arc<Content>) {
        let mut cache = self.lock();
        cache.turn += 1;
        let turn = cache.turn;
        if cache.contents.insert(key, (Arc::clone(content), turn)).is_none() {
            cache.bytes += cost(content);
        }
        if cache.bytes > CACHE_BYTES {
            cache.halve();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Cache {
    /// Lets the half go that was not used for the longest time; that costs a sort once in many reads.
    fn halve(&mut self) {
        let mut used: Vec<(u64, ContentKey)> = self.contents.iter().map(|(key, (_, turn))| (*turn, *key)).collect();
        used.sort_unstable();
        for (_, key) in used {
            if self.bytes <= CACHE_BYTES / 2 {
                break;
            }
            if let Some((content, _)) = self.contents.remove(&key) {
                self.bytes = self.bytes.saturating_sub(cost(&content));
            }
        }
    }
}

fn cost(content: &Content) -> usize {
    content.text.len() + ENTRY_BYTES
}
