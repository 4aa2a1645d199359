//! Designs on another version: every edit stays with its field, or is told.

use domain::design::{Change, Design, Fate, rebase};
use domain::schema::{Schema, SchemaText, read};
use domain::subject::SchemaType;

use crate::listing;
use crate::tables::{avro, design};

fn patched(text: &str) -> Design {
    serde_json::from_str(text).unwrap()
}

fn told(design: &Design, from: &Schema, to: &Schema) -> Vec<(Fate, String)> {
    rebase(design, from, to).account.into_iter().map(|one| (one.fate, one.sentence)).collect()
}

fn record(fields: &str) -> Schema {
    let text = format!(r#"{{"type":"record","name":"Order","fields":[{fields}]}}"#);
    read(&SchemaText::new(SchemaType::Avro, text))
}

#[test]
fn edits_of_fields_that_are_there_stay_as_they_are() {
    let (from, to) =
        (listing::read("a string\nb record\n  c int"), listing::read("new int\na string\nb record\n  c int"));
    let design = design(&[
        ("a", Change::Rename("X".into())),
        ("b.c", Change::Nullable(false)),
        ("", Change::RetentionDays(Some(1))),
    ]);
    let rebased = rebase(&design, &from, &to);
    assert_eq!((rebased.design, rebased.account), (design, vec![]));
}

#[test]
fn an_edit_follows_a_field_and_a_record_that_were_renamed() {
    let from = record(
        r#"{"name":"id","type":"string"},{"name":"address","type":{"type":"record","name":"A","fields":[{"name":"city","type":"string"}]}}"#,
    );
    let to = record(
        r#"{"name":"orderId","aliases":["id"],"type":"string"},
        {"name":"place","aliases":["address"],"type":{"type":"record","name":"A","fields":[{"name":"town","aliases":["city"],"type":"string"}]}}"#,
    );
    let design = patched(
        r#"{"columns":{"id":{"name":"KEY"},"address":{"expand":true},"address.city":{"after":"id"}},"table":{"clusterBy":[{"column":"id"}]}}"#,
    );
    let rebased = rebase(&design, &from, &to);
    assert_eq!(
        rebased.design,
        patched(
            r#"{"columns":{"orderId":{"name":"KEY"},"place":{"expand":true},"place.town":{"after":"orderId"}},"table":{"clusterBy":[{"column":"orderId"}]}}"#
        )
    );
    let sentences: Vec<String> = rebased.account.iter().map(|one| one.sentence.clone()).collect();
    assert_eq!(
        sentences,
        [
            "address is called place now, and keeps what was edited of its column.",
            "address.city is called place.town now, and keeps what was edited of its column.",
            "id is called orderId now, and keeps what was edited of its column.",
        ]
    );
    assert!(rebased.account.iter().all(|one| one.fate == Fate::Moved));
}

#[test]
fn what_no_longer_applies_is_told_in_sentences() {
    let (from, to) = (listing::read("a string\nb string\nc string\nd json"), listing::read("b string\nd json"));
    let design = patched(
        r#"{"columns":{"a":{"keep":false},"b":{"after":"a","name":"B2"}},
        "computed":{"1":{"name":"X","type":"VARCHAR","expression":"a || b || d.e.f"}},
        "table":{"clusterBy":[{"column":"c"},{"column":"_EVENT_CREATED_AT","by":"day"}],"rowAccess":{"policy":"p","columns":["c"]}}}"#,
    );
    let texts: Vec<String> =
        told(&design, &from, &to).into_iter().map(|(fate, text)| format!("{fate:?}: {text}")).collect();
    assert_eq!(
        texts,
        [
            "Doubtful: The expression of X reads a, which this version does not have; write it anew.",
            "Gone: The table is no longer clustered by c, which is gone.",
            "Doubtful: The row access policy is given c, which is gone; give it another column or take it away.",
            "Gone: a is gone, and what was edited of its column with it.",
            "Gone: b stood behind a, which is gone; it stands where the schema has it.",
        ]
    );
    let rebased = rebase(&design, &from, &to).design;
    assert_eq!(rebased.columns.len(), 1);
    assert_eq!(rebased.table.cluster_by.map(|keys| keys.len()), Some(1));
}

#[test]
fn a_rebased_design_renders_without_a_word_about_edits_without_fields() {
    let before = avro(
        "a string\nb record\n  c string",
        &[("a", Change::Comment("x".into())), ("b", Change::Expand(true)), ("b.c", Change::Keep(false))],
    );
    assert!(before.diagnostics.is_empty());
    let (from, to) = (listing::read("a string\nb record\n  c string"), listing::read("b string"));
    let edits = design(&[("a", Change::Comment("x".into())), ("b.c", Change::Keep(false))]);
    let rendering = crate::tables::rendered(to.clone(), SchemaType::Avro, &rebase(&edits, &from, &to).design);
    assert!(!rendering.diagnostics.iter().any(|d| d.code == "edit-without-field"), "{:?}", rendering.diagnostics);
}

#[test]
fn an_edit_is_kept_where_its_field_took_the_name_of_one_that_is_gone() {
    let message = |fields: &str| {
        let text = format!("syntax = \"proto3\"; message P {{ {fields} }}");
        read(&SchemaText::new(SchemaType::Protobuf, text))
    };
    let (from, to) = (message("string a = 1; string b = 2;"), message("string b = 1;"));
    let design = patched(
        r#"{"columns":{"a":{"maskingPolicy":"S.MASK"},"b":{"comment":"hello"}},
        "computed":{"1":{"name":"X","type":"VARCHAR","expression":"b"}}}"#,
    );
    assert_eq!(
        rebase(&design, &from, &to).design.columns,
        patched(r#"{"columns":{"b":{"maskingPolicy":"S.MASK"}}}"#).columns
    );
    assert_eq!(
        told(&design, &from, &to),
        [
            (
                Fate::Doubtful,
                "The expression of X reads b, which is the name of another field now; look whether it still means it."
                    .to_owned()
            ),
            (Fate::Moved, "a is called b now, and keeps what was edited of its column.".to_owned()),
            (
                Fate::Gone,
                "b is gone, and what was edited of its column with it; another field is called b now.".to_owned()
            ),
        ]
    );
    let swapped = message("string b = 1; string a = 2;");
    assert_eq!(
        rebase(&design, &from, &swapped).design.columns,
        patched(r#"{"columns":{"b":{"maskingPolicy":"S.MASK"},"a":{"comment":"hello"}}}"#).columns
    );
}
