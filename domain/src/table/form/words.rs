//! Forms in Parquet's words, for people who look into a file.

use std::borrow::Cow;

use super::Form;
use crate::schema::{FieldType, TimeUnit};

impl Form {
    /// What the file holds of a field of type `ty`, as the reference of types has it.
    pub(in crate::table) fn words(self, ty: &FieldType) -> Cow<'static, str> {
        let words = match self {
            Self::Number => return number(ty),
            Self::Signed { bits } => return format!("INT{bits}, signed").into(),
            Self::Bytes => return bytes(ty),
            Self::Text => text(ty),
            Self::Boolean => "BOOLEAN",
            Self::Date => "DATE",
            Self::Time { unit: TimeUnit::Millis } => "TIME in milliseconds",
            Self::Time { .. } => "TIME in microseconds",
            Self::Utc { int96: true } => "INT96",
            Self::Utc { int96: false } => "TIMESTAMP in UTC",
            Self::Zoneless => "TIMESTAMP without a zone",
            Self::ZonelessOrEpoch => "TIMESTAMP without a zone, or INT64",
            Self::Epoch => "INT64",
            Self::SecondsAndNanos => "group of seconds and nanos",
            Self::YearMonthDay => "group of year, month and day",
            Self::HoursToNanos => "group of hours, minutes, seconds and nanos",
            Self::UnitsAndNanos => "units and nanos of the group",
            Self::List { levels: 1 } => "repeated field",
            Self::List { levels: 2 } => "two-level LIST",
            Self::List { .. } => "LIST",
            Self::Map => "MAP",
            Self::Pairs => "repeated group of key and value",
            Self::Group => "group",
            Self::Members => "group of member0, member1, …",
            Self::JsonText => "JSON text",
        };
        words.into()
    }
}

fn number(ty: &FieldType) -> Cow<'static, str> {
    match ty {
        FieldType::Integer { bits: 0 | 64, .. } => "INT64".into(),
        FieldType::Integer { .. } => "INT32".into(),
        FieldType::Float { bits: 32 } => "FLOAT".into(),
        FieldType::Decimal { precision, scale } => format!("DECIMAL({precision},{scale})").into(),
        _ => "DOUBLE".into(),
    }
}

fn bytes(ty: &FieldType) -> Cow<'static, str> {
    match ty {
        FieldType::Fixed { size } => format!("{size} bytes").into(),
        FieldType::UuidBytes => "16 bytes".into(),
        FieldType::Duration => "12 bytes".into(),
        FieldType::Decimal { precision, scale } => format!("DECIMAL({precision},{scale})").into(),
        _ => "bytes".into(),
    }
}

fn text(ty: &FieldType) -> &'static str {
    match ty {
        FieldType::Base64 => "base64 text",
        _ => "text",
    }
}
