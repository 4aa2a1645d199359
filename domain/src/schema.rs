//! A schema's text read into the one field model, whatever its language. Reading never fails: it gives fields and diagnostics.

pub(crate) mod avro;
pub(crate) mod budget;
mod field;
mod field_path;
pub(crate) mod json;
pub(crate) mod json_schema;
pub(crate) mod protobuf;
mod quirk;
pub(crate) mod walk;

use serde::{Deserialize, Serialize};

pub use budget::{Budget, MAX_DEPTH, MAX_FIELDS, MAX_SCHEMA_BYTES};
pub use field::{Branch, Field, FieldType, TimeUnit};
pub use field_path::{FieldPath, FieldPathError};
pub use quirk::{Quirk, QuirkKind};

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
    pub quirks: Vec<Quirk>,
    /// What is wrong or worth knowing; with an error the fields may be incomplete.
    pub diagnostics: Vec<Diagnostic>,
}

impl Schema {
    /// How many fields there are, at every depth.
    pub fn field_count(&self) -> usize {
        self.fields.iter().map(Field::count).sum()
    }
}

/// Reads a schema within the default [`Budget`].
pub fn read(source: &SchemaText) -> Schema {
    if source.text.len() > MAX_SCHEMA_BYTES {
        return budget::too_large(source.text.len());
    }
    if let Some(refused) = budget::too_much_referenced(source) {
        return refused;
    }
    match source.schema_type {
        SchemaType::Avro => avro::read(source),
        SchemaType::Protobuf => protobuf::read(source),
        SchemaType::Json => json_schema::read(source),
    }
}
