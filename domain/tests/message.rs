//! The rows of a live event go on being of one message, whatever else its file has.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use domain::design::{Design, EventEdit};
use domain::evolve::{Evolution, Live, evolve};
use domain::platform::{LoadKind, Platform};
use domain::render::{RenderInput, render};
use domain::schema::SchemaText;
use domain::subject::{SchemaType, SubjectName, Version};

const HEAD: &str = "syntax = \"proto3\"; package acme;";
const PLACED: &str = "message Placed { string id = 1; string reason = 2; }";
const CANCELLED: &str = "message Cancelled { string id = 1; string reason = 2; }";

fn input(text: &str, version: u32, message: Option<&str>) -> RenderInput {
    RenderInput {
        subject: SubjectName::parse("orders-value").unwrap(),
        version: Version(version),
        schema: SchemaText::new(SchemaType::Protobuf, text),
        platform: Platform::default(),
        design: Design { event: EventEdit { message: message.map(str::to_owned) }, ..Design::default() },
        live: Live::default(),
    }
}

/// What is said of the message, and whether it stops the change.
fn said(evolution: &Evolution) -> Option<(bool, String)> {
    let found = evolution.findings.iter().find(|found| found.code == "live-event-message")?;
    Some((found.is_error(), found.sentences()))
}

fn live() -> Live {
    Live::of(&render(&input(&format!("{HEAD} {PLACED} {CANCELLED}"), 1, None)))
}

#[test]
fn another_message_of_the_file_never_takes_the_place_of_the_one_that_is_live() {
    let stood = format!("{HEAD} {PLACED} {CANCELLED}");
    let swapped = format!("{HEAD} {CANCELLED} {PLACED}");
    for (text, version, message, is_refused) in [
        (&stood, 1, None, false),
        (&stood, 2, Some("Placed"), false),
        (&swapped, 2, Some("acme.Placed"), false),
        (&swapped, 2, None, true),
        (&stood, 1, Some("Cancelled"), true),
        (&stood, 2, Some("acme.Cancelled"), true),
    ] {
        let evolution = evolve(&live(), &input(text, version, message));
        assert_eq!(evolution.has_errors(), is_refused, "{text} {message:?}: {:?}", evolution.findings);
        let said = said(&evolution);
        assert_eq!(said.is_some(), is_refused, "{said:?}");
        let expected = "The rows of this table are messages \"acme.Placed\"; \"acme.Cancelled\" would be loaded instead of them. \
            Choose \"acme.Placed\", or onboard \"acme.Cancelled\" under a new subject.";
        assert!(said.is_none_or(|(_, sentences)| sentences == expected));
    }
}

#[test]
fn nobody_is_told_to_choose_for_a_connector_that_cannot() {
    let through = |text: &str, version| {
        let mut input = input(text, version, None);
        input.design.load.kind = Some(LoadKind::KafkaConnector);
        input
    };
    let live = Live::of(&render(&through(&format!("{HEAD} {PLACED} {CANCELLED}"), 1)));
    let (is_error, sentences) = said(&evolve(&live, &through(&format!("{HEAD} {CANCELLED} {PLACED}"), 2))).unwrap();
    assert!(is_error && sentences.contains("Register a version whose first message is"), "{sentences}");
}

#[test]
fn a_message_that_is_gone_may_have_been_renamed_which_only_people_know() {
    for text in [
        format!("{HEAD} {CANCELLED}"),
        format!("{HEAD} {CANCELLED} {}", PLACED.replace("Placed", "Ordered")),
        format!("{} {PLACED} {CANCELLED}", HEAD.replace("acme", "com.acme")),
    ] {
        let (is_error, sentences) = said(&evolve(&live(), &input(&text, 2, None))).unwrap();
        assert!(!is_error && sentences.contains("Go on only if \"acme.Placed\" was renamed"), "{text}: {sentences}");
    }
}

#[test]
fn records_of_other_languages_may_be_called_anything() {
    let avro = |name: &str, version| RenderInput {
        schema: SchemaText::new(
            SchemaType::Avro,
            format!(r#"{{"type":"record","name":"{name}","fields":[{{"name":"id","type":"string"}}]}}"#),
        ),
        ..input("", version, None)
    };
    let evolution = evolve(&Live::of(&render(&avro("A", 1))), &avro("B", 2));
    assert_eq!(said(&evolution), None);
    let class = evolution.live.standing.as_ref().and_then(|stands| stands.event_class.clone());
    assert_eq!(class.as_deref(), Some("B"), "what is live from then on is known");
}

#[test]
fn what_went_live_before_the_message_was_kept_goes_on_and_is_the_same() {
    let mut old = live();
    old.changes = 3;
    let stands = old.standing.as_mut().unwrap();
    (stands.event_class, stands.comment) = (None, None);
    let text = serde_json::to_string(&old).unwrap();
    assert!(!text.contains("eventClass"), "{text}");
    assert_eq!(serde_json::from_str::<Live>(&text).unwrap(), old);
    assert!(old.is_same(&live()), "an older console kept less, and the same is live");
    assert_eq!(said(&evolve(&old, &input(&format!("{HEAD} {CANCELLED} {PLACED}"), 2, None))), None);
    assert_eq!(old.clone().with_class("acme.Placed").standing.unwrap().event_class.as_deref(), Some("acme.Placed"));
    assert_eq!(live().with_class("acme.Other"), live(), "what was kept is what holds");
    let moved = Live { table: "OTHER".into(), ..live() };
    assert!(!moved.is_same(&live()));
}
