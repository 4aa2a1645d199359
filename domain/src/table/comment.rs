//! The comment that a column gets from its field: documentation first, then what the type alone does not say.

use std::borrow::Cow;

use crate::design::MAX_COMMENT_CHARS;
use crate::schema::{Field, FieldType};
use crate::subject::SchemaType;

/// The generated comment; empty if there is nothing to say.
pub(super) fn default_comment(field: &Field, language: SchemaType) -> String {
    let doc = field.doc.as_deref().map(one_line).filter(|doc| !doc.is_empty());
    let detail = match &field.ty {
        FieldType::Enum { symbols } if !symbols.is_empty() => Some(Cow::Owned(symbols.join(", "))),
        FieldType::Instant { .. } | FieldType::InstantText => Some("UTC".into()),
        FieldType::String { max_length: Some(length) } => Some(format!("at most {length} characters").into()),
        FieldType::Duration if language == SchemaType::Protobuf => Some("seconds".into()),
        FieldType::Duration if language == SchemaType::Avro => {
            Some("months, days and milliseconds, 4 little-endian bytes each".into())
        }
        _ => None,
    };
    let lists_symbols = matches!(field.ty, FieldType::Enum { .. });
    let text = match (doc, detail) {
        (Some(doc), Some(detail)) if lists_symbols || !says(&doc, &detail) => joined(&doc, &detail),
        (Some(doc), _) => doc,
        (None, Some(detail)) => detail.into_owned(),
        (None, None) => String::new(),
    };
    let is_told = !field.deprecated || says(&text.to_lowercase(), "deprecated");
    let text = match (is_told, text.is_empty()) {
        (true, _) => text,
        (false, true) => "deprecated".to_owned(),
        (false, false) => joined(&text, "deprecated"),
    };
    shortened(text, MAX_COMMENT_CHARS)
}

/// Whether the documentation has the detail already, as words of its own.
fn says(doc: &str, detail: &str) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    doc.match_indices(detail).any(|(at, found)| {
        let (before, after) = (doc.get(..at), doc.get(at + found.len()..));
        !is_letter(before.and_then(|text| text.chars().next_back()))
            && !is_letter(after.and_then(|text| text.chars().next()))
    })
}

/// Documentation with the detail after it, and one mark between them.
fn joined(doc: &str, detail: &str) -> String {
    let mark = if doc.ends_with(['.', '!', '?', '…', ':', ';', ',']) { "" } else { ";" };
    format!("{doc}{mark} {detail}")
}

fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// At most so many characters, the last an ellipsis where something was cut.
pub(super) fn shortened<'a>(text: impl Into<Cow<'a, str>>, most: usize) -> String {
    let text = text.into();
    if text.chars().count() <= most {
        return text.into_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{FieldPath, TimeUnit};

    fn comment(doc: &str, ty: FieldType) -> String {
        let field = Field { doc: Some(doc.to_owned()), ..Field::required(&FieldPath::root(), "at", ty) };
        default_comment(&field, SchemaType::Avro)
    }

    fn instant() -> FieldType {
        FieldType::Instant { unit: TimeUnit::Micros }
    }

    #[test]
    fn documentation_and_detail_have_one_mark_between_them() {
        assert_eq!(comment("when it was placed", instant()), "when it was placed; UTC");
        assert_eq!(comment("When it was placed.", instant()), "When it was placed. UTC");
        assert_eq!(comment("Placed?", FieldType::String { max_length: Some(9) }), "Placed? at most 9 characters");
    }

    #[test]
    fn what_the_documentation_says_is_not_said_again() {
        assert_eq!(comment("When it was placed, UTC.", instant()), "When it was placed, UTC.");
        assert_eq!(comment("In OUTCOME order", instant()), "In OUTCOME order; UTC");
        assert_eq!(comment("UTC1 and xUTC", instant()), "UTC1 and xUTC; UTC");
    }

    #[test]
    fn what_is_deprecated_is_told_once() {
        let deprecated = |doc: &str| {
            let ty = FieldType::Boolean;
            let field = Field::required(&FieldPath::root(), "at", ty);
            let doc = Some(doc.to_owned());
            default_comment(&Field { doc, deprecated: true, ..field }, SchemaType::Protobuf)
        };
        assert_eq!(deprecated(""), "deprecated");
        assert_eq!(deprecated("The old way."), "The old way. deprecated");
        assert_eq!(deprecated("Deprecated: use the new one"), "Deprecated: use the new one");
    }

    #[test]
    fn the_symbols_of_an_enum_are_always_listed() {
        let symbols = vec!["A".to_owned()];
        assert_eq!(comment("A grade.", FieldType::Enum { symbols }), "A grade. A");
    }
}
