//! The only place that names concrete adapters: puts store, registry, forge, engine and console together.

use std::sync::Arc;
use std::time::Duration;

use domain::registry::RegistryName;
use service::console::{Console, Parts};
use service::ports::clock::{Clock, SystemClock};
use service::ports::registry::Registry;
use service::ports::secret::SecretSource;
use service::ports::snapshot::SnapshotStore;
use service::ports::store::{Store, StoreError};
use service::snapshot::{SnapshotCell, Syncer};
use service::steps::Handlers;
use tokio::sync::broadcast;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::auth::secret::OsSecrets;
use crate::config::{Config, RegistrySetting};
use crate::engine::Engine;
use crate::forge::LocalForge;
use crate::registry;
use crate::store::{FolderLock, SqliteSnapshotStore, SqliteStore};

const CHANGES_KEPT: usize = 256;
/// How long the first page waits for the first reading of the registry.
const FIRST_READING: Duration = Duration::from_secs(2);

/// A console with everything that works for it.
pub struct Composed {
    /// The façade.
    pub console: Console,
    /// The store, for readiness.
    pub store: Arc<dyn Store>,
    /// Where the registry is, for people.
    pub registry: String,
    /// Keeps other servers out of the data folder.
    pub lock: FolderLock,
    /// The tasks that end when `shutdown` is cancelled.
    pub tasks: Vec<JoinHandle<()>>,
}

/// Why the server does not start, as a sentence.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ComposeError(pub String);

/// Opens everything under the data folder, starts the registry's synchronisation and the engine.
pub async fn compose(config: &Config, shutdown: &CancellationToken) -> Result<Composed, ComposeError> {
    let refuse = |error: &dyn std::fmt::Display| ComposeError(error.to_string());
    let lock = FolderLock::take(&config.data).map_err(|e| refuse(&e))?;
    let store = open_store(config).await?;
    let forge = LocalForge::open(config.data.join("forge.git")).await.map_err(|e| refuse(&e))?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let (changes, _) = broadcast::channel(CHANGES_KEPT);
    let copies = SqliteSnapshotStore::open(config.data.join("registries.db")).await.map_err(|e| refuse(&e))?;
    let copies: Arc<dyn SnapshotStore> = Arc::new(copies);
    let snapshot = Arc::new(SnapshotCell::new(copies));
    let syncers = syncers(config, &snapshot, &clock)?;
    first_reading(&syncers, &snapshot).await;
    let handlers = Handlers { store: store.clone(), forge: Arc::new(forge), clock: clock.clone() };
    let engine = Engine::start(store.clone(), handlers, clock.clone(), changes.clone(), shutdown.clone());
    let waker = engine.waker();
    let mut tasks = vec![tokio::spawn(engine.join())];
    let places: Vec<String> = snapshot.snapshot().registries(clock.now()).into_iter().map(|one| one.place).collect();
    let registries = syncers.iter().map(|(syncer, _)| syncer.clone()).collect();
    for (syncer, poll) in syncers {
        let stop = shutdown.clone();
        tasks.push(tokio::spawn(async move { syncer.run(poll, stop).await }));
    }

    let secrets: Arc<dyn SecretSource> = Arc::new(OsSecrets);
    let platform = config.platform.clone();
    let parts = Parts {
        store: store.clone(),
        snapshot,
        registries,
        platform,
        clock,
        secrets,
        wake_engine: Box::new(move || waker.wake()),
        changes,
    };
    let console = Console::new(parts);
    let (searched, stop) = (console.clone(), shutdown.clone());
    tasks.push(tokio::spawn(async move {
        tokio::select! {
            () = stop.cancelled() => {}
            () = searched.keep_searchable() => {}
        }
    }));
    Ok(Composed { console, lock, store, registry: places.join(", "), tasks })
}

/// A worker for each registry, with how often it reads.
fn syncers(
    config: &Config,
    snapshot: &Arc<SnapshotCell>,
    clock: &Arc<dyn Clock>,
) -> Result<Vec<(Arc<Syncer>, Duration)>, ComposeError> {
    let open = |setting: &RegistrySetting| {
        let registry: Arc<dyn Registry> = registry::open(setting.registry.clone()).map_err(ComposeError)?;
        let syncer = Syncer::named(setting.name.clone(), registry, snapshot.clone(), clock.clone());
        Ok((Arc::new(syncer), setting.poll))
    };
    config.registries.iter().map(open).collect()
}

/// What was read last serves at once. A registry at hand that was never read is read before the first page; one that is far or slow is
/// read beside it. The copy is only a copy: what cannot be read of it is read from the registry again.
async fn first_reading(syncers: &[(Arc<Syncer>, Duration)], snapshot: &SnapshotCell) {
    let named: Vec<RegistryName> = syncers.iter().map(|(syncer, _)| syncer.name().clone()).collect();
    if let Err(error) = snapshot.contents().store().keep_only(&named).await {
        warn(&error, "what was read of registries that are not configured any more cannot be forgotten");
    }
    let (mut empty, mut whole) = (Vec::new(), true);
    for (syncer, _) in syncers {
        let restored = syncer.restore().await.unwrap_or_else(|error| {
            warn(&error, "what was read of a registry cannot be read back and is read from the registry again");
            whole = false;
            false
        });
        if !restored {
            empty.push(syncer.refresh());
        }
    }
    // What is not in the snapshot looks unused.
    if whole && let Err(error) = snapshot.sweep().await {
        warn(&error, "texts that no version says any more cannot be forgotten; the next start tries again");
    }
    let _ = tokio::time::timeout(FIRST_READING, futures::future::join_all(empty)).await;
}

fn warn(error: &StoreError, what: &str) {
    tracing::warn!(error = error as &dyn std::error::Error, "{what}");
}

/// Opens the store of a data folder.
pub async fn open_store(config: &Config) -> Result<Arc<dyn Store>, ComposeError> {
    let path = config.data.join("sluicegate.db");
    let store = SqliteStore::open(&path).await.map_err(|error| ComposeError(error.to_string()))?;
    Ok(Arc::new(store))
}
