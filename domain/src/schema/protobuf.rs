//! Reads Protobuf schemas (proto2 and proto3). The event is the first top-level message, as in the registry's wire format.

mod bundled;
mod comments;
mod fields;
pub(crate) mod files;
mod scan;

use super::walk::Walk;
use super::{FieldPath, FieldType, Schema, SchemaText, budget};

/// Reads one schema.
pub fn read(source: &SchemaText) -> Schema {
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
    let Some(event) = linked.file.messages().next() else {
        let message = format!("The file defines no message{}, so there is no event to load.", what_else(&linked));
        walk.error(
            "protobuf-no-message",
            &FieldPath::root(),
            message,
            "Register the file whose first message is the event.",
        );
        return walk.finish(String::new(), None, Vec::new());
    };
    let mut reader = fields::Reader::new(walk, linked.comments);
    let fields = match reader.message(&event, &FieldPath::root()) {
        FieldType::Record { fields, .. } => fields,
        _ => Vec::new(),
    };
    reader.finish(&event, fields)
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
