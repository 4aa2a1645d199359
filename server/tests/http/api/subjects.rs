//! Finding and reading subjects: pages, filters, patterns that cannot be used, and names with every awkward character.

use app::paths::encode;
use serde_json::{Value, json};
use server::registry::Location;

use crate::actor::Client;
use crate::html::{tags, unescape};
use crate::world::World;

async fn names(who: &Client, query: &str) -> (Vec<String>, Value) {
    let page = who.get(&format!("/api/v1/subjects{query}")).await.json(200);
    let names = page["subjects"].as_array().unwrap().iter().map(|s| s["subject"].as_str().unwrap().to_owned());
    (names.collect(), page)
}

#[tokio::test]
async fn subjects_are_paged_without_gap_or_repetition() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    let (all, page) = names(&engineer, "?limit=500").await;
    assert_eq!((page["next"].clone(), page["total"].clone()), (Value::Null, json!(all.len())));
    assert!(all.len() > 40 && all.is_sorted());
    let (mut paged, mut query) = (Vec::new(), "?limit=7".to_owned());
    loop {
        let (names, page) = names(&engineer, &query).await;
        assert!(names.len() <= 7 && page["matched"] == all.len());
        paged.extend(names);
        let Some(next) = page["next"].as_str() else { break };
        query = format!("?limit=7&cursor={}", encode(next));
    }
    assert_eq!(paged, all);
}

#[tokio::test]
async fn a_pattern_and_types_narrow_the_list() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    let (found, page) = names(&engineer, &format!("?pattern={}", encode("^courier_.*d-value$"))).await;
    assert!(found.len() > 1 && found.iter().all(|n| n.starts_with("courier_") && n.ends_with("d-value")), "{found:?}");
    assert_eq!(page["matched"], found.len());
    let (protobuf, page) = names(&engineer, "?pattern=courier&type=protobuf").await;
    assert!(!protobuf.is_empty() && page["subjects"].as_array().unwrap().iter().all(|s| s["schemaType"] == "PROTOBUF"));
    let (both, _) = names(&engineer, "?pattern=courier&type=avro,protobuf").await;
    assert!(both.len() > protobuf.len());
}

#[tokio::test]
async fn a_pattern_that_cannot_be_used_says_where_it_breaks() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    let mut told = String::new();
    for pattern in
        ["(", "order_(placed", "a{5,2}", "[z-a]", "*", "\\", "(?<n>a)(?<n>b)", "(?=x)", "a{1000}{1000}{1000}"]
    {
        let sentence = engineer.get(&format!("/api/v1/subjects?pattern={}", encode(pattern))).await.problem(400);
        told.push_str(&format!("{pattern}\n    {sentence}\n"));
    }
    let long = "ü".repeat(501);
    let sentence = engineer.get(&format!("/api/v1/subjects?pattern={}", encode(&long))).await.problem(400);
    told.push_str(&format!("501 characters\n    {sentence}\n"));
    insta::assert_snapshot!(told);
}

#[tokio::test]
async fn a_query_that_cannot_be_used_has_its_sentence() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    let mut told = String::new();
    for query in ["type=thrift", "limit=many", "limit=-1", "patern=x", "cursor=", "cursor=%01"] {
        let sentence = engineer.get(&format!("/api/v1/subjects?{query}")).await.problem(400);
        told.push_str(&format!("{query}\n    {sentence}\n"));
    }
    insta::assert_snapshot!(told);
}

#[tokio::test]
async fn limits_are_kept_within_bounds() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    assert_eq!(names(&engineer, "?limit=0").await.0.len(), 1);
    assert!(names(&engineer, "?limit=18446744073709551615").await.0.len() > 40);
    assert!(names(&engineer, "").await.0.len() <= 50);
}

#[tokio::test]
async fn one_version_is_read_with_its_references() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    let latest = engineer.get("/api/v1/subjects/order_placed-value/versions/latest").await.json(200);
    assert_eq!((&latest["version"], &latest["versions"]), (&json!(6), &json!([1, 2, 3, 4, 5, 6])));
    let first = engineer.get("/api/v1/subjects/order_placed-value/versions/1").await.json(200);
    assert_ne!(first["schema"], latest["schema"]);
    let cart = engineer.get("/api/v1/subjects/cart_updated-value/versions/3").await.json(200);
    assert!(!cart["references"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn a_version_that_is_not_there_says_which_are() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    let mut told = String::new();
    let paths = ["order_placed-value/versions/77", "order_placed-value/versions/0", "order_placed-value/versions/-1"];
    for path in paths.into_iter().chain(["order_placed-value/versions/newest", "nothing-value/versions/1"]) {
        let answer = engineer.get(&format!("/api/v1/subjects/{path}")).await;
        told.push_str(&format!("{path}\n    {} {}\n", answer.status, answer.problem(answer.status.as_u16())));
    }
    insta::assert_snapshot!(told);
}

const AWKWARD: [&str; 15] = [
    "a/b-value",
    "a%2Fb-value",
    "100%",
    "what?x=1",
    "no#1",
    "..",
    ".",
    "../../etc/passwd",
    ":.eu:a-value",
    "Küche \"Süd\"",
    "a+b c&d=e;f",
    "'); DROP TABLE requests; --",
    "<script>alert(1)</script>",
    "</title></h1><img src=x onerror=alert(1)>",
    "{id}",
];

/// A registry of a folder with a subject of each name.
async fn awkward() -> (World, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    for name in AWKWARD {
        let encoded: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let subject = folder.path().join(encoded);
        std::fs::create_dir(&subject).unwrap();
        let schema =
            json!({ "type": "record", "name": "E", "doc": name, "fields": [{ "name": "id", "type": "string" }] });
        std::fs::write(subject.join("1.avsc"), schema.to_string()).unwrap();
    }
    let world = World::over(Location::Directory(folder.path().to_owned())).await;
    world.until_read().await;
    (world, folder)
}

#[tokio::test]
async fn awkward_names_pass_through_the_api_percent_encoded() {
    let (world, _folder) = awkward().await;
    let engineer = world.as_engineer().await;
    let mut expected = AWKWARD.map(str::to_owned);
    expected.sort();
    assert_eq!(names(&engineer, "").await.0, expected);
    for name in AWKWARD {
        let version = engineer.get(&format!("/api/v1/subjects/{}/versions/1", encode(name))).await.json(200);
        assert_eq!(version["subject"], name);
        let after = names(&engineer, &format!("?cursor={}", encode(name))).await.0;
        assert_eq!(after, expected.iter().skip_while(|n| n.as_str() <= name).cloned().collect::<Vec<_>>());
        let rendered = engineer.post("/api/v1/render", &json!({ "subject": name, "version": 1 })).await.json(200);
        for file in rendered["files"].as_array().unwrap() {
            let path = file["path"].as_str().unwrap();
            assert!(path.split('/').all(|part| !part.is_empty() && part != ".." && part != "."), "{name}: {path}");
        }
    }
}

#[tokio::test]
async fn awkward_names_pass_through_the_subjects_page() {
    let (world, _folder) = awkward().await;
    let engineer = world.as_engineer().await;
    for name in AWKWARD {
        let page = engineer.get(&format!("/subject?name={}", encode(name))).await;
        assert_eq!(page.status, 200, "{name}");
        let tags = tags(&page.body);
        for element in ["title", "h1"] {
            let tag = tags.iter().find(|tag| tag.name == element).unwrap();
            assert!(unescape(&tag.text).starts_with(name), "{name}: {element} {}", tag.text);
        }
        assert!(tags.iter().all(|tag| tag.name != "img"), "{name}");
        assert!(tags.iter().filter(|tag| tag.name == "script").all(|tag| tag.attribute("nonce").is_some()), "{name}");
    }
}
