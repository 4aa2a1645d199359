//! A registry made of values, with switches for everything that goes wrong with real ones, and the snapshot read from it.

mod explore;
mod resolve;
mod sync;

use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use domain::schema::MetadataTags;
use domain::subject::{SchemaId, SchemaType, SubjectName, Version};
use domain::time::Timestamp;

use super::{Snapshot, SnapshotCell, Syncer};
use crate::ports::clock::Clock;
use crate::ports::registry::{ReferenceName, RegisteredSchema, Registry, RegistryError};

#[derive(Default)]
pub struct Scripted {
    pub subjects: Mutex<BTreeMap<String, BTreeMap<u32, RegisteredSchema>>>,
    pub down: Mutex<bool>,
    pub silent: Mutex<HashSet<String>>,
    pub garbled: Mutex<HashSet<(String, u32)>>,
    pub rewrites: bool,
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
            tags: MetadataTags::new(),
        };
        self.subjects.lock().unwrap().entry(subject.into()).or_default().insert(version, schema);
    }

    pub fn avro(&self, subject: &str, versions: u32) {
        for version in 1..=versions {
            self.put(subject, version, SchemaType::Avro, &format!("\"{subject} {version}\""), &[]);
        }
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
        "a script".into()
    }

    fn rewrites(&self) -> bool {
        self.rewrites
    }

    async fn subjects(&self) -> Result<Vec<String>, RegistryError> {
        if *self.down.lock().unwrap() {
            return Err(RegistryError::Unreachable("The registry is down.".into()));
        }
        Ok(self.subjects.lock().unwrap().keys().cloned().collect())
    }

    async fn versions(&self, subject: &SubjectName) -> Result<Vec<Version>, RegistryError> {
        let of = self.subjects.lock().unwrap().get(subject.as_str()).map(|v| v.keys().copied().map(Version).collect());
        self.answer(subject, of).await
    }

    async fn schema(&self, subject: &SubjectName, version: Version) -> Result<RegisteredSchema, RegistryError> {
        self.fetched.fetch_add(1, Ordering::SeqCst);
        if self.garbled.lock().unwrap().contains(&(subject.to_string(), version.0)) {
            return Err(RegistryError::Garbage(format!("Version {version} of {subject} is not text.")));
        }
        let of = self.subjects.lock().unwrap().get(subject.as_str()).and_then(|v| v.get(&version.0)).cloned();
        self.answer(subject, of).await
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
    pub cell: Arc<SnapshotCell>,
    pub syncer: Syncer,
}

pub fn world(registry: Scripted) -> World {
    let (registry, cell) = (Arc::new(registry), Arc::new(SnapshotCell::default()));
    let syncer = Syncer::new(registry.clone(), cell.clone(), Arc::new(Pinned));
    World { registry, cell, syncer }
}

pub async fn read(registry: Scripted) -> Arc<Snapshot> {
    let world = world(registry);
    world.syncer.refresh().await;
    world.cell.snapshot()
}

pub fn names(snapshot: &Snapshot) -> Vec<&str> {
    snapshot.subjects().map(|subject| subject.name.as_str()).collect()
}
