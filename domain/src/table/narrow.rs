//! What a chosen type loses of a field's values, said before it costs a file: one value that does not fit makes Snowpipe skip
//! all of the file that it is in.

use super::types::fitting_number;
use crate::schema::FieldType;
use crate::sql::{ColumnType, Kind};

/// What happens to values that do not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Loss {
    /// They fail the load of their file.
    TooNarrow(String),
    /// They are changed.
    Lossy(String),
}

/// What a column of type `target` loses of a field's values; `None` if it holds them all.
pub(super) fn loss(ty: &FieldType, target: ColumnType) -> Option<Loss> {
    match target.kind() {
        Kind::Number { precision, scale } => number_loss(ty, u32::from(precision), u32::from(scale)),
        Kind::Float if significant_digits(ty).is_some_and(|digits| digits > 15) => {
            Some(Loss::Lossy("A FLOAT keeps about 15 digits; longer numbers change in the last ones.".into()))
        }
        Kind::Varchar(Some(length)) if longest_text(ty).is_none_or(|longest| longest > u64::from(length)) => {
            Some(Loss::TooNarrow(skips(&format!("{} characters", grouped(&length.to_string())))))
        }
        Kind::Binary(Some(length)) if longest_bytes(ty).is_none_or(|longest| longest > u64::from(length)) => {
            Some(Loss::TooNarrow(skips(&format!("{} bytes", grouped(&length.to_string())))))
        }
        Kind::Time(digits) | Kind::TimestampNtz(digits) | Kind::TimestampLtz(digits) | Kind::TimestampTz(digits)
            if second_digits(ty).is_some_and(|has| has > digits) =>
        {
            Some(Loss::Lossy(format!("Of each second only {digits} digits are kept.")))
        }
        Kind::Date if second_digits(ty).is_some() => Some(Loss::Lossy("The time of day is dropped.".into())),
        kind if is_plain_text(ty) && !matches!(kind, Kind::Varchar(_)) => {
            Some(Loss::Lossy(format!("Text that is not {} becomes NULL.", noun(kind))))
        }
        _ => None,
    }
}

fn skips(limit: &str) -> String {
    format!("Too narrow: one value over {limit} makes Snowpipe skip the whole file.")
}

fn number_loss(ty: &FieldType, precision: u32, scale: u32) -> Option<Loss> {
    let whole_digits = precision - scale;
    let (needs, has_scale) = match ty {
        FieldType::Integer { bits, signed } => (integer_digits(*bits, *signed), 0),
        FieldType::Decimal { precision, scale } if fitting_number(*precision, *scale).is_some() => {
            (precision.saturating_sub(*scale), *scale)
        }
        FieldType::Float { .. } => {
            let message = format!(
                "Values are rounded to {scale} digits after the point, and one that is too large makes Snowpipe skip the whole file."
            );
            return Some(Loss::Lossy(message));
        }
        FieldType::Duration => (DURATION_DIGITS, 9),
        FieldType::Decimal { .. } | FieldType::String { .. } => {
            return Some(Loss::Lossy("Text that is not a number, or does not fit, becomes NULL.".into()));
        }
        _ => return None,
    };
    if whole_digits < needs {
        return Some(Loss::TooNarrow(skips(&largest(whole_digits, scale))));
    }
    (scale < has_scale).then(|| Loss::Lossy(format!("Digits after the point are rounded to {scale}.")))
}

/// Digits of the longest duration in seconds, about 10,000 years.
const DURATION_DIGITS: u32 = 12;

/// Digits of the largest value of an integer; all that there are where it has no bound.
fn integer_digits(bits: u8, signed: bool) -> u32 {
    match (bits, signed) {
        (8, _) => 3,
        (16, _) => 5,
        (32, _) => 10,
        (64, true) => 19,
        (64, false) => 20,
        _ => 38,
    }
}

fn significant_digits(ty: &FieldType) -> Option<u32> {
    match ty {
        FieldType::Integer { bits, signed } => Some(integer_digits(*bits, *signed)),
        FieldType::Decimal { precision, .. } => Some(*precision),
        FieldType::Duration => Some(DURATION_DIGITS + 9),
        _ => None,
    }
}

/// The longest text that values can become; `None` if there is no bound.
fn longest_text(ty: &FieldType) -> Option<u64> {
    match ty {
        FieldType::Boolean => Some(5),
        FieldType::Integer { bits, signed } => Some(u64::from(integer_digits(*bits, *signed)) + u64::from(*signed)),
        FieldType::Decimal { precision, .. } => Some(u64::from(*precision) + 3),
        FieldType::String { max_length } => *max_length,
        FieldType::Uuid | FieldType::UuidBytes => Some(36),
        FieldType::Fixed { size } => size.checked_mul(2),
        FieldType::Enum { symbols } => symbols.iter().map(|symbol| symbol.chars().count() as u64).max(),
        FieldType::Date => Some(10),
        FieldType::Time { .. } => Some(18),
        FieldType::Instant { .. } | FieldType::LocalDateTime { .. } => Some(30),
        _ => None,
    }
}

fn longest_bytes(ty: &FieldType) -> Option<u64> {
    match ty {
        FieldType::Fixed { size } => Some(*size),
        FieldType::UuidBytes => Some(16),
        _ => None,
    }
}

fn second_digits(ty: &FieldType) -> Option<u8> {
    match ty {
        FieldType::Time { unit } | FieldType::Instant { unit } | FieldType::LocalDateTime { unit } => {
            Some(unit.digits())
        }
        FieldType::InstantText => Some(6),
        _ => None,
    }
}

fn is_plain_text(ty: &FieldType) -> bool {
    matches!(ty, FieldType::String { .. } | FieldType::TimeText)
}

fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Boolean => "true or false",
        Kind::Float => "a number",
        Kind::Date => "a date of the form YYYY-MM-DD",
        Kind::Time(_) => "a time of day",
        Kind::Variant => "JSON",
        _ => "a timestamp with an offset",
    }
}

/// The largest number of so many digits before and after the point: `9,999,999,999`, `999.99`.
fn largest(whole_digits: u32, scale: u32) -> String {
    let whole = if whole_digits == 0 { "0".to_owned() } else { grouped(&"9".repeat(whole_digits as usize)) };
    if scale == 0 { whole } else { format!("{whole}.{}", "9".repeat(scale as usize)) }
}

fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(ty: &FieldType, target: &str) -> Option<Loss> {
        loss(ty, target.parse().unwrap())
    }

    #[test]
    fn a_number_with_too_few_digits_says_the_largest_value_that_fits() {
        let decimal = FieldType::Decimal { precision: 20, scale: 0 };
        assert_eq!(
            of(&decimal, "NUMBER(10,0)"),
            Some(Loss::TooNarrow(
                "Too narrow: one value over 9,999,999,999 makes Snowpipe skip the whole file.".into()
            ))
        );
        assert_eq!(of(&decimal, "NUMBER(20,0)"), None);
        assert!(
            matches!(of(&decimal, "NUMBER(20,2)"), Some(Loss::TooNarrow(m)) if m.contains("999,999,999,999,999,999.99"))
        );
        assert!(matches!(of(&FieldType::Decimal { precision: 12, scale: 2 }, "NUMBER(12,0)"), Some(Loss::Lossy(_))));
    }

    #[test]
    fn a_duration_fits_where_ten_thousand_years_do() {
        assert!(matches!(of(&FieldType::Duration, "NUMBER(20,9)"), Some(Loss::TooNarrow(_))));
        assert!(matches!(of(&FieldType::Duration, "NUMBER(12,0)"), Some(Loss::Lossy(_))));
        assert_eq!(of(&FieldType::Duration, "NUMBER(21,9)"), None);
    }

    #[test]
    fn every_kind_of_timestamp_says_what_it_cuts_off() {
        let instant = FieldType::Instant { unit: crate::schema::TimeUnit::Micros };
        for target in ["TIMESTAMP_NTZ(3)", "TIMESTAMP_LTZ(3)", "TIMESTAMP_TZ(3)"] {
            assert!(matches!(of(&instant, target), Some(Loss::Lossy(_))), "{target}");
        }
    }

    #[test]
    fn an_integer_fits_where_its_bits_do() {
        let int = |bits, signed| FieldType::Integer { bits, signed };
        assert_eq!(of(&int(32, true), "NUMBER(10,0)"), None);
        assert!(matches!(of(&int(64, true), "NUMBER(18,0)"), Some(Loss::TooNarrow(_))));
        assert!(matches!(of(&int(64, false), "NUMBER(19,0)"), Some(Loss::TooNarrow(_))));
        assert!(matches!(of(&int(64, true), "FLOAT"), Some(Loss::Lossy(_))));
    }

    #[test]
    fn text_fits_a_length_only_if_the_schema_bounds_it() {
        assert!(matches!(of(&FieldType::String { max_length: None }, "VARCHAR(10)"), Some(Loss::TooNarrow(_))));
        assert_eq!(of(&FieldType::String { max_length: Some(10) }, "VARCHAR(10)"), None);
        assert_eq!(of(&FieldType::Uuid, "VARCHAR(36)"), None);
    }
}
