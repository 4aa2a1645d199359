//! JSON Schema's strings, numbers and enumerations.

use super::kind::{Kind, distinct};
use crate::schema::FieldType;
use crate::schema::json::{Members, Value};

/// The schemas that hold at the same time.
pub type Parts<'s> = [&'s Members<'s>];

/// What a keyword says in each part that has it.
pub fn all<'p, 's>(parts: &'p Parts<'s>, keyword: &'p str) -> impl Iterator<Item = &'s Value<'s>> + use<'p, 's> {
    parts.iter().filter_map(move |part| part.get(keyword))
}

/// A string, by its format and encoding. Formats that have no type of their own are plain text.
pub fn string(parts: &Parts<'_>) -> FieldType {
    if all(parts, "contentEncoding").filter_map(Value::as_str).any(|e| e.eq_ignore_ascii_case("base64")) {
        return FieldType::Base64;
    }
    let formats = all(parts, "format").filter_map(Value::as_str);
    let typed = formats.filter_map(|format| match format {
        "date-time" => Some(FieldType::InstantText),
        "date" => Some(FieldType::DateText),
        "time" => Some(FieldType::TimeText),
        "uuid" => Some(FieldType::Uuid),
        _ => None,
    });
    let max_length = all(parts, "maxLength").filter_map(whole).min();
    typed.into_iter().next().unwrap_or(FieldType::String { max_length })
}

/// An integer: 64 bits if it is bounded on both sides within them, exact to the digits of a bound beyond them, else unbounded.
pub fn integer(parts: &Parts<'_>) -> FieldType {
    let bounds = |keywords: [&'static str; 2]| keywords.into_iter().flat_map(|keyword| all(parts, keyword));
    let (below, above) = (["minimum", "exclusiveMinimum"], ["maximum", "exclusiveMaximum"]);
    let fits = |keywords| bounds(keywords).any(fits_64_bits);
    let format = || all(parts, "format").filter_map(Value::as_str);
    if format().any(|f| matches!(f, "int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32"))
        || fits(below) && fits(above)
    {
        return FieldType::Integer { bits: 64, signed: true };
    }
    // Of several bounds on one side the nearest holds, so one within 64 bits makes the others mean nothing.
    let reached = [below, above].into_iter().filter(|side| !fits(*side));
    let bound = reached.filter_map(|side| bounds(side).filter_map(digits_beyond_64_bits).min()).max();
    match bound.or_else(|| format().any(|f| f == "uint64").then_some(20)) {
        Some(digits) => FieldType::Decimal { precision: digits.max(38), scale: 0 },
        None => FieldType::Integer { bits: 0, signed: true },
    }
}

/// A number: exact if it is a multiple of a decimal fraction, an integer if of a whole number, else floating.
pub fn number(parts: &Parts<'_>) -> FieldType {
    match all(parts, "multipleOf").filter_map(decimals).max() {
        Some(0) => integer(parts),
        Some(scale) => FieldType::Decimal { precision: 38, scale },
        None => FieldType::Float { bits: 64 },
    }
}

/// The type of an enumeration of values other than null; `None` where they are strings, which the caller keeps as symbols.
pub fn values(values: &[&Value]) -> Option<FieldType> {
    let kinds = distinct(values.iter().map(|v| Kind::of_value(v)));
    Some(match kinds.as_slice() {
        [Kind::String] => return None,
        [Kind::Boolean] => FieldType::Boolean,
        [Kind::Integer] => match values.iter().filter_map(|value| digits_beyond_64_bits(value)).max() {
            Some(digits) => FieldType::Decimal { precision: digits.max(38), scale: 0 },
            None => FieldType::Integer { bits: 64, signed: true },
        },
        [Kind::Number] => FieldType::Float { bits: 64 },
        _ => FieldType::Json,
    })
}

/// The type that holds the values of both, if one kind of scalar does.
pub fn join(a: FieldType, b: FieldType) -> Result<FieldType, (FieldType, FieldType)> {
    use FieldType::{Decimal, Enum, Float, Integer, String};
    Ok(match (a, b) {
        (a, b) if a == b => a,
        (Enum { mut symbols }, Enum { symbols: more }) => {
            let known: std::collections::HashSet<_> = symbols.iter().cloned().collect();
            symbols.extend(more.into_iter().filter(|symbol| !known.contains(symbol)));
            Enum { symbols }
        }
        (String { max_length: a }, String { max_length: b }) => String { max_length: a.zip(b).map(|(a, b)| a.max(b)) },
        (a, b) if is_text(&a) && is_text(&b) => String { max_length: None },
        (Integer { .. }, Integer { .. }) => Integer { bits: 0, signed: true },
        (a, b) if is_number(&a) && is_number(&b) => match (&a, &b) {
            (Decimal { precision: p, scale: a }, Decimal { precision: q, scale: b }) => {
                Decimal { precision: *p.max(q), scale: *a.max(b) }
            }
            (Decimal { precision, scale }, Integer { .. }) | (Integer { .. }, Decimal { precision, scale }) => {
                Decimal { precision: *precision, scale: *scale }
            }
            _ => Float { bits: 64 },
        },
        unlike => return Err(unlike),
    })
}

fn is_text(ty: &FieldType) -> bool {
    use FieldType::{DateText, Enum, InstantText, String, TimeText, Uuid};
    matches!(ty, String { .. } | Enum { .. } | InstantText | DateText | TimeText | Uuid)
}

fn is_number(ty: &FieldType) -> bool {
    matches!(ty, FieldType::Integer { .. } | FieldType::Float { .. } | FieldType::Decimal { .. })
}

fn whole(value: &Value) -> Option<u64> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    value.as_u64().or_else(|| value.as_f64().filter(|f| f.fract() == 0.0 && (0.0..1e15).contains(f)).map(|f| f as u64))
}

fn fits_64_bits(value: &Value) -> bool {
    value.is_i64() || (value.is_f64() && value.as_f64().is_some_and(|f| f.abs() < 9.2e18))
}

/// How many digits a whole number has that 64 bits with a sign do not hold.
fn digits_beyond_64_bits(value: &Value) -> Option<u32> {
    if fits_64_bits(value) || !value.is_number() {
        return None;
    }
    // Beyond 64 bits a number is read as the nearest floating one, which says its digits but for numbers just below a power of ten.
    let digits = value.as_f64()?.abs().log10().floor() + 1.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (19.0..400.0).contains(&digits).then_some(digits as u32)
}

/// Digits after the point of a positive step such as 0.01; `None` if it is none, or finer than a warehouse's decimal.
fn decimals(step: &Value) -> Option<u32> {
    let number = step.as_f64().filter(|f| *f > 0.0)?;
    let digits = format!("{number}").split_once('.').map_or(0, |(_, fraction)| fraction.len());
    u32::try_from(digits).ok().filter(|d| *d <= 37)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::schema::json::parse;

    #[test]
    fn bounds_say_how_many_digits_an_integer_needs() {
        let (long, free) =
            (FieldType::Integer { bits: 64, signed: true }, FieldType::Integer { bits: 0, signed: true });
        let decimal = |precision| FieldType::Decimal { precision, scale: 0 };
        for (schema, ty) in [
            (json!({}), free.clone()),
            (json!({ "minimum": 0 }), free),
            (json!({ "minimum": 0, "maximum": 10 }), long.clone()),
            (json!({ "minimum": i64::MIN, "maximum": i64::MAX }), long.clone()),
            (json!({ "format": "uint32" }), long.clone()),
            (json!({ "format": "uint64" }), decimal(38)),
            (json!({ "minimum": 0, "maximum": u64::MAX }), decimal(38)),
            (json!({ "maximum": 9_223_372_036_854_775_808_u64 }), decimal(38)),
            (json!({ "exclusiveMinimum": -1e30 }), decimal(38)),
            (json!({ "minimum": 0, "maximum": 1e30, "exclusiveMaximum": 5 }), long),
            (json!({ "minimum": 0, "maximum": 1e50 }), decimal(51)),
        ] {
            let text = schema.to_string();
            assert_eq!(integer(&[parse(&text, 8).unwrap().as_object().unwrap()]), ty, "{text}");
        }
    }

    #[test]
    fn a_step_says_how_many_decimals_there_are() {
        for (step, digits) in [("0.01", Some(2)), ("0.25", Some(2)), ("1", Some(0)), ("1e-10", Some(10))] {
            assert_eq!(decimals(&parse(step, 0).unwrap()), digits);
        }
        for step in ["0", "-0.1", "1e-60", "\"0.01\""] {
            assert_eq!(decimals(&parse(step, 0).unwrap()), None);
        }
    }
}
