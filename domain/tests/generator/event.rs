//! Which message of a Protobuf file the event is: a part of the design, so of all that is made of it.

use domain::design::{Change, Design, Edit, EventEdit, Fate, rebase};
use domain::evolve::Live;
use domain::platform::Platform;
use domain::render::{RenderInput, read_for, render, render_read};
use domain::schema::{FieldPath, Schema, SchemaText, read_event};
use domain::subject::{SchemaType, SubjectName, Version};

const ORDERS: &str = "syntax = \"proto3\"; package acme;
    message Placed { string id = 1; message Line { string sku = 1; } repeated Line lines = 2; }
    message Cancelled { string id = 1; string reason = 2; }";

fn input(text: &str, message: Option<&str>) -> RenderInput {
    RenderInput {
        subject: SubjectName::parse("orders-value").unwrap(),
        version: Version(1),
        schema: SchemaText::new(SchemaType::Protobuf, text),
        platform: Platform::default(),
        design: choosing(message),
        live: Live::default(),
    }
}

fn choosing(message: Option<&str>) -> Design {
    Design { event: EventEdit { message: message.map(str::to_owned) }, ..Design::default() }
}

fn fields(schema: &Schema) -> Vec<&str> {
    schema.fields.iter().map(|field| field.name.as_str()).collect()
}

#[test]
fn the_first_message_is_the_event_unless_the_design_says_another() {
    for (message, name, expected) in [
        (None, "acme.Placed", &["id", "lines"][..]),
        (Some("Cancelled"), "acme.Cancelled", &["id", "reason"]),
        (Some(".acme.Cancelled"), "acme.Cancelled", &["id", "reason"]),
        (Some("Placed.Line"), "acme.Placed.Line", &["sku"]),
        (Some("acme.Placed.Line"), "acme.Placed.Line", &["sku"]),
    ] {
        let rendering = render(&input(ORDERS, message));
        assert!(!rendering.has_errors(), "{:?}", rendering.diagnostics);
        assert_eq!((rendering.schema.name.as_str(), fields(&rendering.schema)), (name, expected.to_vec()));
        assert!(rendering.diagnostics.iter().any(|found| found.code == "protobuf-event"), "and it is said");
    }
    let other = render(&input(ORDERS, Some("Cancelled")));
    assert_ne!(other.digest(), render(&input(ORDERS, None)).digest(), "another event is another revision");
}

#[test]
fn a_message_that_is_not_there_stops_a_request() {
    let rendering = render(&input(ORDERS, Some("Shipped")));
    assert!(rendering.diagnostics.iter().any(|found| found.code == "protobuf-no-such-message" && found.is_error()));
    assert_eq!(fields(&rendering.schema), ["id", "lines"], "what is shown meanwhile is the first one");
}

#[test]
fn a_schema_that_was_read_for_another_message_is_read_again() {
    let input = input(ORDERS, None);
    let read = read_for(&input, &input.design);
    let chosen = choosing(Some("Cancelled"));
    let rendering = render_read(read.clone(), &input, &chosen);
    assert_eq!(fields(&rendering.schema), ["id", "reason"]);
    assert_eq!(fields(&render_read(read, &input, &input.design).schema), ["id", "lines"]);
}

#[test]
fn the_choice_goes_with_the_design_to_a_version_that_has_the_message_and_is_told_where_it_is_gone() {
    let read = |text: &str| read_event(&SchemaText::new(SchemaType::Protobuf, text), Some("Cancelled"));
    let design = choosing(Some("Cancelled"));
    let kept = rebase(&design, &read(ORDERS), &read(&ORDERS.replace("reason = 2", "reason = 2; int32 code = 3")));
    assert_eq!((kept.design, kept.account.len()), (design.clone(), 0));
    let gone = rebase(&design, &read(ORDERS), &read(&ORDERS.replace("Cancelled", "Withdrawn")));
    assert_eq!(gone.design, Design::default());
    let told: Vec<_> = gone.account.iter().map(|account| (account.fate, account.sentence.as_str())).collect();
    assert_eq!(told, [(Fate::Gone, "The message Cancelled is gone; the event is Placed, the first one.")]);
}

#[test]
fn the_choice_is_an_edit_like_any_other() {
    let text = r#"{"path":"","change":"event","value":{"message":"Cancelled"}}"#;
    let edit: Edit = serde_json::from_str(text).unwrap();
    let design = Design::default().apply(&edit).unwrap();
    assert_eq!((design.clone(), design.edit_count()), (choosing(Some("Cancelled")), 1));
    assert_eq!(serde_json::to_string(&design).unwrap(), r#"{"event":{"message":"Cancelled"}}"#);
    let parts = design.event.parts();
    let back = Edit { path: FieldPath::root(), change: Change::TakeBack(parts[0]) };
    assert_eq!(design.apply(&back).unwrap(), Design::default());
    let endless = Change::Event(EventEdit { message: Some("x".repeat(3_000)) });
    assert!(Design::default().apply(&Edit { path: FieldPath::root(), change: endless }).is_err());
}
