//! Opens the snapshot's file. One that is damaged, or that a newer sluicegate wrote, is begun anew: it holds nothing that the registries
//! do not have.

use std::path::Path;

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::SqliteSnapshotStore;
use crate::store::OpenError;
use crate::store::open::{ACQUIRE, BUSY, make};

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations/snapshot");

/// What one crawl writes, what another writes, and pages that read texts.
const READERS: u32 = 4;

impl SqliteSnapshotStore {
    /// Opens the file, or makes it, or makes it anew.
    pub async fn open(path: impl AsRef<Path>) -> Result<Self, OpenError> {
        let path = path.as_ref();
        match Self::try_open(path).await {
            Err(OpenError::Make(path, error)) => Err(OpenError::Make(path, error)),
            Err(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "the copy of the registries cannot be used and is begun anew"
                );
                for suffix in ["", "-wal", "-shm"] {
                    let mut file = path.as_os_str().to_owned();
                    file.push(suffix);
                    let _ = std::fs::remove_file(file);
                }
                Self::try_open(path).await
            }
            opened => opened,
        }
    }

    async fn try_open(path: &Path) -> Result<Self, OpenError> {
        make(path).map_err(|error| OpenError::Make(path.to_owned(), error))?;
        let open = |error| OpenError::Open(path.to_owned(), error);
        let pool = || SqlitePoolOptions::new().acquire_timeout(ACQUIRE).idle_timeout(None).max_lifetime(None);
        let writer = pool().max_connections(1).connect_with(options(path)).await.map_err(open)?;
        if let Err(error) = MIGRATIONS.run(&writer).await {
            writer.close().await;
            return Err(OpenError::Migrate(path.to_owned(), error));
        }
        let readers = options(path).pragma("query_only", "ON");
        let readers = pool().max_connections(READERS).connect_with(readers).await.map_err(open)?;
        Ok(Self { writer, readers })
    }
}

/// NORMAL: a crawl commits often, and what a power cut takes is read again. Texts of a kilobyte or two leave less of a large page empty;
/// the digests come in no order, so that their index wants to be at hand; and the log is folded into the file every sixty megabytes.
fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .page_size(16_384)
        .pragma("cache_size", "-32768")
        .pragma("wal_autocheckpoint", "4096")
        .busy_timeout(BUSY)
        .foreign_keys(true)
}
