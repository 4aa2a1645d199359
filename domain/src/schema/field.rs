//! THE field model: what the three schema languages have in common, and all that the generator knows of a schema.

use std::borrow::Cow;

use super::FieldPath;

/// One field of a schema.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The name as the schema spells it (Protobuf: the proto name, which is what the Parquet file has).
    pub name: String,
    /// Where it is.
    pub path: FieldPath,
    /// What it holds.
    pub ty: FieldType,
    /// Whether the schema allows it to be absent or null.
    pub nullable: bool,
    /// Documentation, as plain text.
    pub doc: Option<String>,
    /// The schema's default as JSON text.
    pub default: Option<String>,
    /// The key under which a writer of records or messages keeps the value, where the field stands for what is inside: `value` of an
    /// `Int64Value` and its like, `paths` of a `FieldMask`, `member0` of an Avro union of one type.
    pub wrapper: Option<&'static str>,
    /// Earlier names that readers still accept (Avro aliases).
    pub aliases: Vec<String>,
    /// The number that stands for it on the wire (Protobuf).
    pub number: Option<u32>,
    /// What the registry's users call it, such as `PII`: Confluent's tags of the field, of the type that it holds, and of the
    /// schema's metadata.
    pub tags: Vec<String>,
    /// Whether the schema says that it is to be used no more.
    pub deprecated: bool,
    /// The oneof that it is a member of (Protobuf); of all members at most one is set.
    pub oneof: Option<String>,
}

impl Field {
    /// A field that must be there, without documentation or default.
    pub fn required(parent: &FieldPath, name: &str, ty: FieldType) -> Self {
        Self::at(parent.child(name), ty)
    }

    /// The same at this path, whose last segment is its name.
    pub fn at(path: FieldPath, ty: FieldType) -> Self {
        Self {
            name: path.segments().last().cloned().unwrap_or_default(),
            path,
            ty,
            nullable: false,
            doc: None,
            default: None,
            wrapper: None,
            aliases: Vec::new(),
            number: None,
            tags: Vec::new(),
            deprecated: false,
            oneof: None,
        }
    }

    /// The fields of the record that this one holds; empty for everything else (arrays and maps included).
    pub fn fields(&self) -> &[Field] {
        match &self.ty {
            FieldType::Record { fields, .. } => fields,
            _ => &[],
        }
    }

    /// This field and all below it, arrays, maps and unions included.
    pub fn count(&self) -> usize {
        1 + self.ty.nested().iter().map(|f| f.count()).sum::<usize>()
    }
}

/// The precision of a time of day or an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeUnit {
    /// Seconds (only as raw integers).
    Seconds,
    /// Milliseconds.
    Millis,
    /// Microseconds.
    Micros,
    /// Nanoseconds.
    Nanos,
}

impl TimeUnit {
    /// Digits after the second: 0, 3, 6 or 9.
    pub fn digits(self) -> u8 {
        match self {
            Self::Seconds => 0,
            Self::Millis => 3,
            Self::Micros => 6,
            Self::Nanos => 9,
        }
    }
}

/// What the keys of a map are. All but Protobuf's are texts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum MapKey {
    /// Text.
    #[default]
    Text,
    /// True or false.
    Boolean,
    /// An integer of 32 or 64 bits.
    Integer {
        /// Width.
        bits: u8,
        /// Whether it has a sign.
        signed: bool,
    },
}

impl MapKey {
    /// The short name that the field tree shows.
    pub fn label(self) -> Cow<'static, str> {
        self.ty().label()
    }

    /// The type of a field that holds one.
    pub fn ty(self) -> FieldType {
        match self {
            Self::Text => FieldType::String { max_length: None },
            Self::Boolean => FieldType::Boolean,
            Self::Integer { bits, signed } => FieldType::Integer { bits, signed },
        }
    }
}

/// One branch of a union, oneOf or anyOf.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    /// The branch's type name as the schema has it (`string`, `com.acme.Card`, `branch1`).
    pub name: String,
    /// What it holds.
    pub ty: FieldType,
}

/// What a field holds. Nullability is the field's, never the type's.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldType {
    /// True or false.
    Boolean,
    /// An integer of 8, 16, 32 or 64 bits. JSON Schema integers have no bound: `bits` is 0.
    Integer {
        /// Width; 0 for unbounded.
        bits: u8,
        /// Whether it has a sign.
        signed: bool,
    },
    /// A binary floating point number of 32 or 64 bits.
    Float {
        /// Width.
        bits: u8,
    },
    /// An exact decimal. Precision and scale as the schema says them, even if the warehouse cannot hold them.
    Decimal {
        /// Digits in all.
        precision: u32,
        /// Digits after the point.
        scale: u32,
    },
    /// Text. `max_length` counts code points, where the schema bounds it.
    String {
        /// Longest value in code points.
        max_length: Option<u64>,
    },
    /// Bytes of any length.
    Bytes,
    /// Exactly so many bytes.
    Fixed {
        /// How many bytes.
        size: u64,
    },
    /// Text in base64 that stands for bytes (JSON Schema `contentEncoding`).
    Base64,
    /// A UUID written as text.
    Uuid,
    /// A UUID written as 16 bytes.
    UuidBytes,
    /// One of these symbols, written as text.
    Enum {
        /// The symbols in the schema's order.
        symbols: Vec<String>,
    },
    /// A calendar date.
    Date,
    /// A calendar date written as text (JSON Schema).
    DateText,
    /// A time of day.
    Time {
        /// Its precision.
        unit: TimeUnit,
    },
    /// A time of day written as text (JSON Schema).
    TimeText,
    /// An instant on the UTC time line.
    Instant {
        /// Its precision.
        unit: TimeUnit,
    },
    /// An instant written as RFC 3339 text (JSON Schema `date-time`).
    InstantText,
    /// A date and time of day without a zone.
    LocalDateTime {
        /// Its precision.
        unit: TimeUnit,
    },
    /// A length of time. Protobuf: seconds and nanos; Avro: 12 bytes.
    Duration,
    /// A list.
    Array {
        /// The element, a field named `[]`.
        item: Box<Field>,
    },
    /// Keys with values of one type.
    Map {
        /// What the keys are.
        key: MapKey,
        /// The value, a field named `{}`.
        value: Box<Field>,
    },
    /// A nested record, message or object.
    Record {
        /// Full name; empty for anonymous objects.
        name: String,
        /// Its fields in the schema's order.
        fields: Vec<Field>,
    },
    /// One of several types.
    Union {
        /// The branches other than null, in the schema's order.
        branches: Vec<Branch>,
    },
    /// Any JSON value: an open object, a tuple, an unresolvable mixture, `google.protobuf.Struct`, …
    Json,
    /// A type that holds itself, directly or through others; its subtree is not walked again.
    Recursive {
        /// The name that recurs.
        name: String,
    },
    /// A subtree beyond the [`Budget`](super::Budget); it becomes one semi-structured column.
    Truncated,
}

impl FieldType {
    /// Whether it is a record without fields, which Parquet has no group for.
    pub fn is_empty_record(&self) -> bool {
        matches!(self, Self::Record { fields, .. } if fields.is_empty())
    }

    /// The fields directly inside: of a record, the item of an array, the value of a map, the records in a union.
    pub fn nested(&self) -> Vec<&Field> {
        match self {
            Self::Record { fields, .. } => fields.iter().collect(),
            Self::Array { item } => vec![item],
            Self::Map { value, .. } => vec![value],
            Self::Union { branches } => branches.iter().flat_map(|b| b.ty.nested()).collect(),
            _ => Vec::new(),
        }
    }

    /// The short name that the field tree shows: `decimal(12,2)`, `array<string>`, `record`.
    pub fn label(&self) -> Cow<'static, str> {
        match self {
            Self::Boolean => "boolean".into(),
            Self::Integer { bits: 0, .. } => "integer".into(),
            Self::Integer { bits: 32, signed: true } => "int".into(),
            Self::Integer { bits: 64, signed: true } => "long".into(),
            Self::Integer { bits, signed } => format!("{}int{bits}", if *signed { "" } else { "u" }).into(),
            Self::Float { bits: 32 } => "float".into(),
            Self::Float { .. } => "double".into(),
            Self::Decimal { precision, scale } => format!("decimal({precision},{scale})").into(),
            Self::String { .. } => "string".into(),
            Self::Bytes => "bytes".into(),
            Self::Fixed { size } => format!("fixed({size})").into(),
            Self::Base64 => "base64".into(),
            Self::Uuid | Self::UuidBytes => "uuid".into(),
            Self::Enum { symbols } => format!("enum · {}", symbols.len()).into(),
            Self::Date | Self::DateText => "date".into(),
            Self::Time { unit } => format!("time({})", unit.digits()).into(),
            Self::TimeText => "time".into(),
            Self::Instant { unit } => format!("timestamp({})", unit.digits()).into(),
            Self::InstantText => "date-time".into(),
            Self::LocalDateTime { unit } => format!("local-timestamp({})", unit.digits()).into(),
            Self::Duration => "duration".into(),
            Self::Array { item } => format!("array<{}>", item.ty.label()).into(),
            Self::Map { key: MapKey::Text, value } => format!("map<{}>", value.ty.label()).into(),
            Self::Map { key, value } => format!("map<{}, {}>", key.label(), value.ty.label()).into(),
            Self::Record { .. } => "record".into(),
            Self::Union { branches } => branches.iter().map(|b| b.ty.label()).collect::<Vec<_>>().join(" | ").into(),
            Self::Json => "json".into(),
            Self::Recursive { name } => format!("recursive {name}").into(),
            Self::Truncated => "too deep".into(),
        }
    }
}
