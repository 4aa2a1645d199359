//! What a restart finds: the last snapshot at once, and the rest of a reading that was cut off.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use domain::time::Timestamp;

use super::{Scripted, name_of, names, world, world_over};
use crate::ports::registry::{Abilities, Bulk};

#[tokio::test]
async fn a_restart_serves_the_last_snapshot_with_its_age_before_it_asks_anything() {
    let first = world(Scripted::default());
    first.registry.avro("a", 2);
    first.registry.avro("b", 1);
    first.registry.silent.lock().unwrap().insert("b".into());
    first.syncer.refresh().await;
    let calls = first.registry.calls.load(Ordering::SeqCst);
    let second = world_over(first.registry.clone(), first.store.clone());
    assert!(second.syncer.restore().await.unwrap());
    let snapshot = second.cell.snapshot();
    assert_eq!(names(&snapshot), ["a", "b"]);
    let freshness = snapshot.freshness(Timestamp(9));
    assert_eq!((freshness.synced_at, freshness.unreadable_count), (Some(Timestamp(1000)), 1));
    let text = second.cell.schema_text(&name_of("a"), domain::subject::Version(2)).await.unwrap().text;
    assert_eq!(text, "\"a 2\"");
    assert_eq!(first.registry.calls.load(Ordering::SeqCst), calls);
}

#[tokio::test]
async fn a_reading_that_was_cut_off_goes_on_with_what_is_missing() {
    let abilities = Abilities { bulk: Bulk::Buckets, ..Abilities::default() };
    let first = world(Scripted { abilities, page: 1000, ..Scripted::default() });
    for number in 0..3_000 {
        first.registry.avro(&format!("event{number:04}-value"), 3);
    }
    // The process ends when the first bucket is read: three in a hundred.
    {
        let mut crawl = std::pin::pin!(first.syncer.refresh());
        while first.cell.snapshot().len() < 90 {
            let _ = futures::poll!(crawl.as_mut());
            tokio::task::yield_now().await;
        }
    }
    let kept = first.cell.snapshot().len();
    assert!((90..2_000).contains(&kept), "{kept}");
    let second = world_over(first.registry.clone(), first.store.clone());
    second.syncer.restore().await.unwrap();
    let restored = second.cell.snapshot();
    assert_eq!((restored.len(), restored.freshness(Timestamp(9)).synced_at), (kept, None));
    let before = first.registry.calls.load(Ordering::SeqCst);
    second.syncer.refresh().await;
    assert_eq!(second.cell.snapshot().len(), 3_000);
    let calls = first.registry.calls.load(Ordering::SeqCst) - before;
    assert!(calls < 40, "{calls}");
}

#[tokio::test]
async fn what_was_kept_of_another_place_is_forgotten() {
    let first = world(Scripted::default());
    first.registry.avro("a", 1);
    first.syncer.refresh().await;
    let elsewhere = Arc::new(Scripted { place: "elsewhere", ..Scripted::default() });
    let second = world_over(elsewhere, first.store.clone());
    assert!(!second.syncer.restore().await.unwrap());
    second.syncer.refresh().await;
    assert!(second.cell.snapshot().is_empty());
}

#[tokio::test]
async fn texts_that_no_version_says_any_more_go_with_a_restart() {
    let first = world(Scripted { rewrites: true, ..Scripted::default() });
    first.registry.avro("a", 3);
    first.registry.put("b", 1, domain::subject::SchemaType::Avro, "\"a 1\"", &[]);
    first.syncer.refresh().await;
    first.registry.put("a", 2, domain::subject::SchemaType::Json, "{}", &[]);
    first.registry.subjects.lock().unwrap().get_mut("a").unwrap().remove(&3);
    first.syncer.refresh().await;
    let second = world_over(first.registry.clone(), first.store.clone());
    second.syncer.restore().await.unwrap();
    assert_eq!(second.cell.sweep().await.unwrap(), 2);
    assert_eq!(second.cell.sweep().await.unwrap(), 0);
    for (subject, version) in [("a", 1), ("a", 2), ("b", 1)] {
        second.cell.schema_text(&name_of(subject), domain::subject::Version(version)).await.unwrap();
    }
}
