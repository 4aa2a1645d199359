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
mod submit;

use service::ports::store::StoreError;
use sqlx::{Sqlite, SqlitePool, Transaction};

use error::Result;
pub use lock::{FolderLock, LockError};
pub use open::OpenError;

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

    /// Whether the file answers; for the readiness probe.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(&self.readers).await.map_err(error::Failure::from)?;
        Ok(())
    }

    async fn write(&self) -> Result<Tx> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }

    async fn read(&self) -> Result<Tx> {
        Ok(self.readers.begin().await?)
    }
}
