//! What pages know of the registries: an immutable picture in memory, replaced whole, so that no page load ever waits for a registry. The
//! texts are in the store, each under the key that its versions carry.

mod catalog;
mod contents;
mod crawl;
mod entry;
mod explore;
mod memory;
mod part;
mod record;
mod referring;
mod resolve;
mod sweep;
mod sync;
#[cfg(test)]
pub(crate) mod tests;

use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use domain::registry::{Freshness, RegistryName, RegistryState, Unreadable, VersionSummary};
use domain::subject::{SubjectName, Version};
use domain::time::Timestamp;
use tokio::sync::{mpsc, watch};

pub use contents::Contents;
pub use crawl::Limits;
pub use entry::{Entry, Gaps, StoredVersion, Subject};
pub use explore::MAX_ROWS;
pub use memory::MemorySnapshotStore;
pub use part::SHOWN_UNREADABLE;
pub use referring::{MAX_REFERRING, Referring};
pub use resolve::{MAX_REFERENCES, MAX_RESOLVED_BYTES, TextError};
pub use sync::{POLL_EVERY, POLL_FOLDER_EVERY, Syncer};

use crate::ports::snapshot::SnapshotStore;
use part::{Part, SyncState};

/// How many opened subjects can wait for being read anew; more are left to the next poll.
const OPENED_KEPT: usize = 64;

/// Holds the newest [`Snapshot`]; readers take it without waiting, and keep it whole while they use it.
#[derive(Debug)]
pub struct SnapshotCell {
    newest: ArcSwap<Snapshot>,
    writing: Mutex<()>,
    /// Held from looking at what is known of a subject until what follows from it is kept and published.
    shelving: tokio::sync::Mutex<()>,
    changes: watch::Sender<u64>,
    contents: Contents,
    opened: Mutex<Vec<(RegistryName, mpsc::Sender<SubjectName>)>>,
}

impl SnapshotCell {
    /// An empty one, whose texts are in this store.
    pub fn new(store: Arc<dyn SnapshotStore>) -> Self {
        Self {
            newest: ArcSwap::default(),
            writing: Mutex::default(),
            shelving: tokio::sync::Mutex::default(),
            changes: watch::Sender::new(0),
            contents: Contents::new(store),
            opened: Mutex::default(),
        }
    }

    /// The newest snapshot; before the first synchronisation it is empty and says so by having no `synced_at`.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.newest.load_full()
    }

    /// The texts.
    pub fn contents(&self) -> &Contents {
        &self.contents
    }

    /// Says when there is a newer snapshot, by its generation.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Tells the worker of the subject's registry that somebody looks at it, which reads it anew in the background. Never waits.
    pub fn opened(&self, registry: &RegistryName, subject: &SubjectName) {
        let opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, sender)) = opened.iter().find(|(name, _)| name == registry) {
            let _ = sender.try_send(subject.clone());
        }
    }

    /// What is opened of this registry from now on.
    fn listen(&self, registry: &RegistryName) -> mpsc::Receiver<SubjectName> {
        let (sender, receiver) = mpsc::channel(OPENED_KEPT);
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        opened.retain(|(name, _)| name != registry);
        opened.push((registry.clone(), sender));
        receiver
    }

    /// Puts a registry in, empty, behind those that are there; the order is that of the configuration.
    fn enter(&self, name: &RegistryName, place: &str) {
        self.change(|snapshot| {
            if snapshot.part(name).is_none() {
                snapshot.parts.push(Part::new(name.clone(), place.to_owned()));
            }
        });
    }

    /// Changes what is known of the subjects of one registry; whoever follows the changes is told.
    fn update(&self, registry: &RegistryName, change: impl FnOnce(&mut Part)) {
        self.change(|snapshot| {
            if let Some(part) = snapshot.parts.iter_mut().find(|part| *part.name == *registry) {
                change(part);
            }
            snapshot.generation += 1;
        });
    }

    /// Changes what is known of the reading of one registry, and of no subject.
    fn touch(&self, registry: &RegistryName, change: impl FnOnce(&mut SyncState)) {
        self.change(|snapshot| {
            if let Some(part) = snapshot.parts.iter_mut().find(|part| *part.name == *registry) {
                change(&mut part.sync);
            }
        });
    }

    fn change(&self, change: impl FnOnce(&mut Snapshot)) {
        let _alone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut snapshot = self.newest.load().as_ref().clone();
        change(&mut snapshot);
        let generation = snapshot.generation;
        self.newest.store(Arc::new(snapshot));
        self.changes.send_if_modified(|known| std::mem::replace(known, generation) != generation);
    }
}

/// The registries as they were read last.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    generation: u64,
    /// One a registry, in the order of the configuration; names are looked up in this order where no registry is named.
    parts: Vec<Part>,
}

impl Snapshot {
    /// Counts the changes of subjects; that a registry was read again and says the same is none.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// How many subjects can be looked at.
    pub fn len(&self) -> usize {
        self.parts.iter().map(Part::readable).sum()
    }

    /// Whether there is nothing to look at.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All subjects, a registry after the other, each registry's by name in byte order; those whose details are still loading, those of
    /// which nothing could be read and those that are soft-deleted are among them.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.parts.iter().flat_map(Part::entries)
    }

    /// One subject, of the first registry that has it.
    pub fn subject(&self, name: &SubjectName) -> Option<Entry<'_>> {
        self.parts.iter().find_map(|part| part.entry(name.as_str()))
    }

    /// Whether registries have this version of a subject and do not say the same with it.
    pub fn is_ambiguous(&self, name: &SubjectName, version: Version) -> bool {
        let stored = |part: &'_ Part| Some(part.entry(name.as_str())?.stored(version)?.content);
        let mut contents = self.parts.iter().filter_map(stored);
        contents.next().is_some_and(|first| contents.any(|content| content != first))
    }

    /// One subject of one registry.
    pub fn subject_of(&self, registry: &RegistryName, name: &SubjectName) -> Option<Entry<'_>> {
        self.part(registry)?.entry(name.as_str())
    }

    /// The versions of a subject that could be read, oldest first, without those that are soft-deleted unless all are; `None` when
    /// there is no such subject.
    pub fn versions(&self, name: &SubjectName) -> Option<Vec<VersionSummary>> {
        Some(self.subject(name)?.live().map(VersionSummary::from).collect())
    }

    /// The newest version of a subject that could be read.
    pub fn newest(&self, name: &SubjectName) -> Option<Version> {
        self.subject(name)?.newest().map(|stored| stored.version)
    }

    /// Each registry with how fresh it is at `now`.
    pub fn registries(&self, now: Timestamp) -> Vec<RegistryState> {
        self.parts.iter().map(|part| part.state(now)).collect()
    }

    /// What could not be read of a registry after this name, by name, at most `limit`.
    pub fn unreadable(&self, registry: &RegistryName, after: Option<&str>, limit: usize) -> Vec<Unreadable> {
        self.part(registry).map(|part| part.unreadable(after, limit)).unwrap_or_default()
    }

    /// How old this is at `now`, and what is wrong with a registry if something is: the sums, the oldest times, the first trouble.
    pub fn freshness(&self, now: Timestamp) -> Freshness {
        let mut all = self.parts.iter().map(|part| {
            let mut freshness = part.freshness(now);
            if self.parts.len() > 1 {
                freshness.trouble = freshness.trouble.map(|trouble| format!("{}: {trouble}", part.name));
            }
            freshness
        });
        let first = all.next().unwrap_or(Freshness { now, ..Freshness::default() });
        all.fold(first, together)
    }

    /// Bytes of the names and versions in memory.
    pub fn bytes(&self) -> usize {
        self.parts.iter().map(Part::bytes).sum()
    }

    fn part(&self, registry: &RegistryName) -> Option<&Part> {
        self.parts.iter().find(|part| *part.name == *registry)
    }
}

fn together(mut all: Freshness, one: Freshness) -> Freshness {
    // `None` is older than any time.
    all.synced_at = all.synced_at.min(one.synced_at);
    all.details_at = all.details_at.min(one.details_at);
    all.trouble = all.trouble.or(one.trouble);
    all.unreadable.extend(one.unreadable);
    all.unreadable.truncate(SHOWN_UNREADABLE);
    all.unreadable_count += one.unreadable_count;
    all.read += one.read;
    all.listed += one.listed;
    all.calls += one.calls;
    all.pace += one.pace;
    all
}
