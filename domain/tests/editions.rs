//! Protobuf editions mean what proto2 and proto3 say in words: the same fields, the same presence, the same bytes on the wire.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;

use domain::compare::{Direction, compare, incompatibilities};
use domain::schema::{Field, SchemaText, read};
use domain::subject::SchemaType;
use proptest::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Presence {
    Explicit,
    Implicit,
    Required,
}

#[derive(Debug, Clone, Copy)]
struct Declared {
    ty: &'static str,
    presence: Presence,
    is_repeated: bool,
    /// Whether the field says its presence although the file says the same.
    is_said: bool,
}

fn declared() -> impl Strategy<Value = Declared> {
    let types =
        ["int32", "uint64", "sint64", "bool", "string", "bytes", "double", "Kind", "Inner", "map<int64, Inner>"];
    let presences = [Presence::Explicit, Presence::Implicit, Presence::Required];
    (
        proptest::sample::select(types.to_vec()),
        proptest::sample::select(presences.to_vec()),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(ty, presence, is_repeated, is_said)| {
            let is_map = ty.starts_with("map");
            // A message has presence whatever is said, so that it may not be said.
            let presence = if ty == "Inner" && presence == Presence::Implicit { Presence::Explicit } else { presence };
            Declared { ty, presence, is_repeated: is_repeated && !is_map, is_said }
        })
}

fn source(text: String) -> SchemaText {
    SchemaText::new(SchemaType::Protobuf, text)
}

const TYPES: &str = "message Inner { string name = 1; }\nenum Kind { NONE = 0; SOME = 1; }\n";

fn in_edition(fields: &[Declared], of_file: Presence) -> SchemaText {
    let word = |presence: Presence| match presence {
        Presence::Explicit => "EXPLICIT",
        Presence::Implicit => "IMPLICIT",
        Presence::Required => "LEGACY_REQUIRED",
    };
    let mut text =
        format!("edition = \"2023\";\noption features.field_presence = {};\nmessage Event {{\n", word(of_file));
    for (i, field) in fields.iter().enumerate() {
        let single = !field.is_repeated && !field.ty.starts_with("map");
        let label = if field.is_repeated { "repeated " } else { "" };
        let said = single && (field.is_said || field.presence != of_file);
        let options =
            if said { format!(" [features.field_presence = {}]", word(field.presence)) } else { String::new() };
        writeln!(text, "  {label}{} f{i} = {}{options};", field.ty, i + 1).unwrap();
    }
    source(format!("{text}}}\n{TYPES}"))
}

/// The same in a syntax of words, but for the fields that it has no word for.
fn in_words(syntax: &str, fields: &[Declared]) -> SchemaText {
    let mut text = format!("syntax = \"{syntax}\";\nmessage Event {{\n");
    for (i, field) in fields.iter().enumerate() {
        let label = match (field.is_repeated, field.presence, syntax) {
            _ if field.ty.starts_with("map") => "",
            (true, ..) => "repeated ",
            (_, Presence::Implicit, "proto3") => "",
            (_, Presence::Required, "proto2") => "required ",
            (_, Presence::Explicit, _) => "optional ",
            _ => continue,
        };
        writeln!(text, "  {label}{} f{i} = {};", field.ty, i + 1).unwrap();
    }
    let types =
        if syntax == "proto2" { TYPES.replace("string name", "optional string name") } else { TYPES.to_owned() };
    source(format!("{text}}}\n{types}"))
}

fn shown(fields: &[Field]) -> Vec<(String, String, bool)> {
    fields.iter().map(|field| (field.name.clone(), field.ty.label().into_owned(), field.nullable)).collect()
}

proptest! {
    #[test]
    fn a_file_in_an_edition_has_the_fields_and_the_presence_of_the_same_file_in_words(
        fields in proptest::collection::vec(declared(), 1..12),
        of_file in proptest::sample::select(vec![Presence::Explicit, Presence::Implicit]),
    ) {
        let edition = in_edition(&fields, of_file);
        let read_edition = read(&edition);
        prop_assert!(!read_edition.diagnostics.iter().any(|found| found.is_error()), "{:?}", read_edition.diagnostics);
        prop_assert_eq!(read_edition.fields.len(), fields.len());
        for syntax in ["proto2", "proto3"] {
            let words = in_words(syntax, &fields);
            let expected = shown(&read(&words).fields);
            let said: Vec<_> = shown(&read_edition.fields)
                .into_iter()
                .filter(|(name, ..)| expected.iter().any(|(known, ..)| known == name))
                .collect();
            prop_assert_eq!(&said, &expected, "{}\n{}", edition.text, words.text);
            if expected.len() == fields.len() {
                for way in [Direction::Backward, Direction::Forward] {
                    let found = incompatibilities(way, &words, &edition);
                    prop_assert!(found.is_empty(), "{found:?}");
                }
            }
        }
    }
}

const OLD: &str = "edition = \"2023\"; message Event { string id = 1; Inner inner = 2; repeated int32 codes = 3; } \
                   message Inner { string name = 1; }";

fn differences(from: &str, to: &str) -> Vec<String> {
    let [old, new] = [OLD.to_owned(), OLD.replace(from, to)].map(source);
    assert_ne!(old, new, "{from} is there");
    let found = incompatibilities(Direction::Backward, &old, &new);
    found.into_iter().map(|found| format!("{}: {}", found.path, found.message)).collect()
}

#[test]
fn what_a_feature_changes_on_the_wire_is_a_difference_and_what_it_does_not_is_none() {
    let none = Vec::<String>::new();
    assert_eq!(differences("string id = 1", "string id = 1 [features.field_presence = IMPLICIT]"), none);
    assert_eq!(differences("codes = 3", "codes = 3 [features.repeated_field_encoding = EXPANDED]"), none);
    assert_eq!(differences("string id = 1", "string id = 1 [features.utf8_validation = NONE]"), none);
    let delimited = differences("inner = 2", "inner = 2 [features.message_encoding = DELIMITED]");
    assert_eq!(delimited.len(), 1, "{delimited:?}");
    assert!(delimited[0].starts_with("inner: ") && delimited[0].contains("group"), "{delimited:?}");
    let required = differences(
        "string name = 1; }",
        "string name = 1; int32 age = 2 [features.field_presence = LEGACY_REQUIRED]; }",
    );
    assert_eq!(required.len(), 1, "{required:?}");
}

#[test]
fn a_group_and_a_message_between_marks_are_the_same_bytes() {
    let group = "syntax = \"proto2\"; message Event { optional group Inner = 2 { optional string name = 1; } }";
    let edition = "edition = \"2023\"; message Event { Inner inner = 2 [features.message_encoding = DELIMITED]; \
                   message Inner { string name = 1; } }";
    let [group, edition] = [group, edition].map(|text| source(text.to_owned()));
    for way in [Direction::Backward, Direction::Forward] {
        assert_eq!(incompatibilities(way, &group, &edition), []);
    }
    let comparison = compare(&group, &edition);
    assert!(comparison.changes.is_empty(), "{:?}", comparison.changes);
}
