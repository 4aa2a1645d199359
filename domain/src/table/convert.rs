//! The expression that fills a column of some type from what the file holds of a field. `None` means that the load cannot do it; the
//! generated type and every edit go through this one function.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::mem::{Discriminant, discriminant};
use std::sync::Arc;

use super::form::Form;
use super::{Context, iceberg};
use crate::schema::{FieldType, TimeUnit};
use crate::sql::{ColumnType, Expression, Kind, SourcePath, TryTo};

const DATE_FORMAT: &str = "YYYY-MM-DD";
const TIME_FORMAT: &str = "HH24:MI:SS.FF9";
const INSTANT_FORMAT: &str = "YYYY-MM-DD\"T\"HH24:MI:SS.FF9\"Z\"";
const LOCAL_FORMAT: &str = "YYYY-MM-DD\"T\"HH24:MI:SS.FF9";

/// A value in the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    /// What it means.
    pub ty: &'a FieldType,
    /// What it is.
    pub form: Form,
    /// Where it is.
    pub path: &'a SourcePath,
}

/// How a value becomes one of type `target`.
pub(super) fn expression(source: Source<'_>, target: ColumnType) -> Option<Expression> {
    let Source { ty, form, path } = source;
    let value = Expression::value(path);
    match form {
        Form::JsonText => from_json_text(&value, ty, target),
        Form::Boolean => scalar(&value, target, matches!(target.kind(), Kind::Boolean)),
        Form::Number => scalar(&value, target, matches!(target.kind(), Kind::Number { .. } | Kind::Float)),
        Form::Signed { bits } => from_signed(&value, bits, target),
        Form::Text => from_text(&value, &said_in_text(ty), target),
        Form::Base64 => from_base64(&value, ty, target),
        Form::IsoDate => {
            from_date(&value.first_ten().try_to(TryTo::Date), target).or_else(|| scalar(&value, target, false))
        }
        Form::ZonedTime | Form::EpochTime => from_time_of_row(source, target),
        Form::Anything => scalar(&value, target, false),
        Form::Bytes if *ty == FieldType::UuidBytes && target.is_text() => Some(value.uuid_text()),
        Form::Bytes => from_bytes(&value, target),
        Form::Date => from_date(&value.cast(Kind::Date), target).or_else(|| scalar(&value, target, false)),
        Form::Time { .. } => match target.kind() {
            Kind::Varchar(_) => Some(value.cast(Kind::Time(9)).formatted(TIME_FORMAT)),
            _ => scalar(&value, target, matches!(target.kind(), Kind::Time(_))),
        },
        Form::SecondsAndNanos if *ty == FieldType::Duration => match target.kind() {
            Kind::Number { .. } | Kind::Float => Some(Expression::whole_and_nanos(path, "seconds").cast(target)),
            _ => scalar(&value, target, false),
        },
        Form::Utc { .. } | Form::Zoneless | Form::ZonelessOrEpoch | Form::Epoch | Form::SecondsAndNanos => {
            from_timestamp(source, target)
        }
        Form::YearMonthDay => {
            from_date(&Expression::year_month_day(path), target).or_else(|| from_group(&value, target))
        }
        Form::HoursToNanos => from_hours(path, target),
        Form::UnitsAndNanos => match target.kind() {
            Kind::Number { .. } | Kind::Float => Some(Expression::whole_and_nanos(path, "units").cast(target)),
            _ => None,
        },
        Form::List { .. } | Form::Pairs => scalar(&value, target, matches!(target.kind(), Kind::Array)),
        Form::Map | Form::Group | Form::Members => from_group(&value, target),
    }
}

/// What the types that a field can become depend on, and nothing else: its kind, its form, its generated type, and whether the
/// table is one of Iceberg.
type Case = (Discriminant<FieldType>, Form, ColumnType, bool);

/// The most cases that are remembered; there are a few hundred but for decimals.
const MOST_CASES: usize = 4_096;

thread_local! {
    /// The types are the same at every keystroke, and to find them is to write a dozen expressions.
    static FOUND: RefCell<HashMap<Case, Arc<[ColumnType]>>> = RefCell::default();
}

/// The types that a field can become, its generated one first.
pub(super) fn choices_of(source: Source<'_>, default: ColumnType, context: Context<'_>) -> Arc<[ColumnType]> {
    let is_iceberg = context.is_iceberg();
    let case = (discriminant(source.ty), source.form, default, is_iceberg);
    let made = || if is_iceberg { of_iceberg(source, default) } else { choices(source, default) };
    FOUND.with_borrow_mut(|found| {
        if found.len() >= MOST_CASES {
            found.clear();
        }
        found.entry(case).or_insert_with(|| made().into()).clone()
    })
}

fn of_iceberg(source: Source<'_>, default: ColumnType) -> Vec<ColumnType> {
    let mut fitting: Vec<ColumnType> = vec![];
    for ty in choices(source, default).into_iter().map(iceberg::fitting) {
        if !fitting.contains(&ty) && expression(source, ty).is_some() {
            fitting.push(ty);
        }
    }
    fitting
}

fn choices(source: Source<'_>, default: ColumnType) -> Vec<ColumnType> {
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
        .filter(|candidate| expression(source, *candidate).is_some());
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

fn from_group(value: &Expression, target: ColumnType) -> Option<Expression> {
    scalar(value, target, matches!(target.kind(), Kind::Object))
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

fn from_signed(value: &Expression, bits: u8, target: ColumnType) -> Option<Expression> {
    let unwrapped = value.unwrapped(bits);
    match target.kind() {
        Kind::Number { .. } | Kind::Float | Kind::Variant => Some(unwrapped.cast(target)),
        Kind::Varchar(_) => Some(unwrapped.text()),
        _ => None,
    }
}

/// What a text of a row stands for, where the field itself is none.
fn said_in_text(ty: &FieldType) -> Cow<'_, FieldType> {
    match ty {
        FieldType::Date => Cow::Owned(FieldType::DateText),
        FieldType::Time { .. } => Cow::Owned(FieldType::TimeText),
        FieldType::Instant { .. } => Cow::Owned(FieldType::InstantText),
        other => Cow::Borrowed(other),
    }
}

fn from_base64(value: &Expression, ty: &FieldType, target: ColumnType) -> Option<Expression> {
    let bytes = value.try_to(TryTo::Base64);
    match target.kind() {
        Kind::Binary(_) => Some(bytes),
        Kind::Varchar(_) if *ty == FieldType::UuidBytes => Some(bytes.uuid_of_bytes()),
        Kind::Varchar(_) => Some(bytes.hex_of_bytes()),
        _ => None,
    }
}

/// A time of day as the connector sends it: a text of the sender's zone, or a number since midnight.
fn from_time_of_row(source: Source<'_>, target: ColumnType) -> Option<Expression> {
    let value = Expression::value(source.path);
    let time = match (source.form, source.ty) {
        (Form::EpochTime, FieldType::Time { unit }) => value.epoch(unit.digits()),
        (Form::EpochTime, _) => return None,
        _ => value.on_first_day().in_utc().cast(Kind::TimestampNtz(9)),
    };
    match target.kind() {
        Kind::Time(_) => Some(time.cast(target)),
        Kind::Varchar(_) => Some(time.cast(Kind::Time(9)).formatted(TIME_FORMAT)),
        Kind::Variant => Some(value.or_sql_null()),
        _ => None,
    }
}

/// Text that stands for something, by the lenient conversions: what does not fit becomes NULL, where an error would cost the whole
/// file.
fn from_text(value: &Expression, ty: &FieldType, target: ColumnType) -> Option<Expression> {
    match (ty, target.kind()) {
        (_, Kind::Varchar(_)) => Some(value.text()),
        (FieldType::String { .. } | FieldType::Decimal { .. }, Kind::Number { precision, scale }) => {
            Some(value.try_to(TryTo::Decimal { precision, scale }))
        }
        (FieldType::String { .. } | FieldType::Decimal { .. }, Kind::Float) => Some(value.try_to(TryTo::Double)),
        (FieldType::Decimal { .. }, _) => None,
        (FieldType::String { .. }, Kind::Boolean) => Some(value.try_to(TryTo::Boolean)),
        (FieldType::String { .. }, Kind::Variant) => Some(value.parsed_json()),
        (FieldType::String { .. } | FieldType::TimeText, Kind::Time(_)) => Some(value.try_to(TryTo::Time)),
        (FieldType::LocalDateTime { .. }, Kind::TimestampNtz(_) | Kind::Date) => Some(value.try_cast(target)),
        (FieldType::DateText, Kind::TimestampNtz(_)) => Some(value.try_to(TryTo::Date).cast(target)),
        (FieldType::String { .. } | FieldType::DateText, Kind::Date) => Some(value.try_to(TryTo::Date)),
        (FieldType::String { .. } | FieldType::InstantText, _) => from_instant_text(value, target),
        (FieldType::Base64, Kind::Binary(_)) => Some(value.try_to(TryTo::Base64)),
        (_, Kind::Variant) => Some(value.or_sql_null()),
        _ => None,
    }
}

fn from_instant_text(value: &Expression, target: ColumnType) -> Option<Expression> {
    let with_offset = value.try_cast(Kind::TimestampTz(9));
    match target.kind() {
        Kind::TimestampNtz(_) => Some(with_offset.in_utc().cast(target)),
        Kind::TimestampTz(_) | Kind::TimestampLtz(_) => Some(value.try_cast(target)),
        Kind::Date => Some(with_offset.in_utc().cast(Kind::TimestampNtz(9)).cast(target)),
        Kind::Variant => Some(value.or_sql_null()),
        _ => None,
    }
}

fn from_bytes(value: &Expression, target: ColumnType) -> Option<Expression> {
    match target.kind() {
        Kind::Binary(_) => Some(value.cast(Kind::Binary(None))),
        Kind::Varchar(_) => Some(value.hex()),
        _ => None,
    }
}

fn from_date(date: &Expression, target: ColumnType) -> Option<Expression> {
    match target.kind() {
        Kind::Date => Some(date.clone()),
        Kind::TimestampNtz(_) => Some(date.cast(target)),
        Kind::Varchar(_) => Some(date.formatted(DATE_FORMAT)),
        _ => None,
    }
}

fn from_hours(path: &SourcePath, target: ColumnType) -> Option<Expression> {
    let time = Expression::hours_to_nanos(path);
    match target.kind() {
        Kind::Time(9) => Some(time),
        Kind::Time(_) => Some(time.cast(target)),
        Kind::Varchar(_) => Some(time.formatted(TIME_FORMAT)),
        _ => from_group(&Expression::value(path), target),
    }
}

/// A date and time in UTC, or a local one, without a zone. Each form has the one expression that is right for it in any session's
/// time zone; only where the form itself is not certain does the load ask which one it is.
fn from_timestamp(source: Source<'_>, target: ColumnType) -> Option<Expression> {
    let (unit, format) = match source.ty {
        FieldType::Instant { unit } => (*unit, INSTANT_FORMAT),
        FieldType::LocalDateTime { unit } => (*unit, LOCAL_FORMAT),
        _ => return None,
    };
    let value = Expression::value(source.path);
    let digits = if matches!(unit, TimeUnit::Millis | TimeUnit::Micros) { 6 } else { 9 };
    let in_utc = || value.with_session_zone().in_utc();
    let at = |wanted: u8| match source.form {
        Form::Utc { .. } => in_utc().cast(Kind::TimestampNtz(wanted)),
        Form::ZonelessOrEpoch => value.timestamp_of_any_form(unit.digits(), wanted),
        Form::Epoch => exactly(value.epoch(unit.digits()), wanted),
        Form::SecondsAndNanos => exactly(Expression::seconds_and_nanos(source.path), wanted),
        _ => value.cast(Kind::TimestampNtz(wanted)),
    };
    let keeps_zone = matches!(source.form, Form::Utc { .. }) && matches!(source.ty, FieldType::Instant { .. });
    match target.kind() {
        Kind::TimestampNtz(wanted) => Some(at(wanted)),
        Kind::TimestampLtz(_) if keeps_zone => Some(value.cast(target)),
        Kind::TimestampTz(_) if keeps_zone => Some(in_utc().cast(target)),
        Kind::Date => Some(at(digits).cast(target)),
        Kind::Varchar(_) => Some(at(digits).formatted(format)),
        _ => None,
    }
}

/// What has nine digits already, with fewer where fewer are wanted.
fn exactly(timestamp: Expression, wanted: u8) -> Expression {
    if wanted == 9 { timestamp } else { timestamp.cast(Kind::TimestampNtz(wanted)) }
}
