//! The file: who may read it, what cannot be changed in it, and what it holds after a stop in the middle.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use server::store::{FolderLock, LockError, OpenError, SqliteStore};
use service::ports::store::ConsoleStore;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, SqliteConnection};

use crate::world::*;

async fn raw(folder: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(folder.join("sluicegate.db")).connect().await.unwrap()
}

async fn run(connection: &mut SqliteConnection, sql: &str) -> Result<u64, sqlx::Error> {
    Ok(sqlx::query(AssertSqlSafe(sql)).execute(connection).await?.rows_affected())
}

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn folder_and_files_are_for_their_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("a/b");
    let store = SqliteStore::open(inner.join("sluicegate.db")).await.unwrap();
    draft(&store, "ann").await;
    assert_eq!(mode(&inner), 0o700);
    for file in ["sluicegate.db", "sluicegate.db-wal", "sluicegate.db-shm"] {
        assert_eq!(mode(&inner.join(file)), 0o600, "{file}");
    }
}

#[tokio::test]
async fn what_was_written_is_there_after_a_stop_without_closing() {
    let world = world().await;
    let (submitted, run) = approved(&*world.store, "one").await;
    let copy = tempfile::tempdir().unwrap();
    for file in ["sluicegate.db", "sluicegate.db-wal"] {
        std::fs::copy(world.folder.path().join(file), copy.path().join(file)).unwrap();
    }
    let store = SqliteStore::open(copy.path().join("sluicegate.db")).await.unwrap();
    assert_eq!(store.request(submitted.request).await.unwrap().unwrap().run, Some(run));
    assert_eq!(store.request(submitted.request).await.unwrap(), world.store.request(submitted.request).await.unwrap());
}

#[tokio::test]
async fn a_transaction_that_was_under_way_leaves_nothing() {
    let world = world().await;
    let copy = tempfile::tempdir().unwrap();
    let mut connection = raw(world.folder.path()).await;
    run(&mut connection, "BEGIN IMMEDIATE").await.unwrap();
    let insert = "INSERT INTO audit (at, actor, action, object, detail) VALUES (0, 'x', 'x', 'x:1', '{}')";
    run(&mut connection, insert).await.unwrap();
    for file in ["sluicegate.db", "sluicegate.db-wal"] {
        std::fs::copy(world.folder.path().join(file), copy.path().join(file)).unwrap();
    }
    let store = SqliteStore::open(copy.path().join("sluicegate.db")).await.unwrap();
    assert_eq!(store.audit("x:1", 10).await.unwrap(), []);
}

#[tokio::test]
async fn what_sqlite_rolls_back_by_itself_as_on_a_full_disk_does_not_end_the_writing() {
    let world = world().await;
    let mut connection = raw(world.folder.path()).await;
    let full = "CREATE TRIGGER full BEFORE INSERT ON drafts BEGIN SELECT RAISE(ROLLBACK, 'the disk is full'); END";
    run(&mut connection, full).await.unwrap();
    for _ in 0..3 {
        let refused = world.store.create_draft(new_draft("ann"), audit("draft-created", "")).await.unwrap_err();
        let cause = std::error::Error::source(&refused).unwrap().to_string();
        assert!(cause.contains("the disk is full"), "{cause}");
        world.store.ping().await.unwrap();
    }
    run(&mut connection, "DROP TRIGGER full").await.unwrap();
    draft(&*world.store, "ann").await;
    assert_eq!(world.store.drafts(10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn opening_again_keeps_everything() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sluicegate.db");
    let store = SqliteStore::open(&path).await.unwrap();
    let made = draft(&store, "ann").await;
    store.close().await;
    let store = SqliteStore::open(&path).await.unwrap();
    assert_eq!(store.draft(made.id).await.unwrap(), Some(made));
    store.ping().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_that_open_a_new_file_at_once_both_succeed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sluicegate.db");
    let (one, two) =
        tokio::join!(tokio::spawn(SqliteStore::open(path.clone())), tokio::spawn(SqliteStore::open(path.clone())));
    draft(&one.unwrap().unwrap(), "ann").await;
    assert_eq!(two.unwrap().unwrap().drafts(10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_file_of_a_newer_version_is_refused_and_left_alone() {
    let world = world().await;
    let mut connection = raw(world.folder.path()).await;
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                 VALUES (9999, 'later', TRUE, x'00', 0)";
    run(&mut connection, newer).await.unwrap();
    let refused = SqliteStore::open(world.folder.path().join("sluicegate.db")).await.unwrap_err();
    assert!(matches!(refused, OpenError::Newer(_, 9999)));
    assert!(refused.to_string().contains("was written by a newer sluicegate"), "{refused}");
}

#[tokio::test]
async fn a_file_that_is_no_database_and_a_folder_that_cannot_be_made_have_their_sentences() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "not a database, and longer than a header of one hundred bytes ".repeat(4)).unwrap();
    let refused = SqliteStore::open(&text).await.unwrap_err();
    assert!(refused.to_string().contains("cannot be opened"), "{refused}");
    let refused = SqliteStore::open(text.join("below/sluicegate.db")).await.unwrap_err();
    assert!(refused.to_string().contains("cannot be made"), "{refused}");
}

#[tokio::test]
async fn revisions_decisions_and_audit_cannot_be_changed_replaced_or_deleted() {
    let world = world().await;
    approved(&*world.store, "one").await;
    let mut connection = raw(world.folder.path()).await;
    for sql in [
        "UPDATE revisions SET digest = 'x'",
        "DELETE FROM revisions",
        "INSERT OR REPLACE INTO revisions SELECT * FROM revisions",
        "UPDATE decisions SET decided_by = 'x'",
        "DELETE FROM decisions",
        "INSERT OR REPLACE INTO decisions SELECT * FROM decisions",
        "INSERT OR REPLACE INTO decisions (request, revision, digest, verdict, reason, decided_by, decided_at)
         SELECT request, revision, digest, verdict, reason, 'x', 0 FROM decisions",
        "UPDATE audit SET actor = 'x'",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit",
    ] {
        let refused = run(&mut connection, sql).await.unwrap_err().to_string();
        assert!(refused.contains("never"), "{sql}: {refused}");
    }
    connection.close().await.unwrap();
}

#[tokio::test]
async fn a_second_run_of_a_revision_is_refused_by_the_file_itself() {
    let world = world().await;
    approved(&*world.store, "one").await;
    let mut connection = raw(world.folder.path()).await;
    let columns = "request, revision, approver, state, machine, counter, started_at";
    let sql = format!("INSERT INTO runs ({columns}) SELECT {columns} FROM runs");
    let refused = run(&mut connection, &sql).await.unwrap_err().to_string();
    assert!(refused.contains("UNIQUE"), "{refused}");
}

#[test]
fn a_folder_is_served_from_once_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("data");
    let first = FolderLock::take(&inner).unwrap();
    let refused = FolderLock::take(&inner).unwrap_err();
    assert!(matches!(refused, LockError::Held(_)), "{refused}");
    assert!(refused.to_string().contains("serves from"), "{refused}");
    drop(first);
    FolderLock::take(&inner).unwrap();
    assert_eq!((mode(&inner), mode(&inner.join("serve.lock"))), (0o700, 0o600));
}
