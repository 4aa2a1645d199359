//! Casts between SQL's types as Snowflake makes them, and what a column accepts.

use super::calendar::{self, DAY, SECOND, Said, Unread};
use super::decimal::Decimal;
use super::json;
use super::text;
use super::value::{Failure, Outcome, Scalar, Session, Value, Variant};
use crate::sql::{ColumnType, Kind};

/// How far from 1970 a timestamp may be here, in nanoseconds: far beyond any that a column holds, and yet free of overflow.
const FARTHEST: i128 = 1 << 96;

/// `value::ty`
pub fn cast(value: Value, ty: ColumnType, session: Session) -> Outcome {
    let kind = ty.kind();
    match value {
        Value::Null => Ok(Value::Null),
        Value::Variant(Variant::Null) if kind != Kind::Variant => Ok(Value::Null),
        Value::Variant(Variant::Scalar(Scalar::Number(number))) if is_of_time(kind) => {
            of_number_in_variant(number, kind, session)
        }
        value if kind == Kind::Variant => Ok(value.into_variant().map_or(Value::Null, Value::Variant)),
        value => match value.plain() {
            Value::Scalar(scalar) => of_scalar(scalar, ty, session),
            Value::Array(items) => match kind {
                Kind::Array => Ok(Value::Array(items)),
                _ => of_json(Variant::Array(items), "An ARRAY", ty),
            },
            Value::Object(entries) => match kind {
                Kind::Object => Ok(Value::Object(entries)),
                Kind::Array => Ok(Value::Array(vec![Variant::Object(entries)])),
                _ => of_json(Variant::Object(entries), "An OBJECT", ty),
            },
            other => Ok(other),
        },
    }
}

/// `TRY_CAST(value AS ty)`: only of text, and NULL where it does not fit.
pub fn try_cast(value: Value, ty: ColumnType, session: Session) -> Outcome {
    match value {
        Value::Null | Value::Scalar(Scalar::Text(_)) => match cast(value, ty, session) {
            Err(Failure::Refused(_)) => Ok(Value::Null),
            outcome => outcome,
        },
        other => Err(Failure::refused(format!("TRY_CAST takes a VARCHAR, not {}.", other.type_name()))),
    }
}

/// A value as a column of a type keeps it. Unlike a cast, it does not cut a text that is too long.
pub fn assign(value: Value, ty: ColumnType, session: Session) -> Outcome {
    if let (Kind::Varchar(Some(most)), Ok(Value::Scalar(Scalar::Text(text)))) =
        (ty.kind(), cast(value.clone(), Kind::Varchar(None).into(), session))
    {
        let length = text.chars().count();
        if length > most as usize {
            return Err(Failure::refused(format!("A text of {length} characters is too long for {ty}.")));
        }
    }
    cast(value, ty, session)
}

fn is_of_time(kind: Kind) -> bool {
    matches!(kind, Kind::Date | Kind::Time(_) | Kind::TimestampNtz(_) | Kind::TimestampLtz(_) | Kind::TimestampTz(_))
}

fn misfit(from: &str, ty: ColumnType) -> Failure {
    Failure::refused(format!("{from} cannot be cast to {ty}."))
}

fn of_json(value: Variant, from: &str, ty: ColumnType) -> Outcome {
    match ty.kind() {
        Kind::Varchar(most) => Ok(cut(json::print(&value), most)),
        _ => Err(misfit(from, ty)),
    }
}

/// A number in a VARIANT is seconds since 1970 on a clock of UTC, which the session's clock then shows.
fn of_number_in_variant(number: Decimal, kind: Kind, session: Session) -> Outcome {
    let seconds = number.whole().ok_or_else(|| Failure::unknown("a timestamp of a fraction in a VARIANT"))?;
    match kind {
        Kind::TimestampNtz(_) | Kind::TimestampLtz(_) | Kind::TimestampTz(_) => {
            let instant = seconds.checked_mul(SECOND).filter(|nanos| nanos.abs() < FARTHEST);
            let instant = instant.ok_or_else(|| Failure::refused("The number is no timestamp."))?;
            of_scalar(Scalar::Ltz(instant), kind.into(), session)
        }
        _ => Err(Failure::unknown("a date or time of a number in a VARIANT")),
    }
}

fn of_scalar(scalar: Scalar, ty: ColumnType, session: Session) -> Outcome {
    let value = match ty.kind() {
        Kind::Varchar(most) => return to_text(&scalar, session).map(|text| cut(text, most)),
        Kind::Number { precision, scale } => Scalar::Number(to_number(&scalar, precision, scale, ty)?),
        Kind::Float => Scalar::Float(to_float(&scalar, ty)?),
        Kind::Boolean => Scalar::Boolean(to_boolean(&scalar, ty)?),
        Kind::Binary(most) => to_binary(scalar, most, ty)?,
        Kind::Date => Scalar::Date(to_date(&scalar, ty, session)?),
        Kind::Time(digits) => Scalar::Time(to_time(&scalar, digits, ty, session)?),
        Kind::TimestampNtz(digits) => Scalar::Ntz(shortened(to_clock(&scalar, ty, session)?, digits)),
        Kind::TimestampLtz(digits) => Scalar::Ltz(shortened(to_instant(&scalar, ty, session)?.0, digits)),
        Kind::TimestampTz(digits) => {
            let (instant, offset) = to_instant(&scalar, ty, session)?;
            Scalar::Tz { instant: shortened(instant, digits), offset }
        }
        Kind::Array => return Ok(Value::Array(vec![Variant::Scalar(scalar)])),
        Kind::Object => return Err(misfit(scalar.type_name(), ty)),
        Kind::Variant => return Ok(Value::Variant(Variant::Scalar(scalar))),
    };
    Ok(value.into())
}

/// A text as an explicit cast keeps it: cut to its length.
fn cut(text: String, most: Option<u32>) -> Value {
    match most {
        Some(most) => text.chars().take(most as usize).collect::<String>().into(),
        None => text.into(),
    }
}

fn to_text(scalar: &Scalar, session: Session) -> Outcome<String> {
    match scalar {
        Scalar::Float(number) if *number != 0.0 && !(1e-5..1e15).contains(&number.abs()) => {
            Err(Failure::unknown("the text of a very large or small FLOAT"))
        }
        Scalar::Ltz(instant) => Ok(text::shown(&Scalar::Tz { instant: *instant, offset: session.offset })),
        other => Ok(text::shown(other)),
    }
}

fn to_number(scalar: &Scalar, precision: u8, scale: u8, ty: ColumnType) -> Outcome<Decimal> {
    let exact = match scalar {
        Scalar::Number(number) => Some(*number),
        Scalar::Float(number) => Decimal::of_float(*number),
        Scalar::Text(text) => Decimal::parse(text.trim()),
        Scalar::Boolean(boolean) => Some(Decimal::from(i64::from(*boolean))),
        other => return Err(misfit(other.type_name(), ty)),
    };
    let fitting = exact.and_then(|number| number.rescaled(scale.into())).filter(|number| number.fits(precision.into()));
    fitting.ok_or_else(|| Failure::refused(format!("{} does not fit into {ty}.", text::shown(scalar))))
}

fn to_float(scalar: &Scalar, ty: ColumnType) -> Outcome<f64> {
    match scalar {
        Scalar::Number(number) => Ok(number.to_float()),
        Scalar::Float(number) => Ok(*number),
        Scalar::Boolean(boolean) => Ok(f64::from(u8::from(*boolean))),
        Scalar::Text(text) => {
            let written = text.trim();
            let is_number = written.bytes().any(|byte| byte.is_ascii_digit()) && !written.contains(['x', 'X', '_']);
            let special = ["nan", "inf", "-inf"].contains(&written.to_ascii_lowercase().as_str());
            let number = written.parse().ok().filter(|_| is_number || special);
            number.ok_or_else(|| Failure::refused(format!("{text:?} is not a number.")))
        }
        other => Err(misfit(other.type_name(), ty)),
    }
}

fn to_boolean(scalar: &Scalar, ty: ColumnType) -> Outcome<bool> {
    match scalar {
        Scalar::Boolean(boolean) => Ok(*boolean),
        Scalar::Number(number) => Ok(*number != Decimal::ZERO),
        Scalar::Float(number) => Ok(*number != 0.0),
        Scalar::Text(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "t" | "yes" | "y" | "on" | "1" => Ok(true),
            "false" | "f" | "no" | "n" | "off" | "0" => Ok(false),
            _ => Err(Failure::refused(format!("{text:?} is neither true nor false."))),
        },
        other => Err(misfit(other.type_name(), ty)),
    }
}

fn to_binary(scalar: Scalar, most: Option<u32>, ty: ColumnType) -> Outcome<Scalar> {
    let bytes = match scalar {
        Scalar::Binary(bytes) => bytes,
        Scalar::Text(text) => text::unhex(&text).ok_or_else(|| Failure::refused("The text is not hexadecimal."))?,
        other => return Err(misfit(other.type_name(), ty)),
    };
    if most.is_some_and(|most| bytes.len() > most as usize) {
        return Err(Failure::refused(format!("{} bytes are too long for {ty}.", bytes.len())));
    }
    Ok(Scalar::Binary(bytes))
}

fn to_date(scalar: &Scalar, ty: ColumnType, session: Session) -> Outcome<i64> {
    match scalar {
        Scalar::Date(days) => Ok(*days),
        Scalar::Time(_) => Err(misfit("TIME", ty)),
        other => {
            let clock = to_clock(other, ty, session)?;
            i64::try_from(clock.div_euclid(DAY)).map_err(|_| misfit(other.type_name(), ty))
        }
    }
}

fn to_time(scalar: &Scalar, digits: u8, ty: ColumnType, session: Session) -> Outcome<i64> {
    let nanos = match scalar {
        Scalar::Time(nanos) => i128::from(*nanos),
        Scalar::Text(text) => calendar::time(text).map(i128::from).map_err(|unread| no_time(unread, text))?,
        Scalar::Date(_) => return Err(misfit("DATE", ty)),
        other => to_clock(other, ty, session)?.rem_euclid(DAY),
    };
    i64::try_from(shortened(nanos, digits)).map_err(|_| misfit(scalar.type_name(), ty))
}

/// What a clock shows at a timestamp: its own if it has one, else the session's.
fn to_clock(scalar: &Scalar, ty: ColumnType, session: Session) -> Outcome<i128> {
    match scalar {
        Scalar::Ntz(clock) => Ok(*clock),
        Scalar::Ltz(instant) => Ok(instant + i128::from(session.offset) * SECOND),
        Scalar::Tz { instant, offset } => Ok(instant + i128::from(*offset) * SECOND),
        Scalar::Date(days) => Ok(i128::from(*days) * DAY),
        Scalar::Text(text) => match said(text)? {
            Said { clock, offset: None } => Ok(clock),
            _ => Err(Failure::unknown("a text with an offset as a TIMESTAMP_NTZ")),
        },
        Scalar::Number(number) => epoch(*number, 0),
        other => Err(misfit(other.type_name(), ty)),
    }
}

/// The instant of a timestamp and the seconds that its clock is ahead of UTC.
fn to_instant(scalar: &Scalar, ty: ColumnType, session: Session) -> Outcome<(i128, i64)> {
    let here = |clock: i128| (clock - i128::from(session.offset) * SECOND, session.offset);
    match scalar {
        Scalar::Ltz(instant) => Ok((*instant, session.offset)),
        Scalar::Tz { instant, offset } => Ok((*instant, *offset)),
        Scalar::Text(text) => match said(text)? {
            Said { clock, offset: Some(offset) } => Ok((clock - i128::from(offset) * SECOND, offset)),
            Said { clock, offset: None } => Ok(here(clock)),
        },
        other => Ok(here(to_clock(other, ty, session)?)),
    }
}

/// A number of seconds, or of their parts by `digits`, since 1970.
pub(super) fn epoch(number: Decimal, digits: u32) -> Outcome<i128> {
    let scaled = number.rescaled(0).and_then(|whole| whole.whole());
    let nanos = scaled.zip(10i128.checked_pow(9u32.saturating_sub(digits))).and_then(|(n, unit)| n.checked_mul(unit));
    nanos.filter(|nanos| nanos.abs() < FARTHEST).ok_or_else(|| Failure::refused(format!("{number} is no timestamp.")))
}

/// What a text says, whether in ISO form or as a number since 1970, whose size tells its unit.
fn said(text: &str) -> Outcome<Said> {
    if let Some(number) = Decimal::parse(text.trim()).and_then(Decimal::whole).filter(|_| !text.contains(['.', 'e'])) {
        let digits = match number.unsigned_abs() {
            0..31_536_000_000 => 0,
            31_536_000_000..31_536_000_000_000 => 3,
            31_536_000_000_000..31_536_000_000_000_000 => 6,
            _ => 9,
        };
        let whole = Decimal::new(number, 0).ok_or_else(|| no_time(Unread::Never, text))?;
        return Ok(Said { clock: epoch(whole, digits)?, offset: None });
    }
    calendar::timestamp(text).map_err(|unread| no_time(unread, text))
}

pub(super) fn no_time(unread: Unread, text: &str) -> Failure {
    match unread {
        Unread::Never => Failure::refused(format!("{text:?} is no date or time.")),
        Unread::Perhaps => Failure::unknown(format!("{text:?} as a date or time, which is in no ISO form")),
    }
}

/// With so many digits after the second; the rest is dropped.
fn shortened(nanos: i128, digits: u8) -> i128 {
    let unit = 10i128.pow(9u32.saturating_sub(digits.into()));
    nanos.div_euclid(unit) * unit
}
