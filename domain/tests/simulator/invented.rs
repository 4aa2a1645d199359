//! Schemas that nobody wrote, with names that would break a careless quote, under every profile that can write them.

use std::collections::HashSet;

use domain::schema::{Branch, Field, FieldPath, FieldType, MapKey, Schema, TimeUnit};
use domain::subject::SchemaType;

use crate::records::Random;
use crate::roundtrip::{Count, check_all};

const NAMES: [&str; 24] = [
    "a",
    "A",
    "orderId",
    "order_id",
    "event_id",
    "created_at",
    "select",
    "order id",
    "we\"ird",
    "back\\slash",
    "it's",
    "größe",
    "dotted.name",
    "new\nline",
    "nul\u{0}",
    "$1",
    "a:b",
    "[0]",
    "\u{202e}reversed",
    "${x}",
    "--",
    "member0",
    "value",
    "key",
];

struct Inventor {
    random: Random,
    language: SchemaType,
}

impl Inventor {
    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[usize::try_from(self.random.below(of.len() as u64)).unwrap()]
    }

    fn schema(&mut self) -> Schema {
        let fields = self.fields(&FieldPath::root(), 3, 8);
        Schema { fields, ..Schema::default() }
    }

    fn fields(&mut self, parent: &FieldPath, depth: usize, most: u64) -> Vec<Field> {
        let mut seen = HashSet::new();
        let mut fields = vec![];
        for _ in 0..1 + self.random.below(most) {
            let name = self.one(&NAMES);
            if seen.insert(name) {
                fields.push(self.field(parent, name, depth));
            }
        }
        fields
    }

    fn field(&mut self, parent: &FieldPath, name: &str, depth: usize) -> Field {
        let path = parent.child(name);
        let (ty, wrapper) = match self.random.below(10) {
            0 if self.language == SchemaType::Protobuf && !["[]", "{}"].contains(&name) => {
                (self.scalar(), Some("value"))
            }
            0..=6 => (self.scalar(), None),
            _ if depth == 0 => (FieldType::Boolean, None),
            _ => (self.nested(&path, depth - 1), None),
        };
        let is_instant = matches!(ty, FieldType::Instant { .. } | FieldType::Duration);
        let wrapper = wrapper.filter(|_| !is_instant);
        let nullable = self.random.below(2) == 0 || wrapper.is_some();
        Field { nullable, wrapper, ..Field::required(parent, name, ty) }
    }

    fn nested(&mut self, path: &FieldPath, depth: usize) -> FieldType {
        let is_message = self.language == SchemaType::Protobuf;
        match self.random.below(6) {
            // Protobuf has neither lists of lists nor lists in maps.
            0 | 1 if is_message => {
                let ty = self.scalar();
                FieldType::Array { item: Box::new(Field::required(path, "[]", ty)) }
            }
            2 if is_message => {
                let ty = self.scalar();
                let key = match self.random.below(4) {
                    0 => MapKey::Boolean,
                    1 => MapKey::Integer { bits: 32, signed: true },
                    2 => MapKey::Integer { bits: 64, signed: false },
                    _ => MapKey::Text,
                };
                FieldType::Map { key, value: Box::new(Field::required(path, "{}", ty)) }
            }
            0 | 1 => FieldType::Array { item: Box::new(self.field(path, "[]", depth)) },
            2 => FieldType::Map { key: MapKey::Text, value: Box::new(self.field(path, "{}", depth)) },
            3 if !is_message => {
                let (number, record) =
                    (FieldType::Integer { bits: 64, signed: true }, self.fields(&path.child("<Record>"), depth, 3));
                let branch = |name: &str, ty| Branch { name: name.to_owned(), ty };
                let record = FieldType::Record { name: "Record".into(), fields: record };
                FieldType::Union { branches: vec![branch("long", number), branch("Record", record)] }
            }
            4 if self.language == SchemaType::Json => FieldType::Json,
            _ => FieldType::Record { name: "Record".into(), fields: self.fields(path, depth, 5) },
        }
    }

    fn scalar(&mut self) -> FieldType {
        let scale = u32::try_from(self.random.below(12)).unwrap();
        let of = scalars(self.language, scale);
        of[usize::try_from(self.random.below(of.len() as u64)).unwrap()].clone()
    }
}

/// The types of a language that hold one value.
fn scalars(language: SchemaType, scale: u32) -> Vec<FieldType> {
    use FieldType::*;
    use TimeUnit::{Micros, Millis, Nanos};
    let number = |bits, signed| Integer { bits, signed };
    let symbols = || vec!["A".to_owned(), "it's".to_owned()];
    let common =
        [Boolean, number(64, true), Float { bits: 64 }, String { max_length: None }, Enum { symbols: symbols() }];
    let own = match language {
        SchemaType::Avro => vec![
            number(32, true),
            Float { bits: 32 },
            Bytes,
            Uuid,
            UuidBytes,
            Fixed { size: 5 },
            Date,
            Duration,
            Decimal { precision: 12 + scale, scale },
            Decimal { precision: 38, scale: 37 },
            Time { unit: Millis },
            Time { unit: Micros },
            Instant { unit: Millis },
            Instant { unit: Micros },
            Instant { unit: Nanos },
            LocalDateTime { unit: Millis },
            LocalDateTime { unit: Micros },
            LocalDateTime { unit: Nanos },
        ],
        SchemaType::Protobuf => vec![
            number(32, true),
            number(32, false),
            number(64, false),
            Float { bits: 32 },
            Bytes,
            Instant { unit: Nanos },
            Duration,
        ],
        SchemaType::Json => vec![
            number(0, true),
            Decimal { precision: 38, scale },
            String { max_length: Some(9) },
            Uuid,
            Base64,
            DateText,
            TimeText,
            InstantText,
        ],
    };
    common.into_iter().chain(own).collect()
}

#[test]
fn records_of_invented_schemas_arrive_as_they_were_said() {
    for language in SchemaType::ALL {
        let mut sum = Count::default();
        for seed in 0..60 {
            let schema = Inventor { random: Random(seed), language }.schema();
            for (_, count) in check_all(&format!("{language:?} {seed}"), &schema, language, seed) {
                sum += count;
            }
        }
        println!("{language:?}: {sum:?}");
        assert!(sum.refused * 4 < sum.loads && sum.cells > 3_000, "{sum:?}");
    }
}
