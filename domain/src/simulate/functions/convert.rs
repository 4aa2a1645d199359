//! Conversions by name: `TO_…`, which fail where a value does not fit, and `TRY_TO_…` of texts, which then give NULL.

use super::scalars;
use crate::simulate::calendar::{self, SECOND};
use crate::simulate::cast::{cast, epoch, no_time};
use crate::simulate::decimal::Decimal;
use crate::simulate::text;
use crate::simulate::value::{Failure, Outcome, Scalar, Session, Value};
use crate::sql::{ColumnType, Kind};

pub(super) fn call(name: &str, values: &[Value], session: Session) -> Option<Outcome> {
    let (lenient, plain) = match name.strip_prefix("TRY_") {
        Some(plain) => (true, plain),
        None => (false, name),
    };
    let convert: fn(&[Scalar], Session) -> Outcome = match plain {
        "TO_BOOLEAN" => |values, session| single(values, Kind::Boolean, session),
        "TO_DOUBLE" => |values, session| single(values, Kind::Float, session),
        "TO_TIME" => time,
        "TO_DECIMAL" | "TO_NUMBER" | "TO_NUMERIC" => number,
        "TO_DATE" => date,
        "TO_BINARY" => binary,
        "TO_CHAR" | "TO_VARCHAR" => varchar,
        "TO_TIMESTAMP_NTZ" => |values, session| timestamp(values, Kind::TimestampNtz(9), session),
        "TO_TIMESTAMP_LTZ" => |values, session| timestamp(values, Kind::TimestampLtz(9), session),
        "TO_TIMESTAMP_TZ" => |values, session| timestamp(values, Kind::TimestampTz(9), session),
        "CEIL" | "FLOOR" if !lenient => return Some(whole(values, plain == "CEIL")),
        _ => return None,
    };
    if let (false, [value @ Value::Variant(_)]) = (lenient, values)
        && plain.starts_with("TO_TIMESTAMP")
    {
        // A number in a VARIANT is read otherwise than a number.
        let kind = match plain {
            "TO_TIMESTAMP_NTZ" => Kind::TimestampNtz(9),
            "TO_TIMESTAMP_LTZ" => Kind::TimestampLtz(9),
            _ => Kind::TimestampTz(9),
        };
        return Some(cast(value.clone(), kind.into(), session));
    }
    Some(converted(name, lenient, values, session, convert))
}

fn converted(
    name: &str,
    lenient: bool,
    values: &[Value],
    session: Session,
    convert: fn(&[Scalar], Session) -> Outcome,
) -> Outcome {
    if lenient && !matches!(values.first(), Some(Value::Null | Value::Scalar(Scalar::Text(_)))) {
        return Err(Failure::refused(format!("{name} takes a VARCHAR.")));
    }
    let Some(scalars) = scalars(values)? else { return Ok(Value::Null) };
    match convert(&scalars, session) {
        Err(Failure::Refused(_)) if lenient => Ok(Value::Null),
        outcome => outcome,
    }
}

fn unknown(values: &[Scalar]) -> Failure {
    let names: Vec<&str> = values.iter().map(Scalar::type_name).collect();
    Failure::unknown(format!("a conversion of {}", names.join(" and ")))
}

fn single(values: &[Scalar], kind: Kind, session: Session) -> Outcome {
    match values {
        [value] => cast(value.clone().into(), kind.into(), session),
        _ => Err(unknown(values)),
    }
}

fn number(values: &[Scalar], session: Session) -> Outcome {
    let small = |scalar: &Scalar| match scalar {
        Scalar::Number(number) => number.whole().and_then(|whole| u8::try_from(whole).ok()),
        _ => None,
    };
    let (precision, scale) = match values {
        [_] => (Some(38), Some(0)),
        [_, precision] => (small(precision), Some(0)),
        [_, precision, scale] => (small(precision), small(scale)),
        _ => (None, None),
    };
    let (Some(value), Some(precision), Some(scale)) = (values.first(), precision, scale) else {
        return Err(unknown(values));
    };
    let ty: ColumnType = format!("NUMBER({precision},{scale})")
        .parse()
        .map_err(|problem: crate::sql::TypeError| Failure::refused(problem.to_string()))?;
    cast(value.clone().into(), ty, session)
}

fn date(values: &[Scalar], session: Session) -> Outcome {
    match values {
        [value @ (Scalar::Number(_) | Scalar::Float(_))] => Err(unknown(std::slice::from_ref(value))),
        [value] => cast(value.clone().into(), Kind::Date.into(), session),
        [Scalar::Text(text), Scalar::Text(format)] if format.eq_ignore_ascii_case("YYYY-MM-DD") => {
            let days = calendar::date(text).map_err(|unread| no_time(unread, text))?;
            Ok(Scalar::Date(days).into())
        }
        _ => Err(unknown(values)),
    }
}

fn time(values: &[Scalar], session: Session) -> Outcome {
    match values {
        [Scalar::Text(text), Scalar::Text(format)] if format.eq_ignore_ascii_case("HH24:MI:SS.FF9") => {
            let nanos = calendar::time(text).map_err(|unread| no_time(unread, text))?;
            Ok(Scalar::Time(nanos).into())
        }
        _ => single(values, Kind::Time(9), session),
    }
}

fn binary(values: &[Scalar], session: Session) -> Outcome {
    match values {
        [value] => cast(value.clone().into(), Kind::Binary(None).into(), session),
        [Scalar::Text(text), Scalar::Text(format)] => {
            let bytes = match format.to_ascii_uppercase().as_str() {
                "HEX" => text::unhex(text),
                "BASE64" => unbase64(text),
                "UTF-8" | "UTF8" => Some(text.clone().into_bytes()),
                _ => return Err(Failure::refused(format!("There is no binary format {format:?}."))),
            };
            let bytes = bytes.ok_or_else(|| Failure::refused(format!("The text is not {format}.")))?;
            Ok(Scalar::Binary(bytes).into())
        }
        _ => Err(unknown(values)),
    }
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The bytes of base64 with its padding.
pub fn unbase64(text: &str) -> Option<Vec<u8>> {
    let letters = text.trim_end_matches('=');
    let padding = text.len() - letters.len();
    if padding > 2 || !text.len().is_multiple_of(4) {
        return None;
    }
    let (mut bytes, mut bits, mut count) = (vec![], 0u32, 0);
    for letter in letters.bytes() {
        let value = LETTERS.iter().position(|known| *known == letter)?;
        bits = (bits << 6 | u32::try_from(value).ok()?) & 0xff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).ok()?);
        }
    }
    Some(bytes)
}

/// Bytes as base64 with its padding.
pub fn base64(bytes: &[u8]) -> String {
    let of_three = |three: &[u8]| {
        let bits = (0..3).fold(0usize, |bits, i| bits << 8 | usize::from(three.get(i).copied().unwrap_or(0)));
        let letter =
            |place: usize| LETTERS.get(bits >> (18 - 6 * place) & 63).map_or('=', |letter| char::from(*letter));
        (0..4).map(|place| if place > three.len() { '=' } else { letter(place) }).collect::<String>()
    };
    bytes.chunks(3).map(of_three).collect()
}

fn varchar(values: &[Scalar], session: Session) -> Outcome {
    let shown =
        |clock: i128, offset: Option<i64>, format: &str| text::formatted(clock, offset, format).map(Value::from);
    let ahead = |offset: i64| i128::from(offset) * SECOND;
    match values {
        [value] => cast(value.clone().into(), Kind::Varchar(None).into(), session),
        [Scalar::Date(days), Scalar::Text(format)] => shown(i128::from(*days) * calendar::DAY, None, format),
        [Scalar::Time(nanos), Scalar::Text(format)] => shown(i128::from(*nanos), None, format),
        [Scalar::Ntz(clock), Scalar::Text(format)] => shown(*clock, None, format),
        [Scalar::Ltz(instant), Scalar::Text(format)] => {
            shown(instant + ahead(session.offset), Some(session.offset), format)
        }
        [Scalar::Tz { instant, offset }, Scalar::Text(format)] => {
            shown(instant + ahead(*offset), Some(*offset), format)
        }
        [Scalar::Binary(bytes), Scalar::Text(format)] if format.eq_ignore_ascii_case("UTF-8") => {
            let text = String::from_utf8(bytes.clone()).map_err(|_| Failure::refused("The bytes are not UTF-8."))?;
            Ok(text.into())
        }
        _ => Err(unknown(values)),
    }
}

/// A number counts since 1970 on a clock of UTC, in seconds or in their parts by the second value.
fn timestamp(values: &[Scalar], kind: Kind, session: Session) -> Outcome {
    let (number, digits) = match values {
        [Scalar::Number(number)] => (number, Some(0)),
        [Scalar::Number(number), Scalar::Number(digits)] => {
            (number, digits.whole().and_then(|digits| u32::try_from(digits).ok()).filter(|digits| *digits <= 9))
        }
        [value] => return cast(value.clone().into(), kind.into(), session),
        _ => return Err(unknown(values)),
    };
    let digits = digits.ok_or_else(|| Failure::refused("A timestamp has 0 to 9 digits after the second."))?;
    let instant = epoch(*number, digits)?;
    match kind {
        Kind::TimestampNtz(_) => Ok(Scalar::Ntz(instant).into()),
        Kind::TimestampLtz(_) => Ok(Scalar::Ltz(instant).into()),
        _ => Ok(Scalar::Tz { instant, offset: 0 }.into()),
    }
}

fn whole(values: &[Value], up: bool) -> Outcome {
    let Some(scalars) = scalars(values)? else { return Ok(Value::Null) };
    match scalars.as_slice() {
        [Scalar::Number(number)] => {
            let whole = if up { -number.negative().floor() } else { number.floor() };
            Decimal::new(whole, 0).map(Value::from).ok_or_else(|| unknown(&scalars))
        }
        [Scalar::Float(number)] => Ok(Scalar::Float(if up { number.ceil() } else { number.floor() }).into()),
        _ => Err(unknown(&scalars)),
    }
}
