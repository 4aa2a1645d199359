//! The bytes of a Parquet file to rows, by nothing but what the file itself declares.

use bytes::Bytes;
use domain::simulate::{BytesMark, Held};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{DataType, Int96};
use parquet::file::reader::{FileReader, SerializedFileReader};

use crate::layout::{Field, Leaf, Node, field};

/// A leaf's values with their levels, and where the next one stands.
struct Column {
    values: std::vec::IntoIter<Raw>,
    levels: Vec<(i16, i16)>,
    at: usize,
}

enum Raw {
    Boolean(bool),
    Integer(i64),
    Int96(i128),
    Float(f64),
    Bytes(Vec<u8>),
}

impl Column {
    fn definition(&self) -> i16 {
        self.levels[self.at].0
    }

    /// The repetition level of the next value; 0 at the end.
    fn repetition(&self) -> i16 {
        self.levels.get(self.at).map_or(0, |levels| levels.1)
    }
}

/// The rows of a file.
pub fn rows(file: Bytes) -> Vec<Held> {
    let reader = SerializedFileReader::new(file).unwrap();
    let metadata = reader.metadata().file_metadata();
    let row = field(metadata.schema_descr().root_schema());
    let group = reader.get_row_group(0).unwrap();
    let count = usize::try_from(metadata.num_rows()).unwrap();
    let mut columns: Vec<Column> =
        (0..group.num_columns()).map(|i| column(group.get_column_reader(i).unwrap(), count)).collect();
    let rows = (0..count).map(|_| assembled(&row, 0, 0, &mut columns).0).collect();
    assert!(columns.iter().all(|column| column.at == column.levels.len()), "every value is read");
    rows
}

fn column(reader: ColumnReader, count: usize) -> Column {
    match reader {
        ColumnReader::BoolColumnReader(reader) => values(reader, count, Raw::Boolean),
        ColumnReader::Int32ColumnReader(reader) => values(reader, count, |number| Raw::Integer(number.into())),
        ColumnReader::Int64ColumnReader(reader) => values(reader, count, Raw::Integer),
        ColumnReader::Int96ColumnReader(reader) => values(reader, count, |value| Raw::Int96(nanos(&value))),
        ColumnReader::FloatColumnReader(reader) => values(reader, count, |number| Raw::Float(number.into())),
        ColumnReader::DoubleColumnReader(reader) => values(reader, count, Raw::Float),
        ColumnReader::ByteArrayColumnReader(reader) => values(reader, count, |value| Raw::Bytes(value.data().to_vec())),
        ColumnReader::FixedLenByteArrayColumnReader(reader) => {
            values(reader, count, |value| Raw::Bytes(value.data().to_vec()))
        }
    }
}

fn values<T: DataType>(mut reader: ColumnReaderImpl<T>, count: usize, raw: impl Fn(T::T) -> Raw) -> Column {
    let (mut definitions, mut repetitions, mut values) = (vec![], vec![], vec![]);
    let read = reader.read_records(count, Some(&mut definitions), Some(&mut repetitions), &mut values).unwrap();
    assert_eq!(read.0, count);
    repetitions.resize(definitions.len(), 0);
    let values: Vec<Raw> = values.into_iter().map(raw).collect();
    Column { values: values.into_iter(), levels: definitions.into_iter().zip(repetitions).collect(), at: 0 }
}

fn nanos(value: &Int96) -> i128 {
    let [low, high, day] = [0, 1, 2].map(|i| i128::from(value.data()[i]));
    (day - 2_440_588) * 86_400_000_000_000 + (high << 32) + low
}

/// The next value of a field and how many columns it has, `definition` of what is around it being there, inside `depth` repetitions.
fn assembled(field: &Field, definition: i16, depth: i16, columns: &mut [Column]) -> (Held, usize) {
    let mut definition = definition;
    if field.optional {
        if columns[0].definition() <= definition {
            return (Held::Missing, skip(field, columns));
        }
        definition += 1;
    }
    match &field.node {
        Node::Leaf(leaf) => {
            columns[0].at += 1;
            (held(*leaf, columns[0].values.next().unwrap()), 1)
        }
        Node::Group(fields) => {
            let mut at = 0;
            let mut parts = vec![];
            for field in fields {
                let (held, width) = assembled(field, definition, depth, &mut columns[at..]);
                parts.push((field.name.clone(), held));
                at += width;
            }
            (Held::Group(parts), at)
        }
        Node::List(_) | Node::Map(..) if columns[0].definition() <= definition => {
            let empty = if matches!(field.node, Node::Map(..)) { Held::Map(vec![]) } else { Held::List(vec![]) };
            (empty, skip(field, columns))
        }
        Node::Repeated(_) if columns[0].definition() <= definition => (Held::Missing, skip(field, columns)),
        Node::List(item) => (Held::List(items(item, definition, depth, columns)), width(&item.node)),
        Node::Repeated(item) => (Held::Repeated(items(item, definition, depth, columns)), width(&item.node)),
        Node::Map(key, value) => {
            let mut entries = vec![];
            loop {
                let (key, _) = assembled(key, definition + 1, depth + 1, columns);
                let (value, width) = assembled(value, definition + 1, depth + 1, &mut columns[1..]);
                entries.push((key, value));
                if columns[0].repetition() != depth + 1 {
                    return (Held::Map(entries), 1 + width);
                }
            }
        }
    }
}

/// The items of something repeated that has at least one.
fn items(item: &Field, definition: i16, depth: i16, columns: &mut [Column]) -> Vec<Held> {
    let mut items = vec![];
    loop {
        items.push(assembled(item, definition + 1, depth + 1, columns).0);
        if columns[0].repetition() != depth + 1 {
            return items;
        }
    }
}

/// Passes one place of each column of a field.
fn skip(field: &Field, columns: &mut [Column]) -> usize {
    let width = width(&field.node);
    columns[..width].iter_mut().for_each(|column| column.at += 1);
    width
}

fn width(node: &Node) -> usize {
    match node {
        Node::Leaf(_) => 1,
        Node::Group(fields) => fields.iter().map(|field| width(&field.node)).sum(),
        Node::List(item) | Node::Repeated(item) => width(&item.node),
        Node::Map(key, value) => width(&key.node) + width(&value.node),
    }
}

fn held(leaf: Leaf, raw: Raw) -> Held {
    match (leaf, raw) {
        (_, Raw::Boolean(boolean)) => Held::Boolean(boolean),
        (Leaf::Marked(mark), Raw::Integer(number)) => Held::Integer(number, Some(mark)),
        (_, Raw::Integer(number)) => Held::Integer(number, None),
        (_, Raw::Int96(nanos)) => Held::Int96(nanos),
        (_, Raw::Float(number)) => Held::Float(number),
        (Leaf::Bytes(mark), Raw::Bytes(bytes)) => Held::Bytes(bytes, mark),
        (_, Raw::Bytes(bytes)) => Held::Bytes(bytes, BytesMark::Plain),
    }
}
