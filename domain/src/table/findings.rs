//! What there is to say about a column: the risks of its type, and edits that could not be followed. Each is a sentence that names
//! the risk, and one that says what to do.

use super::form::Form;
use super::narrow::{Loss, loss};
use super::places::Place;
use super::types::fitting_number;
use super::{Context, Naming, Row};
use crate::design::{ColumnEdit, MAX_COMMENT_CHARS};
use crate::diagnostic::Diagnostic;
use crate::platform::WriterProfile;
use crate::schema::{FieldPath, FieldType};
use crate::sql::{ColumnType, Identifier, Kind, TypeError};
use crate::subject::{SchemaType, Version};

/// What the field's own type makes risky, if its column is kept.
pub(super) fn of_field(row: &Row, place: &Place<'_>, edit: &ColumnEdit, context: Context<'_>) -> Vec<Diagnostic> {
    if !row.kept {
        return vec![];
    }
    let at = || row.path.clone();
    let has_files = context.load_kind().has_files();
    let mut found = vec![];
    match &place.field.ty {
        FieldType::Decimal { precision, scale } if fitting_number(*precision, *scale).is_none() => {
            // Nobody else says how JSON becomes Parquet, so the form in docs/types.md is the one that the job writes.
            let accepted = edit.column_type.is_some() || context.schema_type == SchemaType::Json;
            found.push(if has_files {
                large_decimal(row, place, *precision, *scale, accepted)
            } else {
                Diagnostic::note("decimal-too-large", at(), too_large(*precision, *scale))
            });
        }
        FieldType::Record { .. } if has_files && place.field.ty.is_empty_record() => found.push(
            Diagnostic::error("record-empty", at(), "The record has no fields, and Parquet cannot hold such a group.")
                .hint("Leave the column out."),
        ),
        _ => {}
    }
    found
}

/// The field's key in the file is the envelope's, so it has another.
pub(super) fn other_key(row: &Row, key: &str) -> Diagnostic {
    let message = format!("The envelope has {} as well, so the sink job writes this field as {key}.", row.field_name);
    Diagnostic::note("envelope-key", row.path.clone(), message)
}

/// The own column of an expanded record has the file's strings, because only the columns of its fields parse them.
pub(super) fn json_text_inside(record: &Row, inner: &Row) -> Diagnostic {
    let message = format!(
        "The sink job writes {} as JSON text, because Parquet has no type for it; in this column of the whole record it stays a string.",
        inner.path
    );
    Diagnostic::warning("json-text-inside", record.path.clone(), message)
        .hint("Read it from the columns of the record's fields and drop this one, or use PARSE_JSON in queries.")
}

/// What there is to say about a generated name that the user has not replaced.
pub(super) fn of_name(row: &Row, told_apart: bool, context: Context<'_>) -> Option<Diagnostic> {
    let edit = context.design.columns.get(&row.path);
    let is_replaced = edit.is_some_and(|edit| edit.name.is_some() || edit.keep == Some(false));
    let name = &row.default.name;
    if is_replaced || !row.kept_by_default {
        return None;
    }
    if told_apart {
        let message = format!("Another column would have the same name, so this one is called {name}.");
        let found = Diagnostic::warning("name-collision", row.path.clone(), message);
        return Some(found.hint("Rename it to a name that says how the two differ."));
    }
    if Identifier(name).is_plain() || context.naming() == Naming::Preserve {
        return None;
    }
    let message = format!("Every query must write {} in double quotes, exactly so.", Identifier(name));
    Some(Diagnostic::note("name-needs-quotes", row.path.clone(), message).hint("Rename it with plain letters."))
}

fn too_large(precision: u32, scale: u32) -> String {
    format!("A NUMBER cannot hold decimal({precision},{scale}): it has at most 38 digits, 37 of them after the point.")
}

fn large_decimal(row: &Row, place: &Place<'_>, precision: u32, scale: u32, accepted: bool) -> Diagnostic {
    let message = too_large(precision, scale);
    if place.form == Form::Bytes {
        return Diagnostic::error("decimal-too-large", row.path.clone(), message).hint(format!(
            "Lower its precision in the schema, drop the column, or choose {}, which can write it as text.",
            WriterProfile::default()
        ));
    }
    if accepted {
        return Diagnostic::warning("decimal-too-large", row.path.clone(), message)
            .hint("Make sure that the sink job writes it as text.");
    }
    Diagnostic::error("decimal-too-large", row.path.clone(), message).hint(
        "Lower its precision in the schema, drop the column, or choose VARCHAR if the sink job writes it as text.",
    )
}

/// Only records can be expanded.
pub(super) fn not_expandable(row: &Row, place: &Place<'_>) -> Diagnostic {
    if row.column.ty == ColumnType::new(Kind::Array) {
        let message =
            "A list cannot become rows while loading: a COPY makes one row of each event and may not FLATTEN.";
        return Diagnostic::error("expand-impossible", row.path.clone(), message)
            .hint("Take the edit back, and use LATERAL FLATTEN in a query or a view.");
    }
    let message = if matches!(place.form, Form::IsoDate | Form::ZonedTime) {
        format!("Kafka Connect makes one text of {}, so that its fields do not arrive.", row.path)
    } else {
        format!("Only a record with fields can be expanded, and this is {}.", row.field_type)
    };
    Diagnostic::error("expand-impossible", row.path.clone(), message).hint("Take the edit back.")
}

/// The comment was cut.
pub(super) fn comment_too_long(row: &Row) -> Diagnostic {
    let message = format!("A comment has at most {MAX_COMMENT_CHARS} characters; the rest is cut off.");
    Diagnostic::error("comment-too-long", row.path.clone(), message).hint("Shorten it.")
}

/// NOT NULL on a payload column.
pub(super) fn not_null(row: &Row, context: Context<'_>) -> Diagnostic {
    let message = if context.load_kind().has_files() {
        format!("NOT NULL: one event without {} makes Snowpipe skip the whole file.", row.path)
    } else {
        format!("NOT NULL: an event without {} is not loaded, and is set aside in the table's error table.", row.path)
    };
    Diagnostic::warning("not-null", row.path.clone(), message)
        .hint("Let the column be NULL, and test for it in a query.")
}

/// A default where the event has another member of the oneof.
pub(super) fn default_in_oneof(row: &Row) -> Diagnostic {
    let message = format!(
        "{} is a member of a oneof: with a default it has a value also where another member is set, and a column of the oneof's case says this one.",
        row.path
    );
    Diagnostic::warning("default-in-oneof", row.path.clone(), message)
        .hint("Take the default back, and let NULL say that another member is set.")
}

/// The name is another column's.
pub(super) fn name_taken(row: &Row, wanted: &str, holder: &str) -> Diagnostic {
    let message = format!("{wanted} is already the name of {holder}; names may not differ by case alone.");
    Diagnostic::error("name-taken", row.path.clone(), message)
        .hint(format!("Choose another name; until then it is called {}.", row.default.name))
}

/// What was typed is no type.
pub(super) fn bad_type(row: &Row, problem: &TypeError) -> Diagnostic {
    let code = if matches!(problem, TypeError::NotLoadable(_)) { "type-impossible" } else { "type-invalid" };
    Diagnostic::error(code, row.path.clone(), problem.to_string()).hint(format!("Use {}.", alternatives(row)))
}

/// The load cannot make this type of the field.
pub(super) fn impossible_type(row: &Row, ty: ColumnType) -> Diagnostic {
    let message = format!("The load cannot fill {ty} from a field of type {}.", row.field_type);
    Diagnostic::error("type-impossible", row.path.clone(), message).hint(format!("Use {}.", alternatives(row)))
}

fn alternatives(row: &Row) -> String {
    let names: Vec<String> = row.choices.iter().map(ToString::to_string).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

/// What the chosen type loses.
pub(super) fn loss_of_type(row: &Row, ty: &FieldType, truncates: bool) -> Option<Diagnostic> {
    let (code, message) = match loss(ty, row.column.ty)? {
        Loss::TooNarrow(_) if truncates && row.column.ty.is_text() => {
            ("type-lossy", format!("Texts that are too long for {} are cut.", row.column.ty))
        }
        Loss::TooNarrow(message) => ("type-too-narrow", message),
        Loss::Lossy(message) => ("type-lossy", message),
    };
    Some(Diagnostic::warning(code, row.path.clone(), message).hint(format!("Use {}.", row.default.ty)))
}

/// An edit of a field that the schema no longer has.
pub(super) fn edit_without_field(path: &FieldPath, edit: &ColumnEdit, version: Version) -> Diagnostic {
    let lost = what(edit);
    let message = format!("Version {version} has no field {path}, so this edit does nothing: {lost}.");
    Diagnostic::warning("edit-without-field", path.clone(), message)
        .hint("Reset the edit, or make it again on the field that took its place.")
}

/// An edit inside a record that is not expanded.
pub(super) fn edit_not_shown(path: &FieldPath) -> Diagnostic {
    let message =
        format!("{path} has no column of its own, because what it is in is not expanded; its edit does nothing.");
    Diagnostic::warning("edit-not-shown", path.clone(), message).hint("Expand the record, or reset the edit.")
}

fn what(edit: &ColumnEdit) -> String {
    let quoted = |word: &str, text: &Option<String>| {
        text.as_ref().map(|text| format!("{word} {}", super::comment::shortened(text, 60)))
    };
    let keep = edit.keep.map(|keep| if keep { "keep" } else { "drop" }.to_owned());
    let nullable = edit.nullable.map(|nullable| if nullable { "NULL" } else { "NOT NULL" }.to_owned());
    let expand = edit.expand.map(|expand| if expand { "expand" } else { "do not expand" }.to_owned());
    let parts = [
        keep,
        quoted("name", &edit.name),
        quoted("type", &edit.column_type),
        nullable,
        quoted("comment", &edit.comment),
        expand,
        quoted("default", &edit.default),
        quoted("masking policy", &edit.masking_policy),
        edit.tags.as_ref().map(|tags| format!("{} tags", tags.len())),
        quoted("collation", &edit.collation),
        edit.after.as_ref().map(|_| "move".to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
