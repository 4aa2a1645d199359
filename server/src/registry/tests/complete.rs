//! Everything that a registry has is shown, whichever of the registries out there it is, past what each gives at a time; in few calls, and
//! with a sentence on every subject that cannot be read.

use std::sync::Arc;

use domain::registry::{Freshness, RegistryName};
use domain::subject::Version;
use service::ports::clock::SystemClock;
use service::ports::registry::{Abilities, Bulk, Registry};
use service::snapshot::{MemorySnapshotStore, SnapshotCell, Syncer};

use super::flavours::{Flavour, Server};
use super::name;
use crate::registry::confluent::{Confluent, Patience};
use crate::registry::location::Auth;

struct World {
    server: Server,
    registry: Arc<Confluent>,
    cell: Arc<SnapshotCell>,
    syncer: Syncer,
}

async fn world(flavour: Flavour) -> World {
    let server = Server::start(flavour).await;
    let url = server.url.parse().unwrap();
    let registry = Arc::new(Confluent::at_pace(url, Auth::None, Patience::default(), 10_000).unwrap());
    let cell = Arc::new(SnapshotCell::new(Arc::new(MemorySnapshotStore::default())));
    let syncer = Syncer::new(registry.clone(), cell.clone(), Arc::new(SystemClock));
    World { server, registry, cell, syncer }
}

impl World {
    async fn read(&self) -> Freshness {
        self.syncer.refresh().await;
        self.cell.snapshot().freshness(Default::default())
    }

    /// Reads, and compares everything with what the server has.
    async fn is_complete(&self) {
        let freshness = self.read().await;
        assert_eq!((freshness.trouble, freshness.unreadable), (None, vec![]));
        let snapshot = self.cell.snapshot();
        let shown = snapshot.entries().map(|entry| {
            (entry.name.to_owned(), entry.versions.iter().map(|v| (v.version.0, v.id.0, v.deleted)).collect::<Vec<_>>())
        });
        let held = self.server.held.lock().unwrap();
        let held = held.subjects.iter().map(|(name, of)| {
            (name.clone(), of.iter().map(|(number, one)| (*number, one.id, one.deleted)).collect::<Vec<_>>())
        });
        assert_eq!(shown.collect::<Vec<_>>(), held.collect::<Vec<_>>());
    }

    async fn text(&self, subject: &str, version: u32) -> String {
        self.cell.schema_text(&name(subject), Version(version)).await.unwrap().text
    }
}

const ALL: [Flavour; 5] =
    [Flavour::Confluent, Flavour::OldConfluent, Flavour::Karapace, Flavour::Apicurio, Flavour::Redpanda];

#[tokio::test]
async fn what_a_registry_can_do_is_found_out_and_not_believed() {
    for (flavour, bulk) in ALL.into_iter().zip([Bulk::Buckets, Bulk::Buckets, Bulk::Whole, Bulk::None, Bulk::None]) {
        let world = world(flavour).await;
        world.server.fill(5, 2);
        let Abilities { bulk: found, newest_id, .. } = world.registry.abilities().await.unwrap();
        assert_eq!((found, newest_id), (bulk, true), "{flavour:?}");
        assert!(world.server.calls() <= 20, "{flavour:?}: {}", world.server.calls());
    }
}

#[tokio::test]
async fn every_kind_of_registry_is_shown_as_it_is() {
    for flavour in ALL {
        let world = world(flavour).await;
        world.server.fill(60, 3);
        world.server.put("a/b % ? # .. : ü \"", 7, 900, "\"string\"");
        world.server.put(":.eu:order-value", 1, 901, "\"string\"");
        world.server.put(":.eu:order-value", 2, 902, "\"int\"");
        world.server.put(":.us:order-value", 1, 903, "\"string\"");
        for (subject, version) in [(":.eu:order-value", 1), ("team0.service0.event0-value", 2)] {
            world.server.soft_delete(subject, version);
        }
        for version in 1..=3 {
            world.server.soft_delete("team1.service1.event1-value", version);
        }
        world.is_complete().await;
        assert_eq!(world.text("team1.service1.event1-value", 3).await, "\"team1.service1.event1-value 3\"");
        assert_eq!(world.text("a/b % ? # .. : ü \"", 7).await, "\"string\"");
    }
}

#[tokio::test]
async fn what_changes_is_shown_after_the_next_reading() {
    for flavour in ALL {
        let world = world(flavour).await;
        world.server.fill(40, 2);
        world.is_complete().await;
        world.server.put("team0.service0.event0-value", 3, 500, "\"later\"");
        world.server.put(":.eu:new-value", 1, 501, "\"new\"");
        world.server.put("new-value", 1, 502, "\"new\"");
        world.server.held.lock().unwrap().subjects.remove("team2.service2.event2-value");
        if flavour == Flavour::Karapace {
            // Without pages or prefixes, known subjects are read again once in a while; a new id shows what is new at once.
            world.read().await;
            assert_eq!(world.cell.snapshot().newest(&name("new-value")), Some(Version(1)));
            continue;
        }
        world.is_complete().await;
    }
}

#[tokio::test]
async fn the_caps_of_a_thousand_schemas_and_twenty_thousand_subjects_hide_nothing() {
    for subjects in [1_001, 20_001] {
        let world = world(Flavour::Confluent).await;
        world.server.fill(subjects, 1);
        world.is_complete().await;
        let one_by_one = 1 + 2 * subjects as usize;
        let calls = world.server.calls();
        println!("{subjects} subjects: {calls} calls, one by one {one_by_one}");
        let deepest = world.server.asked.lock().unwrap().iter().filter_map(|asked| offset(asked)).max();
        assert!(deepest <= Some(3_000), "{deepest:?}");
    }
}

fn offset(asked: &str) -> Option<usize> {
    let schemas = asked.strip_prefix("/schemas?").filter(|asked| !asked.contains("1000000000"))?;
    schemas.split('&').find_map(|part| part.strip_prefix("offset=")).and_then(|offset| offset.parse().ok())
}

#[tokio::test]
async fn five_hundred_times_fewer_calls_are_made_than_one_by_one() {
    let world = world(Flavour::Confluent).await;
    world.server.fill(20_001, 5);
    world.is_complete().await;
    let (calls, one_by_one) = (world.server.calls(), 1 + 20_001 * 6);
    assert!(calls * 500 <= one_by_one, "{calls} calls, {one_by_one} one by one");
}

#[tokio::test]
async fn a_registry_that_lies_about_some_subjects_is_shown_but_for_those() {
    let world = world(Flavour::Confluent).await;
    world.server.fill(30, 1);
    assert_eq!(world.registry.abilities().await.unwrap().bulk, Bulk::Buckets);
    for subject in ["backwards-value", "no-id-value", "thrift-value"] {
        world.server.put(subject, 1, 700, "\"x\"");
    }
    world.server.put("huge-value", 1, 701, &"x".repeat(20 << 20));
    world.server.put("evil\u{1b}[31m\n-value", 1, 702, "\"x\"");
    let rows = [
        ("backwards-value", r#"{"subject":"backwards-value","version":-1,"id":700,"schema":"\"x\""}"#),
        ("no-id-value", r#"{"subject":"no-id-value","version":1,"schema":{"a":[1,2]}}"#),
        ("thrift-value", r#"{"subject":"thrift-value","version":1,"id":7,"schema":"","schemaType":"THRIFT"}"#),
    ];
    for (subject, row) in rows {
        world.server.held.lock().unwrap().spoilt.insert(subject.to_owned(), row.to_owned());
    }
    let freshness = world.read().await;
    assert_eq!(freshness.trouble, None);
    let unreadable = world.cell.snapshot().unreadable(&RegistryName::default(), None, 100);
    let told: Vec<&str> = unreadable.iter().map(|one| one.subject.as_str()).collect();
    assert!(told.contains(&"huge-value") && told.contains(&"evil\\u{1b}[31m\\n-value"), "{unreadable:?}");
    assert_eq!(freshness.unreadable_count, told.len());
    assert_eq!(world.registry.abilities().await.unwrap().bulk, Bulk::Buckets);
    let snapshot = world.cell.snapshot();
    assert!(snapshot.entries().filter(|entry| entry.name.starts_with("team")).all(|entry| entry.versions.len() == 1));
    assert_eq!(snapshot.entries().filter(|entry| entry.name.starts_with("team")).count(), 30);
    assert!(unreadable.iter().all(|one| one.reason.ends_with('.') && !one.reason.chars().any(char::is_control)));
}

#[tokio::test]
async fn a_registry_that_is_asked_too_often_is_asked_again_and_loses_nothing() {
    let world = world(Flavour::Confluent).await;
    world.server.held.lock().unwrap().refuse_each = 7;
    world.server.fill(1_500, 2);
    world.is_complete().await;
}
