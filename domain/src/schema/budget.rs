//! How much of a schema is walked: a small text can stand for a hundred million columns, so counting happens while walking.

use super::{Schema, SchemaText};
use crate::diagnostic::Diagnostic;
use crate::schema::FieldPath;
use crate::schema::json::{self, Value};

/// The largest schema text that is read, in bytes.
pub const MAX_SCHEMA_BYTES: usize = 4 << 20;
/// The most fields that are kept, at all depths together.
pub const MAX_FIELDS: usize = 20_000;
/// The deepest nesting of fields that is kept.
pub const MAX_DEPTH: usize = 32;
/// The deepest nesting of brackets that a JSON text may have before it is parsed.
pub const MAX_JSON_NESTING: usize = 120;

/// The most bytes of documentation, symbols and defaults that are kept, counted where they are repeated.
pub const MAX_KEPT_TEXT: usize = 24 << 20;
/// The most bytes that the paths of all fields have together.
pub const MAX_PATH_TEXT: usize = 24 << 20;
/// How much work is done on one schema, in looks at a node or at an entry of a list; shared definitions count at each use.
pub const MAX_STEPS: usize = 1_000_000;
/// The longest name of a field or type, in bytes. Warehouses stop at 255 characters.
pub const MAX_NAME_BYTES: usize = 1_000;
/// The most bytes that a schema and its references have together.
pub const MAX_REFERENCED_BYTES: usize = 4 * MAX_SCHEMA_BYTES;

/// What is left while walking one schema. Readers ask before each field and stop where it says no.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    fields_left: usize,
    text_left: usize,
    path_left: usize,
    steps_left: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { fields_left: MAX_FIELDS, text_left: MAX_KEPT_TEXT, path_left: MAX_PATH_TEXT, steps_left: MAX_STEPS }
    }
}

impl Budget {
    /// Takes one field at `path` from the budget; false when nothing is left.
    pub fn take_field(&mut self, path: &FieldPath) -> bool {
        let bytes = path.segments().iter().map(String::len).sum();
        take(&mut self.fields_left, 1) && take(&mut self.path_left, bytes)
    }

    /// Takes so many bytes of text that will be kept; false when they are not left.
    pub fn take_text(&mut self, bytes: usize) -> bool {
        take(&mut self.text_left, bytes)
    }

    /// Takes so many looks at nodes of the schema; false when they are not left.
    pub fn take_steps(&mut self, steps: usize) -> bool {
        take(&mut self.steps_left, steps)
    }

    /// Whether a field at this path may have fields of its own.
    pub fn allows_depth(path: &FieldPath) -> bool {
        path.segments().len() < MAX_DEPTH
    }
}

fn take(from: &mut usize, count: usize) -> bool {
    let left = from.checked_sub(count);
    *from = left.unwrap_or(*from);
    left.is_some()
}

/// The reading of a text that is larger than [`MAX_SCHEMA_BYTES`].
pub fn too_large(bytes: usize) -> Schema {
    failed(
        "schema-too-large",
        format!("The schema has {bytes} bytes; at most {MAX_SCHEMA_BYTES} are read."),
        "Split the event, or move shared types into references.",
    )
}

/// The reading of a schema whose references are more than [`MAX_REFERENCED_BYTES`]; `None` if they are not.
pub fn too_much_referenced(source: &SchemaText) -> Option<Schema> {
    let bytes = source.text.len() + source.references.iter().map(|r| r.text.len()).sum::<usize>();
    (bytes > MAX_REFERENCED_BYTES).then(|| {
        failed(
            "schema-too-large",
            format!("The schema and its references have {bytes} bytes; at most {MAX_REFERENCED_BYTES} are read."),
            "Refer to smaller schemas.",
        )
    })
}

/// A reading without fields and with one error.
pub fn failed(code: &str, message: impl Into<String>, hint: &str) -> Schema {
    Schema { diagnostics: vec![Diagnostic::error(code, FieldPath::root(), message).hint(hint)], ..Schema::default() }
}

/// Parses JSON whose brackets nest no deeper than [`MAX_JSON_NESTING`]; the error is a whole reading that says where and why.
pub fn parse_json(text: &str) -> Result<Value<'_>, Schema> {
    json::parse(text.strip_prefix('\u{feff}').unwrap_or(text), MAX_JSON_NESTING).map_err(|error| {
        let deep = too_deep_at(text).map(|(line, column)| {
            failed(
                "schema-too-deep",
                format!("The schema nests deeper than {MAX_JSON_NESTING} brackets at line {line}, column {column}."),
                "Move the inner records into named types or references.",
            )
        });
        deep.unwrap_or_else(|| {
            failed(
                "schema-not-json",
                format!("The schema is not valid JSON: {error}."),
                "Correct the text at that place and register it again.",
            )
        })
    })
}

/// Where a text that could not be parsed opens too many brackets.
fn too_deep_at(text: &str) -> Option<(usize, usize)> {
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_JSON_NESTING {
            return Some(line_and_column(&text[..=at]));
        }
    }
    None
}

/// Where a text ends, counted from 1.
fn line_and_column(text: &str) -> (usize, usize) {
    let last = text.rsplit('\n').next().unwrap_or_default();
    (text.matches('\n').count() + 1, last.chars().count())
}
