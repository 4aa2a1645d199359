//! The OpenAPI document is the contract: every route is in it, and everything in it is answered.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::world::World;

/// Every call that the document describes.
fn described(document: &Value) -> BTreeSet<(String, String)> {
    let paths = document["paths"].as_object().unwrap();
    let methods = |(path, item): (&String, &Value)| {
        let of = item.as_object().unwrap().keys().map(|method| (method.clone(), path.clone())).collect::<Vec<_>>();
        of.into_iter()
    };
    paths.iter().flat_map(methods).collect()
}

/// Every route of the API's router, read from its source: `.route("/path", get(…).post(…))`.
fn routed() -> BTreeSet<(String, String)> {
    let source = include_str!("../../../src/http/api.rs");
    let mut routes = BTreeSet::new();
    for line in source.split(".route(\"").skip(1) {
        let (path, handlers) = line.split_once('"').unwrap();
        let handlers = handlers.split_once('\n').unwrap().0;
        for method in ["get", "post", "put", "patch", "delete", "any"] {
            if handlers.contains(&format!(" {method}(")) || handlers.contains(&format!(").{method}(")) {
                routes.insert((method.to_owned(), path.to_owned()));
            }
        }
    }
    routes
}

#[tokio::test]
async fn every_route_is_described_and_every_description_is_routed() {
    let world = World::new().await;
    let document = world.as_nobody().get("/api/v1/openapi.json").await.json(200);
    let mut routed = routed();
    assert!(routed.remove(&("get".to_owned(), "/openapi.json".to_owned())), "the document itself: {routed:?}");
    assert_eq!(described(&document), routed);
    let list: Vec<_> = routed.iter().map(|(method, path)| format!("{method} {path}")).collect();
    insta::assert_snapshot!(list.join("\n"), @r"
    get /events
    get /requests
    get /requests/{id}
    get /runs/{id}
    get /search
    get /search/export
    get /subjects
    get /subjects/{subject}/versions/{version}
    post /render
    post /requests
    post /requests/{id}/decisions
    ");
}

#[tokio::test]
async fn the_document_is_openapi_with_every_reference_resolved() {
    let world = World::new().await;
    let document = world.as_nobody().get("/api/v1/openapi.json").await.json(200);
    assert!(document["openapi"].as_str().unwrap().starts_with("3."));
    assert_eq!(document["servers"], json!([{ "url": "/api/v1" }]));
    assert_eq!(document["components"]["securitySchemes"]["token"], json!({ "type": "http", "scheme": "bearer" }));
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"").skip(1).map(|rest| rest.split_once('"').unwrap().0) {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

#[tokio::test]
async fn every_call_of_the_document_exists_and_takes_no_other_method() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    let document = engineer.get("/api/v1/openapi.json").await.json(200);
    for (method, path) in described(&document) {
        let path = path.replace("{subject}", "order_placed-value").replace("{version}", "1").replace("{id}", "1");
        let path = format!("/api/v1{path}");
        let answer = engineer.send(&method.to_uppercase(), &path, "application/json", "{}").await;
        assert_ne!(answer.status, 405, "{method} {path}");
        if answer.status == 404 {
            assert!(!answer.problem(404).starts_with("There is nothing at"), "{method} {path}");
        }
        let sentence = engineer.send("DELETE", &path, "", "").await.problem(405);
        assert_eq!(
            sentence,
            format!("{path} does not take this method. The calls are listed in /api/v1/openapi.json.")
        );
    }
}

#[tokio::test]
async fn what_is_not_there_is_a_problem_with_a_sentence() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    let mut told = String::new();
    let paths = [
        "/nothing",
        "/requests/7",
        "/requests/seven",
        "/requests/R-7",
        "/requests/R--7",
        "/runs/7",
        "/runs/1.5",
        "/requests/1/decisions/2",
    ];
    for path in paths {
        let answer = engineer.get(&format!("/api/v1{path}")).await;
        told.push_str(&format!("{path}\n    {} {}\n", answer.status, answer.problem(answer.status.as_u16())));
    }
    insta::assert_snapshot!(told);
    for path in ["/api/v1", "/api/v1/", "/api/v1/nothing/at/all", "/api/v2/subjects", "/api"] {
        let expected = format!("There is nothing at {path}. The calls are listed in /api/v1/openapi.json.");
        assert_eq!(engineer.get(path).await.problem(404), expected);
        assert_eq!(world.as_nobody().get(path).await.problem(404), expected, "without a token");
    }
}

#[tokio::test]
async fn every_call_answers_in_the_shape_that_the_document_gives() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    let (request, run) = world.live("cart_updated-value").await;
    let document = engineer.get("/api/v1/openapi.json").await.json(200);
    let calls = [
        ("get", "/subjects", "/subjects".to_owned()),
        ("get", "/subjects/{subject}/versions/{version}", "/subjects/cart_updated-value/versions/3".to_owned()),
        ("get", "/search", "/search?query=cart%20field:id".to_owned()),
        ("get", "/requests", "/requests".to_owned()),
        ("get", "/requests/{id}", format!("/requests/{}", request.0)),
        ("get", "/runs/{id}", format!("/runs/{}", run.0)),
        ("get", "/events", "/events".to_owned()),
    ];
    for (method, path, call) in calls {
        let body = engineer.get(&format!("/api/v1{call}")).await.json(200);
        let schema = &document["paths"][path][method]["responses"]["200"]["content"]["application/json"]["schema"];
        fits(&document, schema, &body, path);
    }
}

/// Checks the keys of objects, all through: none that is not described, none missing that is required.
fn fits(document: &Value, schema: &Value, value: &Value, place: &str) {
    let schema = match schema["$ref"].as_str() {
        Some(reference) => document.pointer(&reference[1..]).unwrap(),
        None => schema,
    };
    let parts: Vec<&Value> = match schema["allOf"].as_array() {
        Some(parts) => parts.iter().collect(),
        None => vec![schema],
    };
    if let (Some(items), Some(values)) = (schema.get("items"), value.as_array()) {
        assert!(!values.is_empty() || place.ends_with(".diagnostics"), "{place} shows nothing");
        values.iter().for_each(|value| fits(document, items, value, &format!("{place}[]")));
    }
    let Some(object) = value.as_object().filter(|_| parts.len() > 1 || schema.get("properties").is_some()) else {
        return;
    };
    let mut known = BTreeSet::new();
    for part in parts {
        let part = part["$ref"].as_str().map_or(part, |reference| document.pointer(&reference[1..]).unwrap());
        for (key, schema) in part["properties"].as_object().into_iter().flatten() {
            known.insert(key.as_str());
            if let Some(value) = object.get(key) {
                fits(document, schema, value, &format!("{place}.{key}"));
            }
        }
        for key in part["required"].as_array().into_iter().flatten() {
            assert!(object.contains_key(key.as_str().unwrap()), "{place} lacks {key}");
        }
    }
    let unknown: Vec<_> = object.keys().filter(|key| !known.contains(key.as_str())).collect();
    assert!(unknown.is_empty(), "{place} has {unknown:?}, which the document does not describe");
}
