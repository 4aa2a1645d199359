//! Forms in Parquet's words or JSON's, for people who look into a file or at a row.

use std::borrow::Cow;

use super::super::Carrier;
use super::Form;
use crate::schema::{FieldType, TimeUnit};

impl Form {
    /// What the file or the row holds of a field of type `ty`, as the reference of types has it.
    pub(in crate::table) fn words(self, ty: &FieldType, carrier: Carrier) -> Cow<'static, str> {
        if matches!(carrier, Carrier::Files(_)) { self.in_parquet(ty) } else { self.in_json(ty).into() }
    }

    fn in_json(self, ty: &FieldType) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Number | Self::Epoch | Self::EpochTime => "number",
            Self::Signed { .. } => "number, signed",
            Self::Base64 => "base64 text",
            Self::IsoDate | Self::ZonedTime => "ISO text",
            Self::SecondsAndNanos => "object of seconds and nanos",
            Self::YearMonthDay => "object of year, month and day",
            Self::HoursToNanos => "object of hours, minutes, seconds and nanos",
            Self::UnitsAndNanos => "units and nanos of the object",
            Self::List { .. } => "array",
            Self::Map | Self::Group => "object",
            Self::Anything => "any JSON",
            _ => match ty {
                FieldType::Base64 => "base64 text",
                FieldType::Date
                | FieldType::Time { .. }
                | FieldType::Instant { .. }
                | FieldType::LocalDateTime { .. } => "ISO text",
                _ => "text",
            },
        }
    }

    fn in_parquet(self, ty: &FieldType) -> Cow<'static, str> {
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
            Self::Base64 | Self::IsoDate | Self::ZonedTime | Self::EpochTime | Self::Anything => self.in_json(ty),
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
