//! What the features of editions make of each field (<https://protobuf.dev/editions/features/>), worked out from file to message to
//! field before the options are taken off. The parser took the file for proto3, the linker takes it for proto2, where every single
//! field has presence; what differs from that is kept here by full name.

use std::collections::HashSet;

use prost_reflect::prost_types::field_descriptor_proto::{Label, Type};
use prost_reflect::prost_types::{
    DescriptorProto, EnumDescriptorProto, FieldDescriptorProto, FileDescriptorProto, UninterpretedOption,
};
use prost_reflect::{FieldDescriptor, FileDescriptor, Kind};

use super::editions::DEFAULT;
use super::options::{self, Setting};
use crate::schema::walk::quote;

/// What cannot be told from linked descriptors about the fields of files in editions.
#[derive(Debug, Default)]
pub struct Features {
    files: HashSet<String>,
    implicit: HashSet<String>,
    delimited: HashSet<String>,
}

impl Features {
    /// Whether a file is in an edition.
    pub fn has_edition(&self, file: &FileDescriptor) -> bool {
        self.files.contains(file.name())
    }

    /// Whether a field tells that it was not set from its default value.
    pub fn has_presence(&self, field: &FieldDescriptor) -> bool {
        let is_always_told = matches!(field.kind(), Kind::Message(_)) || field.containing_oneof().is_some();
        field.supports_presence() && (is_always_told || !self.implicit.contains(field.full_name()))
    }

    /// Whether a message is written between two marks, as groups are, and not behind its length.
    pub fn is_delimited(&self, field: &FieldDescriptor) -> bool {
        field.is_group() || !field.is_map() && self.delimited.contains(field.full_name())
    }

    /// Works out a file in editions; the error is a sentence about a feature that is none.
    pub fn resolve(&mut self, file: &mut FileDescriptorProto) -> Result<(), String> {
        self.files.insert(file.name().to_owned());
        file.syntax = None;
        let options = file.options.as_ref().map(|options| options.uninterpreted_option.as_slice());
        let set = Set::default().with(options.unwrap_or_default())?;
        let scope = file.package().to_owned();
        file.enum_type.iter().try_for_each(|declared| check_enum(declared, set))?;
        file.extension.iter_mut().for_each(take_default);
        file.message_type.iter_mut().try_for_each(|message| self.message(message, &scope, set))
    }

    fn message(&mut self, message: &mut DescriptorProto, scope: &str, outer: Set) -> Result<(), String> {
        let options = message.options.as_ref().map(|options| options.uninterpreted_option.as_slice());
        let set = outer.with(options.unwrap_or_default())?;
        let scope = if scope.is_empty() { message.name().to_owned() } else { format!("{scope}.{}", message.name()) };
        let is_entry = message.options.as_ref().is_some_and(|options| options.map_entry());
        let oneofs = message.oneof_decl.iter().map(|oneof| {
            let options = oneof.options.as_ref().map(|options| options.uninterpreted_option.as_slice());
            set.with(options.unwrap_or_default())
        });
        let oneofs = oneofs.collect::<Result<Vec<Set>, String>>()?;
        for field in message.field.iter_mut().filter(|_| !is_entry) {
            let oneof = field.oneof_index.and_then(|index| oneofs.get(usize::try_from(index).ok()?));
            self.field(field, &scope, oneof.copied().unwrap_or(set))?;
        }
        message.extension.iter_mut().for_each(take_default);
        message.enum_type.iter().try_for_each(|declared| check_enum(declared, set))?;
        message.nested_type.iter_mut().try_for_each(|nested| self.message(nested, &scope, set))
    }

    fn field(&mut self, field: &mut FieldDescriptorProto, scope: &str, outer: Set) -> Result<(), String> {
        let options = field.options.as_ref().map(|options| options.uninterpreted_option.as_slice());
        let set = outer.with(options.unwrap_or_default())?;
        take_default(field);
        let is_single = field.label() != Label::Repeated;
        let name = || format!("{scope}.{}", field.name());
        if is_single && set.presence == Presence::Implicit {
            self.implicit.insert(name());
        }
        if set.is_delimited {
            self.delimited.insert(name());
        }
        if is_single && set.presence == Presence::Required && field.oneof_index.is_none() {
            field.set_label(Label::Required);
        }
        Ok(())
    }
}

/// Whether a field tells that it was not set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Presence {
    #[default]
    Explicit,
    Implicit,
    Required,
}

/// The features that matter here, as the editions 2023 and 2024 have them unless a file says otherwise.
#[derive(Debug, Clone, Copy, Default)]
struct Set {
    presence: Presence,
    is_delimited: bool,
    is_closed: bool,
}

impl Set {
    fn with(mut self, options: &[UninterpretedOption]) -> Result<Self, String> {
        for setting in options.iter().flat_map(|option| options::settings(option, "features", false)) {
            let Setting { name, value } = &setting;
            match (name.as_str(), value.as_str()) {
                ("field_presence", "EXPLICIT") => self.presence = Presence::Explicit,
                ("field_presence", "IMPLICIT") => self.presence = Presence::Implicit,
                ("field_presence", "LEGACY_REQUIRED") => self.presence = Presence::Required,
                ("message_encoding", "DELIMITED") => self.is_delimited = true,
                ("message_encoding", "LENGTH_PREFIXED") => self.is_delimited = false,
                ("enum_type", "CLOSED") => self.is_closed = true,
                ("enum_type", "OPEN") => self.is_closed = false,
                ("field_presence" | "message_encoding" | "enum_type", other) => {
                    return Err(format!("{} is no value of the feature {name}", quote(other)));
                }
                // How numbers are packed, text is checked and names are spelled says nothing about fields.
                _ => {}
            }
        }
        Ok(self)
    }
}

/// An open enum begins with zero, because that is what is read where nothing was written.
fn check_enum(declared: &EnumDescriptorProto, outer: Set) -> Result<(), String> {
    let options = declared.options.as_ref().map(|options| options.uninterpreted_option.as_slice());
    let set = outer.with(options.unwrap_or_default())?;
    match declared.value.first() {
        Some(first) if !set.is_closed && first.number() != 0 => {
            Err(format!("The open enum {} does not begin with the value 0", quote(declared.name())))
        }
        _ => Ok(()),
    }
}

/// Puts a field's default where proto2 has it.
fn take_default(field: &mut FieldDescriptorProto) {
    let options = field.options.as_ref().map(|options| options.uninterpreted_option.as_slice());
    let is_default = |option: &&UninterpretedOption| match option.name.as_slice() {
        [part] => part.name_part == DEFAULT && !part.is_extension,
        _ => false,
    };
    let is_bytes = field.r#type == Some(Type::Bytes as i32);
    let default = options.unwrap_or_default().iter().find(is_default).and_then(|option| default_text(option, is_bytes));
    if let Some(default) = default {
        field.default_value = Some(default);
    }
}

fn default_text(option: &UninterpretedOption, is_bytes: bool) -> Option<String> {
    let bytes = option.string_value.as_deref();
    let text = bytes.map(|bytes| if is_bytes { escaped(bytes) } else { String::from_utf8_lossy(bytes).into_owned() });
    let number = || option.double_value.map(|number| number.to_string().to_ascii_lowercase());
    let whole = || option.positive_int_value.map(|number| number.to_string());
    let negative = || option.negative_int_value.map(|number| number.to_string());
    text.or_else(|| option.identifier_value.clone()).or_else(whole).or_else(negative).or_else(number)
}

fn escaped(bytes: &[u8]) -> String {
    let plain = |byte: u8| (byte.is_ascii_graphic() || byte == b' ') && !matches!(byte, b'"' | b'\'' | b'\\');
    bytes
        .iter()
        .map(|byte| if plain(*byte) { char::from(*byte).to_string() } else { format!("\\{byte:03o}") })
        .collect()
}
