//! The compatibility levels of a Confluent-compatible registry, and whether a new version keeps one. The levels and who reads
//! whose data: <https://docs.confluent.io/platform/current/schema-registry/fundamentals/schema-evolution.html>.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::memo::Found;
use super::{avro, json_schema, protobuf, unread};
use crate::schema::{FieldPath, SchemaText, read};
use crate::subject::SchemaType;

/// How a subject may change, spelled as the registry does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Level {
    /// Anything goes.
    None,
    /// The new version reads data of the one before it.
    #[default]
    Backward,
    /// The new version reads data of all before it.
    BackwardTransitive,
    /// The version before reads data of the new one.
    Forward,
    /// All versions before read data of the new one.
    ForwardTransitive,
    /// Both, with the version before.
    Full,
    /// Both, with all versions before.
    FullTransitive,
}

impl Level {
    /// Every level, the loosest first.
    pub const ALL: [Self; 7] = [
        Self::None,
        Self::Backward,
        Self::BackwardTransitive,
        Self::Forward,
        Self::ForwardTransitive,
        Self::Full,
        Self::FullTransitive,
    ];

    /// The registry's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "NONE",
            Self::Backward => "BACKWARD",
            Self::BackwardTransitive => "BACKWARD_TRANSITIVE",
            Self::Forward => "FORWARD",
            Self::ForwardTransitive => "FORWARD_TRANSITIVE",
            Self::Full => "FULL",
            Self::FullTransitive => "FULL_TRANSITIVE",
        }
    }

    /// Whether all earlier versions count, not only the last.
    pub fn is_transitive(self) -> bool {
        matches!(self, Self::BackwardTransitive | Self::ForwardTransitive | Self::FullTransitive)
    }

    fn directions(self) -> &'static [Direction] {
        match self {
            Self::None => &[],
            Self::Backward | Self::BackwardTransitive => &[Direction::Backward],
            Self::Forward | Self::ForwardTransitive => &[Direction::Forward],
            Self::Full | Self::FullTransitive => &[Direction::Backward, Direction::Forward],
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Why a text is no level, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "A compatibility level is NONE, BACKWARD, FORWARD or FULL, or one of the last three with _TRANSITIVE after it."
)]
pub struct LevelError;

impl FromStr for Level {
    type Err = LevelError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let word = text.trim().replace('-', "_");
        Self::ALL.into_iter().find(|level| word.eq_ignore_ascii_case(level.word())).ok_or(LevelError)
    }
}

/// Who reads whose data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// The new schema reads data of the old.
    Backward,
    /// The old schema reads data of the new.
    Forward,
}

/// A reason why one schema cannot read all data of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Incompatibility {
    /// The field, as the reading schema has it.
    pub path: FieldPath,
    /// What is wrong, one sentence.
    pub message: String,
    /// Who cannot read whose data.
    pub direction: Direction,
    /// Which of the older versions it is about, counted from 0 in the order in which they were given.
    pub against: usize,
}

impl fmt::Display for Incompatibility {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_root() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

/// How a message calls the two schemas.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sides {
    /// The schema that reads.
    pub reader: &'static str,
    /// The schema that wrote.
    pub writer: &'static str,
}

/// Why `new` does not keep `level` towards the versions before it, oldest first; nothing means that it does.
pub fn compatibility(level: Level, new: &SchemaText, olds: &[SchemaText]) -> Vec<Incompatibility> {
    let mut found = Vec::new();
    let skipped = if level.is_transitive() { 0 } else { olds.len().saturating_sub(1) };
    for (against, old) in olds.iter().enumerate().skip(skipped) {
        for direction in level.directions() {
            found.extend(
                incompatibilities(*direction, old, new).into_iter().map(|one| Incompatibility { against, ..one }),
            );
        }
    }
    found
}

/// Why data cannot be read across one pair of versions in one direction.
pub fn incompatibilities(direction: Direction, old: &SchemaText, new: &SchemaText) -> Vec<Incompatibility> {
    let at = |path: FieldPath, message: String| Incompatibility { path, message, direction, against: 0 };
    if old.schema_type != new.schema_type {
        let [old, new] = [old, new].map(|side| side.schema_type.label());
        let message =
            format!("The new schema is written in {new}, the old one in {old}; a subject keeps its language.");
        return vec![at(FieldPath::root(), message)];
    }
    let (unread, _) = unread(&read(old).diagnostics, &read(new).diagnostics);
    if !unread.is_empty() {
        return unread.into_iter().map(|message| at(FieldPath::root(), message)).collect();
    }
    differences(direction, old, new)
}

/// The same for two schemas of one language that could be read.
pub(super) fn differences(direction: Direction, old: &SchemaText, new: &SchemaText) -> Vec<Incompatibility> {
    let at = |path: FieldPath, message: String| Incompatibility { path, message, direction, against: 0 };
    let (reader, writer, sides) = match direction {
        Direction::Backward => (new, old, Sides { reader: "the new schema", writer: "the old one" }),
        Direction::Forward => (old, new, Sides { reader: "the old schema", writer: "the new one" }),
    };
    let findings = match reader.schema_type {
        SchemaType::Avro => avro::findings(reader, writer, sides),
        SchemaType::Protobuf => protobuf::findings(reader, writer, sides),
        SchemaType::Json => json_schema::findings(reader, writer, sides),
    };
    let located = |found: &Found| at(FieldPath::of(found.at.iter().rev().cloned()), sentence(&found.message));
    findings.iter().map(located).collect()
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
