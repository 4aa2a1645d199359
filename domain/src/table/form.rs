//! What a row holds of a field. It follows from the field's type, the schema's language and what brings the row, and what the load
//! can make of a field follows from it.

mod rows;
mod words;

use super::Carrier;
use super::types::fitting_number;
use crate::platform::{Writer, WriterProfile};
use crate::schema::{Field, FieldType, TimeUnit};
use crate::subject::SchemaType;

/// What the file, or the row, holds of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// True or false.
    Boolean,
    /// A number that means what it says.
    Number,
    /// An unsigned number in a signed one of as many bits: the upper half is negative.
    Signed { bits: u8 },
    /// UTF-8 text, whatever it stands for.
    Text,
    /// Bytes.
    Bytes,
    /// A date.
    Date,
    /// A time of day, with the digits that the writer keeps.
    Time { unit: TimeUnit },
    /// An instant, INT64 adjusted to UTC or INT96; the reader gives it the session's time zone.
    Utc { int96: bool },
    /// INT64 without a zone; the reader gives what the writer put in.
    Zoneless,
    /// INT64 without a zone or as a plain integer, by the version of Avro that the job runs with.
    ZonelessOrEpoch,
    /// A plain integer since 1970.
    Epoch,
    /// A group of `seconds` and `nanos`.
    SecondsAndNanos,
    /// A group of `year`, `month` and `day`, each 0 where it is not known.
    YearMonthDay,
    /// A group of `hours`, `minutes`, `seconds` and `nanos`.
    HoursToNanos,
    /// The `units` and `nanos` of a group, which are one amount.
    UnitsAndNanos,
    /// Bytes as base64.
    Base64,
    /// A date as the text of its midnight in UTC.
    IsoDate,
    /// A time of day as a text with the offset of the sender's zone on the first of January 1970.
    ZonedTime,
    /// A time of day as a number since midnight.
    EpochTime,
    /// JSON of any kind, as it is.
    Anything,
    /// A list of one, two or three levels; one is a repeated field that nothing marks as a list, and a list of JSON has none.
    List { levels: u8 },
    /// A map that is marked as one.
    Map,
    /// A map as a repeated group of `key` and `value`.
    Pairs,
    /// A record.
    Group,
    /// A group of `member0`, `member1` and so on, one for each type of a union.
    Members,
    /// JSON in text.
    JsonText,
}

/// What there is of a field of type `ty` in what `carrier` brings.
pub(super) fn form_of(ty: &FieldType, language: SchemaType, carrier: Carrier) -> Form {
    match carrier {
        Carrier::Files(profile) => in_file(ty, language, profile),
        Carrier::Job => rows::of_job(ty, language),
        Carrier::Connector => rows::of_connector(ty, language),
    }
}

/// What `profile` leaves of a field of type `ty` in the file. Where the writer is one library with its settings stated in the sink
/// job's values, the form is certain; only Avro's local timestamps depend on a version that nobody states.
fn in_file(ty: &FieldType, language: SchemaType, profile: WriterProfile) -> Form {
    let writer = profile.writer();
    match ty {
        FieldType::Boolean => Form::Boolean,
        FieldType::Integer { bits: bits @ (32 | 64), signed: false } => Form::Signed { bits: *bits },
        FieldType::Integer { .. } | FieldType::Float { .. } => Form::Number,
        FieldType::Decimal { precision, scale } if fitting_number(*precision, *scale).is_some() => Form::Number,
        FieldType::Decimal { .. } if writer == Writer::RowData => Form::Text,
        FieldType::Decimal { .. } | FieldType::Bytes | FieldType::Fixed { .. } | FieldType::UuidBytes => Form::Bytes,
        FieldType::Date => Form::Date,
        FieldType::Time { .. } if writer == Writer::RowData => Form::Time { unit: TimeUnit::Millis },
        FieldType::Time { unit } => Form::Time { unit: *unit },
        FieldType::Instant { unit } | FieldType::LocalDateTime { unit } => {
            let is_instant = matches!(ty, FieldType::Instant { .. });
            timestamp(*unit, is_instant, language, profile)
        }
        FieldType::Duration => match language {
            SchemaType::Avro => Form::Bytes,
            SchemaType::Protobuf => Form::SecondsAndNanos,
            SchemaType::Json => Form::Text,
        },
        FieldType::Array { .. } => Form::List { levels: levels(profile) },
        FieldType::Map { .. } if profile == WriterProfile::ProtoLegacy => Form::Pairs,
        FieldType::Map { .. } => Form::Map,
        FieldType::Record { name, fields } => record(name, fields, language),
        FieldType::Union { .. } if writer == Writer::Avro => Form::Members,
        FieldType::Union { .. } | FieldType::Json | FieldType::Recursive { .. } | FieldType::Truncated => Form::Group,
        _ => Form::Text,
    }
}

/// The type and form of the envelope's `created_at`: microseconds, or a `Timestamp` where the file is made of messages.
pub(super) fn of_creation_time(profile: WriterProfile) -> (FieldType, Form) {
    let (unit, language) = match profile.writer() {
        Writer::Protobuf => (TimeUnit::Nanos, SchemaType::Protobuf),
        Writer::Avro | Writer::RowData => (TimeUnit::Micros, SchemaType::Avro),
    };
    (FieldType::Instant { unit }, timestamp(unit, true, language, profile))
}

/// Seconds and Avro's nanoseconds are plain integers in every file, because the writers know only milliseconds and microseconds.
fn timestamp(unit: TimeUnit, is_instant: bool, language: SchemaType, profile: WriterProfile) -> Form {
    match (unit, profile) {
        (TimeUnit::Nanos, _) if is_instant && language == SchemaType::Protobuf => Form::SecondsAndNanos,
        (TimeUnit::Seconds | TimeUnit::Nanos, _) => Form::Epoch,
        (_, WriterProfile::FlinkRowdataInt96) => Form::Utc { int96: true },
        (_, WriterProfile::FlinkRowdataInt64Utc) => Form::Zoneless,
        _ if is_instant => Form::Utc { int96: false },
        _ => Form::ZonelessOrEpoch,
    }
}

fn levels(profile: WriterProfile) -> u8 {
    match profile {
        WriterProfile::ProtoLegacy => 1,
        WriterProfile::Avro2Level => 2,
        _ => 3,
    }
}

/// The messages of `google.type` that a column can hold as one value.
fn record(name: &str, fields: &[Field], language: SchemaType) -> Form {
    let has = |names: &[&str]| names.iter().all(|name| fields.iter().any(|field| field.name == *name));
    match name {
        _ if language != SchemaType::Protobuf => Form::Group,
        "google.type.Date" if has(&["year", "month", "day"]) => Form::YearMonthDay,
        "google.type.TimeOfDay" if has(&["hours", "minutes", "seconds", "nanos"]) => Form::HoursToNanos,
        _ => Form::Group,
    }
}
