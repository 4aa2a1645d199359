//! The columns around the payload: the event's envelope first, where each row was loaded from last. Names starting with `_EVENT_`
//! and `_LOAD` are theirs alone.

use super::{Attributes, Column, convert, form};
use crate::platform::WriterProfile;
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

/// File, row and time of the load. The time is that of the scan: CURRENT_TIMESTAMP in a pipe can be hours early.
pub(super) fn load_metadata() -> Vec<Column> {
    vec![
        column("_LOAD_FILE", Kind::Varchar(None), "", Expression::metadata(Metadata::FileName)),
        column(
            "_LOAD_ROW",
            Kind::Number { precision: 38, scale: 0 },
            "",
            Expression::metadata(Metadata::FileRowNumber),
        ),
        column("_LOADED_AT", Kind::TimestampLtz(9), "", Expression::metadata(Metadata::StartScanTime)),
    ]
}
