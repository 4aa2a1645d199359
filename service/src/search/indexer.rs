//! Keeps an index near the snapshot. Names can be searched as soon as they are known, their texts as they are read; readers keep the
//! index that they have, and never wait.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use domain::registry::RegistryName;
use domain::search::Entry;
use domain::search::index::{Builder, Index};
use domain::subject::SubjectName;
use tokio::sync::Mutex;

use super::extract::{Name, bare, whole};
use crate::error::Error;
use crate::snapshot::{Snapshot, SnapshotCell};

/// So many subjects are read at a time.
const BATCH: usize = 256;
/// From so many new names on, they are shown before their texts are read.
const NAMES_FIRST: usize = 2_000;
/// The first part of the texts that is shown; every further one is as large as all before.
const FIRST_PART: usize = 4_000;
/// The rest after building, as a multiple of its length, so that a registry that changes all the time is not indexed all the time.
const REST: u32 = 3;
const LEAST_REST: Duration = Duration::from_millis(50);
/// The rest after building failed.
const AGAIN_AFTER: Duration = Duration::from_secs(5);

/// Builds indices.
pub struct Indexer {
    cell: Arc<SnapshotCell>,
    newest: ArcSwap<Index>,
    /// Counts the indices.
    built: AtomicU64,
    /// The generation of the snapshot that the index is of; 0 before the first.
    current: AtomicU64,
    /// Whether somebody builds whenever there is a newer snapshot.
    followed: AtomicBool,
    /// What the index is of, while nobody builds.
    last: Mutex<Arc<Snapshot>>,
}

impl std::fmt::Debug for Indexer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Indexer").field("current", &self.current).finish_non_exhaustive()
    }
}

/// What is different between two snapshots.
#[derive(Debug, Default, PartialEq, Eq)]
struct Changes {
    put: Vec<Name>,
    gone: Vec<Name>,
}

impl Indexer {
    pub fn new(cell: Arc<SnapshotCell>) -> Self {
        Self {
            cell,
            newest: ArcSwap::default(),
            built: AtomicU64::default(),
            current: AtomicU64::default(),
            followed: AtomicBool::default(),
            last: Mutex::default(),
        }
    }

    /// The newest index.
    pub fn index(&self) -> Arc<Index> {
        self.newest.load_full()
    }

    /// Whether the index is of the newest snapshot.
    pub fn is_current(&self) -> bool {
        self.current.load(Ordering::Acquire) == self.cell.snapshot().generation()
    }

    /// Whether it is brought up to date without being asked.
    pub fn is_followed(&self) -> bool {
        self.followed.load(Ordering::Relaxed)
    }

    /// How many subjects the newest snapshot has.
    pub fn snapshot_len(&self) -> usize {
        self.cell.snapshot().len()
    }

    /// Builds whenever there is a newer snapshot.
    pub async fn follow(&self) {
        let mut changes = self.cell.changes();
        self.followed.store(true, Ordering::Relaxed);
        loop {
            let started = Instant::now();
            if !self.refresh().await {
                tokio::time::sleep(AGAIN_AFTER).await;
                continue;
            }
            tokio::time::sleep((started.elapsed() * REST).max(LEAST_REST)).await;
            if changes.changed().await.is_err() {
                return;
            }
        }
    }

    /// Makes the index that of the newest snapshot; waits when another call is building already. False
    /// when that failed.
    pub async fn refresh(&self) -> bool {
        let mut last = self.last.lock().await;
        let snapshot = self.cell.snapshot();
        if self.current.load(Ordering::Acquire) == snapshot.generation() {
            return true;
        }
        match self.build(&last, &snapshot).await {
            Ok(()) => {
                self.current.store(snapshot.generation(), Ordering::Release);
                *last = snapshot;
                true
            }
            Err(error) => {
                tracing::warn!(%error, "the search could not be brought up to date and is tried again");
                false
            }
        }
    }

    async fn build(&self, last: &Arc<Snapshot>, snapshot: &Arc<Snapshot>) -> Result<(), Error> {
        let pair = (Arc::clone(last), Arc::clone(snapshot));
        let changes = blocking(move || changes(&pair.0, &pair.1)).await?;
        if changes == Changes::default() {
            return Ok(());
        }
        let gone = changes.gone;
        let mut put = changes.put;
        let index = self.index();
        let new = |(registry, subject): &&Name| index.find(registry.as_str(), subject.as_str()).is_err();
        let names: Vec<Entry> = if put.len() < NAMES_FIRST {
            Vec::new()
        } else {
            put.iter().filter(new).filter_map(|name| bare(snapshot, name)).collect()
        };
        if !names.is_empty() || !gone.is_empty() {
            self.publish(names, gone).await?;
        }
        let mut part = FIRST_PART;
        while !put.is_empty() {
            let rest = put.split_off(part.min(put.len()));
            let mut entries = Vec::with_capacity(put.len());
            for batch in put.chunks(BATCH) {
                entries.extend(whole(&self.cell, snapshot, batch).await?);
            }
            self.publish(entries, Vec::new()).await?;
            (put, part) = (rest, part * 2);
        }
        Ok(())
    }

    async fn publish(&self, entries: Vec<Entry>, gone: Vec<Name>) -> Result<(), Error> {
        let (old, generation) = (self.index(), self.built.fetch_add(1, Ordering::Relaxed) + 1);
        let index = blocking(move || {
            let mut builder = Builder::over(old);
            gone.iter().for_each(|(registry, subject)| builder.remove(registry.as_str(), subject.as_str()));
            entries.iter().for_each(|entry| builder.put(entry));
            builder.build(generation)
        });
        self.newest.store(Arc::new(index.await?));
        Ok(())
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(|broken| Error::Internal(Box::new(broken)))
}

fn changes(old: &Snapshot, new: &Snapshot) -> Changes {
    let mut known: HashMap<(&RegistryName, &str), _> = HashMap::with_capacity(old.len());
    known.extend(old.entries().map(|entry| ((entry.registry, entry.name), (entry.versions, entry.level))));
    let mut changes = Changes::default();
    for entry in new.entries() {
        let before = known.remove(&(entry.registry, entry.name));
        if before != Some((entry.versions, entry.level)) {
            changes.put.extend(entry.subject().map(|subject| (entry.registry.clone(), subject)));
        }
    }
    let gone =
        known.into_keys().filter_map(|(registry, name)| Some((registry.clone(), SubjectName::parse(name).ok()?)));
    changes.gone = gone.collect();
    changes.gone.sort_unstable();
    changes
}
