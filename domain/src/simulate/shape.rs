//! What a writer's files look like: the physical types and annotations that each field gets, by the libraries' own rules.

use std::collections::HashSet;

use super::held::{BytesMark, Mark};
use crate::platform::{Writer, WriterProfile};
use crate::schema::{Field, FieldPath, FieldType, TimeUnit};
use crate::subject::SchemaType;

/// The type of a place in a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// BOOLEAN.
    Boolean,
    /// INT32, or INT64 where `wide`, of whole numbers; larger ones wrap around.
    Integer {
        /// Whether it has 64 bits.
        wide: bool,
    },
    /// DATE on INT32.
    Date,
    /// INT32 or INT64 of a time of day.
    Time(TimeUnit),
    /// INT64 of a timestamp in a unit; without a mark a plain number.
    Instant {
        /// Its unit.
        unit: TimeUnit,
        /// Its annotation, if it has one: whether it is adjusted to UTC.
        utc: Option<bool>,
    },
    /// INT96.
    Int96,
    /// FLOAT.
    Float,
    /// DOUBLE.
    Double,
    /// Bytes.
    Bytes(BytesMark),
    /// DECIMAL on bytes.
    Decimal {
        /// Digits in all.
        precision: u32,
        /// Digits after the point.
        scale: u32,
    },
    /// STRING that holds JSON.
    JsonText,
    /// Seconds and nanos in a group.
    SecondsAndNanos,
    /// A group of fields.
    Group(Vec<(String, Shape)>),
    /// A group around one value, which has this key.
    Wrapped(&'static str, Box<Shape>),
    /// A group of `member0` and so on, of which one is there.
    Members(Vec<Shape>),
    /// A list.
    List {
        /// Its items.
        item: Box<Shape>,
        /// How it is written.
        lists: Lists,
        /// Whether an empty one is not written at all.
        sparse: bool,
    },
    /// A map.
    Map {
        /// Its keys: texts, whole numbers or booleans.
        key: Box<Shape>,
        /// Its values.
        value: Box<Shape>,
        /// Whether it is a repeated group of `key` and `value` without annotation.
        bare: bool,
        /// Whether an empty one is not written at all.
        sparse: bool,
    },
}

/// How lists are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lists {
    /// `group (LIST) { repeated group list { element } }`
    ThreeLevels,
    /// `group (LIST) { repeated array }`, which holds no null.
    TwoLevels,
    /// A repeated field without annotation, which holds no null either.
    Bare,
}

/// How timestamps of millis and micros are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instants {
    /// As INT96.
    Int96,
    /// As micros that are not adjusted to UTC, whatever the schema says.
    LocalMicros,
    /// In the schema's own unit, adjusted to UTC unless they are local.
    AsTheSchemaSays,
}

/// What tells writers apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Writing {
    /// The library.
    pub writer: Writer,
    /// Timestamps.
    pub instants: Instants,
    /// Lists.
    pub lists: Lists,
    /// Whether local timestamps lose their annotation, as with an older Avro.
    pub plain_local: bool,
}

impl Writing {
    /// How a profile writes, on a machine in UTC.
    pub fn of(profile: WriterProfile) -> Self {
        let rows = Self {
            writer: profile.writer(),
            instants: Instants::LocalMicros,
            lists: Lists::ThreeLevels,
            plain_local: false,
        };
        match profile {
            WriterProfile::FlinkRowdataInt64Utc => rows,
            WriterProfile::FlinkRowdataInt96 => Self { instants: Instants::Int96, ..rows },
            WriterProfile::Avro2Level => Self { instants: Instants::AsTheSchemaSays, lists: Lists::TwoLevels, ..rows },
            WriterProfile::Avro3Level => Self { instants: Instants::AsTheSchemaSays, ..rows },
            WriterProfile::ProtoLegacy => Self { lists: Lists::Bare, ..rows },
            WriterProfile::ProtoSpec => rows,
        }
    }
}

/// A schema's fields on their way into a file.
#[derive(Debug, Clone, Copy)]
pub struct Shaping<'a> {
    /// The language of the schema.
    pub language: SchemaType,
    /// Who writes.
    pub writing: Writing,
    /// Where the sink job writes JSON text.
    pub json_text: &'a HashSet<&'a FieldPath>,
}

impl Shaping<'_> {
    /// The shape of a record's fields; `None` where the writer cannot write one of them. A record without fields is left out, as
    /// Parquet has no group without fields.
    pub fn fields(self, fields: &[Field]) -> Option<Vec<(String, Shape)>> {
        let shape = |field: &Field| Some((field.name.clone(), self.field(field)?));
        let all: Vec<_> = fields.iter().map(shape).collect::<Option<_>>()?;
        Some(all.into_iter().filter(|(_, shape)| !is_empty(shape)).collect())
    }

    /// The shape of the envelope's creation time.
    pub fn creation_time(self) -> Shape {
        match self.writing.writer {
            Writer::Protobuf => Shape::SecondsAndNanos,
            _ => self.instant(TimeUnit::Micros, false),
        }
    }

    fn field(self, field: &Field) -> Option<Shape> {
        if self.json_text.contains(&field.path) {
            return Some(Shape::JsonText);
        }
        let shape = self.of(&field.ty)?;
        Some(match field.wrapper {
            Some(key) if self.writing.writer != Writer::RowData => Shape::Wrapped(key, Box::new(shape)),
            _ => shape,
        })
    }

    fn of(self, ty: &FieldType) -> Option<Shape> {
        let is_message = self.writing.writer == Writer::Protobuf;
        Some(match ty {
            FieldType::Boolean => Shape::Boolean,
            FieldType::Integer { bits: 0, .. } => Shape::Decimal { precision: 38, scale: 0 },
            FieldType::Integer { bits, .. } => Shape::Integer { wide: *bits > 32 },
            FieldType::Float { bits: 32 } => Shape::Float,
            FieldType::Float { .. } => Shape::Double,
            FieldType::Decimal { precision, scale } if *precision.max(scale) <= 38 && *scale <= 37 => {
                Shape::Decimal { precision: *precision.max(scale).max(&1), scale: *scale }
            }
            FieldType::Decimal { .. } if self.writing.writer != Writer::RowData => return None,
            FieldType::Bytes | FieldType::Fixed { .. } | FieldType::UuidBytes => Shape::Bytes(BytesMark::Plain),
            FieldType::Enum { .. } if self.writing.writer != Writer::RowData => Shape::Bytes(BytesMark::Enum),
            FieldType::Date => Shape::Date,
            FieldType::Time { .. } if self.writing.writer == Writer::RowData => Shape::Time(TimeUnit::Millis),
            FieldType::Time { unit } => Shape::Time(*unit),
            FieldType::Instant { unit } => self.instant(*unit, false),
            FieldType::LocalDateTime { unit } => self.instant(*unit, true),
            FieldType::Duration => match self.language {
                SchemaType::Avro => Shape::Bytes(BytesMark::Plain),
                SchemaType::Protobuf => Shape::SecondsAndNanos,
                SchemaType::Json => Shape::Bytes(BytesMark::Text),
            },
            FieldType::Array { item } => {
                Shape::List { item: Box::new(self.field(item)?), lists: self.writing.lists, sparse: is_message }
            }
            FieldType::Map { key, value } => Shape::Map {
                key: Box::new(self.of(&key.ty())?),
                value: Box::new(self.field(value)?),
                bare: self.writing.lists == Lists::Bare,
                sparse: is_message,
            },
            FieldType::Record { fields, .. } => Shape::Group(self.fields(fields)?),
            FieldType::Union { branches } if self.writing.writer == Writer::Avro => {
                Shape::Members(branches.iter().map(|branch| self.of(&branch.ty)).collect::<Option<_>>()?)
            }
            FieldType::Union { .. } | FieldType::Json | FieldType::Recursive { .. } | FieldType::Truncated => {
                if self.writing.writer != Writer::RowData {
                    return None;
                }
                Shape::JsonText
            }
            _ => Shape::Bytes(BytesMark::Text),
        })
    }

    /// Seconds and Avro's nanos are plain numbers, because the writers know only millis and micros; Protobuf's are groups.
    fn instant(self, unit: TimeUnit, local: bool) -> Shape {
        match (unit, self.writing.instants) {
            (TimeUnit::Nanos, _) if self.language == SchemaType::Protobuf && !local => Shape::SecondsAndNanos,
            (TimeUnit::Seconds | TimeUnit::Nanos, _) => Shape::Instant { unit, utc: None },
            (_, Instants::Int96) => Shape::Int96,
            (_, Instants::LocalMicros) => Shape::Instant { unit: TimeUnit::Micros, utc: Some(false) },
            (_, Instants::AsTheSchemaSays) if local && self.writing.plain_local => Shape::Instant { unit, utc: None },
            (_, Instants::AsTheSchemaSays) => Shape::Instant { unit, utc: Some(!local) },
        }
    }
}

fn is_empty(shape: &Shape) -> bool {
    match shape {
        Shape::Group(fields) => fields.is_empty(),
        Shape::List { item: inner, .. } | Shape::Map { value: inner, .. } => is_empty(inner),
        _ => false,
    }
}

impl Shape {
    /// The annotation of an integer of this shape.
    pub(super) fn mark(&self) -> Option<Mark> {
        match self {
            Self::Date => Some(Mark::Date),
            Self::Time(unit) => Some(Mark::Time(*unit)),
            Self::Instant { unit, utc } => utc.map(|utc| Mark::Timestamp { unit: *unit, utc, converted: true }),
            _ => None,
        }
    }
}
