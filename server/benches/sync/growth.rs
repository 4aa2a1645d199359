//! How reading, memory and a restart grow with the registry: ten thousand to a million subjects of three versions, without a network, so
//! that what is measured is ours alone.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use domain::subject::{SchemaId, SchemaType, SubjectName, Version};
use server::store::SqliteSnapshotStore;
use service::ports::clock::SystemClock;
use service::ports::registry::{Abilities, Bulk, BulkAsk, BulkRow, RegisteredSchema, Registry, RegistryError};
use service::ports::snapshot::SnapshotStore;
use service::snapshot::{SnapshotCell, Syncer};
use tokio::sync::mpsc;

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];
const VERSIONS: u32 = 3;
const PAGE: usize = 1_000;

/// A registry whose rows are made when they are asked for; all say the same, so that texts cost nothing.
struct Made(Vec<String>);

impl Made {
    fn of(size: usize) -> Self {
        let name = |number: usize| {
            let env = ["prod", "stage", "dev"][number % 3];
            format!("{env}.team{}.service{}.event_{number}-value", number % 41, number % 997)
        };
        let mut names: Vec<String> = (0..size).map(name).collect();
        names.sort();
        Self(names)
    }

    fn schema() -> RegisteredSchema {
        RegisteredSchema {
            id: SchemaId(1),
            schema_type: SchemaType::Avro,
            text: "\"string\"".into(),
            references: Vec::new(),
            extra: serde_json::Value::Null,
        }
    }
}

#[async_trait]
impl Registry for Made {
    fn describe(&self) -> String {
        "made".into()
    }

    async fn abilities(&self) -> Result<Abilities, RegistryError> {
        Ok(Abilities { bulk: Bulk::Buckets, ..Abilities::default() })
    }

    async fn subjects(&self) -> Result<Vec<String>, RegistryError> {
        Ok(self.0.clone())
    }

    async fn versions(&self, _subject: &SubjectName) -> Result<Vec<Version>, RegistryError> {
        Ok((1..=VERSIONS).map(Version).collect())
    }

    async fn schema(&self, _subject: &SubjectName, _version: Version) -> Result<RegisteredSchema, RegistryError> {
        Ok(Self::schema())
    }

    async fn bulk(&self, ask: &BulkAsk, rows: mpsc::Sender<BulkRow>) -> Result<usize, RegistryError> {
        let from = self.0.partition_point(|name| *name < ask.prefix);
        let within = self.0[from..].iter().take_while(|name| name.starts_with(&ask.prefix));
        let all = within.flat_map(|name| (1..=VERSIONS).map(move |version| (name, version)));
        let mut count = 0;
        for (name, version) in all.skip(ask.offset).take(PAGE) {
            count += 1;
            let (subject, version) = (name.clone(), Version(version));
            let row = BulkRow { subject, version, deleted: Some(false), schema: Ok(Self::schema()) };
            let _ = rows.send(row).await;
        }
        Ok(count)
    }
}

pub async fn measure() {
    let mut points = Vec::new();
    for size in SIZES {
        let folder = tempfile::tempdir().unwrap();
        let registry = Arc::new(Made::of(size));
        let (cell, syncer) = world(folder.path(), registry.clone()).await;
        let read = timed(syncer.refresh()).await;
        let again = timed(syncer.refresh()).await;
        assert_eq!(cell.snapshot().len(), size);
        let bytes = cell.snapshot().bytes();
        let (cell, syncer) = world(folder.path(), registry).await;
        let restart = timed(async { assert!(syncer.restore().await.unwrap()) }).await;
        assert_eq!(cell.snapshot().len(), size);
        println!(
            "{size:>9} subjects: read {read:?}, again {again:?}, restart {restart:?}, {} bytes each",
            bytes / size
        );
        points.push((size as f64, [read.as_secs_f64(), again.as_secs_f64(), restart.as_secs_f64(), bytes as f64]));
    }
    let (first, last) = (points[0], points[points.len() - 1]);
    let exponent = |at: usize| (last.1[at] / first.1[at]).ln() / (last.0 / first.0).ln();
    println!(
        "grows with subjects to the power of: reading {:.2}, again {:.2}, restart {:.2}, memory {:.2}",
        exponent(0),
        exponent(1),
        exponent(2),
        exponent(3)
    );
}

async fn world(folder: &Path, registry: Arc<Made>) -> (Arc<SnapshotCell>, Syncer) {
    let store: Arc<dyn SnapshotStore> =
        Arc::new(SqliteSnapshotStore::open(folder.join("registries.db")).await.unwrap());
    let cell = Arc::new(SnapshotCell::new(store));
    let syncer = Syncer::new(registry, cell.clone(), Arc::new(SystemClock));
    (cell, syncer)
}

async fn timed(work: impl Future<Output = ()>) -> Duration {
    let started = Instant::now();
    work.await;
    started.elapsed()
}
