//! The store port on SQLite. One connection writes and each write takes the lock at once (`BEGIN IMMEDIATE`), so what a
//! transaction compares is what it sets; a few more connections read, each from a snapshot.

mod audit;
mod claims;
mod console;
mod decide;
mod drafts;
mod error;
mod events;
mod identity;
mod journal;
mod lock;
mod open;
mod requests;
mod row;
mod runs;
mod searches;
mod snapshot;
mod submit;

use sqlx::{Sqlite, SqlitePool, Transaction};

use error::Result;
pub use lock::{FolderLock, LockError};
pub use open::OpenError;
pub use snapshot::SqliteSnapshotStore;

/// Everything that the console keeps, in one file.
#[derive(Debug, Clone)]
pub struct SqliteStore {
    writer: SqlitePool,
    readers: SqlitePool,
}

/// A transaction; rolled back unless it is committed.
type Tx = Transaction<'static, Sqlite>;

impl SqliteStore {
    /// Waits until all connections are closed, which also folds the write-ahead log into the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// Takes the lock and gives it back, which is what every write begins with.
    async fn try_lock(&self) -> Result<()> {
        Ok(self.write().await?.rollback().await?)
    }

    async fn write(&self) -> Result<Tx> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }

    async fn read(&self) -> Result<Tx> {
        Ok(self.readers.begin().await?)
    }
}
