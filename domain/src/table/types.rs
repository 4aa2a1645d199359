//! Which column type a field gets and why. Numbers and texts get room to grow, because a type that is too narrow costs a whole
//! file; what the warehouse cannot hold exactly becomes text or semi-structured.

use std::borrow::Cow;

use super::form::Form;
use crate::schema::FieldType;
use crate::sql::{ColumnType, Kind, MAX_NUMBER_PRECISION};
use crate::subject::SchemaType;

/// Why a column has its type, one sentence.
type Reason = Cow<'static, str>;

/// The largest scale of a NUMBER.
const MAX_NUMBER_SCALE: u32 = 37;

/// The type that a field's column gets, and the reason as one sentence.
pub(super) fn default_type(ty: &FieldType, form: Form, language: SchemaType) -> (ColumnType, Reason) {
    let (kind, reason) = match ty {
        _ if form == Form::UnitsAndNanos => (
            Kind::Number { precision: 38, scale: 9 },
            "The amount: whole units and nanos in one number, exact to the nanounit.".into(),
        ),
        FieldType::Boolean | FieldType::Integer { .. } | FieldType::Float { .. } | FieldType::Decimal { .. } => {
            number(ty, form)
        }
        FieldType::Date
        | FieldType::DateText
        | FieldType::Time { .. }
        | FieldType::TimeText
        | FieldType::Instant { .. }
        | FieldType::InstantText
        | FieldType::LocalDateTime { .. }
        | FieldType::Duration => time(ty, form),
        FieldType::Array { .. }
        | FieldType::Map { .. }
        | FieldType::Record { .. }
        | FieldType::Union { .. }
        | FieldType::Json
        | FieldType::Recursive { .. }
        | FieldType::Truncated => nested(ty, form),
        _ => text_or_bytes(ty, language),
    };
    (kind.into(), reason)
}

fn number(ty: &FieldType, form: Form) -> (Kind, Reason) {
    match ty {
        FieldType::Integer { bits: 64, signed: false } if form == Form::Number => (
            Kind::Number { precision: 20, scale: 0 },
            "The largest unsigned 64-bit number has 20 digits.".into(),
        ),
        FieldType::Integer { bits: 64, signed: false } => (
            Kind::Number { precision: 20, scale: 0 },
            "The largest unsigned 64-bit number has 20 digits; the file holds it in a signed one, which the load takes back."
                .into(),
        ),
        FieldType::Integer { bits: 0, .. } => {
            (whole(), "The schema sets no bound, so the column has all the digits that there are.".into())
        }
        FieldType::Integer { bits, .. } => (
            whole(),
            format!("A {bits}-bit integer; digits cost nothing in Snowflake, and the column need not change if it grows.").into(),
        ),
        FieldType::Float { bits } => {
            (Kind::Float, format!("A {bits}-bit floating point number; every FLOAT in Snowflake has 64 bits.").into())
        }
        FieldType::Decimal { precision, scale } => match fitting_number(*precision, *scale) {
            Some(kind) => (kind, "An exact decimal, digit for digit as the schema has it.".into()),
            None if form == Form::Bytes => (
                Kind::Binary(None),
                format!("A NUMBER holds {MAX_NUMBER_PRECISION} digits at most, and the file has the bytes of this decimal.").into(),
            ),
            None => (
                Kind::Varchar(None),
                format!("A NUMBER holds {MAX_NUMBER_PRECISION} digits at most, so this decimal can only be kept as text.").into(),
            ),
        },
        _ => (Kind::Boolean, "True or false in both.".into()),
    }
}

const fn whole() -> Kind {
    Kind::Number { precision: 38, scale: 0 }
}

/// The NUMBER that holds a decimal exactly, or `None` if there is none. A scale above the precision needs as many digits.
pub(super) fn fitting_number(precision: u32, scale: u32) -> Option<Kind> {
    let digits = precision.max(scale).max(1);
    if digits > MAX_NUMBER_PRECISION || scale > MAX_NUMBER_SCALE {
        return None;
    }
    Some(Kind::Number { precision: u8::try_from(digits).ok()?, scale: u8::try_from(scale).ok()? })
}

fn text_or_bytes(ty: &FieldType, language: SchemaType) -> (Kind, Reason) {
    match ty {
        FieldType::Bytes => (Kind::Binary(None), "Bytes; the default length can hold 8 MB.".into()),
        FieldType::Fixed { size } => (
            Kind::Binary(None),
            format!("Always {size} bytes, but without a bound: Snowflake can never lengthen a BINARY column.").into(),
        ),
        FieldType::Base64 => {
            (Kind::Binary(None), "Base64 text, decoded while loading; NULL where it is not base64.".into())
        }
        FieldType::Uuid if language == SchemaType::Json => (
            Kind::Varchar(None),
            "A UUID by its format, which JSON Schema does not enforce, so it is not bounded.".into(),
        ),
        FieldType::Uuid => (Kind::Varchar(Some(36)), "A UUID written as text has 36 characters.".into()),
        FieldType::UuidBytes => {
            (Kind::Varchar(Some(36)), "Sixteen bytes, turned into the 36 characters of a UUID while loading.".into())
        }
        FieldType::Enum { .. } => (
            Kind::Varchar(None),
            "An enum is kept as its symbol; the symbols are in the comment, so that a new one needs no change.".into(),
        ),
        _ => (
            Kind::Varchar(None),
            "Text without a bound, because one value over a bound would cost its whole file, or its row.".into(),
        ),
    }
}

fn time(ty: &FieldType, form: Form) -> (Kind, Reason) {
    match ty {
        FieldType::Date => (Kind::Date, "A calendar date in both.".into()),
        FieldType::DateText => (Kind::Date, "A date written as YYYY-MM-DD; NULL where the text is no date.".into()),
        FieldType::Time { unit } if matches!(form, Form::Time { unit: kept } if kept != *unit) => (
            Kind::Time(unit.digits()),
            "A time of day; the sink job writes milliseconds, so finer digits are lost.".into(),
        ),
        FieldType::Time { unit } => (Kind::Time(unit.digits()), "A time of day with the schema's digits.".into()),
        FieldType::TimeText => (
            Kind::Varchar(None),
            "A time by its format has an offset from UTC, which Snowflake's TIME cannot hold, so it stays text.".into(),
        ),
        FieldType::Instant { unit } => (
            Kind::TimestampNtz(unit.digits()),
            "An instant, held in UTC without a zone, so that no session's time zone can shift it.".into(),
        ),
        FieldType::InstantText => (
            Kind::TimestampNtz(6),
            "An instant written as text, turned into UTC while loading; NULL where the text is no timestamp.".into(),
        ),
        FieldType::LocalDateTime { unit } => {
            (Kind::TimestampNtz(unit.digits()), "A date and time without a zone in both.".into())
        }
        _ if matches!(form, Form::Bytes | Form::Base64) => (
            Kind::Binary(None),
            "Avro writes a duration as 12 bytes of months, days and milliseconds, which the load cannot decode.".into(),
        ),
        _ if form == Form::Text => (Kind::Varchar(None), "A duration written as text.".into()),
        _ => (Kind::Number { precision: 38, scale: 9 }, "A length of time in seconds, exact to the nanosecond.".into()),
    }
}

fn nested(ty: &FieldType, form: Form) -> (Kind, Reason) {
    match ty {
        _ if form == Form::JsonText => json_text(ty),
        _ if form == Form::Anything => {
            (Kind::Variant, "A value of more than one shape, kept as the JSON that it is.".into())
        }
        _ if form == Form::IsoDate => (Kind::Date, "A calendar date in both.".into()),
        _ if form == Form::ZonedTime => (Kind::Time(3), "A time of day, of which milliseconds arrive.".into()),
        FieldType::Array { .. } => (Kind::Array, "A list stays one column.".into()),
        FieldType::Map { .. } if form == Form::Pairs => {
            (Kind::Variant, "A map stays one column; the file has it as a list of keys with their values.".into())
        }
        FieldType::Map { .. } => {
            (Kind::Variant, "A map stays one semi-structured column, because its keys are data.".into())
        }
        FieldType::Record { fields, .. } if fields.is_empty() => {
            (Kind::Variant, "A record without fields has nothing to load, and Parquet cannot hold it.".into())
        }
        FieldType::Record { .. } if form == Form::YearMonthDay => {
            (Kind::Date, "Year, month and day in one date; NULL where one of them is unknown.".into())
        }
        FieldType::Record { .. } if form == Form::HoursToNanos => {
            (Kind::Time(9), "Hours, minutes, seconds and nanos in one time of day.".into())
        }
        FieldType::Record { .. } => (
            Kind::Variant,
            "A record stays one semi-structured column; expand it to give its fields columns of their own.".into(),
        ),
        FieldType::Union { .. } => (
            Kind::Variant,
            "One of several types, each under its number in the schema; expand it to give each a column of its own."
                .into(),
        ),
        FieldType::Recursive { .. } => (Kind::Variant, "It contains itself, so it has no columns of its own.".into()),
        FieldType::Truncated => (Kind::Variant, "It nests too deep to be walked, so it stays one column.".into()),
        _ => (Kind::Variant, "Any JSON value, in the groups of the message that stands for it.".into()),
    }
}

fn json_text(ty: &FieldType) -> (Kind, Reason) {
    match ty {
        FieldType::Array { .. } => (Kind::Array, written_as_text("A list of")),
        FieldType::Map { .. } => (Kind::Variant, written_as_text("A map of")),
        FieldType::Record { .. } => (Kind::Variant, written_as_text("A record with")),
        FieldType::Union { .. } => {
            (Kind::Variant, "One of several types: the sink job writes it as JSON text, which the load parses.".into())
        }
        FieldType::Recursive { .. } => {
            (Kind::Variant, "It contains itself: the sink job writes it as JSON text, which the load parses.".into())
        }
        FieldType::Truncated => (
            Kind::Variant,
            "It nests too deep to be walked: the sink job writes it as JSON text, which the load parses.".into(),
        ),
        _ => (Kind::Variant, "Any JSON value: the sink job writes it as JSON text, which the load parses.".into()),
    }
}

fn written_as_text(what: &str) -> Reason {
    format!(
        "{what} values that Parquet has no type for: the sink job writes all of it as JSON text, which the load parses."
    )
    .into()
}
