//! The JSON Schema of designs that is published in `docs`: it takes every design that the console takes, and no key that it refuses.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use domain::design::Design;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::random::edited;

fn published() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/design.schema.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// What is wrong with a value by a schema, of the keywords that the published one uses; any other keyword stops the test.
fn faults(schema: &Value, value: &Value, at: &str, root: &Value) -> Vec<String> {
    let mut found = vec![];
    for (keyword, rule) in schema.as_object().unwrap() {
        let holds = match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" => true,
            "$ref" => {
                found.extend(faults(definition(rule, root), value, at, root));
                true
            }
            "type" => is_a(rule.as_str().unwrap(), value),
            "enum" => rule.as_array().unwrap().contains(value),
            "anyOf" => rule.as_array().unwrap().iter().any(|schema| faults(schema, value, at, root).is_empty()),
            "minimum" => value.as_f64().is_none_or(|number| number >= rule.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|number| number <= rule.as_f64().unwrap()),
            "maxLength" => value.as_str().is_none_or(|text| text.chars().count() as u64 <= rule.as_u64().unwrap()),
            "pattern" => {
                value.as_str().is_none_or(|text| regex::Regex::new(rule.as_str().unwrap()).unwrap().is_match(text))
            }
            "maxItems" => value.as_array().is_none_or(|items| items.len() as u64 <= rule.as_u64().unwrap()),
            "maxProperties" => value.as_object().is_none_or(|entries| entries.len() as u64 <= rule.as_u64().unwrap()),
            "required" => rule.as_array().unwrap().iter().all(|key| value.get(key.as_str().unwrap()).is_some()),
            "items" => {
                let items = value.as_array().into_iter().flatten().enumerate();
                found.extend(items.flat_map(|(i, item)| faults(rule, item, &format!("{at}[{i}]"), root)));
                true
            }
            "propertyNames" => {
                let keys = value.as_object().into_iter().flat_map(Map::keys);
                found.extend(keys.flat_map(|key| faults(rule, &json!(key), &format!("{at}.{key}"), root)));
                true
            }
            "properties" | "additionalProperties" => {
                found.extend(of_entries(keyword, schema, value, at, root));
                true
            }
            other => panic!("the test does not know {other}"),
        };
        if !holds {
            found.push(format!("{at}: {keyword}"));
        }
    }
    found
}

fn of_entries(keyword: &str, schema: &Value, value: &Value, at: &str, root: &Value) -> Vec<String> {
    let entries = value.as_object().into_iter().flatten();
    let own = schema.get("properties").and_then(Value::as_object);
    let check = |(key, value): (&String, &Value)| match (own.and_then(|own| own.get(key)), keyword) {
        (Some(schema), "properties") => faults(schema, value, &format!("{at}.{key}"), root),
        (None, "additionalProperties") => match &schema["additionalProperties"] {
            Value::Bool(false) => vec![format!("{at}: {key} is unknown")],
            schema => faults(schema, value, &format!("{at}.{key}"), root),
        },
        _ => vec![],
    };
    entries.flat_map(check).collect()
}

fn definition<'a>(reference: &Value, root: &'a Value) -> &'a Value {
    &root["$defs"][reference.as_str().unwrap().strip_prefix("#/$defs/").unwrap()]
}

fn is_a(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "null" => value.is_null(),
        other => panic!("the test does not know {other}"),
    }
}

/// A design with every key that there is.
fn everything() -> Value {
    json!({
        "event": {"message": "M"},
        "columns": {"a": {
            "keep": true, "name": "A", "type": "VARCHAR", "nullable": true, "comment": "", "expand": false, "default": "",
            "maskingPolicy": "p", "tags": {"t": "v"}, "collation": "en-ci", "after": "",
        }},
        "computed": {"1": {"name": "X", "type": "VARCHAR", "expression": "a", "comment": "c"}},
        "table": {
            "kind": "iceberg", "name": "T", "comment": "c", "retentionDays": 1, "clusterByDay": true,
            "clusterBy": [{"column": "a", "by": {"prefix": 2}}, {"column": "a", "by": "day"}, {"column": "a"}], "transient": true,
            "changeTracking": true, "maxDataExtensionDays": 1, "schemaEvolution": true,
            "rowAccess": {"policy": "p", "columns": ["a"]}, "tags": {"t": "v"}, "replace": false, "createOrAlter": false, "rebuild": true,
            "naming": "preserve",
        },
        "load": {
            "kind": "kafka_connector", "writerProfile": "avro_3level", "onError": "SKIP_FILE_3%", "errorIntegration": "n", "pattern": "x", "awsSnsTopic": "y",
            "stagePrefix": "z", "truncateColumns": true, "fileContentKey": true, "fileLastModified": true, "retire": [1, 2],
        },
        "topic": {"cluster": "c", "partitions": 1, "replication": 2, "retentionHours": 3},
        "sinkJob": {
            "parallelism": 1, "taskManagers": 1, "memoryMib": 1, "cpuMillis": 1, "checkpointSeconds": 1, "bucketing": "hour",
        },
        "sqlApplication": {"sql": "SELECT 1", "sinkTopic": "t", "parallelism": 1, "memoryMib": 1, "cpuMillis": 1},
    })
}

#[test]
fn every_design_of_a_case_is_one_by_the_published_schema() {
    let (schema, mut count) = (published(), 0);
    for folder in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables")).unwrap() {
        let path = folder.unwrap().path().join("design.json");
        let Ok(text) = fs::read_to_string(&path) else { continue };
        assert_eq!(
            faults(&schema, &serde_json::from_str(&text).unwrap(), "", &schema),
            Vec::<String>::new(),
            "{}",
            path.display()
        );
        count += 1;
    }
    assert!(count > 20, "{count} designs");
}

#[test]
fn the_published_schema_has_every_key_of_a_design_and_no_other() {
    let (schema, design) = (published(), everything());
    assert_eq!(faults(&schema, &design, "", &schema), Vec::<String>::new());
    let read: Design = serde_json::from_value(design.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), design, "nothing of it is a default that is left out");
    for (name, value) in [("column", &design["columns"]["a"]), ("computed", &design["computed"]["1"])] {
        assert_eq!(keys(&schema["$defs"][name]["properties"]), keys(value), "{name}");
    }
    for name in ["table", "load", "topic", "sinkJob", "sqlApplication"] {
        assert_eq!(keys(&schema["$defs"][name]["properties"]), keys(&design[name]), "{name}");
    }
    assert_eq!(keys(&schema["properties"]), keys(&design));
}

fn keys(value: &Value) -> BTreeSet<&String> {
    value.as_object().unwrap().keys().collect()
}

#[test]
fn an_unknown_key_is_refused_at_every_place() {
    let schema = published();
    for place in [
        "",
        "/columns/a",
        "/computed/1",
        "/table",
        "/table/clusterBy/0",
        "/table/rowAccess",
        "/load",
        "/topic",
        "/sinkJob",
        "/sqlApplication",
    ] {
        let mut design = everything();
        design.pointer_mut(place).unwrap().as_object_mut().unwrap().insert("surprise".to_owned(), json!(1));
        assert!(!faults(&schema, &design, "", &schema).is_empty(), "the schema takes it at {place:?}");
        assert!(serde_json::from_value::<Design>(design).is_err(), "the console takes it at {place:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn every_design_that_is_written_is_one_by_the_published_schema((_, design) in edited()) {
        let (schema, design) = (published(), serde_json::to_value(&design).unwrap());
        prop_assert_eq!(faults(&schema, &design, "", &schema), Vec::<String>::new());
        prop_assert_eq!(serde_json::to_value(serde_json::from_value::<Design>(design.clone()).unwrap()).unwrap(), design);
    }
}
