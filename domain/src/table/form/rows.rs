//! Forms in rows that come as JSON: those that the sink job sends are the contract of its values, those of the connector are what its
//! converters and its serializer make of a type.

use super::super::types::fitting_number;
use super::{Form, record};
use crate::schema::{FieldType, TimeUnit};
use crate::subject::SchemaType;

/// What a row of the sink job has of a field. JSON has no type for what is exact, binary or a time, so such values are texts.
pub(super) fn of_job(ty: &FieldType, language: SchemaType) -> Form {
    match ty {
        FieldType::Integer { .. } | FieldType::Float { .. } => Form::Number,
        FieldType::Bytes | FieldType::Fixed { .. } => Form::Base64,
        FieldType::Record { name, fields } => record(name, fields, language),
        _ => of_both(ty, language),
    }
}

/// What the connector sends of a field, with the converter of the schema's language and the settings of its configuration.
pub(super) fn of_connector(ty: &FieldType, language: SchemaType) -> Form {
    let is_avro = language == SchemaType::Avro;
    match ty {
        FieldType::Integer { bits: 64, signed: false } => Form::Signed { bits: 64 },
        FieldType::Integer { .. } | FieldType::Float { .. } => Form::Number,
        FieldType::Decimal { precision, scale } if fitting_number(*precision, *scale).is_some() => Form::Number,
        FieldType::Bytes | FieldType::Fixed { .. } | FieldType::UuidBytes => Form::Base64,
        FieldType::Date => Form::IsoDate,
        FieldType::Time { unit: TimeUnit::Millis } => Form::ZonedTime,
        FieldType::Time { .. } => Form::EpochTime,
        // Only milliseconds are a timestamp for Confluent's converter of Avro; every other unit stays the number that it is.
        FieldType::Instant { unit } if is_avro && *unit != TimeUnit::Millis => Form::Epoch,
        FieldType::LocalDateTime { .. } => Form::Epoch,
        FieldType::Record { name, .. } if language == SchemaType::Protobuf && name == "google.type.Date" => {
            Form::IsoDate
        }
        FieldType::Record { name, .. } if language == SchemaType::Protobuf && name == "google.type.TimeOfDay" => {
            Form::ZonedTime
        }
        FieldType::Record { .. } => Form::Group,
        _ => of_both(ty, language),
    }
}

fn of_both(ty: &FieldType, language: SchemaType) -> Form {
    match ty {
        FieldType::Boolean => Form::Boolean,
        FieldType::Duration => match language {
            SchemaType::Avro => Form::Base64,
            SchemaType::Protobuf => Form::SecondsAndNanos,
            SchemaType::Json => Form::Text,
        },
        FieldType::Array { .. } => Form::List { levels: 0 },
        FieldType::Map { .. } => Form::Map,
        FieldType::Union { .. } | FieldType::Json | FieldType::Recursive { .. } | FieldType::Truncated => {
            Form::Anything
        }
        _ => Form::Text,
    }
}
