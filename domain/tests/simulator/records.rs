//! Random records of a schema, the same for the same seed, with the values at the edges of each type more often than chance has it.

use domain::schema::{Field, FieldType, MapKey, TimeUnit};
use domain::simulate::{Datum, Decimal};
use domain::subject::SchemaType;
use serde_json::json;

/// Random numbers that are the same for the same seed.
pub struct Random(pub u64);

impl Random {
    /// Splitmix: every seed is good.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[usize::try_from(self.below(of.len() as u64)).unwrap()]
    }

    /// A number between two, one of them a quarter of the time.
    fn between(&mut self, low: i128, high: i128) -> i128 {
        match self.below(8) {
            0 => low,
            1 => high,
            2 if low <= 0 && high >= 0 => 0,
            3 => (low / 2 + high / 2) + 1,
            _ => {
                let wide = u128::from(self.next()) << 64 | u128::from(self.next());
                let span = high.abs_diff(low).saturating_add(1);
                low.saturating_add_unsigned(wide % span)
            }
        }
    }

    fn text(&mut self) -> String {
        let known = ["", "a", "größe \u{1f600}", "it's \"quoted\" \\ and\nbroken", "null", "0", "  padded  "];
        if self.below(3) == 0 { (*self.one(&known)).to_owned() } else { format!("text {}", self.below(1_000_000)) }
    }

    fn bytes(&mut self, length: u64) -> Vec<u8> {
        (0..length).map(|_| (self.next() & 0xff) as u8).collect()
    }
}

/// What an event says at its fields. A writer that cannot write a null into a list is not given one.
pub fn record(fields: &[Field], language: SchemaType, null_items: bool, random: &mut Random) -> Vec<(String, Datum)> {
    fields.iter().map(|field| (field.name.clone(), datum(field, language, null_items, random))).collect()
}

fn datum(field: &Field, language: SchemaType, null_items: bool, random: &mut Random) -> Datum {
    if field.nullable && random.below(4) == 0 {
        return Datum::Null;
    }
    let several = random.below(4);
    match &field.ty {
        FieldType::Array { item } => {
            let item = Field { nullable: item.nullable && null_items, ..(**item).clone() };
            Datum::List((0..several).map(|_| datum(&item, language, null_items, random)).collect())
        }
        FieldType::Map { key, value } => {
            let text = |i: u64| match key {
                MapKey::Text => format!("key \"{i}\""),
                MapKey::Boolean => (i == 1).to_string(),
                MapKey::Integer { .. } => (i * 1_000).to_string(),
            };
            let several = if *key == MapKey::Boolean { several.min(2) } else { several };
            let entry = |i| (text(i), datum(value, language, null_items, random));
            Datum::Map((0..several).map(entry).collect())
        }
        FieldType::Record { name, fields } => match google(name, random) {
            Some(parts) => Datum::Record(parts.into_iter().map(|(key, part)| (key.to_owned(), part)).collect()),
            None => Datum::Record(record(fields, language, null_items, random)),
        },
        FieldType::Union { branches } => {
            let chosen = usize::try_from(random.below(branches.len() as u64)).unwrap();
            let branch = Field { ty: branches[chosen].ty.clone(), nullable: false, ..field.clone() };
            Datum::Chosen(chosen, Box::new(datum(&branch, language, null_items, random)))
        }
        FieldType::Json | FieldType::Recursive { .. } | FieldType::Truncated => {
            let known =
                [json!(1), json!("text \" é"), json!({"a": [true, {"b": 1.5}]}), json!([]), json!({}), json!(false)];
            Datum::Json(random.one(&known).clone())
        }
        ty => scalar(ty, language, random),
    }
}

/// Messages whose fields mean something only together.
fn google(name: &str, random: &mut Random) -> Option<Vec<(&'static str, Datum)>> {
    let mut part = |low, high| Datum::Integer(random.between(low, high));
    Some(match name {
        "google.type.Date" => vec![("year", part(0, 9999)), ("month", part(0, 12)), ("day", part(0, 31))],
        "google.type.TimeOfDay" => {
            let (hours, minutes) = (part(0, 24), part(0, 59));
            vec![("hours", hours), ("minutes", minutes), ("seconds", part(0, 59)), ("nanos", part(0, 999_999_999))]
        }
        "google.type.Money" => {
            let amount = random.between(-9_223_372_036_854_775_807_999_999_999, 9_223_372_036_854_775_807_999_999_999);
            let (units, nanos) = (Datum::Integer(amount / 1_000_000_000), Datum::Integer(amount % 1_000_000_000));
            vec![("currency_code", Datum::Text("EUR".into())), ("units", units), ("nanos", nanos)]
        }
        _ => return None,
    })
}

fn scalar(ty: &FieldType, language: SchemaType, random: &mut Random) -> Datum {
    const YEARS: (i128, i128) = (-62_135_596_800, 253_402_300_799);
    match ty {
        FieldType::Boolean => Datum::Boolean(random.below(2) == 0),
        FieldType::Integer { bits, signed } => {
            let (low, high) = match (bits, signed) {
                (0, _) => (-(10i128.pow(38) - 1), 10i128.pow(38) - 1),
                (bits, true) => (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1),
                (bits, false) => (0, (1i128 << bits) - 1),
            };
            Datum::Integer(random.between(low, high))
        }
        FieldType::Float { .. } => {
            let known = [0.0, -0.0, 1.5, -1.5e37, 1e-30, -123.456, 0.1];
            Datum::Float(*random.one(&known))
        }
        FieldType::Decimal { precision, scale } if *precision.max(scale) <= 38 && *scale <= 37 => {
            let most = 10i128.pow((*precision).max(*scale).max(1)) - 1;
            Datum::Decimal(Decimal::new(random.between(-most, most), *scale).unwrap())
        }
        FieldType::Bytes => {
            let length = random.below(6);
            Datum::Bytes(random.bytes(length))
        }
        FieldType::Fixed { size } => Datum::Bytes(random.bytes((*size).min(64))),
        FieldType::UuidBytes => Datum::Bytes(random.bytes(16)),
        FieldType::Duration if language == SchemaType::Avro => Datum::Bytes(random.bytes(12)),
        FieldType::Duration if language == SchemaType::Protobuf => {
            Datum::Duration(random.between(-315_576_000_000_999_999_999, 315_576_000_000_999_999_999))
        }
        FieldType::Enum { symbols } if !symbols.is_empty() => Datum::Text(random.one(symbols).clone()),
        FieldType::Date => Datum::Date(i64::try_from(random.between(-719_162, 2_932_896)).unwrap()),
        FieldType::Time { unit } => {
            let unit = nanos(*unit);
            Datum::Time(i64::try_from(random.between(0, 86_400_000_000_000 / unit - 1) * unit).unwrap())
        }
        FieldType::Instant { unit } | FieldType::LocalDateTime { unit } => {
            let (low, high) = match unit {
                // Plain numbers of nanoseconds in 64 bits reach from 1677 to 2262.
                TimeUnit::Nanos if language != SchemaType::Protobuf => (i64::MIN.into(), i64::MAX.into()),
                unit => (YEARS.0 * 1_000_000_000 / nanos(*unit), YEARS.1 * 1_000_000_000 / nanos(*unit)),
            };
            Datum::Instant(random.between(low, high) * nanos(*unit))
        }
        other => Datum::Text(written(other, random)),
    }
}

/// Text of a kind that the schema gives a meaning, now and then one that has lost it.
fn written(ty: &FieldType, random: &mut Random) -> String {
    let (good, bad): (&[&str], &[&str]) = match ty {
        FieldType::Uuid => (&["01890a5d-ac96-774b-bcce-b302099a8057"], &["00000000-0000-0000-0000-000000000000"]),
        FieldType::DateText => (&["2026-11-23", "0001-01-01", "2024-02-29"], &["soon", "2026-02-30"]),
        FieldType::TimeText => (&["12:34:56Z", "00:00:00+01:00"], &["noon"]),
        FieldType::InstantText => {
            (&["2026-11-23T12:34:56Z", "2026-11-23T23:59:59.999999-08:00", "1969-12-31T23:00:00.5+01:00"], &["soon"])
        }
        FieldType::Base64 => (&["", "AAECAw==", "/+8="], &["not base64"]),
        FieldType::Decimal { .. } => (&["12345678901234567890123456789012345678901234567890.5"], &["many"]),
        _ => return random.text(),
    };
    let of = if random.below(5) == 0 { bad } else { good };
    (*random.one(of)).to_owned()
}

pub fn nanos(unit: TimeUnit) -> i128 {
    10i128.pow(9 - u32::from(unit.digits()))
}
