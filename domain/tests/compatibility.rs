//! A hundred changes of schemas, half of them incompatible, each with the verdict that the registry's rules give and the reason.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "compatibility/cases.rs"]
mod cases;

use std::path::Path;

use domain::compare::{Level, compatibility};
use domain::schema::SchemaText;
use domain::subject::SchemaType;

use cases::{Case, text};

#[test]
fn every_incompatible_change_is_found_where_it_is_and_every_compatible_one_passes() {
    let cases = cases();
    let count = |compatible: bool| cases.iter().filter(|case| case.compatible == compatible).count();
    assert!(count(true) >= 50 && count(false) >= 50, "{} compatible, {} not", count(true), count(false));
    let wrong: Vec<String> = cases.iter().filter_map(check).collect();
    assert!(wrong.is_empty(), "{} of {} verdicts differ:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn a_level_that_looks_at_the_last_version_only_does_not_look_at_earlier_ones() {
    let version = |fields: &str| text(SchemaType::Avro, fields);
    let first = version(r#"[{"name":"a","type":"string"}]"#);
    let second = version(r#"[{"name":"a","type":"string"},{"name":"b","type":"int","default":0}]"#);
    let third = version(r#"[{"name":"a","type":"string"},{"name":"b","type":"int"}]"#);
    let olds = [first, second];
    assert_eq!(compatibility(Level::Backward, &third, &olds), []);
    let found = compatibility(Level::BackwardTransitive, &third, &olds);
    assert_eq!(found.iter().map(|one| (one.path.to_string(), one.against)).collect::<Vec<_>>(), [("b".into(), 0)]);
    assert_eq!(compatibility(Level::None, &third, &olds), []);
}

#[test]
fn another_language_or_an_unreadable_schema_is_incompatible_with_a_sentence() {
    let avro = text(SchemaType::Avro, r#"[{"name":"a","type":"string"}]"#);
    let json = text(SchemaType::Json, r#"{"type":"object","properties":{"a":{"type":"string"}}}"#);
    let broken = text(SchemaType::Avro, "{");
    let say = |new: &SchemaText| compatibility(Level::Backward, new, std::slice::from_ref(&avro))[0].message.clone();
    assert_eq!(
        say(&json),
        "The new schema is written in JSON Schema, the old one in Avro; a subject keeps its language."
    );
    assert!(say(&broken).starts_with("The new schema cannot be read: "), "{}", say(&broken));
}

fn check(case: &Case) -> Option<String> {
    let found = compatibility(case.level, &case.new, std::slice::from_ref(&case.old));
    let told: Vec<String> = found.iter().map(ToString::to_string).collect();
    let right = match found.first() {
        None => case.compatible,
        Some(first) => !case.compatible && first.path.to_string() == case.at,
    };
    (!right).then(|| format!("{} ({}): found {told:?}", case.name, case.level))
}

fn cases() -> Vec<Case> {
    cases::all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compatibility"))
}
