//! What holds for every store of the snapshot, tried on the one in memory and the one in a file.

use std::sync::Arc;

use domain::registry::RegistryName;
use domain::subject::{SchemaType, SubjectName, Version};
use serde_json::json;
use service::ports::registry::ReferenceName;
use service::ports::snapshot::{Content, ContentKey, Digest, SnapshotStore};
use service::snapshot::MemorySnapshotStore;

use super::SqliteSnapshotStore;

fn name(text: &str) -> SubjectName {
    SubjectName::parse(text).unwrap()
}

fn content(text: &str, references: &[&str]) -> Content {
    let refer = |subject: &&str| ReferenceName { name: "n".into(), subject: name(subject), version: Version(2) };
    let extra = if references.is_empty() { serde_json::Value::Null } else { json!({ "metadata": { "tags": {} } }) };
    let references = references.iter().map(refer).collect();
    Content { schema_type: SchemaType::Json, text: text.into(), references, extra }
}

fn digest(number: u8) -> Digest {
    Digest([number; 16])
}

async fn holds_for(store: &dyn SnapshotStore) {
    let (eu, us) = (RegistryName::default(), RegistryName::parse("us").unwrap());
    assert_eq!(store.state(&eu).await.unwrap(), None);
    store.keep_state(&eu, "{}").await.unwrap();
    store.keep_state(&eu, "{\"a\":1}").await.unwrap();
    assert_eq!(store.state(&eu).await.unwrap().as_deref(), Some("{\"a\":1}"));
    contents_hold_for(store).await;
    subjects_hold_for(store, &eu, &us).await;
    store.forget(&eu).await.unwrap();
    assert_eq!(store.state(&eu).await.unwrap(), None);
    assert_eq!(store.subjects(&eu, None, 10).await.unwrap(), []);
    assert_eq!(store.subjects(&us, None, 10).await.unwrap().len(), 1);
    store.keep_state(&us, "{}").await.unwrap();
    store.keep_subjects(&eu, vec![(name("kept"), vec![1])], vec![]).await.unwrap();
    store.keep_only(std::slice::from_ref(&eu)).await.unwrap();
    assert_eq!(store.subjects(&eu, None, 10).await.unwrap().len(), 1);
    assert_eq!((store.state(&us).await.unwrap(), store.subjects(&us, None, 10).await.unwrap()), (None, vec![]));
    store.keep_only(&[]).await.unwrap();
    assert_eq!(store.subjects(&eu, None, 10).await.unwrap(), []);
}

async fn contents_hold_for(store: &dyn SnapshotStore) {
    let given = vec![(digest(1), content("one", &[])), (digest(2), content(&"two ".repeat(500), &["b", "c", "b"]))];
    let keys = store.keep_contents(given.clone()).await.unwrap();
    assert!(keys.iter().all(|key| *key != ContentKey(0)) && keys[0] != keys[1]);
    let again = vec![(digest(3), content("three", &["c"])), given[1].clone(), given[0].clone(), given[0].clone()];
    let more = store.keep_contents(again).await.unwrap();
    assert_eq!((more[1], more[2], more[3]), (keys[1], keys[0], keys[0]));
    let mut found = store.contents(&[keys[1], keys[0], ContentKey(9_999)]).await.unwrap();
    found.sort_by_key(|(key, _)| *key);
    assert_eq!(found, [(keys[0], given[0].1.clone()), (keys[1], given[1].1.clone())]);
    assert_eq!(store.referring(&name("b")).await.unwrap(), [keys[1]]);
    let mut referring = [keys[1], more[0]];
    referring.sort();
    assert_eq!(store.referring(&name("c")).await.unwrap(), referring);
    let mut all = [keys[0], keys[1], more[0]];
    all.sort();
    assert_eq!(store.content_keys(ContentKey(0), 2).await.unwrap(), all[..2]);
    assert_eq!(store.content_keys(all[1], 9).await.unwrap(), all[2..]);
    store.forget_contents(&[keys[1], ContentKey(9_999)]).await.unwrap();
    assert_eq!(store.contents(&[keys[1]]).await.unwrap(), []);
    assert_eq!(store.referring(&name("b")).await.unwrap(), []);
    assert_eq!(store.keep_contents(vec![given[1].clone()]).await.unwrap().len(), 1);
    // A key is never given twice, also when it was the last: a record that still names it must not get the text of another.
    let last = *store.content_keys(ContentKey(0), 99).await.unwrap().last().unwrap();
    store.forget_contents(&[last]).await.unwrap();
    assert!(store.keep_contents(vec![(digest(4), content("four", &[]))]).await.unwrap()[0] > last);
}

async fn subjects_hold_for(store: &dyn SnapshotStore, eu: &RegistryName, us: &RegistryName) {
    let names = ["Z", "a/b % ? # .. : ü \"", "z", "日本語"];
    let kept = names.iter().rev().map(|text| (name(text), text.as_bytes().to_vec())).collect();
    store.keep_subjects(eu, kept, vec![name("nobody")]).await.unwrap();
    store.keep_subjects(us, vec![(name("z"), vec![])], vec![]).await.unwrap();
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = store.subjects(eu, after.as_ref(), 3).await.unwrap();
        let Some((last, _)) = page.last() else { break };
        after = Some(last.clone());
        seen.extend(page.into_iter().map(|(name, record)| (name.to_string(), record)));
    }
    assert_eq!(seen, names.map(|text| (text.to_owned(), text.as_bytes().to_vec())));
    store.keep_subjects(eu, vec![(name("z"), vec![7])], vec![name("Z")]).await.unwrap();
    let page = store.subjects(eu, None, 10).await.unwrap();
    assert_eq!(page.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), [names[1], "z", names[3]]);
    assert_eq!(page[1].1, [7]);
}

#[tokio::test]
async fn the_store_in_memory_keeps_its_word() {
    holds_for(&MemorySnapshotStore::default()).await;
}

#[tokio::test]
async fn the_store_in_a_file_keeps_its_word() {
    let folder = tempfile::tempdir().unwrap();
    holds_for(&SqliteSnapshotStore::open(folder.path().join("registries.db")).await.unwrap()).await;
}

#[tokio::test]
async fn what_is_kept_outlives_the_process_and_damage_is_begun_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("registries.db");
    let registry = RegistryName::default();
    let store = SqliteSnapshotStore::open(&path).await.unwrap();
    store.keep_subjects(&registry, vec![(name("a"), vec![1])], vec![]).await.unwrap();
    store.close().await;
    let store = SqliteSnapshotStore::open(&path).await.unwrap();
    assert_eq!(store.subjects(&registry, None, 9).await.unwrap().len(), 1);
    store.close().await;
    std::fs::write(&path, "this is no database".repeat(1000)).unwrap();
    let store = SqliteSnapshotStore::open(&path).await.unwrap();
    assert_eq!(store.subjects(&registry, None, 9).await.unwrap(), []);
}

#[tokio::test]
async fn a_text_that_is_damaged_does_not_take_the_others_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteSnapshotStore::open(folder.path().join("registries.db")).await.unwrap();
    let given = vec![(digest(1), content("one", &[])), (digest(2), content("two", &["b"]))];
    let keys = store.keep_contents(given.clone()).await.unwrap();
    let damage = sqlx::query("UPDATE contents SET packed = x'FFFF' WHERE key = ?").bind(i64::from(keys[0].0));
    damage.execute(&store.writer).await.unwrap();
    assert_eq!(store.contents(&keys).await.unwrap(), [(keys[1], given[1].1.clone())]);
}

#[tokio::test]
async fn two_at_once_give_one_content_one_key() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(SqliteSnapshotStore::open(folder.path().join("registries.db")).await.unwrap());
    let keep = |store: Arc<SqliteSnapshotStore>| async move {
        let contents = (0..200).map(|number| (digest(number), content("x", &["r"]))).collect();
        store.keep_contents(contents).await.unwrap()
    };
    let (one, other) = tokio::join!(tokio::spawn(keep(store.clone())), tokio::spawn(keep(store.clone())));
    assert_eq!(one.unwrap(), other.unwrap());
    assert_eq!(store.referring(&name("r")).await.unwrap().len(), 200);
}
