//! What a row that comes without a file has of an event: JSON, by the sink job's contract or as the connector and its converters
//! make it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::calendar::{DAY, SECOND};
use super::datum::{Datum, of_json, unit_nanos};
use super::decimal::Decimal;
use super::functions::base64;
use super::json;
use super::text;
use super::value::{Scalar, Variant};
use crate::schema::{Field, FieldType, TimeUnit};
use crate::subject::SchemaType;
use crate::table::Carrier;

/// The key of what is known of the record.
const METADATA: &str = "RECORD_METADATA";
/// Seconds that the connector's machine is ahead of UTC here, so that what depends on it shows.
const MACHINE: i64 = 3_600;

/// Rows on their way to a pipe.
#[derive(Debug, Clone, Copy)]
pub struct Arriving<'a> {
    /// What brings them; nothing arrives so from files.
    pub carrier: Carrier,
    /// The language of the schema.
    pub language: SchemaType,
    /// The fields that have another key in the row, by name.
    pub keys: &'a BTreeMap<String, String>,
    /// The header with the whole envelope, if one has it.
    pub envelope_header: Option<&'a str>,
}

/// A record of the topic: its place and when it is sent on, in milliseconds since 1970.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// The topic.
    pub topic: &'a str,
    /// The partition.
    pub partition: u32,
    /// The offset.
    pub offset: u64,
    /// When it is sent on.
    pub sent_at: i64,
}

impl Arriving<'_> {
    /// What `$1` is for an event; `None` where the converter would fail, or nobody knows what it does.
    pub fn row(
        self,
        fields: &[Field],
        envelope: &[(String, Datum)],
        payload: &[(String, Datum)],
        record: Record<'_>,
    ) -> Option<Variant> {
        let mut row = BTreeMap::new();
        for field in fields {
            let said = payload.iter().find(|(name, _)| *name == field.name).map_or(&Datum::Null, |(_, datum)| datum);
            let key = self.keys.get(&field.name).unwrap_or(&field.name);
            row.insert(key.clone(), self.field(field, said)?);
        }
        let mut metadata = BTreeMap::from([
            ("topic".to_owned(), said_text(record.topic)),
            ("partition".to_owned(), number(record.partition.into())?),
            ("offset".to_owned(), number(record.offset.into())?),
            ("SnowflakeConnectorPushTime".to_owned(), number(record.sent_at.into())?),
        ]);
        let parts = envelope.iter().map(|(key, datum)| Some((key.clone(), self.part(datum)?)));
        let parts: BTreeMap<String, Variant> = parts.collect::<Option<_>>()?;
        match self.carrier {
            Carrier::Files(_) => return None,
            Carrier::Job => row.extend(parts),
            Carrier::Connector => {
                let headers = match self.envelope_header {
                    Some(header) => [(header.to_owned(), said_text(json::print(&Variant::Object(parts))))].into(),
                    None => parts,
                };
                metadata.insert("headers".to_owned(), Variant::Object(headers));
            }
        }
        row.insert(METADATA.to_owned(), Variant::Object(metadata));
        Some(Variant::Object(row))
    }

    /// A part of the envelope, which is a text.
    fn part(self, datum: &Datum) -> Option<Variant> {
        match datum {
            Datum::Instant(at) => iso(*at, "YYYY-MM-DD\"T\"HH24:MI:SS.FF9\"Z\""),
            Datum::Text(text) => Some(said_text(text.as_str())),
            Datum::Null => Some(Variant::Null),
            _ => None,
        }
    }

    fn field(self, field: &Field, datum: &Datum) -> Option<Variant> {
        let datum = &*self.defaulted(field, datum);
        let value = self.value(&field.ty, datum)?;
        let is_wrapped = self.carrier == Carrier::Connector && field.wrapper == Some("paths");
        Some(match field.wrapper {
            Some(key) if is_wrapped && *datum != Datum::Null => Variant::Object([(key.to_owned(), value)].into()),
            _ => value,
        })
    }

    /// Kafka Connect puts the schema's default where there is null; of messages it knows no defaults.
    fn defaulted<'d>(self, field: &Field, datum: &'d Datum) -> Cow<'d, Datum> {
        let fills =
            self.carrier == Carrier::Connector && self.language != SchemaType::Protobuf && *datum == Datum::Null;
        let default = field.default.as_deref().filter(|_| fills).and_then(|text| serde_json::from_str(text).ok());
        default.and_then(|value| of_json(field, self.language, &value).ok()).map_or(Cow::Borrowed(datum), Cow::Owned)
    }

    fn value(self, ty: &FieldType, datum: &Datum) -> Option<Variant> {
        let is_connector = self.carrier == Carrier::Connector;
        match (ty, datum) {
            (_, Datum::Null) => Some(Variant::Null),
            (FieldType::Array { item }, Datum::List(items)) => {
                items.iter().map(|datum| self.field(item, datum)).collect::<Option<_>>().map(Variant::Array)
            }
            (FieldType::Map { value, .. }, Datum::Map(entries)) => {
                let entry = |(key, datum): &(String, Datum)| Some((key.clone(), self.field(value, datum)?));
                entries.iter().map(entry).collect::<Option<_>>().map(Variant::Object)
            }
            (FieldType::Record { name, .. }, Datum::Record(parts)) if is_connector && name == "google.type.Date" => {
                date_of_parts(parts)
            }
            (FieldType::Record { name, .. }, Datum::Record(parts))
                if is_connector && name == "google.type.TimeOfDay" =>
            {
                time_of_parts(parts).map(zoned_time)?
            }
            (FieldType::Record { fields, .. }, Datum::Record(entries)) => self.record(fields, entries),
            (FieldType::Union { branches }, Datum::Chosen(chosen, datum)) => {
                let said = self.value(&branches.get(*chosen)?.ty, datum)?;
                if !is_connector {
                    return Some(said);
                }
                let simple = |name: &str| name.rsplit('.').next().unwrap_or(name).to_owned();
                let mut object: BTreeMap<_, _> =
                    branches.iter().map(|branch| (simple(&branch.name), Variant::Null)).collect();
                object.insert(simple(&branches.get(*chosen)?.name), said);
                Some(Variant::Object(object))
            }
            (_, Datum::Json(value)) => json::parse(&value.to_string()),
            (ty, Datum::Instant(at)) => self.timestamp(ty, *at),
            (FieldType::Time { unit }, Datum::Time(at)) if is_connector => match unit {
                TimeUnit::Millis => zoned_time((*at).into()),
                unit => number(i128::from(*at).div_euclid(unit_nanos(*unit))),
            },
            (_, Datum::Time(at)) => iso((*at).into(), "HH24:MI:SS.FF9"),
            (_, Datum::Date(days)) if is_connector => iso_date(*days),
            (_, Datum::Date(days)) => iso(i128::from(*days) * DAY, "YYYY-MM-DD"),
            (_, Datum::Duration(length)) => {
                let part = |name: &str, part: i128| Some((name.to_owned(), number(part)?));
                let parts = [part("seconds", length / SECOND)?, part("nanos", length % SECOND)?];
                Some(Variant::Object(parts.into()))
            }
            (ty, datum) => self.plain(ty, datum),
        }
    }

    fn record(self, fields: &[Field], entries: &[(String, Datum)]) -> Option<Variant> {
        let entry = |field: &Field| {
            let said = entries.iter().find(|(key, _)| *key == field.name).map_or(&Datum::Null, |(_, datum)| datum);
            Some((field.name.clone(), self.field(field, said)?))
        };
        fields.iter().map(entry).collect::<Option<_>>().map(Variant::Object)
    }

    fn timestamp(self, ty: &FieldType, at: i128) -> Option<Variant> {
        const MILLIS: &str = "YYYY-MM-DD\"T\"HH24:MI:SS.FF3\"Z\"";
        match (self.carrier, ty) {
            (Carrier::Connector, FieldType::Instant { unit })
                if *unit == TimeUnit::Millis || self.language == SchemaType::Protobuf =>
            {
                iso(at, MILLIS)
            }
            (Carrier::Connector, FieldType::Instant { unit } | FieldType::LocalDateTime { unit }) => {
                number(at.div_euclid(unit_nanos(*unit)))
            }
            (_, FieldType::LocalDateTime { .. }) => iso(at, "YYYY-MM-DD\"T\"HH24:MI:SS.FF9"),
            _ => iso(at, "YYYY-MM-DD\"T\"HH24:MI:SS.FF9\"Z\""),
        }
    }

    fn plain(self, ty: &FieldType, datum: &Datum) -> Option<Variant> {
        Some(match (ty, datum) {
            (_, Datum::Boolean(boolean)) => Variant::Scalar(Scalar::Boolean(*boolean)),
            // Java's long has no sign to spare.
            (FieldType::Integer { bits: 64, signed: false }, Datum::Integer(n))
                if self.carrier == Carrier::Connector =>
            {
                number(if *n > i64::MAX.into() { n - (1i128 << 64) } else { *n })?
            }
            (_, Datum::Integer(n)) => number(*n)?,
            // JSON has the shortest digits that are the number, whether it has 32 or 64 bits.
            #[expect(clippy::cast_possible_truncation)]
            (FieldType::Float { bits: 32 }, Datum::Float(number)) => {
                Variant::Scalar(Scalar::Float((*number as f32).to_string().parse().ok()?))
            }
            (_, Datum::Float(number)) => Variant::Scalar(Scalar::Float(*number)),
            (_, Datum::Decimal(number)) if self.carrier == Carrier::Connector => {
                Variant::Scalar(Scalar::Number(*number))
            }
            (_, Datum::Decimal(number)) => said_text(number.to_string()),
            (FieldType::UuidBytes, Datum::Bytes(bytes)) if self.carrier == Carrier::Job => said_text(uuid(bytes)?),
            (_, Datum::Bytes(bytes)) => said_text(base64(bytes)),
            (_, Datum::Text(text)) => said_text(text.as_str()),
            _ => return None,
        })
    }
}

fn said_text(text: impl Into<String>) -> Variant {
    Variant::Scalar(Scalar::Text(text.into()))
}

fn number(number: i128) -> Option<Variant> {
    Some(Variant::Scalar(Scalar::Number(Decimal::new(number, 0)?)))
}

fn iso(nanos: i128, format: &str) -> Option<Variant> {
    text::formatted(nanos, None, format).ok().map(said_text)
}

/// The midnight of a day.
fn iso_date(days: i64) -> Option<Variant> {
    iso(i128::from(days) * DAY, "YYYY-MM-DD\"T\"HH24:MI:SS.FF3\"Z\"")
}

/// A time of day on the machine's clock.
fn zoned_time(nanos: i128) -> Option<Variant> {
    let here = (nanos + i128::from(MACHINE) * SECOND).rem_euclid(DAY);
    let Some(Variant::Scalar(Scalar::Text(time))) = iso(here, "HH24:MI:SS.FF3") else { return None };
    Some(said_text(format!("{time}+01:00")))
}

fn part_of(parts: &[(String, Datum)], name: &str) -> Option<i128> {
    match parts.iter().find(|(key, _)| key == name)? {
        (_, Datum::Integer(number)) => Some(*number),
        _ => None,
    }
}

/// What the converter makes of a date that is none, nobody knows.
fn date_of_parts(parts: &[(String, Datum)]) -> Option<Variant> {
    let (year, month, day) = (part_of(parts, "year")?, part_of(parts, "month")?, part_of(parts, "day")?);
    if year == 0 {
        return None;
    }
    iso_date(super::calendar::date(&format!("{year:04}-{month:02}-{day:02}")).ok()?)
}

fn time_of_parts(parts: &[(String, Datum)]) -> Option<i128> {
    let (hours, minutes) = (part_of(parts, "hours")?, part_of(parts, "minutes")?);
    let at = ((hours * 60 + minutes) * 60 + part_of(parts, "seconds")?) * SECOND + part_of(parts, "nanos")?;
    (at < DAY).then_some(at)
}

fn uuid(bytes: &[u8]) -> Option<String> {
    let digits = text::hex(bytes).to_lowercase();
    let part = |range: std::ops::Range<usize>| digits.get(range);
    let parts = [part(0..8)?, part(8..12)?, part(12..16)?, part(16..20)?, part(20..32)?];
    Some(parts.join("-"))
}
