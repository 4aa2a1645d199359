//! References of references, and the ones that lead nowhere, back, or everywhere.

use domain::registry::RegistryName;
use domain::schema::SchemaText;
use domain::subject::{SchemaType, Version};

use super::{Scripted, name_of, read};
use crate::snapshot::TextError;

async fn text(registry: Scripted, subject: &str) -> Result<SchemaText, String> {
    read(registry).await.schema_text(&name_of(subject), Version(1)).await.map_err(|error| error.to_string())
}

fn order(text: &SchemaText) -> Vec<(&str, &str, u32)> {
    text.references.iter().map(|r| (r.name.as_str(), r.subject.as_str(), r.version.0)).collect()
}

fn proto(registry: &Scripted, subject: &str, references: &[(&str, &str, u32)]) {
    registry.put(subject, 1, SchemaType::Protobuf, &format!("// {subject}"), references);
}

#[tokio::test]
async fn dependencies_come_before_what_needs_them_and_each_name_once() {
    let registry = Scripted::default();
    proto(&registry, "a", &[("b.proto", "b", 1), ("c.proto", "c", 1)]);
    proto(&registry, "b", &[("d.proto", "d", 1)]);
    proto(&registry, "c", &[("d.proto", "d", 1), ("b.proto", "b", 1)]);
    proto(&registry, "d", &[]);
    let text = text(registry, "a").await.unwrap();
    assert_eq!(order(&text), [("d.proto", "d", 1), ("b.proto", "b", 1), ("c.proto", "c", 1)]);
    assert_eq!(text.references[0].text, "// d");
}

#[tokio::test]
async fn circles_end_and_a_schema_never_refers_to_itself() {
    let registry = Scripted::default();
    proto(&registry, "a", &[("b.proto", "b", 1), ("a.proto", "a", 1)]);
    proto(&registry, "b", &[("c.proto", "c", 1)]);
    proto(&registry, "c", &[("b.proto", "b", 1), ("a.proto", "a", 1)]);
    assert_eq!(order(&text(registry, "a").await.unwrap()), [("c.proto", "c", 1), ("b.proto", "b", 1)]);
}

#[tokio::test]
async fn a_reference_that_leads_nowhere_is_left_out() {
    let registry = Scripted::default();
    proto(&registry, "a", &[("gone.proto", "gone", 1), ("b.proto", "b", 7), ("c.proto", "c", 1)]);
    proto(&registry, "b", &[]);
    proto(&registry, "c", &[]);
    assert_eq!(order(&text(registry, "a").await.unwrap()), [("c.proto", "c", 1)]);
}

#[tokio::test]
async fn a_reference_without_context_means_the_one_beside_it_first() {
    let registry = Scripted::default();
    proto(&registry, ":.eu:a", &[("b", "b", 1), ("c", "c", 1)]);
    proto(&registry, ":.eu:b", &[]);
    proto(&registry, "b", &[]);
    proto(&registry, "c", &[]);
    assert_eq!(order(&text(registry, ":.eu:a").await.unwrap()), [("b", ":.eu:b", 1), ("c", "c", 1)]);
}

#[tokio::test]
async fn five_hundred_references_are_followed_and_one_more_is_too_many() {
    let chain = |length: usize| {
        let registry = Scripted::default();
        for at in 0..length {
            let next = format!("s{}", at + 1);
            proto(&registry, &format!("s{at}"), &[(&next, &next, 1)]);
        }
        proto(&registry, &format!("s{length}"), &[]);
        registry
    };
    assert_eq!(text(chain(500), "s0").await.unwrap().references.len(), 500);
    assert!(text(chain(501), "s0").await.unwrap_err().contains("more than 500 schemas"));
}

#[tokio::test]
async fn references_with_too_much_text_are_refused_with_a_sentence() {
    let registry = Scripted::default();
    let long = "x".repeat(6 << 20);
    let names = ["b", "c", "d"];
    for name in names {
        registry.put(name, 1, SchemaType::Json, &long, &[]);
    }
    proto(&registry, "a", &names.map(|name| (name, name, 1)));
    assert!(text(registry, "a").await.unwrap_err().contains("16 MiB"));
}

#[tokio::test]
async fn what_does_not_exist_is_told_apart_from_what_cannot_be_read() {
    let registry = Scripted::default();
    registry.avro("a", 2);
    registry.avro("dark", 1);
    registry.garbled.lock().unwrap().extend([("a".to_owned(), 2), ("dark".to_owned(), 1)]);
    let cell = read(registry).await;
    let error = async |name: &str, version| cell.schema_text(&name_of(name), Version(version)).await.unwrap_err();
    assert!(matches!(error("b", 1).await, TextError::Missing));
    assert!(matches!(error("a", 3).await, TextError::Missing));
    assert_eq!(error("a", 2).await.to_string(), "Version 2 of a is not text.");
    assert_eq!(error("dark", 1).await.to_string(), "Version 1 of dark is not text.");
}

#[tokio::test]
async fn references_are_followed_backwards_within_their_context() {
    let registry = Scripted::default();
    proto(&registry, "common", &[]);
    proto(&registry, ":.eu:common", &[]);
    proto(&registry, "a", &[("common.proto", "common", 1)]);
    proto(&registry, ":.eu:b", &[("common.proto", "common", 1)]);
    proto(&registry, ":.eu:c", &[("common.proto", ":.eu:common", 1)]);
    proto(&registry, ":.us:d", &[("common.proto", "common", 1)]);
    let cell = read(registry).await;
    let names = async |to: &str| {
        let found = cell.referring(&RegistryName::default(), &name_of(to)).await.unwrap();
        found.into_iter().map(|one| one.subject.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(names("common").await, [":.us:d", "a"]);
    assert_eq!(names(":.eu:common").await, [":.eu:b", ":.eu:c"]);
    assert_eq!(names("a").await, Vec::<String>::new());
}
