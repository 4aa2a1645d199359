//! The comment that a column gets from its field: documentation first, then what the type alone does not say.

use crate::design::MAX_COMMENT_CHARS;
use crate::schema::{Field, FieldType};
use crate::subject::SchemaType;

/// The generated comment; empty if there is nothing to say.
pub(super) fn default_comment(field: &Field, language: SchemaType) -> String {
    let doc = field.doc.as_deref().map(one_line).filter(|doc| !doc.is_empty());
    let detail = match &field.ty {
        FieldType::Enum { symbols } if !symbols.is_empty() => Some(symbols.join(", ")),
        FieldType::Instant { .. } | FieldType::InstantText => Some("UTC".to_owned()),
        FieldType::String { max_length: Some(length) } => Some(format!("at most {length} characters")),
        FieldType::Duration if language == SchemaType::Protobuf => Some("seconds".to_owned()),
        FieldType::Duration if language == SchemaType::Avro => {
            Some("months, days and milliseconds, 4 little-endian bytes each".to_owned())
        }
        _ => None,
    };
    let parts: Vec<String> = [doc, detail].into_iter().flatten().collect();
    shortened(&parts.join("; "), MAX_COMMENT_CHARS)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most so many characters, the last an ellipsis where something was cut.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}
