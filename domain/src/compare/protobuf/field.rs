//! What a Protobuf field is on the wire: which types read each other's bytes, and how often a field is there.

use prost_reflect::prost_types::field_descriptor_proto::Label;
use prost_reflect::{FieldDescriptor, Kind, MessageDescriptor};

use crate::schema::protobuf::features::Features;
use crate::schema::protobuf::local_name;
use crate::schema::walk::quote;

/// Scalars that are written alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Plain variable-length numbers, booleans and enums.
    Number,
    /// Zigzag numbers.
    Signed,
    /// Four bytes.
    Fixed32,
    /// Eight bytes.
    Fixed64,
    /// Four bytes of floating point.
    Float,
    /// Eight bytes of floating point.
    Double,
    /// A length and bytes.
    Text,
}

impl Group {
    /// Whether a repeated field of it is written otherwise than a single one.
    pub fn is_packed(self) -> bool {
        self != Self::Text
    }
}

/// The type of a field on the wire.
#[derive(Debug, Clone)]
pub enum Wire {
    /// One value.
    Scalar {
        /// How it is written.
        group: Group,
        /// Its name.
        word: String,
    },
    /// Keys and values.
    Map(Box<Wire>, Box<Wire>),
    /// A message.
    Message(MessageDescriptor),
}

impl Wire {
    /// The wire type of a field's kind.
    pub fn of(kind: &Kind, is_map: bool) -> Self {
        let group = match kind {
            Kind::Message(entry) if is_map => {
                let side = |field: FieldDescriptor| Box::new(Self::of(&field.kind(), false));
                return Self::Map(side(entry.map_entry_key_field()), side(entry.map_entry_value_field()));
            }
            Kind::Message(message) => return Self::Message(message.clone()),
            Kind::Int32 | Kind::Int64 | Kind::Uint32 | Kind::Uint64 | Kind::Bool | Kind::Enum(_) => Group::Number,
            Kind::Sint32 | Kind::Sint64 => Group::Signed,
            Kind::Fixed32 | Kind::Sfixed32 => Group::Fixed32,
            Kind::Fixed64 | Kind::Sfixed64 => Group::Fixed64,
            Kind::Float => Group::Float,
            Kind::Double => Group::Double,
            Kind::String | Kind::Bytes => Group::Text,
        };
        let word = match kind {
            Kind::Enum(declared) => format!("the enum {}", quote(declared.name())),
            scalar => format!("{scalar:?}"),
        };
        Self::Scalar { group, word }
    }

    /// How a sentence calls it.
    pub fn label(&self) -> String {
        match self {
            Self::Scalar { word, .. } => word.clone(),
            Self::Map(..) => "a map".to_owned(),
            Self::Message(message) => format!("the message {}", quote(local_name(message))),
        }
    }
}

/// The label that the text gives; none for a plain field of proto3 or an edition and for a member of a oneof, as they are written
/// without.
pub fn label(field: &FieldDescriptor, features: &Features) -> Option<i32> {
    let declared = field.field_descriptor_proto();
    if features.has_edition(&field.parent_file()) {
        return (declared.label() != Label::Optional).then_some(declared.label() as i32);
    }
    let is_proto3 = field.parent_file().file_descriptor_proto().syntax() == "proto3";
    let is_plain = is_proto3 && declared.label() == Label::Optional && !declared.proto3_optional();
    (!is_plain && oneof(field).is_none()).then(|| declared.label() as i32)
}

/// The oneof that a field is a member of, if the text says one.
pub fn oneof(field: &FieldDescriptor) -> Option<String> {
    let declared = field.field_descriptor_proto();
    (!declared.proto3_optional()).then(|| field.containing_oneof().map(|oneof| oneof.name().to_owned())).flatten()
}
