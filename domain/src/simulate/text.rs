//! Values as text: in Snowflake's default formats, and in the date and time formats that a call names.

use super::calendar::{Clock, DAY};
use super::decimal::Decimal;
use super::value::{Failure, Outcome, Scalar};

/// A number of a VARIANT: without trailing zeros.
pub fn number(number: Decimal) -> String {
    let text = number.to_string();
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// Upper-case hexadecimal digits of bytes.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// The bytes that hexadecimal digits say.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let digits = digits.filter(|digits| digits.len().is_multiple_of(2))?;
    Some(digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte * 16 + digit)).collect())
}

/// A value in Snowflake's default output format.
pub fn shown(scalar: &Scalar) -> String {
    const DATE: &str = "YYYY-MM-DD";
    const TIMESTAMP: &str = "YYYY-MM-DD HH24:MI:SS.FF3";
    match scalar {
        Scalar::Boolean(boolean) => boolean.to_string(),
        Scalar::Number(number) => number.to_string(),
        Scalar::Float(number) => number.to_string(),
        Scalar::Text(text) => text.clone(),
        Scalar::Binary(bytes) => hex(bytes),
        Scalar::Date(days) => formatted(i128::from(*days) * DAY, None, DATE).unwrap_or_default(),
        Scalar::Time(nanos) => formatted(i128::from(*nanos), None, "HH24:MI:SS").unwrap_or_default(),
        Scalar::Ntz(clock) => formatted(*clock, None, TIMESTAMP).unwrap_or_default(),
        Scalar::Ltz(instant) => formatted(*instant, Some(0), &zoned(TIMESTAMP)).unwrap_or_default(),
        Scalar::Tz { instant, offset } => {
            let clock = instant + i128::from(*offset) * super::calendar::SECOND;
            formatted(clock, Some(*offset), &zoned(TIMESTAMP)).unwrap_or_default()
        }
    }
}

fn zoned(format: &str) -> String {
    format!("{format} TZHTZM")
}

/// What a clock shows, `offset` seconds ahead of UTC if it knows, in a format.
pub fn formatted(clock: i128, offset: Option<i64>, format: &str) -> Outcome<String> {
    let at = Clock::of(clock);
    let mut text = String::new();
    let mut rest = format;
    while !rest.is_empty() {
        let (piece, length) = piece(&at, offset, rest)?;
        text += &piece;
        rest = rest.get(length..).unwrap_or_default();
    }
    Ok(text)
}

/// The text of the element at the front of a format, and the bytes that the element takes.
fn piece(at: &Clock, offset: Option<i64>, format: &str) -> Outcome<(String, usize)> {
    let two = |number: i64| format!("{number:02}");
    let twelve = |hour: i64| if hour % 12 == 0 { 12 } else { hour % 12 };
    let elements: [(&str, &dyn Fn() -> String); 9] = [
        ("YYYY", &|| format!("{:04}", at.year)),
        ("YY", &|| two(at.year.rem_euclid(100))),
        ("MM", &|| two(at.month)),
        ("DD", &|| two(at.day)),
        ("HH24", &|| two(at.hour)),
        ("HH12", &|| two(twelve(at.hour))),
        ("MI", &|| two(at.minute)),
        ("SS", &|| two(at.second)),
        ("AM", &|| if at.hour < 12 { "AM" } else { "PM" }.to_owned()),
    ];
    let upper: String = format.chars().take(4).collect::<String>().to_ascii_uppercase();
    if let Some((element, text)) = elements.iter().find(|(element, _)| upper.starts_with(element)) {
        return Ok((text(), element.len()));
    }
    if upper.starts_with("FF") {
        let digit = format.get(2..3).and_then(|digit| digit.parse::<usize>().ok());
        let nanos = format!("{:09}", at.nanos);
        return Ok((nanos.get(..digit.unwrap_or(9)).unwrap_or(&nanos).to_owned(), 2 + usize::from(digit.is_some())));
    }
    if let Some(offset) = offset.filter(|_| upper.starts_with("TZH") || upper.starts_with("TZM")) {
        let sign = if offset < 0 { '-' } else { '+' };
        let minutes = offset.abs() / 60;
        let hours = upper.starts_with("TZH");
        return Ok((if hours { format!("{sign}{}", two(minutes / 60)) } else { two(minutes % 60) }, 3));
    }
    let first = format.chars().next().unwrap_or_default();
    if first == '"' {
        let inside = format.get(1..).and_then(|rest| rest.split_once('"')).map(|(inside, _)| inside);
        let inside = inside.ok_or_else(|| Failure::unknown("a date format with an open quote"))?;
        return Ok((inside.to_owned(), inside.len() + 2));
    }
    if first.is_ascii_alphabetic() && first != 'T' {
        return Err(Failure::unknown(format!("the date format from {format:?} on")));
    }
    Ok((first.to_string(), first.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_show_what_a_clock_does() {
        let at = 1_795_437_296 * super::super::calendar::SECOND + 7_000_000;
        let show = |format: &str| formatted(at, None, format).unwrap();
        assert_eq!(show("YYYY-MM-DD\"T\"HH24:MI:SS.FF9\"Z\""), "2026-11-23T12:34:56.007000000Z");
        assert_eq!(show("yyyymmdd hh12:mi am .FF3"), "20261123 12:34 PM .007");
        assert!(formatted(at, None, "DY").is_err());
        assert_eq!(formatted(at, Some(-5400), "TZH:TZM").unwrap(), "-01:30");
    }

    #[test]
    fn bytes_and_their_digits_are_each_others() {
        assert_eq!(unhex(&hex(b"\x00\xffa")), Some(b"\x00\xffa".to_vec()));
        assert_eq!((unhex("0"), unhex("0g"), unhex("é")), (None, None, None));
    }
}
