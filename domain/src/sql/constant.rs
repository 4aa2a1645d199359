//! Values that people type, as constants of a column's type. Read here and written anew, so that nothing depends on the formats of
//! a session and no constant can fail while loading.

use super::{ColumnType, Expression, Kind, Literal};

/// The constant of type `ty` that `text` says; the error is what such a constant looks like.
pub(crate) fn constant(text: &str, ty: ColumnType) -> Result<Expression, String> {
    let plain = text.trim();
    let made = match ty.kind() {
        Kind::Boolean => boolean(plain),
        Kind::Number { precision, scale } => number(plain, precision, scale).map(|digits| format!("{digits}::{ty}")),
        Kind::Float => float(plain).map(|digits| format!("{digits}::{ty}")),
        Kind::Varchar(most) => fits(text.chars().count(), most).then(|| Literal(text).to_string()),
        Kind::Binary(most) => binary(plain, most),
        Kind::Date => date(plain).map(|date| format!("TO_DATE('{date}', 'YYYY-MM-DD')")),
        Kind::Time(_) => time(plain).map(|time| format!("TO_TIME('{time}', 'HH24:MI:SS.FF9')::{ty}")),
        Kind::TimestampNtz(_) => {
            timestamp(plain).map(|at| format!("TO_TIMESTAMP_NTZ('{at}', 'YYYY-MM-DD HH24:MI:SS.FF9')::{ty}"))
        }
        Kind::TimestampTz(_) => zoned(plain, "TO_TIMESTAMP_TZ", ty),
        Kind::TimestampLtz(_) => zoned(plain, "TO_TIMESTAMP_LTZ", ty),
        Kind::Variant | Kind::Object | Kind::Array => json(plain, ty),
    };
    made.map(Expression::raw).ok_or_else(|| form(ty))
}

/// What a constant of a type looks like.
fn form(ty: ColumnType) -> String {
    match ty.kind() {
        Kind::Boolean => "Write true or false.".into(),
        Kind::Number { precision, scale } => {
            format!("Write a number with at most {} digits before the point and {scale} after it.", precision - scale)
        }
        Kind::Float => "Write a number, such as 1.5 or 2e10.".into(),
        Kind::Varchar(Some(most)) => format!("Write at most {most} characters."),
        Kind::Varchar(None) => "Write a shorter text.".into(),
        Kind::Binary(_) => "Write the bytes as pairs of hexadecimal digits that fit the column, such as 0AFF.".into(),
        Kind::Date => "Write a date as YYYY-MM-DD.".into(),
        Kind::Time(_) => "Write a time of day as HH:MM:SS.".into(),
        Kind::TimestampNtz(_) => "Write a date and time without a zone, as YYYY-MM-DD HH:MM:SS.".into(),
        Kind::TimestampTz(_) | Kind::TimestampLtz(_) => {
            "Write a date and time with its offset, as YYYY-MM-DD HH:MM:SS+00:00.".into()
        }
        Kind::Variant => "Write JSON other than null, with numbers of at most 15 digits.".into(),
        Kind::Object => "Write a JSON object, with numbers of at most 15 digits.".into(),
        Kind::Array => "Write a JSON array, with numbers of at most 15 digits.".into(),
    }
}

fn fits(length: usize, most: Option<u32>) -> bool {
    most.is_none_or(|most| u32::try_from(length).is_ok_and(|length| length <= most))
}

fn boolean(text: &str) -> Option<String> {
    ["TRUE", "FALSE"].into_iter().find(|word| word.eq_ignore_ascii_case(text)).map(str::to_owned)
}

fn digits(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit())
}

fn number(text: &str, precision: u8, scale: u8) -> Option<String> {
    let (sign, unsigned) =
        text.strip_prefix('-').map_or(("", text.strip_prefix('+').unwrap_or(text)), |rest| ("-", rest));
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    if !digits(whole) || !digits(fraction) || whole.len() + fraction.len() == 0 {
        return None;
    }
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    let (most, scale) = (usize::from(precision.saturating_sub(scale)), usize::from(scale));
    if whole.len() > most || fraction.len() > scale {
        return None;
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") })
}

fn float(text: &str) -> Option<String> {
    let only = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E'));
    let number: f64 = only.then(|| text.parse().ok()).flatten()?;
    number.is_finite().then(|| format!("{number:?}"))
}

fn binary(text: &str, most: Option<u32>) -> Option<String> {
    let is_hex = text.len().is_multiple_of(2) && text.chars().all(|c| c.is_ascii_hexdigit());
    (is_hex && fits(text.len() / 2, most)).then(|| format!("TO_BINARY('{}', 'HEX')", text.to_ascii_uppercase()))
}

/// A number of exactly so many digits, within bounds.
fn part(text: &str, length: usize, least: u32, most: u32) -> Option<u32> {
    let number = (text.len() == length && digits(text)).then(|| text.parse().ok()).flatten()?;
    (least..=most).contains(&number).then_some(number)
}

fn date(text: &str) -> Option<&str> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let (year, month) = (part(year, 4, 1, 9999)?, part(month, 2, 1, 12)?);
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    part(day, 2, 1, last).map(|_| text)
}

/// A time of day with nine digits after the second.
fn time(text: &str) -> Option<String> {
    let (hour, rest) = text.split_once(':')?;
    let (minute, seconds) = rest.split_once(':').unwrap_or((rest, "00"));
    let (second, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
    part(hour, 2, 0, 23)?;
    part(minute, 2, 0, 59)?;
    part(second, 2, 0, 59)?;
    let is_fraction = digits(fraction) && (1..=9).contains(&fraction.len());
    is_fraction.then(|| format!("{hour}:{minute}:{second}.{fraction:0<9}"))
}

fn timestamp(text: &str) -> Option<String> {
    let (day, at) = text.split_once(['T', ' '])?;
    Some(format!("{} {}", date(day)?, time(at)?))
}

fn zoned(text: &str, function: &str, ty: ColumnType) -> Option<String> {
    let (at, offset) = match text.strip_suffix(['Z', 'z']) {
        Some(at) => (at, "+00:00".to_owned()),
        None => {
            let (at, offset) = text.split_at_checked(text.len().checked_sub("+00:00".len())?)?;
            let (hours, minutes) = offset.strip_prefix(['+', '-'])?.split_once(':')?;
            part(hours, 2, 0, 14)?;
            part(minutes, 2, 0, 59)?;
            (at, offset.to_owned())
        }
    };
    let at = timestamp(at.trim_end())?;
    Some(format!("{function}('{at} {offset}', 'YYYY-MM-DD HH24:MI:SS.FF9 TZH:TZM')::{ty}"))
}

/// JSON written anew, because Snowflake refuses a key that is there twice.
fn json(text: &str, ty: ColumnType) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    let fits = match ty.kind() {
        Kind::Object => value.is_object(),
        Kind::Array => value.is_array(),
        _ => !value.is_null(),
    };
    if !fits || !is_exact(&value) {
        return None;
    }
    let parsed = format!("PARSE_JSON({})", Literal(&value.to_string()));
    Some(if matches!(ty.kind(), Kind::Variant) { parsed } else { format!("{parsed}::{ty}") })
}

/// Whether no number was rounded while reading; nothing deeper than the reader allows comes here.
fn is_exact(value: &serde_json::Value) -> bool {
    const LARGEST: f64 = 1e15;
    match value {
        serde_json::Value::Number(number) => {
            number.is_i64() || number.is_u64() || number.as_f64().is_some_and(|n| n.abs() < LARGEST)
        }
        serde_json::Value::Array(values) => values.iter().all(is_exact),
        serde_json::Value::Object(entries) => entries.values().all(is_exact),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(text: &str, ty: &str) -> Option<String> {
        constant(text, ty.parse().unwrap()).ok().map(|expression| expression.to_string())
    }

    #[test]
    fn constants_are_written_anew() {
        for (text, ty, expected) in [
            ("True", "BOOLEAN", "TRUE"),
            ("-007.50", "NUMBER(12,2)", "-7.5::NUMBER(12,2)"),
            (".5", "NUMBER(2,2)", "0.5::NUMBER(2,2)"),
            ("1e3", "FLOAT", "1000.0::FLOAT"),
            (" it's ", "VARCHAR(6)", "' it''s '"),
            ("0aff", "BINARY", "TO_BINARY('0AFF', 'HEX')"),
            ("2024-02-29", "DATE", "TO_DATE('2024-02-29', 'YYYY-MM-DD')"),
            ("12:30", "TIME(6)", "TO_TIME('12:30:00.000000000', 'HH24:MI:SS.FF9')::TIME(6)"),
            (
                "2020-01-01T12:30:01.5",
                "TIMESTAMP_NTZ(3)",
                "TO_TIMESTAMP_NTZ('2020-01-01 12:30:01.500000000', 'YYYY-MM-DD HH24:MI:SS.FF9')::TIMESTAMP_NTZ(3)",
            ),
            (
                "2020-01-01 12:30:00Z",
                "TIMESTAMP_TZ(6)",
                "TO_TIMESTAMP_TZ('2020-01-01 12:30:00.000000000 +00:00', 'YYYY-MM-DD HH24:MI:SS.FF9 TZH:TZM')::TIMESTAMP_TZ(6)",
            ),
            (r#"{"a": "it's", "a": 1}"#, "VARIANT", r#"PARSE_JSON('{"a":1}')"#),
            ("[]", "ARRAY", "PARSE_JSON('[]')::ARRAY"),
        ] {
            assert_eq!(made(text, ty).as_deref(), Some(expected), "{text} as {ty}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused_with_the_form_that_does() {
        for (text, ty) in [
            ("yes", "BOOLEAN"),
            ("100", "NUMBER(2,0)"),
            ("0.125", "NUMBER(5,2)"),
            ("1e3", "NUMBER(38,0)"),
            (".", "NUMBER(38,0)"),
            ("", "NUMBER(38,0)"),
            ("inf", "FLOAT"),
            ("1e999", "FLOAT"),
            ("abcd", "VARCHAR(3)"),
            ("0a0", "BINARY"),
            ("0a0b", "BINARY(1)"),
            ("2023-02-29", "DATE"),
            ("2023-2-2", "DATE"),
            ("24:00:00", "TIME"),
            ("12:00:00.", "TIME"),
            ("2020-01-01", "TIMESTAMP_NTZ"),
            ("2020-01-01 12:00:00Z", "TIMESTAMP_NTZ"),
            ("2020-01-01 12:00:00", "TIMESTAMP_TZ"),
            ("2020-01-01 12:00:00+é0:00", "TIMESTAMP_LTZ"),
            ("null", "VARIANT"),
            ("[]", "OBJECT"),
            ("{}", "ARRAY"),
            ("12345678901234567890123", "VARIANT"),
            ("{", "VARIANT"),
        ] {
            let refused = constant(text, ty.parse().unwrap()).unwrap_err();
            assert!(refused.starts_with("Write ") && refused.ends_with('.'), "{text} as {ty}: {refused}");
        }
    }
}
