//! Registries that list schemas: everything is shown, in as few calls as they allow, and whatever their answers leave out.

use std::sync::atomic::Ordering;

use domain::subject::{SchemaId, SchemaType, Version};
use domain::time::Timestamp;

use super::{Scripted, World, name_of, names, versions, world};
use crate::ports::registry::{Abilities, Bulk};

/// A registry that pages as Confluent's does.
fn confluent() -> Scripted {
    let abilities = Abilities { bulk: Bulk::Buckets, deleted: true, newest_id: true, contexts: Vec::new() };
    Scripted { abilities, marks: true, page: 1000, ..Scripted::default() }
}

fn fill(registry: &Scripted, subjects: usize, versions: u32) {
    for number in 0..subjects {
        registry.avro(&format!("team{}.service{}.event{number}-value", number % 7, number % 31), versions);
    }
}

async fn completely(world: &World, subjects: usize, each: usize) {
    world.syncer.refresh().await;
    let snapshot = world.cell.snapshot();
    let freshness = snapshot.freshness(Timestamp(9));
    assert_eq!((freshness.trouble, freshness.unreadable_count), (None, 0));
    assert_eq!((snapshot.len(), freshness.read, freshness.listed), (subjects, subjects, subjects));
    assert!(snapshot.entries().all(|entry| entry.versions.len() == each));
}

#[tokio::test]
async fn one_subject_more_than_a_page_is_shown_too() {
    let world = world(confluent());
    fill(&world.registry, 1_001, 1);
    completely(&world, 1_001, 1).await;
}

#[tokio::test]
async fn twenty_thousand_subjects_and_one_come_in_five_hundred_times_fewer_calls_than_one_by_one() {
    let world = world(confluent());
    fill(&world.registry, 20_001, 5);
    completely(&world, 20_001, 5).await;
    let (calls, one_by_one) = (world.registry.calls.load(Ordering::SeqCst), 1 + 20_001 * 6);
    assert!(calls * 500 <= one_by_one, "{calls} calls, {one_by_one} one by one");
    let text = world.cell.schema_text(&name_of("team0.service0.event0-value"), Version(5)).await.unwrap().text;
    assert_eq!(text, "\"team0.service0.event0-value 5\"");
}

#[tokio::test]
async fn a_registry_that_cuts_pages_shorter_than_asked_loses_nothing() {
    for page in [1, 7, 100] {
        let world = world(Scripted { page, ..confluent() });
        fill(&world.registry, 150, 3);
        completely(&world, 150, 3).await;
    }
}

#[tokio::test]
async fn soft_deleted_subjects_and_versions_are_kept_and_told_apart() {
    for (marks, bulk) in [(true, Bulk::Buckets), (false, Bulk::Buckets), (false, Bulk::Whole), (false, Bulk::None)] {
        let mut registry = Scripted { marks, page: if bulk == Bulk::Whole { usize::MAX } else { 1000 }, ..confluent() };
        registry.abilities.bulk = bulk;
        for name in ["a", "b", "c", ":.eu:a", ":.eu:d"] {
            registry.avro(name, 3);
        }
        for (name, version) in [("a", 2), ("b", 1), ("b", 2), ("b", 3)] {
            registry.soft_delete(name, version);
        }
        let world = world(registry);
        world.syncer.refresh().await;
        let snapshot = world.cell.snapshot();
        assert_eq!(snapshot.freshness(Timestamp(9)).trouble, None);
        assert_eq!(names(&snapshot), [":.eu:a", ":.eu:d", "a", "b", "c"], "{bulk:?}");
        assert_eq!(versions(&snapshot, "a"), [(1, false), (2, true), (3, false)], "{bulk:?}");
        assert_eq!(versions(&snapshot, ":.eu:a"), [(1, false), (2, false), (3, false)]);
        assert!(snapshot.subject(&name_of("b")).unwrap().is_deleted());
        assert_eq!(snapshot.versions(&name_of("a")).unwrap().len(), 2);
        assert_eq!(snapshot.versions(&name_of("b")).unwrap().len(), 3);
    }
}

#[tokio::test]
async fn subjects_that_the_listing_leaves_out_are_read_by_themselves() {
    let world = world(confluent());
    fill(&world.registry, 50, 2);
    // What is only soft-deleted does not come where the flag is not heeded.
    let quiet = Scripted {
        abilities: Abilities { bulk: Bulk::Whole, ..Abilities::default() },
        page: 60,
        ..Scripted::default()
    };
    fill(&quiet, 50, 2);
    completely(&world, 50, 2).await;
    completely(&super::world(quiet), 50, 2).await;
}

#[tokio::test]
async fn the_next_crawls_ask_for_little_and_find_what_is_new_gone_and_changed() {
    let world = world(confluent());
    fill(&world.registry, 2_500, 2);
    world.syncer.refresh().await;
    let before = world.registry.calls.load(Ordering::SeqCst);
    world.registry.put("new-value", 1, SchemaType::Json, "{}", &[]);
    world.registry.subjects.lock().unwrap().remove("team0.service0.event0-value");
    world.registry.soft_delete("team1.service1.event1-value", 2);
    world.syncer.refresh().await;
    world.syncer.refresh().await;
    let snapshot = world.cell.snapshot();
    assert_eq!(snapshot.len(), 2_500);
    assert!(snapshot.subject(&name_of("team0.service0.event0-value")).is_none());
    assert_eq!(versions(&snapshot, "team1.service1.event1-value"), [(1, false), (2, true)]);
    let calls = world.registry.calls.load(Ordering::SeqCst) - before;
    assert!(calls < 30, "{calls}");
}

#[tokio::test]
async fn a_new_id_is_found_between_two_crawls_with_a_handful_of_calls() {
    let world = world(confluent());
    fill(&world.registry, 300, 1);
    world.syncer.refresh().await;
    let before = world.registry.calls.load(Ordering::SeqCst);
    let abilities = world.registry.abilities.clone();
    assert!(world.syncer.peek(&abilities).await.unwrap());
    assert_eq!(world.registry.calls.load(Ordering::SeqCst) - before, 1);
    world.registry.put("fresh-value", 7, SchemaType::Json, "{}", &[]);
    assert!(world.syncer.peek(&abilities).await.unwrap());
    assert_eq!(world.cell.snapshot().subject(&name_of("fresh-value")).unwrap().versions[0].id, SchemaId(7));
    assert!(world.registry.calls.load(Ordering::SeqCst) - before < 15);
}

#[tokio::test]
async fn many_new_ids_are_read_some_at_a_time() {
    let world = world(confluent());
    fill(&world.registry, 3, 1);
    world.syncer.refresh().await;
    for id in 2..=131 {
        world.registry.put(&format!("fresh{id}"), id, SchemaType::Json, &format!("{{\"const\":{id}}}"), &[]);
    }
    let abilities = world.registry.abilities.clone();
    for expected in [53, 103, 133, 133] {
        assert!(world.syncer.peek(&abilities).await.unwrap());
        assert_eq!(world.cell.snapshot().len(), expected);
    }
}

#[tokio::test]
async fn a_largest_id_that_cannot_be_leads_to_one_whole_reading_and_no_more() {
    let world = world(confluent());
    fill(&world.registry, 3, 1);
    world.syncer.refresh().await;
    world.registry.put("liar", u32::MAX, SchemaType::Json, "{}", &[]);
    let abilities = world.registry.abilities.clone();
    let before = world.registry.calls.load(Ordering::SeqCst);
    assert!(!world.syncer.peek(&abilities).await.unwrap());
    assert!(world.registry.calls.load(Ordering::SeqCst) - before <= 2);
    world.syncer.refresh().await;
    assert_eq!(world.cell.snapshot().newest(&name_of("liar")), Some(Version(u32::MAX)));
    assert!(world.syncer.peek(&abilities).await.unwrap());
    // The truth again, and a new id behind it.
    world.registry.subjects.lock().unwrap().remove("liar");
    assert!(world.syncer.peek(&abilities).await.unwrap());
    world.registry.put("fresh", 2, SchemaType::Json, "{}", &[]);
    assert!(world.syncer.peek(&abilities).await.unwrap());
    assert_eq!(world.cell.snapshot().newest(&name_of("fresh")), Some(Version(2)));
}

#[tokio::test]
async fn a_new_id_that_could_not_be_read_is_tried_again() {
    let world = world(confluent());
    fill(&world.registry, 3, 1);
    world.syncer.refresh().await;
    world.registry.put("fresh", 2, SchemaType::Json, "{}", &[]);
    let abilities = world.registry.abilities.clone();
    world.registry.silent.lock().unwrap().insert("fresh".into());
    *world.registry.down.lock().unwrap() = true;
    assert!(world.syncer.peek(&abilities).await.is_err());
    *world.registry.down.lock().unwrap() = false;
    world.registry.silent.lock().unwrap().clear();
    assert!(world.syncer.peek(&abilities).await.unwrap());
    assert_eq!(world.cell.snapshot().newest(&name_of("fresh")), Some(Version(2)));
}

#[tokio::test]
async fn opening_a_subject_that_was_soft_deleted_shows_it_as_such_and_one_that_is_gone_goes() {
    let world = world(confluent());
    fill(&world.registry, 3, 2);
    world.syncer.refresh().await;
    let name = name_of("team0.service0.event0-value");
    world.registry.soft_delete(name.as_str(), 1);
    world.registry.soft_delete(name.as_str(), 2);
    let before = world.registry.calls.load(Ordering::SeqCst);
    world.syncer.read_through(name.clone()).await;
    assert!(world.registry.calls.load(Ordering::SeqCst) - before <= 4);
    assert_eq!(versions(&world.cell.snapshot(), name.as_str()), [(1, true), (2, true)]);
    world.registry.subjects.lock().unwrap().remove(name.as_str());
    world.syncer.read_through(name.clone()).await;
    assert!(world.cell.snapshot().subject(&name).is_none());
}

#[tokio::test]
async fn opening_a_subject_takes_nothing_back_that_a_crawl_found_meanwhile() {
    let world = world(confluent());
    fill(&world.registry, 10, 1);
    world.syncer.refresh().await;
    let name = name_of("team0.service0.event0-value");
    let mut opening = std::pin::pin!(world.syncer.read_through(name.clone()));
    assert!(futures::poll!(opening.as_mut()).is_pending());
    world.registry.avro(name.as_str(), 3);
    world.syncer.refresh().await;
    assert_eq!(world.cell.snapshot().newest(&name), Some(Version(3)));
    opening.await;
    assert_eq!(world.cell.snapshot().newest(&name), Some(Version(3)));
}

#[tokio::test]
async fn opening_a_subject_asks_four_times_at_most_and_brings_what_is_new() {
    let world = world(confluent());
    fill(&world.registry, 10, 1);
    world.syncer.refresh().await;
    let name = "team0.service0.event0-value";
    world.registry.avro(name, 4);
    let before = world.registry.calls.load(Ordering::SeqCst);
    world.syncer.read_through(name_of(name)).await;
    assert!(world.registry.calls.load(Ordering::SeqCst) - before <= 4);
    let snapshot = world.cell.snapshot();
    let entry = snapshot.subject(&name_of(name)).unwrap();
    assert_eq!(entry.newest().unwrap().version, Version(4));
    assert_eq!(entry.level, Some(domain::compare::Level::FullTransitive));
    assert_eq!(entry.mode, Some(domain::registry::Mode::ReadOnly));
}

#[tokio::test]
async fn a_version_that_is_given_twice_under_two_ids_is_told_and_ids_need_no_order() {
    let registry = confluent();
    registry.put("a", 1, SchemaType::Avro, "\"one\"", &[]);
    let schema = |id: u32| super::RegisteredSchema {
        id: SchemaId(id),
        schema_type: SchemaType::Avro,
        text: format!("\"{id}\""),
        references: Vec::new(),
        extra: serde_json::Value::Null,
    };
    let row = |version: u32, id: u32| crate::ports::registry::BulkRow {
        subject: "a".into(),
        version: Version(version),
        deleted: Some(false),
        schema: Ok(schema(id)),
    };
    let reading = super::super::crawl::of_rows(name_of("a"), vec![row(3, 9), row(1, 4), row(1, 5), row(2, 4)], 2);
    let (read, gaps) = reading;
    assert_eq!(read, [(2, 4), (3, 9)]);
    assert!(gaps.unwrap().contains("version 1 of a twice, with the ids 4 and 5"));
}
