//! Sample events of a schema: plausible, and the same for the same seed.

use serde_json::{Map, Value as Json, json};

use super::random::Random;
use super::text;
use super::words;
use crate::schema::{Field, FieldType, MapKey, Schema, TimeUnit};
use crate::subject::SchemaType;

/// The longest bytes of a fixed size that are made up.
const MOST_BYTES: u64 = 4_096;
/// 2026-11-23T08:00:00Z, in seconds since 1970; sample events happen in the hours after it.
const MORNING: u64 = 1_795_420_800;

/// Sample events, as people would paste them: times as texts in ISO form, bytes as base64, in Avro as texts of one character a byte.
/// The first has a value for every field; in others what may be missing is so now and then.
pub fn records(schema: &Schema, language: SchemaType, count: usize, seed: u64) -> Vec<Json> {
    let record = |i: usize| {
        let random = Random(seed.wrapping_add(i as u64).wrapping_mul(0x2545_f491_4f6c_dd1d));
        let mut maker = Maker { random, language, complete: i == 0 };
        Json::Object(maker.record(&schema.fields))
    };
    (0..count).map(record).collect()
}

struct Maker {
    random: Random,
    language: SchemaType,
    /// Whether nothing is left out.
    complete: bool,
}

impl Maker {
    fn record(&mut self, fields: &[Field]) -> Map<String, Json> {
        fields.iter().map(|field| (field.name.clone(), self.value(field))).collect()
    }

    fn value(&mut self, field: &Field) -> Json {
        if field.nullable && !self.complete && self.random.below(6) == 0 {
            return Json::Null;
        }
        self.of_type(&field.ty, &field.name)
    }

    fn of_type(&mut self, ty: &FieldType, name: &str) -> Json {
        let few = 1 + self.random.below(3);
        match ty {
            FieldType::Array { item } => (0..few).map(|_| self.of_type(&item.ty, name)).collect::<Vec<_>>().into(),
            FieldType::Map { key, value } => {
                let keys: &[&str] = match key {
                    MapKey::Text => &["first", "second", "third"],
                    MapKey::Boolean => &["false", "true"],
                    MapKey::Integer { .. } => &["1", "2", "3"],
                };
                let keys = keys.iter().take(usize::try_from(few).unwrap_or(1));
                keys.map(|key| ((*key).to_owned(), self.of_type(&value.ty, name))).collect::<Map<_, _>>().into()
            }
            FieldType::Record { name, fields } => match self.google(name) {
                Some(value) => value,
                None => self.record(fields).into(),
            },
            FieldType::Union { branches } => {
                let place = usize::try_from(self.random.below(branches.len() as u64)).unwrap_or(0);
                branches.get(place).map_or(Json::Null, |branch| self.of_type(&branch.ty, name))
            }
            FieldType::Json => json!({ "note": "anything", "number": few }),
            FieldType::Recursive { .. } | FieldType::Truncated => json!({}),
            FieldType::Boolean => json!(self.random.below(2) == 0),
            FieldType::Integer { bits, .. } => self.integer(*bits, name),
            FieldType::Float { .. } => json!(words::fraction(name, &mut self.random)),
            FieldType::Decimal { precision, scale } => self.decimal(*precision, *scale),
            _ => self.text(ty, name).into(),
        }
    }

    fn integer(&mut self, bits: u8, name: &str) -> Json {
        let most = if bits == 8 { 100 } else { u64::MAX };
        if bits != 8 && words::is_time(name) && (bits == 64 || bits == 0) {
            return json!(self.seconds() * 1_000);
        }
        json!(words::whole(name, &mut self.random).min(most))
    }

    fn decimal(&mut self, precision: u32, scale: u32) -> Json {
        let whole = 10u64.saturating_pow(precision.saturating_sub(scale).min(3));
        let fraction: String = format!("{:016}", self.random.number() % 10_000_000_000_000_000);
        let digits: String = fraction.chars().cycle().take(scale as usize).collect();
        let point = if scale > 0 { "." } else { "" };
        json!(format!("{}{point}{digits}", self.random.below(whole)))
    }

    /// Seconds since 1970 at which something of an event happens.
    fn seconds(&mut self) -> u64 {
        MORNING + self.random.below(10 * 3_600)
    }

    fn text(&mut self, ty: &FieldType, name: &str) -> String {
        match ty {
            FieldType::String { max_length } => {
                let most = max_length.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX);
                words::text(name, &mut self.random).chars().take(most).collect()
            }
            FieldType::Enum { symbols } => self.random.word(symbols),
            FieldType::Uuid => self.uuid(),
            FieldType::UuidBytes => self.bytes(16),
            FieldType::Bytes => self.bytes(6),
            FieldType::Base64 => "c2FtcGxl".into(),
            FieldType::Fixed { size } => self.bytes((*size).min(MOST_BYTES)),
            FieldType::Date | FieldType::DateText => format!("2026-11-{:02}", 1 + self.random.below(30)),
            FieldType::Time { unit } => self.clock(*unit, "HH24:MI:SS"),
            FieldType::TimeText => self.clock(TimeUnit::Seconds, "HH24:MI:SS\"Z\""),
            FieldType::Instant { unit } => self.clock(*unit, "YYYY-MM-DD\"T\"HH24:MI:SS\"Z\""),
            FieldType::InstantText => self.clock(TimeUnit::Millis, "YYYY-MM-DD\"T\"HH24:MI:SS\"Z\""),
            FieldType::LocalDateTime { unit } => self.clock(*unit, "YYYY-MM-DD\"T\"HH24:MI:SS"),
            FieldType::Duration => match self.language {
                SchemaType::Avro => self.bytes(12),
                SchemaType::Protobuf => format!("{}s", 1 + self.random.below(3_600)),
                SchemaType::Json => format!("PT{}M", 1 + self.random.below(90)),
            },
            _ => String::new(),
        }
    }

    /// A time in a format, with the digits of its unit behind the seconds.
    fn clock(&mut self, unit: TimeUnit, format: &str) -> String {
        let digits = unit.digits().min(6);
        let format = if digits > 0 { format.replace("SS", &format!("SS.FF{digits}")) } else { format.to_owned() };
        let nanos = i128::from(self.seconds()) * 1_000_000_000 + i128::from(self.random.below(1_000_000)) * 1_000;
        text::formatted(nanos, None, &format).unwrap_or_default()
    }

    fn uuid(&mut self) -> String {
        let digits = self.random.hex(16) + &self.random.hex(16);
        let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
        format!("{}-{}-4{}-a{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
    }

    /// Bytes as JSON says them in the schema's language.
    fn bytes(&mut self, count: u64) -> String {
        let letters = |random: &mut Random| random.word(&["a", "b", "c", "d", "e", "f", "g", "h"]);
        match self.language {
            SchemaType::Avro => (0..count).map(|_| letters(&mut self.random)).collect(),
            // Four letters are three bytes.
            _ => (0..count.div_ceil(3) * 4).map(|_| letters(&mut self.random)).collect(),
        }
    }

    /// Messages of `google.type` whose fields mean something only together.
    fn google(&mut self, name: &str) -> Option<Json> {
        let mut below = |limit| self.random.below(limit);
        Some(match name {
            "google.type.Date" => json!({ "year": 2026, "month": 1 + below(12), "day": 1 + below(28) }),
            "google.type.TimeOfDay" => json!({ "hours": below(24), "minutes": below(60), "seconds": 0, "nanos": 0 }),
            "google.type.Money" => {
                json!({ "currency_code": "EUR", "units": below(200), "nanos": below(100) * 10_000_000 })
            }
            _ => return None,
        })
    }
}
