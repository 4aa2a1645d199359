//! Opens the file: makes what is missing, readable by its owner alone, and brings the tables up to date. A file that a newer
//! sluicegate wrote is left alone.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sqlx::Connection as _;
use sqlx::SqlitePool;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::SqliteStore;
use super::error::is_busy;

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// How long a connection waits for another process that writes (`sluicegate token create` beside the server).
pub(super) const BUSY: Duration = Duration::from_secs(5);

/// How soon it is tried again where SQLite does not wait by itself.
const RETRY: Duration = Duration::from_millis(20);

/// How long a call waits for a connection before the store counts as unavailable.
pub(super) const ACQUIRE: Duration = Duration::from_secs(10);

const READERS: u32 = 4;

/// Why the file could not be opened, as a sentence for the operator.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder or file cannot be made.
    #[error("The database {path} cannot be made. Check that its folder exists and is writable for this user.", path = .0.display())]
    Make(PathBuf, #[source] std::io::Error),
    /// It is no database, or does not answer.
    #[error("The database {path} cannot be opened. Check that it is sluicegate's file and that the disk is not full.", path = .0.display())]
    Open(PathBuf, #[source] sqlx::Error),
    /// A newer sluicegate wrote it.
    #[error(
        "The database {path} was written by a newer sluicegate (its migration {migration} is unknown here). Start the newer \
         version again, or restore a backup from before the upgrade.", path = .0.display(), migration = .1
    )]
    Newer(PathBuf, i64),
    /// A migration does not apply.
    #[error("The database {path} could not be brought up to date. Restore a backup, or report this with the log.", path = .0.display())]
    Migrate(PathBuf, #[source] MigrateError),
}

impl SqliteStore {
    /// Opens the file, or makes it.
    pub async fn open(path: impl AsRef<Path>) -> Result<Self, OpenError> {
        let path = path.as_ref();
        make(path).map_err(|error| OpenError::Make(path.to_owned(), error))?;
        let writer = writer(path).await.map_err(|error| OpenError::Open(path.to_owned(), error))?;
        let migrated = migrate(&writer).await;
        if let Err(error) = migrated {
            writer.close().await;
            return Err(refusal(path, error));
        }
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(ACQUIRE)
            .connect_with(options(path).pragma("query_only", "ON"))
            .await
            .map_err(|error| OpenError::Open(path.to_owned(), error))?;
        Ok(Self { writer, readers })
    }
}

/// The connection that writes. Whoever opens a new file first turns on its log, and SQLite does not wait for that by itself: it refuses
/// at once the other who is about to do the same.
async fn writer(path: &Path) -> Result<SqlitePool, sqlx::Error> {
    let until = Instant::now() + BUSY;
    loop {
        let opened = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(ACQUIRE)
            .idle_timeout(None)
            .max_lifetime(None)
            .before_acquire(|connection, _| Box::pin(async { Ok(is_fresh(connection)) }))
            .connect_with(options(path))
            .await;
        match opened {
            Err(error) if is_busy(&error) && Instant::now() < until => tokio::time::sleep(RETRY).await,
            opened => return opened,
        }
    }
}

/// Whether a connection can begin a transaction. After a full disk SQLite has rolled back by itself and sqlx, whose own ROLLBACK then
/// fails, counts the transaction as open for ever; such a connection is closed, and a new one made.
fn is_fresh(connection: &SqliteConnection) -> bool {
    !connection.is_in_transaction()
}

/// FULL, not NORMAL: with a write-ahead log NORMAL survives a killed process but may lose the last commits to a power cut, and an
/// approval that was acknowledged is not to be lost. It costs one sync a commit, and people write a few rows a second at most.
fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY)
        .foreign_keys(true)
}

/// Under one lock, so that two processes that meet an empty file do not both make the tables.
async fn migrate(writer: &SqlitePool) -> Result<(), MigrateError> {
    let mut tx = writer.begin_with("BEGIN IMMEDIATE").await?;
    MIGRATIONS.run_direct(None, &mut *tx, false).await?;
    tx.commit().await?;
    Ok(())
}

fn refusal(path: &Path, error: MigrateError) -> OpenError {
    match error {
        MigrateError::VersionMissing(migration) => OpenError::Newer(path.to_owned(), migration),
        MigrateError::Execute(error) => OpenError::Open(path.to_owned(), error),
        error => OpenError::Migrate(path.to_owned(), error),
    }
}

/// Makes folder and file before SQLite does, so that neither is ever readable by others; the log files take over the file's mode.
pub(super) fn make(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists()) {
        make_folder(folder)?;
    }
    match private(std::fs::OpenOptions::new().write(true).create_new(true)).open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map(drop),
    }
}

#[cfg(unix)]
pub(super) fn make_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
pub(super) fn make_folder(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)
}

#[cfg(unix)]
pub(super) fn private(options: &mut std::fs::OpenOptions) -> &mut std::fs::OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600)
}

#[cfg(not(unix))]
pub(super) fn private(options: &mut std::fs::OpenOptions) -> &mut std::fs::OpenOptions {
    options
}
