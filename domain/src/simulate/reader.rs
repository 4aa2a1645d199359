//! What Snowflake's reader makes of a Parquet file: the VARIANT of each row, by the three ways in which it can be told to read.

use std::collections::BTreeMap;

use super::decimal::Decimal;
use super::held::{BytesMark, Held, Mark, decimal_of};
use super::text;
use super::value::{Failure, Outcome, Scalar, Variant};
use crate::schema::TimeUnit;

/// How Snowflake reads Parquet files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// `USE_VECTORIZED_SCANNER = TRUE`, which the generated load sets.
    Vectorized,
    /// `USE_VECTORIZED_SCANNER = FALSE USE_LOGICAL_TYPE = TRUE`
    LegacyLogical,
    /// `USE_VECTORIZED_SCANNER = FALSE USE_LOGICAL_TYPE = FALSE`, what a file format has if nobody sets either.
    Legacy,
}

/// The row that a reader gives for `$1`.
pub fn read(held: &Held, reader: Reader) -> Outcome<Variant> {
    Ok(content(held, reader)?.unwrap_or(Variant::Null))
}

/// The content of a VARIANT; `None` where the reader leaves a missing value out.
fn content(held: &Held, reader: Reader) -> Outcome<Option<Variant>> {
    let scalar = match held {
        Held::Missing => return Ok((reader == Reader::Vectorized).then_some(Variant::Null)),
        Held::Boolean(boolean) => Scalar::Boolean(*boolean),
        Held::Float(number) => Scalar::Float(*number),
        Held::Integer(number, mark) => integer(*number, *mark, reader)?,
        Held::Int96(nanos) if reader == Reader::Vectorized => Scalar::Ltz(*nanos),
        Held::Int96(nanos) => Scalar::Ntz(*nanos),
        Held::Bytes(bytes, mark) => of_bytes(bytes, *mark, reader)?,
        Held::Group(fields) => return object(fields, reader).map(Some),
        Held::List(items) | Held::Repeated(items) => return array(items, reader).map(Some),
        Held::Map(entries) => return map(entries, reader).map(Some),
    };
    Ok(Some(Variant::Scalar(scalar)))
}

fn integer(number: i64, mark: Option<Mark>, reader: Reader) -> Outcome<Scalar> {
    let plain = || Scalar::Number(Decimal::from(number));
    let nanos = |unit: TimeUnit| i128::from(number) * 10i128.pow(9u32.saturating_sub(unit.digits().into()));
    Ok(match mark {
        None => plain(),
        Some(Mark::Decimal(scale)) => Scalar::Number(
            Decimal::new(number.into(), scale).ok_or_else(|| Failure::refused("The decimal has too many digits."))?,
        ),
        Some(Mark::Date) => Scalar::Date(number),
        Some(Mark::Time(TimeUnit::Nanos)) if reader == Reader::Legacy => plain(),
        Some(Mark::Time(unit)) => match i64::try_from(nanos(unit)) {
            Ok(nanos) if (0..86_400_000_000_000).contains(&nanos) => Scalar::Time(nanos),
            _ => return Err(Failure::refused("The time is outside of a day.")),
        },
        Some(Mark::Timestamp { unit, utc, converted }) => match (reader, utc, unit) {
            (Reader::Vectorized | Reader::LegacyLogical, true, _) => Scalar::Ltz(nanos(unit)),
            (Reader::Vectorized | Reader::LegacyLogical, false, _) => Scalar::Ntz(nanos(unit)),
            (Reader::Legacy, _, TimeUnit::Nanos) => plain(),
            (Reader::Legacy, true, _) => Scalar::Ntz(nanos(unit)),
            (Reader::Legacy, false, _) if converted => Scalar::Ltz(nanos(unit)),
            (Reader::Legacy, false, _) => plain(),
        },
    })
}

fn of_bytes(bytes: &[u8], mark: BytesMark, reader: Reader) -> Outcome<Scalar> {
    let text = || String::from_utf8(bytes.to_vec()).map_err(|_| Failure::refused("The bytes are no UTF-8 text."));
    Ok(match mark {
        BytesMark::Text | BytesMark::Enum => Scalar::Text(text()?),
        BytesMark::Plain if reader == Reader::Vectorized => Scalar::Binary(bytes.to_vec()),
        BytesMark::Plain => Scalar::Text(text()?),
        BytesMark::Decimal(scale) => Scalar::Number(
            decimal_of(bytes, scale).ok_or_else(|| Failure::refused("The decimal has more than 38 digits."))?,
        ),
        BytesMark::Uuid => return Err(Failure::unknown("bytes that are annotated as UUID")),
    })
}

fn object(fields: &[(String, Held)], reader: Reader) -> Outcome<Variant> {
    let mut entries = BTreeMap::new();
    for (name, held) in fields {
        if let Some(value) = content(held, reader)? {
            entries.insert(name.clone(), value);
        }
    }
    Ok(Variant::Object(entries))
}

fn array(items: &[Held], reader: Reader) -> Outcome<Variant> {
    let items = items.iter().map(|item| content(item, reader)).collect::<Outcome<Vec<_>>>()?;
    Ok(Variant::Array(items.into_iter().flatten().collect()))
}

/// The vectorized reader makes an object of a map; the others show the groups of the file.
fn map(entries: &[(Held, Held)], reader: Reader) -> Outcome<Variant> {
    if reader != Reader::Vectorized {
        let pair = |(key, value): &(Held, Held)| {
            object(&[("key".to_owned(), key.clone()), ("value".to_owned(), value.clone())], reader)
        };
        let pairs = entries.iter().map(pair).collect::<Outcome<Vec<_>>>()?;
        return Ok(Variant::Object([("key_value".to_owned(), Variant::Array(pairs))].into()));
    }
    let mut object = BTreeMap::new();
    for (key, value) in entries {
        let Some(Variant::Scalar(key)) = content(key, reader)? else {
            return Err(Failure::refused("The key of a map is missing."));
        };
        object.insert(text::shown(&key), content(value, reader)?.unwrap_or(Variant::Null));
    }
    Ok(Variant::Object(object))
}
