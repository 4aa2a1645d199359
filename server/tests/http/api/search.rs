//! Searching by the query language: what is found and why, counts, pages, exports, and queries that cannot be used.

use app::paths::encode;
use serde_json::{Value, json};

use crate::actor::Client;
use crate::world::World;

async fn found(who: &Client, query: &str) -> (Vec<String>, Value) {
    let page = who.get(&format!("/api/v1/search{query}")).await.json(200);
    let names = page["rows"].as_array().unwrap().iter().map(|row| row["subject"].as_str().unwrap().to_owned());
    (names.collect(), page)
}

#[tokio::test]
async fn a_query_finds_names_and_fields_and_says_why() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    let (names, page) = found(&engineer, &format!("?query={}", encode("^order_placed type:avro"))).await;
    assert_eq!(names, ["order_placed-value"]);
    assert_eq!(
        page["rows"][0]["matches"][0],
        json!({ "place": "subject", "text": "order_placed-value", "spans": [[0, 12]], "version": null })
    );
    assert_eq!((&page["matched"], &page["exact"]), (&json!(1), &json!(true)));
    let (names, page) = found(&engineer, "?query=field:currency&sort=name").await;
    assert!(names.len() > 1 && names.is_sorted());
    assert!(page["rows"].as_array().unwrap().iter().all(|row| row["matches"][0]["place"] == "field"));
    let types = page["facets"].as_array().unwrap().iter().find(|facet| facet["key"] == "type").unwrap();
    let counts: u64 = types["values"].as_array().unwrap().iter().map(|value| value["count"].as_u64().unwrap()).sum();
    assert_eq!(page["matched"], counts);
}

#[tokio::test]
async fn results_are_paged_without_gap_or_repetition() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    for sort in ["best", "name", "-name", "versions", "-id"] {
        let (all, _) = found(&engineer, &format!("?query=e&in=subject,field&limit=500&sort={sort}")).await;
        let (mut paged, mut query) = (Vec::new(), String::new());
        loop {
            let (names, page) =
                found(&engineer, &format!("?query=e&in=subject,field&limit=7&sort={sort}{query}")).await;
            assert_eq!(page["offset"], paged.len());
            paged.extend(names);
            let Some(next) = page["next"].as_str() else { break };
            query = format!("&cursor={}", encode(next));
        }
        assert_eq!(paged, all, "{sort}");
    }
}

#[tokio::test]
async fn what_became_of_a_subject_is_searched_too() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    world.live("cart_updated-value").await;
    let (names, page) = found(&engineer, "?query=onboarded:yes").await;
    assert_eq!(names, ["cart_updated-value"]);
    assert_eq!(page["rows"][0]["owner"], "engineer");
    assert_eq!(found(&engineer, "?query=-owner:nobody").await.0, ["cart_updated-value"]);
}

#[tokio::test]
async fn everything_that_is_found_is_exported_as_csv_or_json() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    let (all, _) = found(&engineer, "?query=type:avro&limit=500&sort=name").await;
    let csv = engineer.get("/api/v1/search/export?query=type:avro&limit=1&sort=name").await;
    assert_eq!((csv.status.as_u16(), csv.header(http::header::CONTENT_TYPE)), (200, "text/csv; charset=utf-8"));
    let lines: Vec<&str> = csv.body.lines().skip(1).collect();
    let subject = |line: &&str| line.split(',').nth(1).unwrap().trim_matches('"').replace("\"\"", "\"");
    assert_eq!(lines.iter().map(subject).collect::<Vec<_>>(), all);
    let json = engineer.get("/api/v1/search/export?query=type:avro&sort=name&format=json").await.body;
    let rows =
        json.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["subject"].as_str().unwrap().to_owned());
    assert_eq!(rows.collect::<Vec<_>>(), all);
}

#[tokio::test]
async fn a_query_that_cannot_be_used_says_where_and_why() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    let mut told = String::new();
    for query in ["(", "type:avro field:(a", "type:thrift", "\"a", "field:", "a{1000}{1000}", "(?=x)", "-in:doc"] {
        for path in ["search", "search/export"] {
            let sentence = engineer.get(&format!("/api/v1/{path}?query={}", encode(query))).await.problem(400);
            if path == "search" {
                told.push_str(&format!("{query}\n    {sentence}\n"));
            }
        }
    }
    for parameter in ["sort=age", "in=title", "case=upper", "cursor=x", "limit=many", "sorted=name"] {
        let sentence = engineer.get(&format!("/api/v1/search?{parameter}")).await.problem(400);
        told.push_str(&format!("{parameter}\n    {sentence}\n"));
    }
    let sentence = engineer.get("/api/v1/search/export?format=xls").await.problem(400);
    told.push_str(&format!("format=xls\n    {sentence}\n"));
    insta::assert_snapshot!(told);
}
