//! What a table would hold of sample events: JSON through the writer and the reader, or as a row that comes without a file, and
//! through the expressions, without any bytes.

use std::collections::HashSet;

use serde_json::Value as Json;

use super::arriving::{Arriving, Record};
use super::datum::{Datum, record};
use super::evaluate::Row;
use super::held::BytesMark;
use super::json;
use super::load::Loader;
use super::reader::{Reader, read};
use super::shape::{Shape, Shaping, Writing};
use super::text;
use super::value::{Failure, Outcome, Scalar, Session, Value, Variant};
use super::writer::group;
use crate::schema::{FieldPath, Schema};
use crate::subject::SchemaType;
use crate::table::{Carrier, Context, Table};
use crate::topic::topic_of;

/// 2026-11-23T08:00:00Z, when sample events are made, in nanoseconds since 1970.
const MADE: i128 = 1_795_420_800_000_000_000;
/// How much later they are loaded.
const LATER: i128 = 90_000_000_000;

/// A table of sample rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The names of the columns, in the order of the table.
    pub columns: Vec<String>,
    /// A row for each event.
    pub rows: Vec<SampleRow>,
}

/// What becomes of one sample event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SampleRow {
    /// The cells of its row.
    Cells(Vec<Cell>),
    /// It is no event of the schema, or the writer cannot write it; one sentence.
    Problem(String),
}

/// A cell of a sample row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// NULL.
    Null,
    /// A value as text; of semi-structured ones JSON.
    Text(String),
    /// The value does not fit, so that the whole file of the event would be skipped; one sentence.
    Refused(String),
    /// The simulator has no model of the expression; what of it.
    NotSimulated(String),
}

/// What the table would hold of events given as JSON. It never fails: what is wrong stands in the row or cell.
pub fn sample(schema: &Schema, table: &Table, context: Context<'_>, events: &[Json]) -> Sample {
    let columns = table.columns().map(|column| column.name.clone()).collect();
    let truncates = context.design.load.truncate_columns == Some(true);
    let all = |problem: String| events.iter().map(|_| SampleRow::Problem(problem.clone())).collect();
    let rows = match (Bringing::of(schema, table, context), Loader::of(table, truncates)) {
        (None, _) => all(format!("{} cannot write a field of this schema.", context.writer_profile())),
        (_, Err(finding)) => all(finding.message),
        (Some(bringing), Ok(loader)) => {
            let row = |(i, event)| {
                let said = said(schema, context, i, event);
                match said.and_then(|said| bringing.row(schema, &said, i)) {
                    Ok(value) => loaded(&loader, &value, i),
                    Err(problem) => SampleRow::Problem(problem),
                }
            };
            events.iter().enumerate().map(row).collect()
        }
    };
    Sample { columns, rows }
}

/// What brings the rows: a file of this shape, or rows that come without one.
enum Bringing<'a> {
    File(Vec<(String, Shape)>, &'a Table),
    Rows(Arriving<'a>, String),
}

impl<'a> Bringing<'a> {
    fn of(schema: &Schema, table: &'a Table, context: Context<'a>) -> Option<Self> {
        let Carrier::Files(profile) = context.carrier() else {
            let arriving = Arriving {
                carrier: context.carrier(),
                language: context.schema_type,
                keys: &table.file_keys,
                envelope_header: context.platform.streaming.envelope_header.as_deref(),
            };
            return Some(Self::Rows(arriving, topic_of(context).name));
        };
        let json_text: HashSet<&FieldPath> =
            table.rows.iter().filter(|row| row.json_text).map(|row| &row.path).collect();
        let (language, writing) = (context.schema_type, Writing::of(profile));
        Some(Self::File(shape(schema, table, Shaping { language, writing, json_text: &json_text })?, table))
    }

    /// What `$1` is for an event.
    fn row(&self, schema: &Schema, said: &Said, i: usize) -> Result<Variant, String> {
        match self {
            Self::File(shape, table) => {
                let fields = said.payload.iter().map(|(name, datum)| (key(table, name.clone()), datum.clone()));
                let all: Vec<(String, Datum)> = said.envelope.iter().cloned().chain(fields).collect();
                let held = group(shape, &all).ok_or("The writer cannot write a value of this event.")?;
                read(&held, Reader::Vectorized).map_err(|failure| failure.to_string())
            }
            Self::Rows(arriving, topic) => {
                let sent_at = i64::try_from((MADE + LATER) / 1_000_000).unwrap_or_default();
                let record = Record { topic, partition: 0, offset: i as u64, sent_at };
                let row = arriving.row(&schema.fields, &said.envelope, &said.payload, record);
                row.ok_or_else(|| "Nobody knows what arrives of a value of this event.".to_owned())
            }
        }
    }
}

/// What an event and the envelope around it say.
struct Said {
    envelope: Vec<(String, Datum)>,
    payload: Vec<(String, Datum)>,
}

/// The shape of the whole file: the envelope, then the event's own fields under the keys that they have there.
fn shape(schema: &Schema, table: &Table, shaping: Shaping<'_>) -> Option<Vec<(String, Shape)>> {
    let text = |key: &str| (key.to_owned(), Shape::Bytes(BytesMark::Text));
    let envelope = [text("event_id"), ("created_at".to_owned(), shaping.creation_time())];
    let more = ["source", "schema_ref", "encoding", "custom_attributes"].map(text);
    let payload = shaping.fields(&schema.fields)?.into_iter().map(|(name, shape)| (key(table, name), shape));
    Some(envelope.into_iter().chain(more).chain(payload).collect())
}

fn key(table: &Table, name: String) -> String {
    table.file_keys.get(&name).cloned().unwrap_or(name)
}

fn said(schema: &Schema, context: Context<'_>, i: usize, event: &Json) -> Result<Said, String> {
    let Json::Object(entries) = event else { return Err("An event is a JSON object.".to_owned()) };
    let Datum::Record(payload) =
        record(&schema.fields, context.schema_type, entries).map_err(|mismatch| mismatch.to_string())?
    else {
        return Err("An event is a record.".to_owned());
    };
    let encoding = match context.schema_type {
        SchemaType::Avro => "AVRO",
        SchemaType::Protobuf => "PROTOBUF",
        SchemaType::Json => "JSON_SCHEMA",
    };
    let text = |key: &str, text: String| (key.to_owned(), Datum::Text(text));
    let created = MADE + i as i128 * 1_000_000_000;
    let envelope = vec![
        text("event_id", format!("00000000-0000-4000-a000-{:012x}", i + 1)),
        ("created_at".to_owned(), Datum::Instant(created)),
        text("source", "sample".to_owned()),
        text("schema_ref", format!("{}/{}", context.subject.as_str(), context.version)),
        text("encoding", encoding.to_owned()),
        text("custom_attributes", "{}".to_owned()),
    ];
    Ok(Said { envelope, payload })
}

fn loaded(loader: &Loader, value: &Variant, i: usize) -> SampleRow {
    let number = i as u64 + 1;
    let row = Row { value, file: "sample.parquet", number, scanned: MADE + LATER, session: Session::default() };
    SampleRow::Cells(loader.cells(row).map(cell).collect())
}

fn cell(outcome: Outcome) -> Cell {
    match outcome {
        Ok(Value::Null) => Cell::Null,
        Ok(Value::Scalar(scalar)) => Cell::Text(shown(&scalar)),
        Ok(Value::Variant(variant)) => Cell::Text(json::print(&variant)),
        Ok(Value::Array(items)) => Cell::Text(json::print(&Variant::Array(items))),
        Ok(Value::Object(entries)) => Cell::Text(json::print(&Variant::Object(entries))),
        Err(Failure::Refused(reason)) => Cell::Refused(reason),
        Err(Failure::NotSimulated(what)) => Cell::NotSimulated(what),
    }
}

/// A value with all of its digits after the second, unlike Snowflake's default format.
fn shown(scalar: &Scalar) -> String {
    let at = |clock: i128, format: &str| text::formatted(clock, None, format).unwrap_or_default();
    let trimmed = |text: String| text.trim_end_matches('0').trim_end_matches('.').to_owned();
    match scalar {
        Scalar::Time(nanos) => trimmed(at((*nanos).into(), "HH24:MI:SS.FF9")),
        Scalar::Ntz(clock) => trimmed(at(*clock, "YYYY-MM-DD HH24:MI:SS.FF9")),
        Scalar::Ltz(instant) | Scalar::Tz { instant, .. } => {
            format!("{} Z", trimmed(at(*instant, "YYYY-MM-DD HH24:MI:SS.FF9")))
        }
        other => text::shown(other),
    }
}
