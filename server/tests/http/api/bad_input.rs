//! Input that cannot be used: bodies, schemas that are hostile, designs that do not fit. Each is told precisely; nothing panics.

use serde_json::{Value, json};

use crate::actor::Client;
use crate::world::World;

/// The findings of a schema text, one a line.
async fn findings(who: &Client, schema_type: &str, schema: &str) -> Vec<String> {
    let body = json!({ "schemaType": schema_type, "schema": schema, "subject": "hostile-value" });
    let rendered = who.post("/api/v1/render", &body).await.json(200);
    let line = |d: &Value| {
        format!(
            "{} {}: {}",
            d["severity"].as_str().unwrap(),
            d["code"].as_str().unwrap(),
            d["message"].as_str().unwrap()
        )
    };
    rendered["diagnostics"].as_array().unwrap().iter().map(line).collect()
}

fn clip(lines: &[String]) -> String {
    let more = if lines.len() > 4 { format!("\n… {} more", lines.len() - 4) } else { String::new() };
    format!("{}{more}\n", lines.iter().take(4).cloned().collect::<Vec<_>>().join("\n"))
}

/// A schema that nests `depth` records.
fn deep(schema_type: &str, depth: usize) -> String {
    match schema_type {
        "AVRO" => (0..depth).rev().fold("\"string\"".to_owned(), |inner, n| {
            format!(r#"{{"type":"record","name":"R{n}","fields":[{{"name":"f","type":{inner}}}]}}"#)
        }),
        "JSON" => (0..depth).fold(r#"{"type":"string"}"#.to_owned(), |inner, _| {
            format!(r#"{{"type":"object","properties":{{"f":{inner}}}}}"#)
        }),
        _ => {
            let inner = (0..depth)
                .rev()
                .fold("string leaf = 1;".to_owned(), |inner, n| format!("message M{n} {{ {inner} }} M{n} f{n} = 2;"));
            format!("syntax = \"proto3\"; message Top {{ {inner} }}")
        }
    }
}

fn wide(schema_type: &str, fields: usize) -> String {
    let each = |field: &dyn Fn(usize) -> String, by: &str| (0..fields).map(field).collect::<Vec<_>>().join(by);
    match schema_type {
        "AVRO" => {
            let fields = each(&|n| format!(r#"{{"name":"f{n}","type":"string"}}"#), ",");
            format!(r#"{{"type":"record","name":"R","fields":[{fields}]}}"#)
        }
        "JSON" => {
            let fields = each(&|n| format!(r#""f{n}":{{"type":"string"}}"#), ",");
            format!(r#"{{"type":"object","properties":{{{fields}}}}}"#)
        }
        _ => format!(
            "syntax = \"proto3\"; message Top {{ {} }}",
            each(&|n| format!("string f{n} = {};", n + 20_000), " ")
        ),
    }
}

fn recursive(schema_type: &str) -> &'static str {
    match schema_type {
        "AVRO" => r#"{"type":"record","name":"Node","fields":[{"name":"next","type":["null","Node"]}]}"#,
        "JSON" => r##"{"type":"object","properties":{"id":{"type":"string"},"next":{"$ref":"#"}}}"##,
        _ => "syntax = \"proto3\"; message Node { string id = 1; Node next = 2; }",
    }
}

#[tokio::test]
async fn a_hostile_schema_is_answered_with_what_is_wrong_with_it() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    let mut told = String::new();
    for schema_type in ["AVRO", "JSON", "PROTOBUF"] {
        let cases = [
            ("empty", String::new()),
            ("not parsing", "{ \"type\": \"record\", message {".to_owned()),
            ("200 levels deep", deep(schema_type, 200)),
            ("recursive", recursive(schema_type).to_owned()),
            ("5 MB of nothing", " ".repeat(5 << 20)),
        ];
        for (label, schema) in cases {
            told.push_str(&format!(
                "{schema_type}, {label}\n{}\n",
                clip(&findings(&engineer, schema_type, &schema).await)
            ));
        }
    }
    insta::assert_snapshot!(told);
}

#[tokio::test]
async fn five_thousand_fields_are_rendered_in_full() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    for schema_type in ["AVRO", "JSON", "PROTOBUF"] {
        let body = json!({ "schemaType": schema_type, "schema": wide(schema_type, 5000), "subject": "wide-value" });
        let rendered = engineer.post("/api/v1/render", &body).await.json(200);
        let columns = rendered["columns"].as_array().unwrap().iter().filter(|c| c["path"].is_string()).count();
        assert_eq!((columns, &rendered["diagnostics"]), (5000, &json!([])), "{schema_type}");
        let bytes = ["table", "pipe"].map(|statement| rendered[statement].as_str().unwrap().len());
        assert!(bytes.iter().all(|bytes| *bytes < 1_000_000), "{schema_type}: {bytes:?}, and Snowflake takes 1 MB");
    }
}

#[tokio::test]
async fn a_schema_with_more_fields_than_a_table_can_have_is_told_how_many_there_can_be() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    let mut told = String::new();
    for schema_type in ["AVRO", "JSON", "PROTOBUF"] {
        let found = findings(&engineer, schema_type, &wide(schema_type, 30_000)).await;
        told.push_str(&format!("{schema_type}\n{}\n", clip(&found)));
    }
    insta::assert_snapshot!(told);
}

#[tokio::test]
async fn a_thousand_levels_of_brackets_do_not_bring_the_server_down() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    for schema in ["[".repeat(200_000), r#"{"a":"#.repeat(200_000), deep("PROTOBUF", 5000), deep("AVRO", 5000)] {
        for schema_type in ["AVRO", "JSON", "PROTOBUF"] {
            let found = findings(&engineer, schema_type, &schema).await;
            assert!(found.iter().any(|line| line.starts_with("error")), "{schema_type}: {found:?}");
        }
    }
}

#[tokio::test]
async fn a_schema_with_errors_cannot_be_submitted() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    let design = json!({ "table": { "retentionDays": 200 } });
    let body = json!({ "subject": "order_placed-value", "version": 6, "design": design });
    let rendered = engineer.post("/api/v1/render", &body).await.json(200);
    assert!(rendered["diagnostics"].as_array().unwrap().iter().any(|d| d["severity"] == "error"), "{rendered:#}");
    let before = world.dump().await;
    let sentence = engineer.post("/api/v1/requests", &body).await.problem(422);
    assert!(sentence.starts_with("This design cannot be submitted: "), "{sentence}");
    assert_eq!(world.dump().await, before);
}

#[tokio::test]
async fn an_edit_of_a_field_that_is_gone_is_told_and_the_rest_is_rendered() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    let body = |design| json!({ "subject": "order_placed-value", "version": 6, "design": design });
    let plain = engineer.post("/api/v1/render", &body(json!({}))).await.json(200);
    let edited = body(json!({ "columns": { "no.such.field": { "name": "X" } } }));
    let rendered = engineer.post("/api/v1/render", &edited).await.json(200);
    assert_eq!(rendered["table"], plain["table"]);
    let about: Vec<_> =
        rendered["diagnostics"].as_array().unwrap().iter().filter(|d| d["path"] == "no.such.field").collect();
    assert_eq!(about.len(), 1);
    insta::assert_json_snapshot!(about[0]);
}

#[tokio::test]
async fn a_body_that_cannot_be_used_has_its_sentence() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    let bodies = [
        ("application/json", ""),
        ("application/json", "{"),
        ("application/json", "[]"),
        ("application/json", "{}"),
        ("application/json", r#"{"schema": "\"string\""}"#),
        ("application/json", r#"{"schema": "x", "schemaType": "THRIFT"}"#),
        ("application/json", r#"{"subject": "a", "verison": 1}"#),
        ("application/json", r#"{"subject": "a", "version": -1}"#),
        ("application/json", r#"{"subject": ""}"#),
        ("application/json", r#"{"subject": "a\u0000b"}"#),
        ("application/json", r#"{"subject": "no-such-subject"}"#),
        ("application/json", r#"{"subject": "order_placed-value", "version": 99}"#),
        ("application/json", r#"{"subject": "order_placed-value", "design": {"colums": {}}}"#),
        ("text/plain", r#"{"subject": "order_placed-value"}"#),
        ("", r#"{"subject": "order_placed-value"}"#),
    ];
    let mut told = String::new();
    for (content_type, body) in bodies {
        let answer = engineer.send("POST", "/api/v1/render", content_type, body).await;
        told.push_str(&format!(
            "{content_type} {body}\n    {} {}\n",
            answer.status,
            answer.problem(answer.status.as_u16())
        ));
    }
    insta::assert_snapshot!(told);
}

#[tokio::test]
async fn a_body_that_is_too_large_says_so() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    let body = json!({ "schema": " ".repeat(11 << 20), "schemaType": "AVRO" });
    let sentence = engineer.post("/api/v1/render", &body).await.problem(413);
    insta::assert_snapshot!(sentence);
}
