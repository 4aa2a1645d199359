//! Names and numbers as the Confluent Schema Registry API has them, parsed once so that the rest never doubts them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The longest subject name that is accepted, in bytes. Registries store names in an indexed column; ours must stay bounded.
pub const MAX_SUBJECT_BYTES: usize = 1024;

/// A registry subject, with its context prefix if it has one (`:.eu:order_placed-value`). Never empty, no control characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SubjectName(String);

/// Why a text is not a subject name, as a sentence for the user.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubjectNameError {
    /// The text is empty.
    #[error("A subject name cannot be empty.")]
    Empty,
    /// The text is longer than [`MAX_SUBJECT_BYTES`].
    #[error("A subject name can have {MAX_SUBJECT_BYTES} bytes at most; this one has {0}.")]
    TooLong(usize),
    /// The text holds a control character at this byte.
    #[error("A subject name cannot hold control characters; there is one at byte {0}.")]
    Control(usize),
}

impl SubjectName {
    /// Parses a name; see [`SubjectNameError`] for what is refused.
    pub fn parse(text: impl Into<String>) -> Result<Self, SubjectNameError> {
        let text = text.into();
        if text.is_empty() {
            return Err(SubjectNameError::Empty);
        }
        if text.len() > MAX_SUBJECT_BYTES {
            return Err(SubjectNameError::TooLong(text.len()));
        }
        if let Some((at, _)) = text.char_indices().find(|(_, c)| c.is_control()) {
            return Err(SubjectNameError::Control(at));
        }
        Ok(Self(text))
    }

    /// The whole name, context prefix included.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The context (`.eu` of `:.eu:orders-value`), or `None` for the default context.
    pub fn context(&self) -> Option<&str> {
        self.split_context().0
    }

    /// The name without its context prefix.
    pub fn unqualified(&self) -> &str {
        self.split_context().1
    }

    /// The event's name: the subject without context and without the `-value` or `-key` of the topic name strategy.
    pub fn event_name(&self) -> &str {
        let name = self.unqualified();
        ["-value", "-key"]
            .iter()
            .find_map(|suffix| name.strip_suffix(suffix).filter(|rest| !rest.is_empty()))
            .unwrap_or(name)
    }

    fn split_context(&self) -> (Option<&str>, &str) {
        split_context(&self.0)
    }
}

/// The context of a subject's whole name, if it has one, and the name without it.
pub fn split_context(whole: &str) -> (Option<&str>, &str) {
    whole
        .strip_prefix(":.")
        .and_then(|rest| rest.split_once(':'))
        .filter(|(_, name)| !name.is_empty())
        .map_or((None, whole), |(context, name)| (whole.get(1..context.len() + 2), name))
}

impl fmt::Display for SubjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for SubjectName {
    type Err = SubjectNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for SubjectName {
    type Error = SubjectNameError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(text)
    }
}

impl From<SubjectName> for String {
    fn from(name: SubjectName) -> Self {
        name.0
    }
}

/// A version of a subject, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Version(pub u32);

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A registry-wide schema id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SchemaId(pub u32);

impl fmt::Display for SchemaId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The language that a schema is written in; serialised as the registry spells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum SchemaType {
    /// Apache Avro.
    Avro,
    /// Protocol Buffers.
    Protobuf,
    /// JSON Schema.
    Json,
}

impl SchemaType {
    /// All types, in the order of the filter on the Explore page.
    pub const ALL: [Self; 3] = [Self::Avro, Self::Protobuf, Self::Json];

    /// The name that people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Avro => "Avro",
            Self::Protobuf => "Protobuf",
            Self::Json => "JSON Schema",
        }
    }

    /// The word in URLs, on the command line and in the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Avro => "avro",
            Self::Protobuf => "protobuf",
            Self::Json => "json",
        }
    }

    /// The file name extension of the directory registry, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Avro => "avsc",
            Self::Protobuf => "proto",
            Self::Json => "json",
        }
    }

    /// The type with this [`word`](Self::word) or extension or registry spelling, in any case.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| word.eq_ignore_ascii_case(t.word()) || word.eq_ignore_ascii_case(t.extension()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> SubjectName {
        SubjectName::parse(text).unwrap()
    }

    #[test]
    fn the_context_prefix_is_told_apart_from_the_name() {
        let qualified = name(":.eu:order_placed-value");
        assert_eq!(qualified.context(), Some(".eu"));
        assert_eq!(qualified.unqualified(), "order_placed-value");
        assert_eq!(qualified.event_name(), "order_placed");
        assert_eq!(name("order_placed-value").context(), None);
        assert_eq!(name(":.eu:").context(), None);
    }

    #[test]
    fn awkward_but_legal_names_are_kept_as_they_are() {
        for text in ["a/b%?#..:ü\"", "..", "google/protobuf/any.proto", "-value"] {
            assert_eq!(name(text).as_str(), text);
        }
        assert_eq!(name("-value").event_name(), "-value");
    }

    #[test]
    fn empty_endless_and_control_names_are_refused_with_the_place() {
        assert_eq!(SubjectName::parse(""), Err(SubjectNameError::Empty));
        assert_eq!(SubjectName::parse("a\u{0}b"), Err(SubjectNameError::Control(1)));
        assert_eq!(SubjectName::parse("x".repeat(2000)), Err(SubjectNameError::TooLong(2000)));
    }
}
