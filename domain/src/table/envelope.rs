//! The columns around the payload: the event's envelope first, where each row was loaded from last. Names starting with `_EVENT_`
//! and `_LOAD` are theirs alone.

use std::collections::BTreeMap;

use super::naming::folded;
use super::rename::around;
use super::{Attributes, Carrier, Column, Context, Table, convert, form};
use crate::diagnostic::Diagnostic;
use crate::schema::FieldPath;
use crate::sql::{ColumnType, Expression, Kind, Metadata, SourcePath};

/// The names that the envelope has in the sink job's files, next to the payload's.
pub const ENVELOPE_KEYS: [&str; 6] =
    ["event_id", "created_at", "source", "schema_ref", "encoding", "custom_attributes"];

/// The key of a row that has what is known of its record, as Snowflake's connector calls it; the sink job does likewise.
pub const METADATA_KEY: &str = "RECORD_METADATA";
/// When the row was sent on, in milliseconds since 1970.
const SENT_AT_KEY: &str = "SnowflakeConnectorPushTime";

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
pub(super) fn envelope(context: Context<'_>) -> Vec<Column> {
    let value = |key: &str| part(key, context);
    let text = Kind::Varchar(None);
    let instant = Kind::TimestampNtz(6);
    let mut id = column("_EVENT_ID", Kind::Varchar(Some(36)), "envelope: event id", value("event_id").text());
    id.nullable = false;
    vec![
        id,
        column("_EVENT_CREATED_AT", instant, "envelope: creation time, UTC", created_at(context, instant)),
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

/// Where the row has a part of the envelope: beside the payload, or in the headers of the record that the connector has read.
fn part(key: &str, context: Context<'_>) -> Expression {
    if context.carrier() != Carrier::Connector {
        return Expression::value(&SourcePath::top(key));
    }
    let headers = SourcePath::top(METADATA_KEY).child("headers");
    match context.platform.streaming.envelope_header.as_deref() {
        Some(header) => Expression::value(&headers.child(header)).of_json_object(key),
        None => Expression::value(&headers.child(key)),
    }
}

fn created_at(context: Context<'_>, target: Kind) -> Expression {
    let Carrier::Files(profile) = context.carrier() else {
        return part("created_at", context).try_cast(Kind::TimestampTz(9)).in_utc().cast(target);
    };
    let (ty, form) = form::of_creation_time(profile);
    let path = SourcePath::top("created_at");
    let source = convert::Source { ty: &ty, form, path: &path };
    convert::expression(source, target.into()).unwrap_or_else(|| Expression::value(&path))
}

/// Where each row was loaded from: file, row and time of the scan, or the record's place in the topic and when it was sent on, and
/// what else of the file the design asks for. CURRENT_TIMESTAMP in a pipe can be hours early.
pub(super) fn load_metadata(context: Context<'_>) -> Vec<Column> {
    let whole = Kind::Number { precision: 38, scale: 0 };
    if !context.load_kind().has_files() {
        let of_record = |key: &str| Expression::value(&SourcePath::top(METADATA_KEY).child(key));
        return vec![
            column("_LOAD_TOPIC", Kind::Varchar(None), "", of_record("topic").text()),
            column("_LOAD_PARTITION", whole, "", of_record("partition").whole()),
            column("_LOAD_OFFSET", whole, "", of_record("offset").whole()),
            column("_LOADED_AT", Kind::TimestampLtz(9), "", of_record(SENT_AT_KEY).instant_of_millis()),
        ];
    }
    let edit = &context.design.load;
    let of_file = |name, kind, metadata| column(name, kind, "", Expression::metadata(metadata));
    let mut columns = vec![
        of_file("_LOAD_FILE", Kind::Varchar(None), Metadata::FileName),
        of_file("_LOAD_ROW", whole, Metadata::FileRowNumber),
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

/// Whether a table may be without the column, by what loads it and what the design asks for.
fn is_optional(name: &str) -> bool {
    let of_files = ["_LOAD_FILE", "_LOAD_ROW", "_LOAD_FILE_KEY", "_LOAD_FILE_MODIFIED_AT"];
    of_files.contains(&name) || ["_LOAD_TOPIC", "_LOAD_PARTITION", "_LOAD_OFFSET"].contains(&name)
}

fn misnamed(usual: &str, problem: String) -> Diagnostic {
    Diagnostic::error("column-names", FieldPath::root(), problem)
        .hint(format!("Ask the platform team to mend the name of {usual} in its configuration."))
}
