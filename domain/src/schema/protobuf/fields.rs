//! From linked Protobuf messages to fields: presence, well-known types, maps, groups and recursion.

use prost_reflect::{Cardinality, EnumDescriptor, FieldDescriptor, Kind, MessageDescriptor};
use serde_json::Value;

use super::facts::Facts;
use crate::schema::walk::{Walk, quote};
use crate::schema::{Field, FieldPath, FieldType, MapKey, QuirkKind, Schema, TimeUnit};

/// Reads the fields of one schema's messages.
pub struct Reader {
    walk: Walk,
    facts: Facts,
    /// Full names of the messages that are being read, outermost first.
    open: Vec<String>,
    /// Whether a message of a file in an edition was met.
    has_edition: bool,
}

impl Reader {
    /// A reader that goes on with `walk`.
    pub fn new(walk: Walk, facts: Facts) -> Self {
        Self { walk, facts, open: Vec::new(), has_edition: false }
    }

    /// Ends the reading of `event`.
    pub fn finish(mut self, event: &MessageDescriptor, fields: Vec<Field>) -> Schema {
        let doc = self.facts.comments.doc(event.parent_file().name(), event.path()).and_then(|doc| self.walk.doc(doc));
        let tags = self.walk.tags(self.facts.declared.tags(event.full_name()).iter().map(String::as_str));
        let mut schema = self.walk.finish(event.full_name().to_owned(), doc, fields);
        schema.event.tags = tags;
        schema
    }

    /// What a message at `path` is, well-known types aside.
    pub fn message(&mut self, message: &MessageDescriptor, path: &FieldPath) -> FieldType {
        let name = message.full_name().to_owned();
        if self.open.contains(&name) {
            self.walk.warning(
                "protobuf-recursive",
                path,
                format!(
                    "The message {} holds itself, so what is inside it again has no columns of its own.",
                    quote(&name)
                ),
                "Read it from the column of what is around it.",
            );
            return FieldType::Recursive { name };
        }
        if !self.walk.deeper(path) {
            return FieldType::Truncated;
        }
        if !self.has_edition && self.facts.features.has_edition(&message.parent_file()) {
            self.has_edition = true;
            self.walk.quirk(path, QuirkKind::Edition);
        }
        if message.extensions().len() > 0 {
            self.walk.warning(
                "protobuf-extensions",
                path,
                format!("The message {} is extended; extension fields have no column.", quote(&name)),
                "Make them plain fields if they should be loaded.",
            );
            self.walk.quirk(path, QuirkKind::Extended);
        }
        self.open.push(name);
        let mut fields = Vec::new();
        // Not `message.fields()`, which goes by number: the columns keep the order of the text.
        for number in message.descriptor_proto().field.iter().filter_map(|f| u32::try_from(f.number()).ok()) {
            let Some(field) = message.get_field(number) else { continue };
            if !self.walk.field(&path.child(field.name())) {
                break;
            }
            fields.extend(self.field(&field, path));
        }
        FieldType::Record { name: self.open.pop().unwrap_or_default(), fields }
    }

    fn field(&mut self, field: &FieldDescriptor, parent: &FieldPath) -> Option<Field> {
        let path = parent.child(field.name());
        let (ty, nullable) = if field.is_map() {
            (self.map(field, &path), true)
        } else if field.cardinality() == Cardinality::Repeated {
            (self.list(field, &path), true)
        } else {
            // A singular field without presence always has a value: zero if nothing was set.
            (self.kind(&field.kind(), &path), self.facts.features.has_presence(field) && !field.is_required())
        };
        if is_empty(&ty) && !self.walk.exhausted() {
            self.walk.note("empty-record", &path, "The message has no fields, so it has no column.");
            self.walk.quirk(&path, QuirkKind::EmptyRecord);
            return None;
        }
        let doc = self.facts.comments.doc(field.parent_file().name(), field.path()).and_then(|doc| self.walk.doc(doc));
        let default = default(field).and_then(|json| self.walk.json_text(json));
        let number = Some(field.number());
        let wrapper = if field.is_list() || field.is_map() { None } else { wrapper(&field.kind()) };
        let deprecated = self.facts.declared.is_deprecated(field.full_name());
        let tags = self.tags(field);
        let oneof = field.containing_oneof().filter(|oneof| !oneof.is_synthetic());
        let oneof = oneof.map(|oneof| oneof.name().to_owned());
        let field = Field::required(parent, field.name(), ty);
        Some(Field { nullable, doc, default, wrapper, number, tags, deprecated, oneof, ..field })
    }

    /// The tags of a field and of the message that it holds, in a list or a map too.
    fn tags(&mut self, field: &FieldDescriptor) -> Vec<String> {
        let inner = match field.kind() {
            Kind::Message(entry) if field.is_map() => message_of(&entry.map_entry_value_field().kind()),
            kind => message_of(&kind),
        };
        let declared = &self.facts.declared;
        let of_type = inner.iter().flat_map(|name| declared.tags(name));
        self.walk.tags(declared.tags(field.full_name()).iter().chain(of_type).map(String::as_str))
    }

    /// An empty list is not written at all, which is why lists and maps count as nullable.
    fn list(&mut self, field: &FieldDescriptor, path: &FieldPath) -> FieldType {
        let item = self.element(&field.kind(), "[]", path);
        item.map_or(FieldType::Truncated, |item| FieldType::Array { item: Box::new(item) })
    }

    fn map(&mut self, field: &FieldDescriptor, path: &FieldPath) -> FieldType {
        let Kind::Message(entry) = field.kind() else { return FieldType::Json };
        let key = key(&entry.map_entry_key_field().kind());
        let value = self.element(&entry.map_entry_value_field().kind(), "{}", path);
        value.map_or(FieldType::Truncated, |value| FieldType::Map { key, value: Box::new(value) })
    }

    fn element(&mut self, kind: &Kind, segment: &str, path: &FieldPath) -> Option<Field> {
        let place = path.child(segment);
        if !self.walk.deeper(path) || !self.walk.field(&place) {
            return None;
        }
        let ty = self.kind(kind, &place);
        Some(Field { wrapper: wrapper(kind), ..Field::required(path, segment, ty) })
    }

    fn kind(&mut self, kind: &Kind, path: &FieldPath) -> FieldType {
        match kind {
            Kind::Double => FieldType::Float { bits: 64 },
            Kind::Float => FieldType::Float { bits: 32 },
            Kind::Int32 | Kind::Sint32 | Kind::Sfixed32 => FieldType::Integer { bits: 32, signed: true },
            Kind::Int64 | Kind::Sint64 | Kind::Sfixed64 => FieldType::Integer { bits: 64, signed: true },
            Kind::Uint32 | Kind::Fixed32 => FieldType::Integer { bits: 32, signed: false },
            Kind::Uint64 | Kind::Fixed64 => FieldType::Integer { bits: 64, signed: false },
            Kind::Bool => FieldType::Boolean,
            Kind::String => FieldType::String { max_length: None },
            Kind::Bytes => FieldType::Bytes,
            Kind::Enum(declared) => self.enumeration(declared, path),
            Kind::Message(message) => match well_known(message.full_name(), path) {
                Some(ty) => ty,
                None => self.message(message, path),
            },
        }
    }

    fn enumeration(&mut self, declared: &EnumDescriptor, path: &FieldPath) -> FieldType {
        let declared = declared.enum_descriptor_proto();
        match self.walk.symbols(path, declared.value.iter().map(|value| value.name())) {
            Some(symbols) => FieldType::Enum { symbols },
            None => FieldType::String { max_length: None },
        }
    }
}

fn message_of(kind: &Kind) -> Option<String> {
    match kind {
        Kind::Message(message) => Some(message.full_name().to_owned()),
        _ => None,
    }
}

fn key(kind: &Kind) -> MapKey {
    match kind {
        Kind::Bool => MapKey::Boolean,
        Kind::String => MapKey::Text,
        Kind::Uint32 | Kind::Fixed32 => MapKey::Integer { bits: 32, signed: false },
        Kind::Uint64 | Kind::Fixed64 => MapKey::Integer { bits: 64, signed: false },
        Kind::Int32 | Kind::Sint32 | Kind::Sfixed32 => MapKey::Integer { bits: 32, signed: true },
        _ => MapKey::Integer { bits: 64, signed: true },
    }
}

fn is_empty(ty: &FieldType) -> bool {
    matches!(ty, FieldType::Record { fields, .. } if fields.is_empty())
}

/// The types of `google.protobuf` that stand for something simpler than their fields.
fn well_known(name: &str, path: &FieldPath) -> Option<FieldType> {
    Some(match name.strip_prefix("google.protobuf.")? {
        "Timestamp" => FieldType::Instant { unit: TimeUnit::Nanos },
        "Duration" => FieldType::Duration,
        "DoubleValue" => FieldType::Float { bits: 64 },
        "FloatValue" => FieldType::Float { bits: 32 },
        "Int64Value" => FieldType::Integer { bits: 64, signed: true },
        "UInt64Value" => FieldType::Integer { bits: 64, signed: false },
        "Int32Value" => FieldType::Integer { bits: 32, signed: true },
        "UInt32Value" => FieldType::Integer { bits: 32, signed: false },
        "BoolValue" => FieldType::Boolean,
        "StringValue" => FieldType::String { max_length: None },
        "BytesValue" => FieldType::Bytes,
        "Struct" | "Value" | "ListValue" => FieldType::Json,
        "FieldMask" => {
            let item = Field::required(path, "[]", FieldType::String { max_length: None });
            FieldType::Array { item: Box::new(item) }
        }
        _ => return None,
    })
}

/// The name of the only field of a message that stands for it.
fn wrapper(kind: &Kind) -> Option<&'static str> {
    let Kind::Message(message) = kind else { return None };
    match message.full_name().strip_prefix("google.protobuf.")? {
        "DoubleValue" | "FloatValue" | "Int64Value" | "UInt64Value" | "Int32Value" | "UInt32Value" | "BoolValue"
        | "StringValue" | "BytesValue" => Some("value"),
        "FieldMask" => Some("paths"),
        _ => None,
    }
}

/// A proto2 default as JSON text; the descriptor has all of them as text.
fn default(field: &FieldDescriptor) -> Option<String> {
    let text = field.field_descriptor_proto().default_value.as_deref()?;
    let is_number = !matches!(field.kind(), Kind::String | Kind::Bytes | Kind::Enum(_) | Kind::Message(_));
    match serde_json::from_str::<Value>(text) {
        Ok(number @ (Value::Number(_) | Value::Bool(_))) if is_number => Some(number.to_string()),
        _ => Some(Value::from(text).to_string()),
    }
}
