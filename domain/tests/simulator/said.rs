//! Whether what a column holds of a row that came without a file is what the event said, told without any SQL.

use std::collections::HashSet;

use domain::platform::WriterProfile;
use domain::schema::{Field, FieldType, TimeUnit};
use domain::simulate::{Datum, Decimal, Scalar, Value, Variant, of_json, parse_json};
use domain::subject::SchemaType;
use domain::table::Carrier;

use crate::expected;

/// The default of the schema where an event has null, which Kafka Connect puts there.
fn defaulted(field: &Field, datum: &Datum, language: SchemaType, carrier: Carrier) -> Datum {
    let is_filled = carrier == Carrier::Connector && language != SchemaType::Protobuf && *datum == Datum::Null;
    match field.default.as_deref().filter(|_| is_filled) {
        Some(text) => of_json(field, language, &serde_json::from_str(text).unwrap()).unwrap_or(Datum::Null),
        None => datum.clone(),
    }
}

/// Whether a cell is what the event said, by the rules of the files' columns, but for what JSON keeps otherwise.
pub fn holds(field: &Field, datum: &Datum, cell: &Value, language: SchemaType, carrier: Carrier) -> bool {
    let datum = &defaulted(field, datum, language, carrier);
    const MILLI: i128 = 1_000_000;
    let nothing = HashSet::new();
    let kept = expected::Kept { profile: WriterProfile::default(), plain_local: false, language, json_text: &nothing };
    let is_connector = carrier == Carrier::Connector;
    let wanted = match (&field.ty, datum) {
        (_, Datum::Null) => return *cell == Value::Null,
        (FieldType::Record { name, .. }, _)
            if name.starts_with("google.type.") && !matches!(cell, Value::Variant(_)) =>
        {
            match (expected::column(field, datum, kept, None), is_connector) {
                (Value::Scalar(Scalar::Time(at)), true) => Scalar::Time(at / 1_000_000 * 1_000_000).into(),
                (wanted, _) => wanted,
            }
        }
        (FieldType::Time { .. }, Datum::Time(at)) => Scalar::Time(*at).into(),
        (FieldType::Instant { .. }, Datum::Instant(at)) if is_connector && language == SchemaType::Protobuf => {
            Scalar::Ntz(at.div_euclid(MILLI) * MILLI).into()
        }
        #[expect(clippy::cast_possible_truncation)]
        (FieldType::Float { bits: 32 }, Datum::Float(number)) => {
            Scalar::Float((*number as f32).to_string().parse().unwrap()).into()
        }
        (FieldType::Array { item }, Datum::List(items)) => {
            let Value::Array(held) = cell else { return false };
            let mut both = held.iter().zip(items);
            return held.len() == items.len() && both.all(|(held, datum)| says(item, datum, held, language, carrier));
        }
        (
            FieldType::Map { .. }
            | FieldType::Record { .. }
            | FieldType::Union { .. }
            | FieldType::Json
            | FieldType::Recursive { .. }
            | FieldType::Truncated,
            datum,
        ) => {
            let Value::Variant(held) = cell else { return false };
            return says(field, datum, held, language, carrier);
        }
        _ => expected::column(field, datum, kept, None),
    };
    *cell == wanted
}

/// Whether JSON inside a column says a datum, read back without any SQL.
fn says(field: &Field, datum: &Datum, held: &Variant, language: SchemaType, carrier: Carrier) -> bool {
    let datum = &defaulted(field, datum, language, carrier);
    let inner = |field: &Field, datum: &Datum, held: &Variant| says(field, datum, held, language, carrier);
    let of = |ty: &FieldType| Field { ty: ty.clone(), wrapper: None, ..field.clone() };
    let text = match held {
        Variant::Scalar(Scalar::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    let is_connector = carrier == Carrier::Connector;
    match (&field.ty, datum, held) {
        (_, Datum::Null, held) => *held == Variant::Null,
        (_, _, Variant::Object(parts)) if is_connector && field.wrapper == Some("paths") => {
            parts.len() == 1 && inner(&of(&field.ty), datum, &parts["paths"])
        }
        (FieldType::Array { item }, Datum::List(items), Variant::Array(held)) => {
            items.len() == held.len() && items.iter().zip(held).all(|(datum, held)| inner(item, datum, held))
        }
        (FieldType::Map { value, .. }, Datum::Map(entries), Variant::Object(held)) => {
            let keys: HashSet<&String> = entries.iter().map(|(key, _)| key).collect();
            held.len() == keys.len()
                && entries.iter().rev().all(|(key, datum)| {
                    let last = entries.iter().rev().find(|(other, _)| other == key).unwrap();
                    last.1 != *datum || inner(value, datum, &held[key])
                })
        }
        (FieldType::Record { name, .. }, Datum::Record(_), _) if is_connector && text.is_some() => {
            ["google.type.Date", "google.type.TimeOfDay"].contains(&name.as_str())
        }
        (FieldType::Record { fields, .. }, Datum::Record(entries), Variant::Object(held)) => {
            fields.iter().all(|field| {
                let said = entries.iter().find(|(key, _)| *key == field.name).map_or(&Datum::Null, |(_, datum)| datum);
                inner(field, said, &held[&field.name])
            })
        }
        (FieldType::Union { branches }, Datum::Chosen(chosen, datum), held) if is_connector => {
            let Variant::Object(held) = held else { return false };
            let mut there = held.iter().filter(|(_, value)| **value != Variant::Null);
            let branch = &branches[*chosen];
            match there.next() {
                Some((key, value)) => branch.name.ends_with(key.as_str()) && inner(&of(&branch.ty), datum, value),
                None => **datum == Datum::Null,
            }
        }
        (FieldType::Union { branches }, Datum::Chosen(chosen, datum), held) => {
            inner(&of(&branches[*chosen].ty), datum, held)
        }
        (_, Datum::Json(value), held) => parse_json(&value.to_string()).as_ref() == Some(held),
        (_, Datum::Duration(length), Variant::Object(held)) => {
            let part = |name: &str| match &held[name] {
                Variant::Scalar(Scalar::Number(number)) => number.whole().unwrap(),
                other => panic!("{name} is {other:?}"),
            };
            part("seconds") * 1_000_000_000 + part("nanos") == *length
        }
        (ty, datum, held) => says_plainly(ty, datum, held, is_connector),
    }
}

fn says_plainly(ty: &FieldType, datum: &Datum, held: &Variant, is_connector: bool) -> bool {
    let Variant::Scalar(held) = held else { return false };
    match (datum, held) {
        (Datum::Boolean(said), Scalar::Boolean(held)) => said == held,
        (Datum::Integer(said), Scalar::Number(held)) => {
            let wraps = is_connector && matches!(ty, FieldType::Integer { bits: 64, signed: false });
            let wrapped = if wraps && *said > i64::MAX.into() { said - (1i128 << 64) } else { *said };
            held.whole() == Some(wrapped)
        }
        #[expect(clippy::cast_possible_truncation)]
        (Datum::Float(said), Scalar::Float(_) | Scalar::Number(_)) => {
            let held = match held {
                Scalar::Number(number) => number.to_float(),
                Scalar::Float(number) => *number,
                _ => return false,
            };
            held == *said || held as f32 == *said as f32
        }
        (Datum::Decimal(said), Scalar::Number(held)) => is_connector && said == held,
        (Datum::Decimal(said), Scalar::Text(held)) => Decimal::parse(held) == Some(*said),
        (Datum::Text(said), Scalar::Text(held)) => said == held,
        // Bytes and times are texts of their own rules, which columns of their own check.
        (Datum::Bytes(said), Scalar::Text(held)) => held.len() >= said.len(),
        (Datum::Date(_) | Datum::Time(_) | Datum::Instant(_), Scalar::Text(held)) => held.contains(['-', ':']),
        (Datum::Time(_) | Datum::Instant(_), Scalar::Number(_)) => {
            is_connector && !matches!(ty, FieldType::Instant { unit: TimeUnit::Millis })
        }
        _ => false,
    }
}
