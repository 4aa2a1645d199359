//! The columns around the payload: the event's envelope first, where each row was loaded from last. Names starting with `_EVENT_`
//! and `_LOAD` are theirs alone.

use std::collections::BTreeMap;

use super::naming::folded;
use super::rename::around;
use super::{Attributes, Column, Table, convert, form};
use crate::design::LoadEdit;
use crate::diagnostic::Diagnostic;
use crate::platform::WriterProfile;
use crate::schema::FieldPath;
use crate::sql::{ColumnType, Expression, Kind, Metadata, SourcePath};

/// The names that the envelope has in the sink job's files, next to the payload's.
pub const ENVELOPE_KEYS: [&str; 6] =
    ["event_id", "created_at", "source", "schema_ref", "encoding", "custom_attributes"];

fn column(name: &str, kind: Kind, comment: &str, expression: Expression) -> Column {
    Column {
        name: name.to_owned(),
        ty: ColumnType::new(kind),
        nullable: true,
        comment: comment.to_owned(),
        attributes: Attributes::default(),
        expression,
        source: None,
    }
}

/// The six columns of the envelope. Only the id is NOT NULL; a blob of custom attributes that is no JSON becomes NULL.
pub(super) fn envelope(profile: WriterProfile) -> Vec<Column> {
    let value = |key: &str| Expression::value(&SourcePath::top(key));
    let text = Kind::Varchar(None);
    let instant = Kind::TimestampNtz(6);
    let mut id = column("_EVENT_ID", Kind::Varchar(Some(36)), "envelope: event id", value("event_id").text());
    id.nullable = false;
    vec![
        id,
        column("_EVENT_CREATED_AT", instant, "envelope: creation time, UTC", created_at(profile, instant)),
        column("_EVENT_SOURCE", text, "envelope: source", value("source").text()),
        column("_EVENT_SCHEMA_REF", text, "envelope: subject/version", value("schema_ref").text()),
        column("_EVENT_ENCODING", text, "envelope: AVRO, PROTOBUF or JSON_SCHEMA", value("encoding").text()),
        column(
            "_EVENT_CUSTOM_ATTRIBUTES",
            Kind::Variant,
            "envelope: non-schematized attributes",
            value("custom_attributes").parsed_json(),
        ),
    ]
}

fn created_at(profile: WriterProfile, target: Kind) -> Expression {
    let (ty, form) = form::of_creation_time(profile);
    let path = SourcePath::top("created_at");
    let source = convert::Source { ty: &ty, form, path: &path };
    convert::expression(source, target.into()).unwrap_or_else(|| Expression::value(&path))
}

/// File, row and time of the load, and what else of the file the design asks for. The time is that of the scan: CURRENT_TIMESTAMP in
/// a pipe can be hours early.
pub(super) fn load_metadata(edit: &LoadEdit) -> Vec<Column> {
    let of_file = |name, kind, metadata| column(name, kind, "", Expression::metadata(metadata));
    let mut columns = vec![
        of_file("_LOAD_FILE", Kind::Varchar(None), Metadata::FileName),
        of_file("_LOAD_ROW", Kind::Number { precision: 38, scale: 0 }, Metadata::FileRowNumber),
        of_file("_LOADED_AT", Kind::TimestampLtz(9), Metadata::StartScanTime),
    ];
    if edit.file_content_key == Some(true) {
        columns.push(of_file("_LOAD_FILE_KEY", Kind::Varchar(None), Metadata::FileContentKey));
    }
    if edit.file_last_modified == Some(true) {
        columns.push(of_file("_LOAD_FILE_MODIFIED_AT", Kind::TimestampNtz(9), Metadata::FileLastModified));
    }
    columns
}

/// Gives the columns around the payload the names that the platform has for them.
pub(super) fn rename(table: &mut Table, names: &BTreeMap<String, String>) {
    for (usual, wanted) in names {
        let is_free = table.envelope.iter().chain(&table.load_metadata).all(|c| folded(&c.name) != folded(wanted));
        let column = table.envelope.iter_mut().chain(&mut table.load_metadata).find(|c| c.name == *usual);
        match (column, around(wanted)) {
            (Some(column), Ok(name)) if is_free => column.name = name,
            (Some(_), Ok(_)) => {
                table.diagnostics.push(misnamed(usual, format!("{wanted} is the name of another column.")))
            }
            (Some(_), Err(problem)) => table.diagnostics.push(misnamed(usual, problem)),
            (None, _) if is_optional(usual) => {}
            (None, _) => {
                table.diagnostics.push(misnamed(usual, format!("{usual} is no column of the envelope or the load.")));
            }
        }
    }
}

fn is_optional(name: &str) -> bool {
    matches!(name, "_LOAD_FILE_KEY" | "_LOAD_FILE_MODIFIED_AT")
}

fn misnamed(usual: &str, problem: String) -> Diagnostic {
    Diagnostic::error("column-names", FieldPath::root(), problem)
        .hint(format!("Ask the platform team to mend the name of {usual} in its configuration."))
}
