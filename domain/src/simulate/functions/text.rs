//! Functions of texts and bytes. They count characters, as Snowflake does.

use super::scalars;
use crate::simulate::cast::cast;
use crate::simulate::decimal::Decimal;
use crate::simulate::pattern;
use crate::simulate::text::{hex, unhex};
use crate::simulate::value::{Failure, Outcome, Scalar, Session, Value, Variant};
use crate::sql::Kind;

/// The functions here, sorted.
const KNOWN: [&str; 24] = [
    "ASCII",
    "CHR",
    "CONCAT",
    "ENDSWITH",
    "HEX_DECODE_STRING",
    "HEX_ENCODE",
    "ILIKE",
    "LENGTH",
    "LIKE",
    "LPAD",
    "LTRIM",
    "REGEXP_REPLACE",
    "REGEXP_SUBSTR",
    "REPLACE",
    "REVERSE",
    "RPAD",
    "RTRIM",
    "SPLIT",
    "SPLIT_PART",
    "STARTSWITH",
    "SUBSTR",
    "TRIM",
    "TRY_HEX_DECODE_STRING",
    "UNICODE",
];

pub(super) fn call(name: &str, values: &[Value], session: Session) -> Option<Outcome> {
    KNOWN.binary_search(&name).ok()?;
    if name == "CONCAT" {
        return Some(concat(values.to_vec()));
    }
    Some(scalars(values).and_then(|scalars| match scalars {
        None => Ok(Value::Null),
        Some(scalars) => known(name, &scalars, session),
    }))
}

/// Texts one after the other; of bytes the bytes.
pub fn concat(values: Vec<Value>) -> Outcome {
    let Some(scalars) = scalars(&values)? else { return Ok(Value::Null) };
    if scalars.iter().all(|scalar| matches!(scalar, Scalar::Binary(_))) {
        let bytes = scalars.into_iter().flat_map(|scalar| match scalar {
            Scalar::Binary(bytes) => bytes,
            _ => vec![],
        });
        return Ok(Scalar::Binary(bytes.collect()).into());
    }
    let texts = scalars.iter().map(|scalar| text(scalar, Session::default())).collect::<Outcome<Vec<_>>>()?;
    Ok(texts.concat().into())
}

/// The text that a function makes of what it is given.
fn text(scalar: &Scalar, session: Session) -> Outcome<String> {
    match cast(scalar.clone().into(), Kind::Varchar(None).into(), session)? {
        Value::Scalar(Scalar::Text(text)) => Ok(text),
        _ => Err(Failure::refused(format!("{} is no text.", scalar.type_name()))),
    }
}

fn count(scalar: &Scalar) -> Outcome<i64> {
    let whole = match scalar {
        Scalar::Number(number) => number.whole().and_then(|whole| i64::try_from(whole).ok()),
        _ => None,
    };
    whole.ok_or_else(|| Failure::unknown(format!("a count of {}", scalar.type_name())))
}

fn known(name: &str, scalars: &[Scalar], session: Session) -> Outcome {
    let number = |number: i64| Ok(Decimal::from(number).into());
    match (name, scalars) {
        ("HEX_ENCODE", [of]) => Ok(hex(&bytes(of)?).into()),
        ("HEX_ENCODE", [of, case]) => {
            let digits = hex(&bytes(of)?);
            Ok(if count(case)? == 0 { digits.to_ascii_lowercase() } else { digits }.into())
        }
        ("LENGTH", [Scalar::Binary(bytes)]) => number(i64::try_from(bytes.len()).unwrap_or(i64::MAX)),
        ("SUBSTR" | "LPAD" | "RPAD" | "REVERSE", [Scalar::Binary(_), ..]) => {
            Err(Failure::unknown(format!("{name} of BINARY")))
        }
        ("CHR", [code]) => {
            let c = u32::try_from(count(code)?).ok().and_then(char::from_u32);
            c.map(|c| c.to_string().into()).ok_or_else(|| Failure::refused("There is no such character."))
        }
        ("SUBSTR", [of, from]) => Ok(substr(&text(of, session)?, count(from)?, i64::MAX).into()),
        ("SUBSTR", [of, from, length]) => Ok(substr(&text(of, session)?, count(from)?, count(length)?).into()),
        ("LPAD" | "RPAD", [of, length, rest @ ..]) => {
            let fill = rest.first().map_or(Ok(" ".to_owned()), |fill| text(fill, session))?;
            Ok(padded(&text(of, session)?, count(length)?, &fill, name == "LPAD")?.into())
        }
        ("SPLIT_PART", [of, by, at]) => Ok(split_part(&text(of, session)?, &text(by, session)?, count(at)?).into()),
        _ => {
            let texts = scalars.iter().map(|scalar| text(scalar, session)).collect::<Outcome<Vec<_>>>()?;
            of_texts(name, &texts.iter().map(String::as_str).collect::<Vec<_>>())
        }
    }
}

fn of_texts(name: &str, texts: &[&str]) -> Outcome {
    let code = |text: &str| text.chars().next().map_or(0, |c| i64::from(u32::from(c)));
    Ok(match (name, texts) {
        ("ASCII" | "UNICODE", [of]) => Decimal::from(code(of)).into(),
        ("ENDSWITH", [of, end]) => of.ends_with(end).into(),
        ("STARTSWITH", [of, start]) => of.starts_with(start).into(),
        ("LENGTH", [of]) => Decimal::from(i64::try_from(of.chars().count()).unwrap_or(i64::MAX)).into(),
        ("REPLACE", [of, from]) => pattern::replaced_text(of, from, "")?.into(),
        ("REPLACE", [of, from, to]) => pattern::replaced_text(of, from, to)?.into(),
        ("REVERSE", [of]) => of.chars().rev().collect::<String>().into(),
        ("TRIM", [of]) => of.trim_matches(' ').to_owned().into(),
        ("LTRIM", [of]) => of.trim_start_matches(' ').to_owned().into(),
        ("RTRIM", [of]) => of.trim_end_matches(' ').to_owned().into(),
        ("TRIM", [of, set]) => of.trim_matches(|c| set.contains(c)).to_owned().into(),
        ("LTRIM", [of, set]) => of.trim_start_matches(|c| set.contains(c)).to_owned().into(),
        ("RTRIM", [of, set]) => of.trim_end_matches(|c| set.contains(c)).to_owned().into(),
        ("SPLIT", [of, by]) if !by.is_empty() => {
            Value::Array(of.split(by).map(|part| Variant::Scalar(Scalar::Text(part.to_owned()))).collect())
        }
        ("HEX_DECODE_STRING", [of]) => {
            decoded(of).ok_or_else(|| Failure::refused("The text is not hexadecimal of UTF-8."))?.into()
        }
        ("TRY_HEX_DECODE_STRING", [of]) => decoded(of).map_or(Value::Null, Value::from),
        ("LIKE" | "ILIKE", [of, like]) => {
            let held = pattern::like((*of).to_owned().into(), (*like).to_owned().into(), None, name == "ILIKE")?;
            held.map_or(Value::Null, Value::from)
        }
        ("REGEXP_REPLACE", [of, from]) => pattern::replaced(of, &pattern::regex(from)?, "")?.into(),
        ("REGEXP_REPLACE", [of, from, to]) => pattern::replaced(of, &pattern::regex(from)?, to)?.into(),
        ("REGEXP_SUBSTR", [of, like]) => {
            pattern::regex(like)?.find(of).map_or(Value::Null, |found| found.as_str().to_owned().into())
        }
        _ => return Err(Failure::unknown(format!("{name} of {} texts", texts.len()))),
    })
}

fn bytes(scalar: &Scalar) -> Outcome<Vec<u8>> {
    match scalar {
        Scalar::Binary(bytes) => Ok(bytes.clone()),
        Scalar::Text(text) => Ok(text.clone().into_bytes()),
        other => Err(Failure::unknown(format!("the bytes of {}", other.type_name()))),
    }
}

fn decoded(digits: &str) -> Option<String> {
    unhex(digits).and_then(|bytes| String::from_utf8(bytes).ok())
}

/// From the first character, which has the number 1; from the end where the number is negative.
fn substr(text: &str, from: i64, length: i64) -> String {
    let all = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    let skipped = match from {
        0 => 0,
        1.. => from - 1,
        _ if -from > all => return String::new(),
        _ => all + from,
    };
    let (skipped, length) = (usize::try_from(skipped).unwrap_or(0), usize::try_from(length).unwrap_or(0));
    text.chars().skip(skipped).take(length).collect()
}

fn padded(text: &str, length: i64, fill: &str, before: bool) -> Outcome<String> {
    let length = usize::try_from(length).unwrap_or(0);
    if length > 1 << 20 {
        return Err(Failure::unknown("a text that is padded to more than a million characters"));
    }
    let missing = length.saturating_sub(text.chars().count());
    let fill: String = fill.chars().cycle().take(missing).collect();
    let kept: String = text.chars().take(length).collect();
    Ok(if before { fill + &kept } else { kept + &fill })
}

/// The part with this number, from 1; from the end where it is negative.
fn split_part(text: &str, by: &str, at: i64) -> String {
    let parts: Vec<&str> = if by.is_empty() { vec![text] } else { text.split(by).collect() };
    let count = i64::try_from(parts.len()).unwrap_or(i64::MAX);
    let place = match at {
        0 => 0,
        1.. => at - 1,
        _ => count.saturating_add(at),
    };
    usize::try_from(place).ok().and_then(|place| parts.get(place)).map_or(String::new(), |part| (*part).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_functions_are_sorted_so_that_each_is_found() {
        assert!(KNOWN.is_sorted());
    }
}
