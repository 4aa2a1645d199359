//! A registry made of values, with switches for everything that goes wrong with real ones, and the snapshot read from it.

mod bulk;
mod explore;
mod kept;
mod resolve;
mod sync;

use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use domain::subject::{SchemaId, SchemaType, SubjectName, Version};
use domain::time::Timestamp;
use tokio::sync::mpsc;

use super::{MemorySnapshotStore, Snapshot, SnapshotCell, Syncer};
use crate::ports::clock::Clock;
use crate::ports::registry::{
    Abilities, Bulk, BulkAsk, BulkRow, ReferenceName, RegisteredSchema, Registry, RegistryError, Traffic,
};
use crate::ports::snapshot::SnapshotStore;

#[derive(Default)]
pub struct Scripted {
    pub subjects: Mutex<BTreeMap<String, BTreeMap<u32, RegisteredSchema>>>,
    pub down: Mutex<bool>,
    pub silent: Mutex<HashSet<String>>,
    pub garbled: Mutex<HashSet<(String, u32)>>,
    /// Soft-deleted versions; they are among the subjects too.
    pub deleted: Mutex<HashSet<(String, u32)>>,
    pub place: &'static str,
    pub rewrites: bool,
    pub abilities: Abilities,
    /// Whether rows of the bulk listing say that they are soft-deleted.
    pub marks: bool,
    /// The most rows of a page, whatever is asked for.
    pub page: usize,
    pub calls: AtomicUsize,
    pub fetched: AtomicUsize,
    busy: AtomicUsize,
    pub busiest: AtomicUsize,
}

impl Scripted {
    pub fn put(
        &self,
        subject: &str,
        version: u32,
        schema_type: SchemaType,
        text: &str,
        references: &[(&str, &str, u32)],
    ) {
        let reference = |(name, subject, version): &(&str, &str, u32)| ReferenceName {
            name: (*name).into(),
            subject: name_of(subject),
            version: Version(*version),
        };
        let references = references.iter().map(reference).collect();
        let schema = RegisteredSchema {
            id: SchemaId(version),
            schema_type,
            text: text.into(),
            references,
            extra: serde_json::Value::Null,
        };
        self.subjects.lock().unwrap().entry(subject.into()).or_default().insert(version, schema);
    }

    pub fn avro(&self, subject: &str, versions: u32) {
        for version in 1..=versions {
            self.put(subject, version, SchemaType::Avro, &format!("\"{subject} {version}\""), &[]);
        }
    }

    pub fn soft_delete(&self, subject: &str, version: u32) {
        self.deleted.lock().unwrap().insert((subject.to_owned(), version));
    }

    fn is_deleted(&self, subject: &str, version: u32) -> bool {
        self.deleted.lock().unwrap().contains(&(subject.to_owned(), version))
    }

    fn list(&self, deleted: bool) -> Vec<String> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        let subjects = self.subjects.lock().unwrap();
        let shown = |(name, versions): &(&String, &BTreeMap<u32, RegisteredSchema>)| {
            deleted || versions.keys().any(|version| !self.is_deleted(name, *version))
        };
        subjects.iter().filter(shown).map(|(name, _)| name.clone()).collect()
    }

    fn versions_of(&self, subject: &SubjectName, deleted: bool) -> Option<Vec<Version>> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        let subjects = self.subjects.lock().unwrap();
        let versions = subjects.get(subject.as_str())?.keys().copied();
        let shown: Vec<Version> =
            versions.filter(|v| deleted || !self.is_deleted(subject.as_str(), *v)).map(Version).collect();
        (!shown.is_empty() || deleted || self.deleted.lock().unwrap().is_empty()).then_some(shown)
    }

    async fn answer<T>(&self, subject: &SubjectName, value: Option<T>) -> Result<T, RegistryError> {
        let busy = self.busy.fetch_add(1, Ordering::SeqCst) + 1;
        self.busiest.fetch_max(busy, Ordering::SeqCst);
        tokio::task::yield_now().await;
        self.busy.fetch_sub(1, Ordering::SeqCst);
        if self.silent.lock().unwrap().contains(subject.as_str()) {
            return Err(RegistryError::Unreachable("The registry did not answer.".into()));
        }
        value.ok_or_else(|| RegistryError::NotFound(format!("There is no {subject}.")))
    }
}

#[async_trait]
impl Registry for Scripted {
    fn describe(&self) -> String {
        if self.place.is_empty() { "a script".into() } else { self.place.to_owned() }
    }

    fn rewrites(&self) -> bool {
        self.rewrites
    }

    async fn abilities(&self) -> Result<Abilities, RegistryError> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        if *self.down.lock().unwrap() {
            return Err(RegistryError::Unreachable("The registry is down.".into()));
        }
        Ok(self.abilities.clone())
    }

    async fn subjects(&self) -> Result<Vec<String>, RegistryError> {
        if *self.down.lock().unwrap() {
            return Err(RegistryError::Unreachable("The registry is down.".into()));
        }
        Ok(self.list(false))
    }

    async fn deleted_subjects(&self) -> Result<Vec<String>, RegistryError> {
        Ok(self.list(true))
    }

    async fn versions(&self, subject: &SubjectName) -> Result<Vec<Version>, RegistryError> {
        let of = self.versions_of(subject, false);
        self.answer(subject, of).await
    }

    async fn versions_with_deleted(&self, subject: &SubjectName) -> Result<Vec<Version>, RegistryError> {
        let of = self.versions_of(subject, true);
        self.answer(subject, of).await
    }

    async fn schema(&self, subject: &SubjectName, version: Version) -> Result<RegisteredSchema, RegistryError> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        self.fetched.fetch_add(1, Ordering::SeqCst);
        if self.garbled.lock().unwrap().contains(&(subject.to_string(), version.0)) {
            return Err(RegistryError::Garbage(format!("Version {version} of {subject} is not text.")));
        }
        let of = self.subjects.lock().unwrap().get(subject.as_str()).and_then(|v| v.get(&version.0)).cloned();
        self.answer(subject, of).await
    }

    async fn bulk(&self, ask: &BulkAsk, rows: mpsc::Sender<BulkRow>) -> Result<usize, RegistryError> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        let mut found = Vec::new();
        for (subject, versions) in self.subjects.lock().unwrap().iter() {
            let in_context = |name: &str| !name.starts_with(":.");
            let whole = self.abilities.bulk == Bulk::Whole;
            if !(whole || subject.starts_with(&ask.prefix) && in_context(subject) == in_context(&ask.prefix)) {
                continue;
            }
            for (version, schema) in versions {
                let gone = self.is_deleted(subject, *version);
                if ask.deleted || !gone {
                    let deleted = self.marks.then_some(gone);
                    let (subject, version) = (subject.clone(), Version(*version));
                    found.push(BulkRow { subject, version, deleted, schema: Ok(schema.clone()) });
                }
            }
        }
        let page: Vec<BulkRow> = found.into_iter().skip(ask.offset).take(self.page.max(1)).collect();
        let count = page.len();
        for row in page {
            rows.send(row).await.unwrap();
        }
        Ok(count)
    }

    async fn newest_id(&self, _subject: &SubjectName, _id: SchemaId) -> Result<Option<SchemaId>, RegistryError> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        let subjects = self.subjects.lock().unwrap();
        Ok(subjects.values().flat_map(|versions| versions.values().map(|schema| schema.id)).max())
    }

    async fn uses(&self, _subject: &SubjectName, id: SchemaId) -> Result<Vec<String>, RegistryError> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        let subjects = self.subjects.lock().unwrap();
        let uses = subjects.iter().filter(|(_, versions)| versions.values().any(|schema| schema.id == id));
        Ok(uses.map(|(name, _)| name.clone()).collect())
    }

    async fn level(&self, _subject: &SubjectName) -> Result<Option<domain::compare::Level>, RegistryError> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        Ok(Some(domain::compare::Level::FullTransitive))
    }

    async fn mode(&self, _subject: &SubjectName) -> Result<Option<domain::registry::Mode>, RegistryError> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        Ok(Some(domain::registry::Mode::ReadOnly))
    }

    fn traffic(&self) -> Traffic {
        Traffic { calls: self.calls.load(Ordering::SeqCst) as u64, pace: 50 }
    }
}

pub struct Pinned;

impl Clock for Pinned {
    fn now(&self) -> Timestamp {
        Timestamp(1000)
    }
}

pub fn name_of(text: &str) -> SubjectName {
    SubjectName::parse(text).unwrap()
}

pub struct World {
    pub registry: Arc<Scripted>,
    pub store: Arc<MemorySnapshotStore>,
    pub cell: Arc<SnapshotCell>,
    pub syncer: Syncer,
}

pub fn world(registry: Scripted) -> World {
    world_over(Arc::new(registry), Arc::default())
}

/// A console that starts over a store that another one left.
pub fn world_over(registry: Arc<Scripted>, store: Arc<MemorySnapshotStore>) -> World {
    let kept: Arc<dyn SnapshotStore> = store.clone();
    let cell = Arc::new(SnapshotCell::new(kept));
    let syncer = Syncer::new(registry.clone(), cell.clone(), Arc::new(Pinned));
    World { registry, store, cell, syncer }
}

pub async fn read(registry: Scripted) -> Arc<SnapshotCell> {
    let world = world(registry);
    world.syncer.refresh().await;
    world.cell
}

pub fn names(snapshot: &Snapshot) -> Vec<&str> {
    snapshot.entries().map(|entry| entry.name).collect()
}

pub fn versions(snapshot: &Snapshot, name: &str) -> Vec<(u32, bool)> {
    snapshot.subject(&name_of(name)).unwrap().versions.iter().map(|v| (v.version.0, v.deleted)).collect()
}
