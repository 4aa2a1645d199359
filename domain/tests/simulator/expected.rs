//! What a column must hold of what an event says: the rules of the type tables, stated once more and without any SQL.

use std::collections::HashSet;

use domain::platform::{Writer, WriterProfile};
use domain::schema::{Branch, Field, FieldPath, FieldType, MapKey, TimeUnit};
use domain::simulate::{Datum, Decimal, Scalar, Value, Variant, parse_json, to_json};
use domain::subject::SchemaType;

use crate::records::nanos;

/// Who wrote, which decides what a VARIANT holds inside of it.
#[derive(Clone, Copy)]
pub struct Kept<'a> {
    /// The profile.
    pub profile: WriterProfile,
    /// Whether local timestamps have no annotation.
    pub plain_local: bool,
    /// The language of the schema.
    pub language: SchemaType,
    /// The fields that the sink job writes as JSON text.
    pub json_text: &'a HashSet<&'a FieldPath>,
}

/// What the default column of a field must hold. `written` is the JSON text that the sink job writes, where it writes such.
pub fn column(field: &Field, datum: &Datum, kept: Kept<'_>, written: Option<&str>) -> Value {
    use Datum::{Bytes, Null, Text};
    if *datum == Null {
        return Value::Null;
    }
    if let Some(text) = written {
        return match (parse_json(text), &field.ty) {
            (Some(Variant::Array(items)), FieldType::Array { .. }) => Value::Array(items),
            (Some(parsed), _) => Value::Variant(parsed),
            (None, _) => panic!("{text} is not JSON"),
        };
    }
    match (&field.ty, datum) {
        (_, Datum::List(items)) if items.is_empty() && kept.is_message() => Value::Null,
        (FieldType::Map { .. }, Datum::Map(entries)) if entries.is_empty() && kept.is_message() => Value::Null,
        (FieldType::Record { name, .. }, Datum::Record(parts)) if name == "google.type.Date" => date(parts),
        (FieldType::Record { name, .. }, Datum::Record(parts)) if name == "google.type.TimeOfDay" => time(parts),
        (FieldType::Integer { .. }, Datum::Integer(number)) => number_of(*number, 0),
        (FieldType::Instant { .. } | FieldType::LocalDateTime { .. }, Datum::Instant(at)) => Scalar::Ntz(*at).into(),
        (FieldType::Duration, Datum::Duration(length)) => number_of(*length, 9),
        (FieldType::UuidBytes, Bytes(bytes)) => {
            let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| digits[range].to_owned());
            Value::from(parts.join("-"))
        }
        (FieldType::Base64, Text(text)) => match text.as_str() {
            "" => Scalar::Binary(vec![]).into(),
            "AAECAw==" => Scalar::Binary(vec![0, 1, 2, 3]).into(),
            "/+8=" => Scalar::Binary(vec![0xff, 0xef]).into(),
            _ => Value::Null,
        },
        (FieldType::DateText, Text(text)) => match text.as_str() {
            "2026-11-23" => Scalar::Date(20_780).into(),
            "2024-02-29" => Scalar::Date(19_782).into(),
            "0001-01-01" => Scalar::Date(-719_162).into(),
            _ => Value::Null,
        },
        (FieldType::InstantText, Text(text)) => match text.as_str() {
            "2026-11-23T12:34:56Z" => Scalar::Ntz(1_795_437_296_000_000_000).into(),
            "2026-11-23T23:59:59.999999-08:00" => Scalar::Ntz(1_795_507_199_999_999_000).into(),
            "1969-12-31T23:00:00.5+01:00" => Scalar::Ntz(-7_199_500_000_000).into(),
            _ => Value::Null,
        },
        (ty, datum) => match nested(ty, datum, kept) {
            Variant::Scalar(scalar) => scalar.into(),
            Variant::Array(items) if !matches!(ty, FieldType::Map { .. }) => Value::Array(items),
            other => Value::Variant(other),
        },
    }
}

fn number_of(unscaled: i128, scale: u32) -> Value {
    Decimal::new(unscaled, scale).expect("a number of 38 digits").into()
}

fn part(parts: &[(String, Datum)], name: &str) -> i64 {
    match parts.iter().find(|(key, _)| key == name) {
        Some((_, Datum::Integer(number))) => i64::try_from(*number).unwrap(),
        other => panic!("{name} is {other:?}"),
    }
}

/// A date of three numbers; NULL where there is no such day.
fn date(parts: &[(String, Datum)]) -> Value {
    let [year, month, day] = ["year", "month", "day"].map(|name| part(parts, name));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let lengths = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let Some(months_before) = usize::try_from(month - 1).ok().filter(|i| *i < 12) else { return Value::Null };
    if year == 0 || !(1..=lengths[months_before]).contains(&day) {
        return Value::Null;
    }
    let before = year - 1;
    let years = before * 365 + before / 4 - before / 100 + before / 400;
    Scalar::Date(years + lengths[..months_before].iter().sum::<i64>() + day - 1 - 719_162).into()
}

/// A time of four numbers; NULL where a day has no such time.
fn time(parts: &[(String, Datum)]) -> Value {
    let [hours, minutes, seconds, nanos] = ["hours", "minutes", "seconds", "nanos"].map(|name| part(parts, name));
    let at = ((hours * 60 + minutes) * 60 + seconds) * 1_000_000_000 + nanos;
    if hours < 24 { Scalar::Time(at).into() } else { Value::Null }
}

impl Kept<'_> {
    fn writer(self) -> Writer {
        self.profile.writer()
    }

    fn is_message(self) -> bool {
        self.writer() == Writer::Protobuf
    }

    /// Inside a VARIANT an instant that is adjusted to UTC, or INT96, stays what the reader makes of it.
    fn instant(self, at: i128, local: bool) -> Scalar {
        match (self.writer(), self.profile) {
            (_, WriterProfile::FlinkRowdataInt96) => Scalar::Ltz(at),
            (Writer::Avro, _) if !local => Scalar::Ltz(at),
            _ => Scalar::Ntz(at),
        }
    }
}

/// A field inside a record, a list or a map, with the message around its value if it has one.
fn field(field: &Field, datum: &Datum, kept: Kept<'_>) -> Variant {
    // Inside the own column of an expanded record the sink job's JSON stays a text.
    if kept.json_text.contains(&field.path) && *datum != Datum::Null {
        return Variant::Scalar(Scalar::Text(to_json(datum).to_string()));
    }
    let inner = nested(&field.ty, datum, kept);
    match field.wrapper {
        Some(key) if kept.writer() != Writer::RowData && *datum != Datum::Null => {
            Variant::Object([(key.to_owned(), inner)].into())
        }
        _ => inner,
    }
}

/// What a VARIANT must hold of a datum inside a record, a list or a map: what the file holds, since no expression reaches there.
fn nested(ty: &FieldType, datum: &Datum, kept: Kept<'_>) -> Variant {
    match (ty, datum) {
        (_, Datum::Null) => Variant::Null,
        (_, Datum::List(items)) if items.is_empty() && kept.is_message() => Variant::Null,
        (FieldType::Map { .. }, Datum::Map(entries)) if entries.is_empty() && kept.is_message() => Variant::Null,
        (FieldType::Array { item }, Datum::List(items)) => {
            Variant::Array(items.iter().map(|datum| field(item, datum, kept)).collect())
        }
        (FieldType::Map { key, value }, Datum::Map(entries)) => {
            let value = |datum: &Datum| field(value, datum, kept);
            if kept.profile == WriterProfile::ProtoLegacy {
                let text = |text: &String| {
                    Variant::Scalar(match key {
                        MapKey::Text => Scalar::Text(text.clone()),
                        MapKey::Boolean => Scalar::Boolean(text == "true"),
                        MapKey::Integer { .. } => Scalar::Number(Decimal::parse(text).expect("a number")),
                    })
                };
                let pair = |(key, datum): &(String, Datum)| {
                    Variant::Object([("key".to_owned(), text(key)), ("value".to_owned(), value(datum))].into())
                };
                return Variant::Array(entries.iter().map(pair).collect());
            }
            Variant::Object(entries.iter().map(|(key, datum)| (key.clone(), value(datum))).collect())
        }
        (FieldType::Record { fields, .. }, Datum::Record(entries)) => {
            let there = fields.iter().filter(|field| !is_empty(&field.ty));
            let entry = |inner: &Field| {
                let said = entries.iter().find(|(key, _)| *key == inner.name).map(|(_, datum)| datum);
                (inner.name.clone(), field(inner, said.unwrap_or(&Datum::Null), kept))
            };
            Variant::Object(there.map(entry).collect())
        }
        (FieldType::Union { branches }, Datum::Chosen(chosen, datum)) if kept.writer() == Writer::Avro => {
            let member = |(i, branch): (usize, &Branch)| {
                let held = if i == *chosen { nested(&branch.ty, datum, kept) } else { Variant::Null };
                (format!("member{i}"), held)
            };
            Variant::Object(branches.iter().enumerate().map(member).collect())
        }
        (FieldType::Instant { unit: TimeUnit::Nanos }, Datum::Instant(at)) if kept.language == SchemaType::Protobuf => {
            seconds_and_nanos(at.div_euclid(1_000_000_000), at.rem_euclid(1_000_000_000))
        }
        (_, Datum::Duration(length)) => seconds_and_nanos(length / 1_000_000_000, length % 1_000_000_000),
        (ty, datum) => Variant::Scalar(plain(ty, datum, kept)),
    }
}

/// What a VARIANT must hold of a datum that is one value.
fn plain(ty: &FieldType, datum: &Datum, kept: Kept<'_>) -> Scalar {
    let number = |number: i128| Scalar::Number(Decimal::new(number, 0).expect("a number of 38 digits"));
    match (ty, datum) {
        (FieldType::Integer { bits: bits @ (32 | 64), signed: false }, Datum::Integer(n)) => {
            // The writers wrap them around, and say so in a diagnostic.
            let half = 1i128 << (bits - 1);
            number(if *n >= half { n - 2 * half } else { *n })
        }
        (FieldType::Instant { unit } | FieldType::LocalDateTime { unit }, Datum::Instant(at)) => {
            let local = matches!(ty, FieldType::LocalDateTime { .. });
            let is_plain = matches!(unit, TimeUnit::Seconds | TimeUnit::Nanos) || local && kept.plain_local;
            if is_plain { number(at / nanos(*unit)) } else { kept.instant(*at, local) }
        }
        (_, Datum::Boolean(boolean)) => Scalar::Boolean(*boolean),
        (_, Datum::Integer(n)) => number(*n),
        #[expect(clippy::cast_possible_truncation)]
        (FieldType::Float { bits: 32 }, Datum::Float(number)) => Scalar::Float(f64::from(*number as f32)),
        (_, Datum::Float(number)) => Scalar::Float(*number),
        (_, Datum::Decimal(number)) => Scalar::Number(*number),
        (_, Datum::Text(text)) => Scalar::Text(text.clone()),
        (_, Datum::Bytes(bytes)) => Scalar::Binary(bytes.clone()),
        (_, Datum::Date(days)) => Scalar::Date(*days),
        (_, Datum::Time(at)) => {
            // Flink writes milliseconds.
            let unit = if kept.writer() == Writer::RowData { 1_000_000 } else { 1 };
            Scalar::Time(at / unit * unit)
        }
        (ty, datum) => panic!("{datum:?} is no {ty:?}"),
    }
}

fn is_empty(ty: &FieldType) -> bool {
    match ty {
        FieldType::Record { fields, .. } => fields.iter().all(|field| is_empty(&field.ty)),
        FieldType::Array { item: inner } | FieldType::Map { value: inner, .. } => is_empty(&inner.ty),
        _ => false,
    }
}

fn seconds_and_nanos(seconds: i128, nanos: i128) -> Variant {
    let part = |name: &str, number: i128| {
        let number = Decimal::new(number, 0).expect("a number of 38 digits");
        (name.to_owned(), Variant::Scalar(Scalar::Number(number)))
    };
    Variant::Object([part("seconds", seconds), part("nanos", nanos)].into())
}
