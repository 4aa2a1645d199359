//! The expression that fills a column of some type from a field, for what the writer profile `flink_rowdata_int64_utc` leaves in
//! the Parquet file. `None` means that the load cannot do it; the generated type and every edit go through this one function.

use std::collections::HashMap;
use std::mem::{Discriminant, discriminant};

use super::types::fitting_number;
use crate::schema::{FieldType, TimeUnit};
use crate::sql::{ColumnType, Expression, Kind, SourcePath, TryTo};
use crate::subject::SchemaType;

const DATE_FORMAT: &str = "YYYY-MM-DD";
const TIME_FORMAT: &str = "HH24:MI:SS.FF9";
const INSTANT_FORMAT: &str = "YYYY-MM-DD\"T\"HH24:MI:SS.FF9\"Z\"";
const LOCAL_FORMAT: &str = "YYYY-MM-DD\"T\"HH24:MI:SS.FF9";

/// What the file has of a field.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub ty: &'a FieldType,
    pub language: SchemaType,
    /// Whether it is JSON text, as of everything that Parquet cannot say.
    pub json_text: bool,
}

/// How the field at `path` becomes a value of `target`.
pub(super) fn expression(source: Source<'_>, path: &SourcePath, target: ColumnType) -> Option<Expression> {
    let Source { ty, language, json_text } = source;
    let value = Expression::value(path);
    match ty {
        _ if json_text => from_json_text(&value, ty, target),
        FieldType::Boolean => scalar(&value, target, matches!(target.kind(), Kind::Boolean)),
        FieldType::Integer { bits: bits @ (32 | 64), signed: false } => from_unsigned(&value, *bits, target),
        FieldType::Integer { .. } | FieldType::Float { .. } => {
            scalar(&value, target, matches!(target.kind(), Kind::Number { .. } | Kind::Float))
        }
        FieldType::Decimal { precision, scale } if fitting_number(*precision, *scale).is_none() => {
            let numeric = matches!(target.kind(), Kind::Varchar(_) | Kind::Number { .. } | Kind::Float);
            numeric.then(|| from_text(&value, target)).flatten()
        }
        FieldType::Decimal { .. } => scalar(&value, target, matches!(target.kind(), Kind::Number { .. } | Kind::Float)),
        FieldType::String { .. } => from_text(&value, target),
        FieldType::Uuid | FieldType::Enum { .. } => scalar(&value, target, false),
        FieldType::Bytes | FieldType::Fixed { .. } => from_bytes(&value, target),
        FieldType::UuidBytes if target.is_text() => Some(value.uuid_text()),
        FieldType::UuidBytes => from_bytes(&value, target),
        FieldType::Base64 => match target.kind() {
            Kind::Binary(_) => Some(value.try_to(TryTo::Base64)),
            _ => scalar(&value, target, false),
        },
        FieldType::Duration => from_duration(path, language, target),
        FieldType::Array { .. } => match target.kind() {
            Kind::Array => Some(value.cast(target)),
            _ => scalar(&value, target, false),
        },
        FieldType::Map { .. } | FieldType::Record { .. } => match target.kind() {
            Kind::Object => Some(value.cast(target)),
            _ => scalar(&value, target, false),
        },
        _ => from_time(ty, language, path, target),
    }
}

/// The types that fields can become, worked out once for fields of a kind.
#[derive(Debug, Default)]
pub(super) struct Menu(HashMap<(Discriminant<FieldType>, ColumnType), Vec<ColumnType>>);

impl Menu {
    /// The types that a field can become, its generated one first. What a field can become depends only on its kind and on that.
    pub(super) fn choices(&mut self, source: Source<'_>, default: ColumnType) -> Vec<ColumnType> {
        self.0.entry((discriminant(source.ty), default)).or_insert_with(|| choices(source, default)).clone()
    }
}

fn choices(source: Source<'_>, default: ColumnType) -> Vec<ColumnType> {
    let probe = SourcePath::top("x");
    let candidates = [
        Kind::Boolean,
        Kind::Number { precision: 38, scale: 0 },
        Kind::Float,
        Kind::Varchar(None),
        Kind::Binary(None),
        Kind::Date,
        Kind::Time(6),
        Kind::TimestampNtz(6),
        Kind::TimestampTz(6),
        Kind::TimestampLtz(6),
        Kind::Array,
        Kind::Object,
        Kind::Variant,
    ];
    let others = candidates
        .map(ColumnType::new)
        .into_iter()
        .filter(|candidate| discriminant(&candidate.kind()) != discriminant(&default.kind()))
        .filter(|candidate| expression(source, &probe, *candidate).is_some());
    std::iter::once(default).chain(others).collect()
}

/// A value whose cast means what it says: always to text and VARIANT, to `target` itself where `direct`.
fn scalar(value: &Expression, target: ColumnType, direct: bool) -> Option<Expression> {
    match target.kind() {
        _ if direct => Some(value.cast(target)),
        Kind::Varchar(_) => Some(value.text()),
        Kind::Variant => Some(value.or_sql_null()),
        _ => None,
    }
}

/// JSON text parsed. A list and a record are what the schema says, so the cast cannot fail where the text is JSON at all.
fn from_json_text(value: &Expression, ty: &FieldType, target: ColumnType) -> Option<Expression> {
    match (target.kind(), ty) {
        (Kind::Variant, _) => Some(value.parsed_json()),
        (Kind::Varchar(_), _) => Some(value.text()),
        (Kind::Array, FieldType::Array { .. }) | (Kind::Object, FieldType::Record { .. } | FieldType::Map { .. }) => {
            Some(value.parsed_json().cast(target))
        }
        _ => None,
    }
}

fn from_unsigned(value: &Expression, bits: u8, target: ColumnType) -> Option<Expression> {
    let unwrapped = value.unwrapped(bits);
    match target.kind() {
        Kind::Number { .. } | Kind::Float | Kind::Variant => Some(unwrapped.cast(target)),
        Kind::Varchar(_) => Some(unwrapped.text()),
        _ => None,
    }
}

/// Text, by the lenient conversions: what does not fit becomes NULL, where an error would cost the whole file.
fn from_text(value: &Expression, target: ColumnType) -> Option<Expression> {
    match target.kind() {
        Kind::Varchar(_) => Some(value.text()),
        Kind::Number { precision, scale } => Some(value.try_to(TryTo::Decimal { precision, scale })),
        Kind::Float => Some(value.try_to(TryTo::Double)),
        Kind::Boolean => Some(value.try_to(TryTo::Boolean)),
        Kind::Date => Some(value.try_to(TryTo::Date)),
        Kind::Time(_) => Some(value.try_to(TryTo::Time)),
        Kind::TimestampNtz(_) | Kind::TimestampTz(_) | Kind::TimestampLtz(_) => from_instant_text(value, target),
        Kind::Variant => Some(value.parsed_json()),
        Kind::Binary(_) | Kind::Object | Kind::Array => None,
    }
}

fn from_bytes(value: &Expression, target: ColumnType) -> Option<Expression> {
    match target.kind() {
        Kind::Binary(_) => Some(value.cast(Kind::Binary(None))),
        Kind::Varchar(_) => Some(value.hex()),
        _ => None,
    }
}

fn from_duration(path: &SourcePath, language: SchemaType, target: ColumnType) -> Option<Expression> {
    let value = Expression::value(path);
    match (language, target.kind()) {
        (SchemaType::Avro, _) => from_bytes(&value, target),
        (SchemaType::Json, _) => scalar(&value, target, false),
        (SchemaType::Protobuf, Kind::Number { .. } | Kind::Float) => Some(Expression::seconds(path).cast(target)),
        (SchemaType::Protobuf, _) => scalar(&value, target, false),
    }
}

fn from_instant_text(value: &Expression, target: ColumnType) -> Option<Expression> {
    let with_offset = value.try_cast(Kind::TimestampTz(9));
    match target.kind() {
        Kind::TimestampNtz(_) => Some(with_offset.in_utc().cast(target)),
        Kind::TimestampTz(_) | Kind::TimestampLtz(_) => Some(value.try_cast(target)),
        Kind::Date => Some(with_offset.in_utc().cast(Kind::TimestampNtz(9)).cast(target)),
        _ => scalar(value, target, false),
    }
}

fn from_time(ty: &FieldType, language: SchemaType, path: &SourcePath, target: ColumnType) -> Option<Expression> {
    let value = Expression::value(path);
    match (ty, target.kind()) {
        (FieldType::Date, Kind::Date) => Some(value.cast(target)),
        (FieldType::Date, Kind::TimestampNtz(_)) => Some(value.cast(Kind::Date).cast(target)),
        (FieldType::Date, Kind::Varchar(_)) => Some(value.cast(Kind::Date).formatted(DATE_FORMAT)),
        (FieldType::DateText, Kind::Date) => Some(value.try_to(TryTo::Date)),
        (FieldType::DateText, Kind::TimestampNtz(_)) => Some(value.try_to(TryTo::Date).cast(target)),
        (FieldType::Time { .. }, Kind::Time(_)) => Some(value.cast(target)),
        (FieldType::Time { .. }, Kind::Varchar(_)) => Some(value.cast(Kind::Time(9)).formatted(TIME_FORMAT)),
        (FieldType::TimeText, Kind::Time(_)) => Some(value.try_to(TryTo::Time)),
        (FieldType::DateText | FieldType::TimeText, Kind::Varchar(_)) => Some(value.text()),
        (FieldType::InstantText, _) => from_instant_text(&value, target),
        (FieldType::Instant { unit }, _) => {
            let grouped = language == SchemaType::Protobuf;
            from_timestamp(path, *unit, grouped, target, INSTANT_FORMAT)
        }
        (FieldType::LocalDateTime { unit }, _) => from_timestamp(path, *unit, false, target, LOCAL_FORMAT),
        (_, Kind::Variant) => Some(value.or_sql_null()),
        _ => None,
    }
}

/// A timestamp that holds UTC, or local time, without a zone. Seconds and Avro's nanos reach the file as plain integers, because
/// the writer knows only milliseconds and microseconds; a Protobuf `Timestamp` is a group.
fn from_timestamp(
    path: &SourcePath,
    unit: TimeUnit,
    grouped: bool,
    target: ColumnType,
    format: &str,
) -> Option<Expression> {
    let value = Expression::value(path);
    let (exact, digits) = match unit {
        TimeUnit::Millis | TimeUnit::Micros => (None, 6),
        TimeUnit::Nanos if grouped => (Some(Expression::seconds_and_nanos(path)), 9),
        TimeUnit::Seconds | TimeUnit::Nanos => (Some(value.epoch(unit.digits())), 9),
    };
    let at = |wanted: u8| match &exact {
        Some(exact) if wanted == digits => exact.clone(),
        Some(exact) => exact.cast(Kind::TimestampNtz(wanted)),
        None => value.cast(Kind::TimestampNtz(wanted)),
    };
    match target.kind() {
        Kind::TimestampNtz(wanted) => Some(at(wanted)),
        Kind::Date => Some(at(digits).cast(target)),
        Kind::Varchar(_) => Some(at(digits).formatted(format)),
        _ => None,
    }
}
