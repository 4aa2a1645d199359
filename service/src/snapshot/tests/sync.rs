//! How the snapshot follows a registry that changes, fails and recovers.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use domain::registry::RegistryName;
use domain::subject::{SchemaType, Version};
use domain::time::Timestamp;
use tokio_util::sync::CancellationToken;

use super::{Scripted, name_of, names, read, world};
use crate::snapshot::Limits;

#[tokio::test]
async fn a_version_that_is_known_is_not_fetched_again() {
    let world = world(Scripted::default());
    world.registry.avro("a", 3);
    world.syncer.refresh().await;
    let before = world.cell.snapshot();
    world.registry.avro("a", 4);
    world.registry.avro("b", 1);
    world.syncer.refresh().await;
    assert_eq!(world.registry.fetched.load(Ordering::SeqCst), 5);
    let after = world.cell.snapshot();
    assert_eq!(after.newest(&name_of("a")), Some(Version(4)));
    let first = |s: &crate::snapshot::Snapshot| s.subject(&name_of("a")).unwrap().versions[0];
    assert_eq!(first(&before), first(&after));
}

#[tokio::test]
async fn a_registry_that_rewrites_versions_is_read_again_each_time() {
    let world = world(Scripted { rewrites: true, ..Scripted::default() });
    world.registry.avro("a", 1);
    world.syncer.refresh().await;
    world.registry.put("a", 1, SchemaType::Avro, "\"saved again\"", &[]);
    world.syncer.refresh().await;
    let text = world.cell.schema_text(&name_of("a"), Version(1)).await.unwrap().text;
    assert_eq!(text, "\"saved again\"");
}

#[tokio::test]
async fn a_subject_registered_anew_under_an_old_number_is_noticed_in_the_end() {
    let world = world(Scripted::default());
    world.registry.avro("a", 1);
    world.syncer.refresh().await;
    world.registry.put("a", 1, SchemaType::Json, "{}", &[]);
    for _ in 0..20 {
        world.syncer.refresh().await;
    }
    assert_eq!(world.cell.snapshot().versions(&name_of("a")).unwrap()[0].schema_type, SchemaType::Json);
}

#[tokio::test]
async fn deleted_versions_and_subjects_go() {
    let world = world(Scripted::default());
    world.registry.avro("a", 3);
    world.registry.avro("b", 1);
    world.syncer.refresh().await;
    world.registry.subjects.lock().unwrap().get_mut("a").unwrap().remove(&2);
    world.registry.subjects.lock().unwrap().remove("b");
    world.syncer.refresh().await;
    let snapshot = world.cell.snapshot();
    assert_eq!(names(&snapshot), ["a"]);
    let versions: Vec<u32> = snapshot.versions(&name_of("a")).unwrap().iter().map(|v| v.version.0).collect();
    assert_eq!(versions, [1, 3]);
}

#[tokio::test]
async fn a_registry_that_is_down_leaves_what_is_known_and_says_so_until_it_is_back() {
    let world = world(Scripted::default());
    world.registry.avro("a", 1);
    world.syncer.refresh().await;
    *world.registry.down.lock().unwrap() = true;
    world.syncer.refresh().await;
    let freshness = world.cell.snapshot().freshness(Timestamp(9));
    assert_eq!(freshness.trouble.as_deref(), Some("The registry is down."));
    assert_eq!(freshness.synced_at, Some(Timestamp(1000)));
    assert_eq!(names(&world.cell.snapshot()), ["a"]);
    *world.registry.down.lock().unwrap() = false;
    world.syncer.refresh().await;
    assert_eq!(world.cell.snapshot().freshness(Timestamp(9)).trouble, None);
}

#[tokio::test]
async fn one_subject_that_does_not_answer_keeps_its_old_versions_and_is_listed_with_the_reason() {
    let world = world(Scripted::default());
    world.registry.avro("a", 1);
    world.registry.avro("b", 1);
    world.syncer.refresh().await;
    world.registry.silent.lock().unwrap().insert("a".into());
    world.syncer.refresh().await;
    let snapshot = world.cell.snapshot();
    assert_eq!(names(&snapshot), ["a", "b"]);
    let freshness = snapshot.freshness(Timestamp(9));
    assert_eq!(freshness.trouble, None);
    assert_eq!(freshness.unreadable[0].subject, "a");
    assert_eq!(freshness.unreadable[0].reason, "The registry did not answer.");
}

#[tokio::test]
async fn a_registry_that_stops_answering_in_the_middle_ends_the_crawl() {
    let world = world(Scripted::default());
    for number in 0..500 {
        world.registry.avro(&format!("s{number}"), 1);
        world.registry.silent.lock().unwrap().insert(format!("s{number}"));
    }
    world.syncer.refresh().await;
    let freshness = world.cell.snapshot().freshness(Timestamp(9));
    assert_eq!(freshness.trouble.as_deref(), Some("The registry did not answer."));
    assert_eq!((freshness.synced_at, freshness.unreadable.len()), (None, 0));
}

#[tokio::test]
async fn a_handful_of_subjects_that_hang_do_not_end_the_crawl_while_the_registry_answers() {
    let world = world(Scripted::default());
    for number in 0..100 {
        world.registry.avro(&format!("s{number:02}"), 1);
    }
    world.registry.silent.lock().unwrap().extend((0..20).map(|number| format!("s{number:02}")));
    world.syncer.refresh().await;
    let freshness = world.cell.snapshot().freshness(Timestamp(9));
    assert_eq!((world.cell.snapshot().len(), freshness.unreadable.len(), freshness.trouble), (80, 20, None));
}

#[tokio::test]
async fn one_bad_version_does_not_take_the_others_with_it() {
    let registry = Scripted::default();
    registry.avro("a", 3);
    registry.garbled.lock().unwrap().insert(("a".into(), 2));
    let snapshot = read(registry).await.snapshot();
    assert_eq!(snapshot.versions(&name_of("a")).unwrap().len(), 2);
    assert_eq!(snapshot.freshness(Timestamp(9)).unreadable[0].reason, "Version 2 of a is not text.");
}

#[tokio::test]
async fn a_name_that_is_no_subject_is_listed_with_its_control_characters_shown() {
    let registry = Scripted::default();
    registry.avro("a\u{1b}[31m\n", 1);
    registry.avro(&"x".repeat(5000), 1);
    let unreadable = read(registry).await.snapshot().freshness(Timestamp(9)).unreadable;
    assert_eq!(unreadable[0].subject, "a\\u{1b}[31m\\n");
    assert!(unreadable[0].reason.contains("control characters"));
    assert_eq!(unreadable[1].subject.chars().count(), 201);
}

#[tokio::test]
async fn what_goes_beyond_the_limits_is_left_out_with_a_sentence() {
    let world = world(Scripted::default());
    let syncer = world.syncer.with_limits(Limits { subjects: 10, versions: 2, ..Limits::default() });
    for number in 0..12 {
        world.registry.avro(&format!("s{number:02}"), 1);
    }
    world.registry.avro("s00", 5);
    syncer.refresh().await;
    let snapshot = world.cell.snapshot();
    let freshness = snapshot.freshness(Timestamp(9));
    assert_eq!(snapshot.len(), 10);
    assert!(freshness.trouble.unwrap().contains("12 subjects"));
    assert!(freshness.unreadable[0].reason.contains("3 older ones"));
    assert_eq!(snapshot.newest(&name_of("s00")), Some(Version(5)));
}

#[tokio::test]
async fn thousands_of_unreadable_subjects_do_not_make_every_page_heavy() {
    let registry = Scripted::default();
    for number in 0..1000 {
        registry.avro(&format!("\n{number}"), 1);
    }
    let snapshot = read(registry).await.snapshot();
    let freshness = snapshot.freshness(Timestamp(9));
    assert_eq!((freshness.unreadable.len(), freshness.unreadable_count, freshness.listed), (20, 1000, 1000));
    let (registry, mut after, mut seen) = (RegistryName::default(), None::<String>, 0);
    loop {
        let page = snapshot.unreadable(&registry, after.as_deref(), 300);
        let Some(last) = page.last() else { break };
        seen += page.len();
        after = Some(last.subject.clone());
    }
    assert_eq!(seen, 1000);
}

#[tokio::test]
async fn eight_subjects_are_read_at_a_time_and_no_more() {
    let world = world(Scripted::default());
    for number in 0..100 {
        world.registry.avro(&format!("s{number}"), 2);
    }
    world.syncer.refresh().await;
    assert_eq!(world.registry.busiest.load(Ordering::SeqCst), 8);
}

#[tokio::test]
async fn the_first_crawl_shows_what_it_has_so_far() {
    let world = world(Scripted::default());
    for number in 0..40 {
        world.registry.avro(&format!("s{number:02}"), 1);
    }
    let mut crawl = std::pin::pin!(world.syncer.refresh());
    let mut seen = Vec::new();
    while futures::poll!(crawl.as_mut()).is_pending() {
        let snapshot = world.cell.snapshot();
        seen.push((snapshot.len(), snapshot.freshness(Timestamp(9)).synced_at.is_some()));
        tokio::task::yield_now().await;
    }
    assert!(seen.iter().any(|(len, synced)| (1..40).contains(len) && !synced), "{seen:?}");
    assert!(seen.is_sorted(), "{seen:?}");
    assert_eq!(world.cell.snapshot().len(), 40);
}

#[tokio::test]
async fn the_loop_reads_when_nudged_and_ends_when_told() {
    let world = world(Scripted::default());
    world.registry.avro("a", 1);
    let (syncer, shutdown) = (Arc::new(world.syncer), CancellationToken::new());
    let running = tokio::spawn({
        let (syncer, shutdown) = (syncer.clone(), shutdown.clone());
        async move { syncer.run(Duration::from_secs(3600), shutdown).await }
    });
    wait_until(|| world.cell.snapshot().len() == 1).await;
    world.registry.avro("b", 1);
    syncer.nudge();
    wait_until(|| world.cell.snapshot().len() == 2).await;
    shutdown.cancel();
    tokio::time::timeout(Duration::from_secs(5), running).await.unwrap().unwrap();
}

async fn wait_until(holds: impl Fn() -> bool) {
    let waiting = async {
        while !holds() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), waiting).await.unwrap();
}
