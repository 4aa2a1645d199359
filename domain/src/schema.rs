//! A schema's text read into the one field model, whatever its language. Reading never fails: it gives fields and diagnostics.

pub(crate) mod avro;
pub(crate) mod budget;
mod field;
mod field_path;
pub(crate) mod json;
pub(crate) mod json_schema;
pub(crate) mod protobuf;
mod quirk;
mod tags;
pub(crate) mod walk;

use serde::{Deserialize, Serialize};

pub use budget::{Budget, MAX_DEPTH, MAX_FIELDS, MAX_SCHEMA_BYTES};
pub use field::{Branch, Field, FieldType, MapKey, TimeUnit};
pub use field_path::{FieldPath, FieldPathError};
pub use quirk::{Quirk, QuirkKind};
pub use tags::{MetadataTags, metadata_tags};

use crate::diagnostic::Diagnostic;
use crate::subject::{SchemaType, SubjectName, Version};

/// A schema as the registry holds it, with the texts of everything it refers to. This is what crosses the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchemaText {
    /// The language of `text`.
    #[serde(rename = "schemaType")]
    pub schema_type: SchemaType,
    /// The schema itself.
    #[serde(rename = "schema")]
    pub text: String,
    /// Every schema it refers to, directly or through others, dependencies first, each name once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Reference>,
    /// The tags of its metadata, which the registry keeps beside the text.
    #[serde(default, skip_serializing_if = "MetadataTags::is_empty")]
    pub tags: MetadataTags,
}

impl SchemaText {
    /// A text that refers to nothing and has no metadata.
    pub fn new(schema_type: SchemaType, text: impl Into<String>) -> Self {
        Self { schema_type, text: text.into(), references: Vec::new(), tags: MetadataTags::new() }
    }
}

/// A schema that another one refers to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// As the referring schema spells it: Avro full name, Protobuf import path, JSON Schema `$ref` URI.
    pub name: String,
    /// Where the registry keeps it.
    pub subject: SubjectName,
    /// Which version of it.
    pub version: Version,
    /// Its text.
    #[serde(rename = "schema")]
    pub text: String,
}

/// What reading gives: the event's fields in the schema's order, and what was found on the way.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Schema {
    /// Full name of the record, message or schema title; empty if it has none.
    pub name: String,
    /// Documentation of the event itself.
    pub doc: Option<String>,
    /// The event's fields. A schema whose top is not a record has one field named `value`.
    pub fields: Vec<Field>,
    /// What no column is about, but a writer of records or messages may refuse.
    pub quirks: Box<[Quirk]>,
    /// What is known of the event itself.
    pub event: Box<Event>,
    /// What is wrong or worth knowing; with an error the fields may be incomplete.
    pub diagnostics: Vec<Diagnostic>,
}

/// What is known of the event itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Event {
    /// The messages of a Protobuf file that can be the event, by their names within the package, each before those inside it; the
    /// event is the first one unless it is said otherwise. Empty for other languages.
    pub messages: Vec<String>,
    /// The message that reading was asked for, by whatever name.
    pub asked: Option<String>,
    /// Whether the file has further messages at its top, which records of the topic may hold as well.
    pub has_others: bool,
    /// What the registry's users call it, such as `PII`.
    pub tags: Vec<String>,
}

impl Schema {
    /// How many fields there are, at every depth.
    pub fn field_count(&self) -> usize {
        self.fields.iter().map(Field::count).sum()
    }

    /// Whether the file has this message, which can be the event.
    pub fn has_message(&self, name: &str) -> bool {
        protobuf::place_of(&self.event.messages, name).is_some()
    }

    /// Whether the file has the message of this full name, in the package that the event is in.
    pub fn has_full_name(&self, name: &str) -> bool {
        let package = self.message().and_then(|message| self.name.strip_suffix(message));
        let inside = package.and_then(|package| name.strip_prefix(package));
        inside.is_some_and(|inside| self.event.messages.iter().any(|message| message == inside))
    }

    /// Of several messages the one that the event is, by its name within the package.
    pub fn message(&self) -> Option<&str> {
        let Event { messages, asked, .. } = &*self.event;
        let asked = asked.as_deref().and_then(|name| protobuf::place_of(messages, name));
        messages.get(asked.unwrap_or(0)).map(String::as_str)
    }
}

/// Reads a schema within the default [`Budget`]. Of a file with several messages the first is the event.
pub fn read(source: &SchemaText) -> Schema {
    read_event(source, None)
}

/// The same where the event is this message of a Protobuf file; an error says if there is no such message.
pub fn read_event(source: &SchemaText, message: Option<&str>) -> Schema {
    let mut read = read_within(source, message);
    read.event.asked = message.map(str::to_owned);
    tags::apply(&mut read, &source.tags, source.schema_type);
    if message.is_some() && source.schema_type != SchemaType::Protobuf {
        let sentence = "The design chooses a message for the event, and only files of Protobuf have messages.";
        let finding = Diagnostic::warning("event-message", FieldPath::root(), sentence);
        read.diagnostics.push(finding.hint("Take the choice back."));
    }
    read
}

fn read_within(source: &SchemaText, message: Option<&str>) -> Schema {
    if source.text.len() > MAX_SCHEMA_BYTES {
        return budget::too_large(source.text.len());
    }
    if let Some(refused) = budget::too_much_referenced(source) {
        return refused;
    }
    match source.schema_type {
        SchemaType::Avro => avro::read(source),
        SchemaType::Protobuf => protobuf::read(source, message),
        SchemaType::Json => json_schema::read(source),
    }
}
