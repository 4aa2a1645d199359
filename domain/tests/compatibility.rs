//! A hundred changes of schemas, half of them incompatible, each with the verdict that the registry's rules give and the reason.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;

use domain::compare::{Level, compatibility};
use domain::schema::SchemaText;
use domain::subject::SchemaType;

struct Case {
    name: String,
    compatible: bool,
    level: Level,
    /// Where the first incompatibility has to be.
    at: String,
    old: SchemaText,
    new: SchemaText,
}

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
    SchemaType::ALL.into_iter().flat_map(cases_of).collect()
}

fn cases_of(schema_type: SchemaType) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compatibility");
    let list = fs::read_to_string(folder.join(schema_type.word()).with_extension("txt")).unwrap();
    list.split("\n= ").skip(1).map(|entry| case(schema_type, entry)).collect()
}

/// `verdict LEVEL[ at path]: name`, then the reason, then the old schema after `<` and the new one after `>`.
fn case(schema_type: SchemaType, entry: &str) -> Case {
    let (head, name) = entry.lines().next().unwrap().split_once(": ").unwrap();
    let mut words = head.split(' ');
    let compatible = match words.next() {
        Some("compatible") => true,
        Some("incompatible") => false,
        other => panic!("{other:?} is no verdict"),
    };
    let level = words.next().unwrap().parse().unwrap();
    let side = |mark: &str| {
        let line =
            entry.lines().find_map(|line| line.strip_prefix(mark)).unwrap_or_else(|| panic!("{name} lacks {mark}"));
        text(schema_type, line)
    };
    let at = words.nth(1).unwrap_or_default().to_owned();
    Case { name: name.to_owned(), compatible, level, at, old: side("< "), new: side("> ") }
}

fn text(schema_type: SchemaType, short: &str) -> SchemaText {
    let text = match schema_type {
        SchemaType::Avro if short.starts_with('[') => format!(r#"{{"type":"record","name":"E","fields":{short}}}"#),
        SchemaType::Protobuf if short.starts_with('{') => format!(r#"syntax = "proto3"; message E {short}"#),
        _ => short.to_owned(),
    };
    SchemaText::new(schema_type, text)
}
