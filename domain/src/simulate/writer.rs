//! What a writer leaves in a file of what an event says.

use super::datum::{Datum, to_json, unit_nanos};
use super::held::{BytesMark, Held};
use super::shape::{Lists, Shape};
use crate::schema::TimeUnit;

/// What the file holds of a datum; `None` where its shape cannot hold it, and the writer would fail.
pub fn write(shape: &Shape, datum: &Datum) -> Option<Held> {
    let integer = |number: i128| i64::try_from(number).ok().map(|number| Held::Integer(number, shape.mark()));
    Some(match (shape, datum) {
        (_, Datum::Null) => Held::Missing,
        (Shape::JsonText, datum) => Held::text(to_json(datum).to_string()),
        (Shape::Boolean, Datum::Boolean(boolean)) => Held::Boolean(*boolean),
        (Shape::Integer { wide }, Datum::Integer(number)) => Held::Integer(wrapped(*number, *wide)?, None),
        (Shape::Date, Datum::Date(days)) => integer(i32::try_from(*days).ok()?.into())?,
        (Shape::Time(unit), Datum::Time(nanos)) => integer(i128::from(*nanos).div_euclid(unit_nanos(*unit)))?,
        (Shape::Instant { unit, .. }, Datum::Instant(nanos)) => integer(nanos.div_euclid(unit_nanos(*unit)))?,
        (Shape::Int96, Datum::Instant(nanos)) => Held::Int96(nanos.div_euclid(MICRO) * MICRO),
        #[expect(clippy::cast_possible_truncation)]
        (Shape::Float, Datum::Float(number)) => Held::Float(f64::from(*number as f32)),
        (Shape::Double, Datum::Float(number)) => Held::Float(*number),
        (Shape::Bytes(mark), Datum::Text(text)) => Held::Bytes(text.clone().into_bytes(), *mark),
        (Shape::Bytes(BytesMark::Plain), Datum::Bytes(bytes)) => Held::Bytes(bytes.clone(), BytesMark::Plain),
        (Shape::Decimal { scale, .. }, Datum::Decimal(number)) => Held::decimal(number.rescaled(*scale)?),
        (Shape::Decimal { scale, .. }, Datum::Integer(number)) => {
            Held::decimal(super::decimal::Decimal::new(*number, 0)?.rescaled(*scale)?)
        }
        (Shape::SecondsAndNanos, Datum::Instant(nanos) | Datum::Duration(nanos)) => {
            let is_length = matches!(datum, Datum::Duration(_));
            seconds_and_nanos(*nanos, is_length)?
        }
        (Shape::Group(fields), Datum::Record(entries)) => group(fields, entries)?,
        (Shape::Wrapped(key, inner), datum) => Held::Group(vec![((*key).to_owned(), write(inner, datum)?)]),
        (Shape::Members(members), Datum::Chosen(branch, datum)) => Held::Group(of_members(members, *branch, datum)?),
        (Shape::List { sparse: true, .. }, Datum::List(items)) if items.is_empty() => Held::Missing,
        (Shape::List { item, lists, .. }, Datum::List(items)) => {
            let items: Vec<Held> = items.iter().map(|datum| write(item, datum)).collect::<Option<_>>()?;
            match lists {
                Lists::ThreeLevels => Held::List(items),
                _ if items.contains(&Held::Missing) => return None,
                Lists::TwoLevels => Held::List(items),
                Lists::Bare => Held::Repeated(items),
            }
        }
        (Shape::Map { sparse: true, .. }, Datum::Map(entries)) if entries.is_empty() => Held::Missing,
        (Shape::Map { key: keys, value, bare, .. }, Datum::Map(entries)) => {
            let entry = |(key, datum): &(String, Datum)| Some((write_key(keys, key)?, write(value, datum)?));
            let entries: Vec<(Held, Held)> = entries.iter().map(entry).collect::<Option<_>>()?;
            if *bare { Held::Repeated(entries.into_iter().map(pair).collect()) } else { Held::Map(entries) }
        }
        _ => return None,
    })
}

const MICRO: i128 = 1_000;

/// What the file holds of a map's key, which an event in JSON has as a text.
fn write_key(shape: &Shape, key: &str) -> Option<Held> {
    let datum = match shape {
        Shape::Boolean => Datum::Boolean(key.parse().ok()?),
        Shape::Integer { .. } => Datum::Integer(key.parse().ok()?),
        _ => Datum::Text(key.to_owned()),
    };
    write(shape, &datum)
}

fn pair((key, value): (Held, Held)) -> Held {
    Held::Group(vec![("key".to_owned(), key), ("value".to_owned(), value)])
}

/// The members of a union, of which the chosen one is there.
fn of_members(members: &[Shape], chosen: usize, datum: &Datum) -> Option<Vec<(String, Held)>> {
    let held = |(i, shape): (usize, &Shape)| {
        let held = if i == chosen { write(shape, datum)? } else { Held::Missing };
        Some((format!("member{i}"), held))
    };
    members.iter().enumerate().map(held).collect()
}

/// The fields of a group, in the order of its shape; what is not said is missing.
pub fn group(fields: &[(String, Shape)], entries: &[(String, Datum)]) -> Option<Held> {
    let held = |(i, (name, shape)): (usize, &(String, Shape))| {
        // Records are said in the order of their fields, so most are found where they are looked for first.
        let found =
            entries.get(i).filter(|(key, _)| key == name).or_else(|| entries.iter().find(|(key, _)| key == name));
        Some((name.clone(), found.map_or(Some(Held::Missing), |(_, datum)| write(shape, datum))?))
    };
    fields.iter().enumerate().map(held).collect::<Option<_>>().map(Held::Group)
}

/// A number in 32 or 64 signed bits; those above wrap around, as Java's do.
fn wrapped(number: i128, wide: bool) -> Option<i64> {
    let (bits, least) = if wide { (64, i128::from(i64::MIN)) } else { (32, i128::from(i32::MIN)) };
    let modulus = 1i128 << bits;
    if !(least..modulus).contains(&number) {
        return None;
    }
    i64::try_from(if number >= modulus / 2 { number - modulus } else { number }).ok()
}

/// A timestamp's nanos are never negative; those of a length of time have its sign.
fn seconds_and_nanos(nanos: i128, is_length: bool) -> Option<Held> {
    let second = unit_nanos(TimeUnit::Seconds);
    let (seconds, rest) =
        if is_length { (nanos / second, nanos % second) } else { (nanos.div_euclid(second), nanos.rem_euclid(second)) };
    let part = |name: &str, number: i128| Some((name.to_owned(), Held::Integer(i64::try_from(number).ok()?, None)));
    Some(Held::Group(vec![part("seconds", seconds)?, part("nanos", rest)?]))
}
