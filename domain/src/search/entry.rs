//! What is known of one subject when it is searched: its versions, and the texts that were read out of their schemas.

use std::collections::BTreeSet;

use crate::compare::Level;
use crate::schema::{Field, FieldType, Schema};
use crate::subject::{SchemaId, SchemaType, SubjectName, Version};

/// One subject of one registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The registry's name.
    pub registry: String,
    /// The subject.
    pub subject: SubjectName,
    /// Its versions, oldest first; empty while only the name is known.
    pub versions: Vec<EntryVersion>,
    /// How it may change, where that is known.
    pub compatibility: Option<Level>,
    /// The texts of the newest version.
    pub newest: Extract,
    /// The texts of older versions, as far as they were read.
    pub older: Vec<(Version, Extract)>,
}

/// One version of a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryVersion {
    /// The version.
    pub version: Version,
    /// Its schema id.
    pub id: SchemaId,
    /// Its language.
    pub schema_type: SchemaType,
    /// Whether it is soft-deleted.
    pub deleted: bool,
}

/// The texts of one schema that can be searched, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extract {
    /// Full names of records, messages and titled objects.
    pub records: BTreeSet<String>,
    /// Paths of fields.
    pub fields: BTreeSet<String>,
    /// Types of fields.
    pub types: BTreeSet<String>,
    /// Documentation, white space folded into single blanks.
    pub docs: BTreeSet<String>,
    /// Tags of fields and of the event, from the schema and from the metadata that the registry keeps.
    pub tags: BTreeSet<String>,
}

impl Entry {
    /// The newest version that is not deleted, or the newest of all where the whole subject is.
    pub fn current(&self) -> Option<&EntryVersion> {
        self.versions.iter().rev().find(|version| !version.deleted).or(self.versions.last())
    }

    /// Whether the whole subject is soft-deleted.
    pub fn is_deleted(&self) -> bool {
        !self.versions.is_empty() && self.versions.iter().all(|version| version.deleted)
    }
}

/// The searchable texts of a schema that was read.
pub fn extract(schema: &Schema) -> Extract {
    let mut found = Extract::default();
    found.record(&schema.name);
    found.doc(schema.doc.as_deref());
    found.tags.extend(schema.event.tags.iter().cloned());
    found.below(&schema.fields);
    found
}

impl Extract {
    fn record(&mut self, name: &str) {
        if !name.is_empty() {
            self.records.insert(name.to_owned());
        }
    }

    fn doc(&mut self, doc: Option<&str>) {
        let folded = doc.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        if !folded.is_empty() {
            self.docs.insert(folded);
        }
    }

    /// Fields can nest as deep as a schema's budget allows, so the way is kept on the heap.
    fn below(&mut self, fields: &[Field]) {
        let mut open: Vec<&Field> = fields.iter().collect();
        while let Some(field) = open.pop() {
            self.fields.insert(field.path.to_string());
            self.types.insert(field.ty.label().into_owned());
            self.doc(field.doc.as_deref());
            self.named(&field.ty);
            self.tags.extend(field.tags.iter().cloned());
            open.extend(field.ty.nested());
        }
    }

    fn named(&mut self, ty: &FieldType) {
        match ty {
            FieldType::Record { name, .. } | FieldType::Recursive { name } => self.record(name),
            FieldType::Union { branches } => branches.iter().for_each(|branch| self.named(&branch.ty)),
            _ => {}
        }
    }
}
