//! What options say about messages and fields, by full name; kept because linking does without options.

use std::collections::{HashMap, HashSet};

use prost_reflect::prost_types::{DescriptorProto, FieldDescriptorProto, FileDescriptorProto, UninterpretedOption};

use super::options::{is_deprecated, tags};

/// What is declared of messages and fields.
#[derive(Debug, Default)]
pub struct Declared {
    tags: HashMap<String, Vec<String>>,
    deprecated: HashSet<String>,
}

impl Declared {
    /// The tags of a message or field (`(confluent.field_meta).tags`, `(confluent.message_meta).tags`).
    pub fn tags(&self, full_name: &str) -> &[String] {
        self.tags.get(full_name).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a field is to be used no more.
    pub fn is_deprecated(&self, full_name: &str) -> bool {
        self.deprecated.contains(full_name)
    }

    /// Keeps what a file declares, whose options are as they are written.
    pub fn keep(&mut self, file: &FileDescriptorProto) {
        file.message_type.iter().for_each(|message| self.message(message, file.package()));
    }

    fn message(&mut self, message: &DescriptorProto, scope: &str) {
        let name = if scope.is_empty() { message.name().to_owned() } else { format!("{scope}.{}", message.name()) };
        let options = message.options.as_ref().map(|options| options.uninterpreted_option.as_slice());
        self.say(&name, options.unwrap_or_default(), "confluent.message_meta");
        message.field.iter().for_each(|field| self.field(field, &name));
        message.nested_type.iter().for_each(|nested| self.message(nested, &name));
    }

    fn field(&mut self, field: &FieldDescriptorProto, scope: &str) {
        if let Some(options) = &field.options {
            self.say(&format!("{scope}.{}", field.name()), &options.uninterpreted_option, "confluent.field_meta");
        }
    }

    fn say(&mut self, name: &str, options: &[UninterpretedOption], meta: &str) {
        let tags = tags(options, meta);
        if !tags.is_empty() {
            self.tags.insert(name.to_owned(), tags);
        }
        if is_deprecated(options) {
            self.deprecated.insert(name.to_owned());
        }
    }
}
