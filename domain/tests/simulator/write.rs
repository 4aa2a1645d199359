//! Rows to the bytes of a Parquet file: each value cut into columns with its definition and repetition levels.

use std::sync::Arc;

use bytes::Bytes;
use domain::simulate::{Held, Lists, Shape};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::{ByteArray, FixedLenByteArray, Int96};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;

use crate::layout::{bytes_of, schema};

/// A leaf's values with their levels; a value is missing where its definition level is too low.
#[derive(Default)]
struct Column {
    values: Vec<Raw>,
    definitions: Vec<i16>,
    repetitions: Vec<i16>,
}

#[derive(Clone)]
enum Raw {
    Boolean(bool),
    Integer(i64),
    Int96(i128),
    Float(f64),
    Bytes(Vec<u8>),
}

/// Where a value stands: how much around it is there, what it repeats, and how many repetitions are around it.
#[derive(Clone, Copy)]
struct Levels {
    definition: i16,
    repetition: i16,
    depth: i16,
}

/// The bytes of a file with these rows, each a group of the fields.
pub fn file(fields: &[(String, Shape)], rows: &[Held]) -> Bytes {
    let mut columns: Vec<Column> = vec![];
    columns.resize_with(fields.iter().map(|(_, shape)| leaves(shape)).sum(), Column::default);
    for row in rows {
        let Held::Group(held) = row else { panic!("a row is a group") };
        let mut at = 0;
        for ((_, shape), (_, held)) in fields.iter().zip(held) {
            let levels = Levels { definition: 0, repetition: 0, depth: 0 };
            optional(shape, held, levels, &mut columns[at..]);
            at += leaves(shape);
        }
    }
    let mut bytes = Vec::new();
    let properties = Arc::new(WriterProperties::builder().build());
    let mut writer = SerializedFileWriter::new(&mut bytes, schema(fields), properties).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let mut columns = columns.into_iter();
    while let Some(mut column) = group.next_column().unwrap() {
        put(column.untyped(), columns.next().unwrap());
        column.close().unwrap();
    }
    assert!(columns.next().is_none(), "every column is written");
    group.close().unwrap();
    writer.close().unwrap();
    bytes.into()
}

fn leaves(shape: &Shape) -> usize {
    match shape {
        Shape::Group(fields) => fields.iter().map(|(_, shape)| leaves(shape)).sum(),
        Shape::Wrapped(_, item) | Shape::List { item, .. } => leaves(item),
        Shape::Members(members) => members.iter().map(leaves).sum(),
        Shape::Map { value, .. } => 1 + leaves(value),
        Shape::SecondsAndNanos => 2,
        _ => 1,
    }
}

fn missing(count: usize, levels: Levels, columns: &mut [Column]) {
    for column in &mut columns[..count] {
        column.definitions.push(levels.definition);
        column.repetitions.push(levels.repetition);
    }
}

fn optional(shape: &Shape, held: &Held, levels: Levels, columns: &mut [Column]) {
    match held {
        Held::Missing => missing(leaves(shape), levels, columns),
        // What is repeated without a group around it is there as often as it is there.
        Held::Repeated(items) => bare(shape, items, levels, columns),
        held => there(shape, held, Levels { definition: levels.definition + 1, ..levels }, columns),
    }
}

fn there(shape: &Shape, held: &Held, levels: Levels, columns: &mut [Column]) {
    let value = match held {
        Held::Boolean(boolean) => Raw::Boolean(*boolean),
        Held::Integer(number, _) => Raw::Integer(*number),
        Held::Int96(nanos) => Raw::Int96(*nanos),
        Held::Float(number) => Raw::Float(*number),
        Held::Bytes(bytes, _) => Raw::Bytes(match shape {
            // The number's own bytes at the end of sixteen.
            Shape::Decimal { precision, .. } => bytes[bytes.len() - bytes_of(*precision)..].to_vec(),
            _ => bytes.clone(),
        }),
        Held::Group(fields) => return group(shape, fields, levels, columns),
        Held::List(items) => return list(shape, items, levels, columns),
        Held::Map(entries) => return map(shape, entries, levels, columns),
        Held::Missing | Held::Repeated(_) => panic!("{held:?} as {shape:?}"),
    };
    columns[0].values.push(value);
    columns[0].definitions.push(levels.definition);
    columns[0].repetitions.push(levels.repetition);
}

fn group(shape: &Shape, held: &[(String, Held)], levels: Levels, columns: &mut [Column]) {
    let parts = [Shape::Integer { wide: true }, Shape::Integer { wide: false }];
    let shapes: Vec<&Shape> = match shape {
        Shape::Group(fields) => fields.iter().map(|(_, shape)| shape).collect(),
        Shape::Members(members) => members.iter().collect(),
        Shape::Wrapped(_, inner) => vec![inner],
        _ => parts.iter().collect(),
    };
    let mut at = 0;
    for (shape, (_, held)) in shapes.into_iter().zip(held) {
        optional(shape, held, levels, &mut columns[at..]);
        at += leaves(shape);
    }
}

/// The levels of the items of something repeated.
fn repeated(levels: Levels, i: usize) -> Levels {
    let depth = levels.depth + 1;
    let repetition = if i == 0 { levels.repetition } else { depth };
    Levels { definition: levels.definition + 1, repetition, depth }
}

fn list(shape: &Shape, items: &[Held], levels: Levels, columns: &mut [Column]) {
    let Shape::List { item, lists, .. } = shape else { panic!("a list as {shape:?}") };
    if items.is_empty() {
        return missing(leaves(shape), levels, columns);
    }
    for (i, held) in items.iter().enumerate() {
        match lists {
            Lists::ThreeLevels => optional(item, held, repeated(levels, i), columns),
            _ => there(item, held, repeated(levels, i), columns),
        }
    }
}

fn bare(shape: &Shape, items: &[Held], levels: Levels, columns: &mut [Column]) {
    for (i, held) in items.iter().enumerate() {
        let levels = repeated(levels, i);
        match (shape, held) {
            (Shape::Map { key, value, .. }, Held::Group(pair)) => {
                optional(key, &pair[0].1, levels, columns);
                optional(value, &pair[1].1, levels, &mut columns[1..]);
            }
            (Shape::List { item, .. }, held) => there(item, held, levels, columns),
            (shape, held) => panic!("{held:?} as {shape:?}"),
        }
    }
}

fn map(shape: &Shape, entries: &[(Held, Held)], levels: Levels, columns: &mut [Column]) {
    let Shape::Map { key: keys, value, .. } = shape else { panic!("a map as {shape:?}") };
    if entries.is_empty() {
        return missing(leaves(shape), levels, columns);
    }
    for (i, (key, held)) in entries.iter().enumerate() {
        there(keys, key, repeated(levels, i), columns);
        optional(value, held, repeated(levels, i), &mut columns[1..]);
    }
}

fn put(writer: &mut ColumnWriter<'_>, column: Column) {
    let (definitions, repetitions) = (Some(&column.definitions[..]), Some(&column.repetitions[..]));
    let values = column.values.into_iter();
    let done = match writer {
        ColumnWriter::BoolColumnWriter(writer) => {
            let all = values.map(|value| matches!(value, Raw::Boolean(true)));
            writer.write_batch(&all.collect::<Vec<_>>(), definitions, repetitions)
        }
        ColumnWriter::Int32ColumnWriter(writer) => {
            let all = values.map(|value| i32::try_from(integer(value)).unwrap());
            writer.write_batch(&all.collect::<Vec<_>>(), definitions, repetitions)
        }
        ColumnWriter::Int64ColumnWriter(writer) => {
            writer.write_batch(&values.map(integer).collect::<Vec<_>>(), definitions, repetitions)
        }
        ColumnWriter::Int96ColumnWriter(writer) => {
            writer.write_batch(&values.map(int96).collect::<Vec<_>>(), definitions, repetitions)
        }
        #[expect(clippy::cast_possible_truncation)]
        ColumnWriter::FloatColumnWriter(writer) => {
            writer.write_batch(&values.map(|v| float(v) as f32).collect::<Vec<_>>(), definitions, repetitions)
        }
        ColumnWriter::DoubleColumnWriter(writer) => {
            writer.write_batch(&values.map(float).collect::<Vec<_>>(), definitions, repetitions)
        }
        ColumnWriter::ByteArrayColumnWriter(writer) => {
            let all = values.map(|value| ByteArray::from(bytes(value)));
            writer.write_batch(&all.collect::<Vec<_>>(), definitions, repetitions)
        }
        ColumnWriter::FixedLenByteArrayColumnWriter(writer) => {
            let all = values.map(|value| FixedLenByteArray::from(bytes(value)));
            writer.write_batch(&all.collect::<Vec<_>>(), definitions, repetitions)
        }
    };
    done.unwrap();
}

fn integer(value: Raw) -> i64 {
    if let Raw::Integer(number) = value { number } else { panic!("no integer") }
}

fn float(value: Raw) -> f64 {
    if let Raw::Float(number) = value { number } else { panic!("no float") }
}

fn bytes(value: Raw) -> Vec<u8> {
    if let Raw::Bytes(bytes) = value { bytes } else { panic!("no bytes") }
}

/// Nanoseconds of the day in eight bytes, and the Julian day in four.
fn int96(value: Raw) -> Int96 {
    let Raw::Int96(nanos) = value else { panic!("no INT96") };
    const DAY: i128 = 86_400_000_000_000;
    let (day, of_day) = (nanos.div_euclid(DAY) + 2_440_588, u64::try_from(nanos.rem_euclid(DAY)).unwrap());
    let mut value = Int96::new();
    value.set_data((of_day & 0xffff_ffff) as u32, (of_day >> 32) as u32, u32::try_from(day).unwrap());
    value
}
