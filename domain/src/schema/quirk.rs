//! What a reader of schemas passes over, because no column is about it, but a writer of records or messages may refuse.

use super::FieldPath;

/// Something that a schema has and the field model does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quirk {
    /// Where it is.
    pub path: FieldPath,
    /// What it is.
    pub kind: QuirkKind,
}

/// What the field model leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuirkKind {
    /// A record or message without fields.
    EmptyRecord,
    /// An Avro union of nothing but null.
    NullUnion,
    /// A Protobuf message with extensions.
    Extended,
    /// A Protobuf message of a file in an edition.
    Edition,
}
