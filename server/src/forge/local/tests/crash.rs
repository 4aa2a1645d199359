//! Being killed: every state that a kill can leave is made, by taking back the references written last, and by really killing.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use service::ports::forge::{Forge, ForgeError};

use super::{change, git, world};
use crate::forge::LocalForge;

const CHILD: &str = "SLUICEGATE_TEST_FORGE";

#[tokio::test]
async fn a_pull_request_opened_by_half_is_completed_under_its_number() {
    let world = world().await;
    world.forge.write_change(&change("a", &[("a/x", "1")])).await.unwrap();
    let whole = world.forge.open_pull_request("a", "A", "").await.unwrap();
    std::fs::remove_file(world.path().join("refs/pull/1/head")).unwrap();
    assert!(matches!(world.forge.merge(1).await, Err(ForgeError::Refused(_))));
    assert_eq!(world.forge.open_pull_request("a", "A", "").await.unwrap(), whole);
    assert_eq!(world.git(&["rev-parse", "refs/pull/1/head"]), whole.head.0);
}

#[tokio::test]
async fn a_merge_that_was_not_noted_is_found_again() {
    let world = world().await;
    let merge = world.merged(&change("a", &[("a/x", "1")])).await;
    let later = world.merged(&change("b", &[("b/x", "1")])).await;
    std::fs::remove_file(world.path().join("refs/pull/1/merged")).unwrap();
    assert_eq!(world.forge.merge(1).await.unwrap(), merge);
    assert_eq!(world.git(&["rev-parse", "main"]), later.0);
    assert_eq!(world.git(&["rev-parse", "refs/pull/1/merged"]), merge.0);
}

#[tokio::test]
async fn a_repository_made_by_half_is_made_anew_and_one_without_main_is_completed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("forge.git");
    std::fs::create_dir_all(folder.path().join("forge.git.new/objects")).unwrap();
    LocalForge::open(&path).await.unwrap();
    assert!(!folder.path().join("forge.git.new").exists());
    std::fs::remove_file(path.join("refs/heads/main")).unwrap();
    LocalForge::open(&path).await.unwrap();
    assert_eq!(git(&path, &["log", "--format=%s", "main"]), "Begin");
}

#[tokio::test]
async fn a_lock_is_respected_while_it_is_young_and_removed_when_its_owner_is_surely_dead() {
    let world = world().await;
    let change = change("a", &[("a/x", "1")]);
    let lock = world.path().join("refs/heads/a.lock");
    let held = File::create(&lock).unwrap();
    let error = world.forge.write_change(&change).await.unwrap_err();
    assert!(matches!(&error, ForgeError::Unavailable(sentence) if sentence.contains("locked")), "{error}");
    assert!(lock.exists());
    held.set_modified(SystemTime::now() - Duration::from_secs(120)).unwrap();
    let commit = world.forge.write_change(&change).await.unwrap();
    assert_eq!(world.git(&["rev-parse", "a"]), commit.0);
    assert!(!lock.exists());
}

#[tokio::test]
async fn onboarding_goes_on_where_a_killed_process_stopped_and_does_nothing_twice() {
    let world = world().await;
    let mut reached = 0;
    for patience in [10, 25, 40, 55, 70, 85] {
        reached = reached.max(kill_after(&world.path(), Duration::from_millis(patience)));
        age_locks(&world.path());
    }
    assert!(reached > 0, "the child never got anywhere");
    for number in 0..reached + 2 {
        onboard(&world.forge, number).await;
    }
    let count = (reached + 2).to_string();
    assert_eq!(world.git(&["rev-list", "--count", "--merges", "main"]), count);
    assert_eq!(world.git(&["rev-list", "--count", "--first-parent", "main"]), (reached + 3).to_string());
    assert_eq!(world.git(&["for-each-ref", "--format=x", "refs/pull/*/meta"]).lines().count().to_string(), count);
    assert_eq!(world.git(&["ls-tree", "--name-only", "main:events"]).lines().count().to_string(), count);
    world.git(&["fsck", "--strict"]);
}

async fn onboard(forge: &LocalForge, number: usize) {
    let (branch, path) = (format!("r{number}"), format!("events/e{number}/x"));
    forge.write_change(&change(&branch, &[(&path, "1")])).await.unwrap();
    let pull = forge.open_pull_request(&branch, "", "").await.unwrap();
    forge.merge(pull.number).await.unwrap();
}

/// Runs the test below in a process of its own, kills it so long after its first sign of life, and says which event it was at.
fn kill_after(path: &Path, patience: Duration) -> usize {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "forge::local::tests::crash::work_until_killed", "--ignored", "--nocapture"])
        .env(CHILD, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let mut output = child.stdout.take().unwrap();
    let (mut said, mut byte) = (String::new(), [0]);
    while !said.contains("event") {
        output.read_exact(&mut byte).unwrap();
        said.push(char::from(byte[0]));
    }
    std::thread::sleep(patience);
    child.kill().unwrap();
    child.wait().unwrap();
    output.read_to_string(&mut said).unwrap();
    said.matches("event").count()
}

#[tokio::test]
#[ignore = "runs until it is killed; started by the test above"]
async fn work_until_killed() {
    let forge = LocalForge::open(std::env::var_os(CHILD).unwrap()).await.unwrap();
    for number in 0.. {
        println!("event {number}");
        onboard(&forge, number).await;
    }
}

fn age_locks(folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            age_locks(&path);
        } else if path.extension().is_some_and(|extension| extension == "lock") {
            let lock = File::options().write(true).open(&path).unwrap();
            lock.set_modified(SystemTime::now() - Duration::from_secs(120)).unwrap();
        }
    }
}
