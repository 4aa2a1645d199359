//! Reads Protobuf schemas: proto2, proto3, and the editions 2023 and 2024.

mod bundled;
mod comments;
mod declared;
mod editions;
mod facts;
pub(crate) mod features;
mod fields;
pub(crate) mod files;
mod options;
mod prepare;
mod scan;
mod text;
mod tokens;

use prost_reflect::{FileDescriptor, MessageDescriptor};

use super::walk::{Walk, quote};
use super::{FieldPath, FieldType, Schema, SchemaText, budget};
use crate::diagnostic::Diagnostic;

/// The most messages of a file that are offered as the event.
const MAX_MESSAGES: usize = 1_000;

/// Reads one schema. The event is the asked message, or else the first one at the top, as in the registry's wire format where no
/// record says another.
pub fn read(source: &SchemaText, asked: Option<&str>) -> Schema {
    if is_serialized(&source.text) {
        return budget::failed(
            "protobuf-serialized",
            "This is a serialized file descriptor in base64, not Protobuf source.",
            "Fetch the schema without format=serialized.",
        );
    }
    let mut walk = Walk::default();
    let Some(linked) = files::link(source, &mut walk) else {
        return walk.finish(String::new(), None, Vec::new());
    };
    let (messages, top) = messages_of(&linked.file);
    let Some(event) = messages.first() else {
        let message = format!("The file defines no message{}, so there is no event to load.", what_else(&linked));
        walk.error(
            "protobuf-no-message",
            &FieldPath::root(),
            message,
            "Register the file whose first message is the event.",
        );
        return walk.finish(String::new(), None, Vec::new());
    };
    let names: Vec<String> = messages.iter().map(|message| local_name(message).to_owned()).collect();
    let place = asked.and_then(|asked| place_of(&names, asked));
    let event = place.and_then(|place| messages.get(place)).unwrap_or(event).clone();
    say_which(&mut walk, &event, (asked, place.is_some()), top);
    let mut reader = fields::Reader::new(walk, linked.facts);
    let fields = match reader.message(&event, &FieldPath::root()) {
        FieldType::Record { fields, .. } => fields,
        _ => Vec::new(),
    };
    let mut schema = reader.finish(&event, fields);
    schema.event.messages = names;
    schema.event.has_others = top > 1;
    schema
}

/// The messages that can be the event, in the order of the text, each before those inside it; and how many are at the top.
fn messages_of(file: &FileDescriptor) -> (Vec<MessageDescriptor>, usize) {
    let mut left: Vec<MessageDescriptor> = file.messages().collect();
    let top = left.len();
    left.reverse();
    let mut found = Vec::new();
    while let Some(message) = left.pop() {
        let inner = message.child_messages().filter(|inner| !inner.is_map_entry());
        let at = left.len();
        left.extend(inner);
        if let Some(added) = left.get_mut(at..) {
            added.reverse();
        }
        found.push(message);
        if found.len() == MAX_MESSAGES {
            break;
        }
    }
    (found, top)
}

/// A message's name within its package.
pub(crate) fn local_name(message: &MessageDescriptor) -> &str {
    let package = message.package_name();
    let inside = message.full_name().strip_prefix(package).unwrap_or(message.full_name());
    inside.strip_prefix('.').unwrap_or(inside)
}

/// Which of the messages is meant by a name within the package, or by a full name.
pub(super) fn place_of(names: &[String], asked: &str) -> Option<usize> {
    let asked = asked.trim_start_matches('.');
    let is_end = |name: &String| asked.strip_suffix(name.as_str()).is_some_and(|rest| rest.ends_with('.'));
    let exact = names.iter().position(|name| name == asked);
    // A message inside another may end alike; the longest name says most.
    exact.or_else(|| {
        names.iter().enumerate().filter(|(_, name)| is_end(name)).max_by_key(|(_, name)| name.len()).map(|(i, _)| i)
    })
}

fn say_which(walk: &mut Walk, event: &MessageDescriptor, (asked, is_there): (Option<&str>, bool), top: usize) {
    let name = quote(local_name(event));
    match asked {
        Some(asked) if !is_there => walk.error(
            "protobuf-no-such-message",
            &FieldPath::root(),
            format!("The design takes the message {} for the event, and the file has none of that name.", quote(asked)),
            "Choose another message, or take the choice back.",
        ),
        Some(_) => {
            walk.note("protobuf-event", &FieldPath::root(), format!("The event is the message {name}, as chosen."))
        }
        None if top > 1 => walk.say(
            Diagnostic::note(
                "protobuf-event",
                FieldPath::root(),
                format!("The file has {top} messages at its top; the event is {name}, the first one."),
            )
            .hint("Choose another one in the designer if producers send it; others in the topic are not loaded."),
        ),
        None => {}
    }
}

fn what_else(linked: &files::Linked) -> &'static str {
    match linked.file {
        _ if linked.has_services => " but services",
        ref file if file.enums().len() > 0 => " but enums",
        ref file if file.extensions().len() > 0 => " but extensions",
        _ => "",
    }
}

/// A registry that is asked for `format=serialized` answers with base64: one long word and no Protobuf punctuation.
fn is_serialized(text: &str) -> bool {
    let text = text.trim();
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '-' | '_');
    text.len() >= 8 && text.chars().all(is_base64)
}
