//! What an event says at a field, in the field model's terms, and how JSON says the same.

use serde_json::{Map, Value as Json, json};

use super::calendar::{self, SECOND};
use super::decimal::Decimal;
use super::text;
use super::value::Scalar;
use crate::schema::{Field, FieldPath, FieldType, MapKey, TimeUnit};
use crate::subject::SchemaType;

/// What an event says at a field. Times are in nanoseconds.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum {
    /// Nothing.
    Null,
    /// True or false.
    Boolean(bool),
    /// A whole number of any kind.
    Integer(i128),
    /// A floating point number.
    Float(f64),
    /// An exact decimal.
    Decimal(Decimal),
    /// Text of any kind: an enum's symbol, a UUID, a date that is a text in the schema.
    Text(String),
    /// Bytes of any kind.
    Bytes(Vec<u8>),
    /// Days since 1970-01-01.
    Date(i64),
    /// Since midnight.
    Time(i64),
    /// An instant, or a date and time without a zone, since 1970-01-01T00:00:00.
    Instant(i128),
    /// A length of time.
    Duration(i128),
    /// A list.
    List(Vec<Datum>),
    /// Values by text key.
    Map(Vec<(String, Datum)>),
    /// The fields of a record that are there.
    Record(Vec<(String, Datum)>),
    /// A value of one of a union's types, by its place among them.
    Chosen(usize, Box<Datum>),
    /// Anything else, in JSON.
    Json(Json),
}

/// Whether a text can be the key of a map with such keys.
fn is_key(key: MapKey, text: &str) -> bool {
    match key {
        MapKey::Text => true,
        MapKey::Boolean => text.parse::<bool>().is_ok(),
        MapKey::Integer { bits, signed } => text.parse::<i128>().is_ok_and(|number| {
            let (low, high) = if signed { (-(1i128 << (bits - 1)), 1i128 << (bits - 1)) } else { (0, 1i128 << bits) };
            (low..high).contains(&number)
        }),
    }
}

/// Why a JSON value does not say what a field holds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path} should be {expected}.")]
pub struct Mismatch {
    /// The field.
    pub path: FieldPath,
    /// What it holds.
    pub expected: String,
}

/// What a JSON value says at a field. Times may be texts in ISO form or numbers in the schema's unit, bytes are base64, and in Avro
/// texts of one character a byte.
pub fn of_json(field: &Field, language: SchemaType, value: &Json) -> Result<Datum, Mismatch> {
    if value.is_null() {
        return Ok(Datum::Null);
    }
    let plain = || scalar(&field.ty, language, value);
    let found = match &field.ty {
        FieldType::Array { item } => match value {
            Json::Array(items) => {
                let items = items.iter().map(|value| of_json(item, language, value));
                Some(Datum::List(items.collect::<Result<_, _>>()?))
            }
            _ => None,
        },
        FieldType::Map { key, value: inner } => match value {
            Json::Object(entries) if entries.keys().all(|text| is_key(*key, text)) => {
                let of_entry = |(key, value): (&String, &Json)| Ok((key.clone(), of_json(inner, language, value)?));
                Some(Datum::Map(entries.iter().map(of_entry).collect::<Result<_, _>>()?))
            }
            _ => None,
        },
        FieldType::Record { fields, .. } => match value {
            Json::Object(entries) => Some(record(fields, language, entries)?),
            _ => None,
        },
        FieldType::Union { branches } => {
            let branches = branches.iter().enumerate();
            let chosen = branches.filter_map(|(i, branch)| {
                let field = Field::required(&field.path, &branch.name, branch.ty.clone());
                let tagged = value.get(&branch.name).filter(|_| language == SchemaType::Avro);
                let datum = tagged.and_then(|value| of_json(&field, language, value).ok());
                let datum = datum.or_else(|| of_json(&field, language, value).ok())?;
                Some(Datum::Chosen(i, Box::new(datum)))
            });
            Some(chosen.into_iter().next().unwrap_or_else(|| Datum::Json(value.clone())))
        }
        FieldType::Json | FieldType::Recursive { .. } | FieldType::Truncated => Some(Datum::Json(value.clone())),
        _ => plain(),
    };
    found.ok_or_else(|| Mismatch { path: field.path.clone(), expected: field.ty.label().into_owned() })
}

/// What a JSON object says of the fields of a record; of the event itself too.
pub fn record(fields: &[Field], language: SchemaType, entries: &Map<String, Json>) -> Result<Datum, Mismatch> {
    let said = |field: &Field| {
        let value = entries.get(&field.name).unwrap_or(&Json::Null);
        Ok((field.name.clone(), of_json(field, language, value)?))
    };
    Ok(Datum::Record(fields.iter().map(said).collect::<Result<_, _>>()?))
}

fn scalar(ty: &FieldType, language: SchemaType, value: &Json) -> Option<Datum> {
    let text = value.as_str();
    let number = || match value {
        Json::Number(number) => Decimal::parse(&number.to_string()),
        Json::String(text) => Decimal::parse(text),
        _ => None,
    };
    let bytes = |text: &str| match language {
        SchemaType::Avro => text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect(),
        _ => super::functions::unbase64(text),
    };
    Some(match ty {
        FieldType::Boolean => Datum::Boolean(value.as_bool()?),
        FieldType::Integer { .. } => Datum::Integer(number()?.whole()?),
        FieldType::Float { .. } => Datum::Float(value.as_f64().or_else(|| text?.parse().ok())?),
        FieldType::Decimal { precision, scale } if *precision <= 38 && *scale <= 37 => {
            match number().and_then(|n| n.rescaled(*scale)) {
                Some(number) => Datum::Decimal(number),
                None => Datum::Text(text?.to_owned()),
            }
        }
        FieldType::Decimal { .. } => Datum::Text(text.map_or_else(|| value.to_string(), str::to_owned)),
        FieldType::Bytes | FieldType::Fixed { .. } | FieldType::UuidBytes => Datum::Bytes(bytes(text?)?),
        FieldType::Date => Datum::Date(match text {
            Some(text) => calendar::date(text).ok()?,
            None => value.as_i64()?,
        }),
        FieldType::Time { unit } => Datum::Time(match text {
            Some(text) => calendar::time(text).ok()?,
            None => value.as_i64()?.checked_mul(i64::try_from(unit_nanos(*unit)).ok()?)?,
        }),
        FieldType::Instant { unit } | FieldType::LocalDateTime { unit } => Datum::Instant(match text {
            Some(text) => {
                let said = calendar::timestamp(text).ok()?;
                said.clock - i128::from(said.offset.unwrap_or(0)) * SECOND
            }
            None => i128::from(value.as_i64()?) * unit_nanos(*unit),
        }),
        FieldType::Duration => match (language, text) {
            (SchemaType::Avro, Some(text)) => Datum::Bytes(bytes(text)?),
            (SchemaType::Protobuf, Some(text)) => {
                Datum::Duration(Decimal::parse(text.strip_suffix('s').unwrap_or(text))?.rescaled(9)?.unscaled())
            }
            (_, text) => Datum::Text(text?.to_owned()),
        },
        _ => Datum::Text(text?.to_owned()),
    })
}

pub(super) fn unit_nanos(unit: TimeUnit) -> i128 {
    10i128.pow(9u32.saturating_sub(unit.digits().into()))
}

/// JSON of a datum, as the sink job writes it where a field is JSON text.
pub fn to_json(datum: &Datum) -> Json {
    let object = |entries: &[(String, Datum)]| {
        entries.iter().map(|(key, value)| (key.clone(), to_json(value))).collect::<Map<_, _>>().into()
    };
    let shown = |scalar: Scalar| Json::from(text::shown(&scalar));
    let formatted = |nanos: i128, format: &str| Json::from(text::formatted(nanos, None, format).unwrap_or_default());
    match datum {
        Datum::Null => Json::Null,
        Datum::Boolean(boolean) => json!(boolean),
        Datum::Integer(number) => match i64::try_from(*number) {
            Ok(number) => json!(number),
            Err(_) => u64::try_from(*number).map_or_else(|_| json!(number.to_string()), |number| json!(number)),
        },
        Datum::Float(number) => json!(number),
        Datum::Decimal(number) => json!(number.to_string()),
        Datum::Text(text) => json!(text),
        Datum::Bytes(bytes) => json!(text::hex(bytes)),
        Datum::Date(days) => shown(Scalar::Date(*days)),
        Datum::Time(nanos) => formatted((*nanos).into(), "HH24:MI:SS.FF9"),
        Datum::Instant(nanos) => formatted(*nanos, "YYYY-MM-DD\"T\"HH24:MI:SS.FF9\"Z\""),
        Datum::Duration(nanos) => json!(format!("{}s", Decimal::new(*nanos, 9).unwrap_or(Decimal::ZERO))),
        Datum::List(items) => items.iter().map(to_json).collect::<Vec<_>>().into(),
        Datum::Map(entries) | Datum::Record(entries) => object(entries),
        Datum::Chosen(_, datum) => to_json(datum),
        Datum::Json(value) => value.clone(),
    }
}
