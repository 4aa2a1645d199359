//! What holds for every adapter, tried on the demo registry: in the binary, on disk, and over the wire.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use domain::subject::{SchemaType, Version};
use percent_encoding::percent_decode_str;
use service::ports::clock::SystemClock;
use service::ports::registry::{Registry, RegistryError};
use service::snapshot::{MemorySnapshotStore, SnapshotCell, Syncer};

use super::scripted::ScriptedServer;
use super::{demo_folder, name};
use crate::registry::confluent::Confluent;
use crate::registry::directory::directory;
use crate::registry::embedded::demo;
use crate::registry::location::{Location, parse_location};

/// File name to content of every subject, read without any of the code under test.
fn expected() -> BTreeMap<String, BTreeMap<String, String>> {
    let read = |folder: &Path| {
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        files.map(|file| (file_name(&file), std::fs::read_to_string(&file).unwrap())).collect()
    };
    let folders =
        std::fs::read_dir(demo_folder()).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    folders
        .map(|folder| (percent_decode_str(&file_name(&folder)).decode_utf8().unwrap().into_owned(), read(&folder)))
        .collect()
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

async fn holds_for(registry: &dyn Registry) {
    let expected = expected();
    let mut subjects = registry.subjects().await.unwrap();
    subjects.sort();
    assert_eq!(subjects, expected.keys().cloned().collect::<Vec<_>>());
    for (subject, files) in &expected {
        let subject = name(subject);
        let versions = registry.versions(&subject).await.unwrap();
        assert!(versions.is_sorted() && versions.first() == Some(&Version(1)), "{subject}: {versions:?}");
        assert_eq!(versions.len(), files.keys().filter(|file| !file.contains("references")).count());
        for version in versions {
            let schema = registry.schema(&subject, version).await.unwrap();
            assert_eq!(schema.text, files[&format!("{version}.{}", schema.schema_type.extension())]);
            assert_eq!(registry.schema(&subject, version).await.unwrap(), schema);
            let listed = files.get(&format!("{version}.references.json")).map_or("[]", String::as_str);
            let listed: Vec<serde_json::Value> = serde_json::from_str(listed).unwrap();
            let given = schema
                .references
                .iter()
                .map(|r| serde_json::json!({"name": r.name, "subject": r.subject.as_str(), "version": r.version.0}));
            assert_eq!(given.collect::<Vec<_>>(), listed);
        }
    }
    let missing = registry.versions(&name("nobody-value")).await;
    assert!(matches!(missing, Err(RegistryError::NotFound(_))), "{missing:?}");
    for version in [0, 99, u32::MAX] {
        let missing = registry.schema(&name("order_placed-value"), Version(version)).await;
        assert!(matches!(missing, Err(RegistryError::NotFound(_))), "{missing:?}");
    }
}

#[tokio::test]
async fn the_demo_in_the_binary_is_the_folder() {
    holds_for(&demo()).await;
}

#[tokio::test]
async fn a_folder_is_read_as_it_is() {
    holds_for(&directory(demo_folder())).await;
}

#[tokio::test]
async fn a_server_gives_what_its_folder_holds() {
    let server = ScriptedServer::start(directory(demo_folder())).await;
    let Location::Url { url, auth } = parse_location(&server.url).unwrap() else { panic!() };
    holds_for(&Confluent::new(url, auth).unwrap()).await;
}

#[tokio::test]
async fn every_demo_schema_loads_with_its_references_and_only_the_cut_off_one_is_no_json() {
    let cell = Arc::new(SnapshotCell::new(Arc::new(MemorySnapshotStore::default())));
    Syncer::new(Arc::new(demo()), cell.clone(), Arc::new(SystemClock)).refresh().await;
    let snapshot = cell.snapshot();
    assert_eq!(snapshot.freshness(Default::default()).unreadable, []);
    let mut broken = Vec::new();
    for entry in snapshot.entries() {
        let subject = entry.subject().unwrap();
        for stored in entry.versions {
            let text = cell.schema_text(&subject, stored.version).await.unwrap();
            let content = cell.contents().get(stored.content).await.unwrap().unwrap();
            for reference in &content.references {
                assert!(text.references.iter().any(|r| r.name == reference.name), "{subject}: {}", reference.name);
            }
            let is_json = serde_json::from_str::<serde_json::Value>(&text.text).is_ok();
            if text.schema_type != SchemaType::Protobuf && !is_json {
                broken.push(subject.to_string());
            }
        }
    }
    assert_eq!(broken, ["store_kiosk_pinged-value"]);
}
