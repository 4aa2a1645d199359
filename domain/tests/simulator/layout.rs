//! Shapes as Parquet's types, as parquet-java declares them, and back from the types that a file declares.

use std::sync::Arc;

use domain::schema::TimeUnit;
use domain::simulate::{BytesMark, Lists, Mark, Shape};
use parquet::basic::{LogicalType, Repetition, TimeUnit as FileUnit, Type as Physical};
use parquet::schema::types::{Type, TypePtr};

/// The schema of a file of rows.
pub fn schema(fields: &[(String, Shape)]) -> TypePtr {
    let fields = fields.iter().map(|(name, shape)| declared(name, shape, Repetition::OPTIONAL)).collect();
    Arc::new(Type::group_type_builder("row").with_fields(fields).build().unwrap())
}

fn unit(unit: TimeUnit) -> FileUnit {
    match unit {
        TimeUnit::Nanos => FileUnit::NANOS,
        TimeUnit::Micros => FileUnit::MICROS,
        _ => FileUnit::MILLIS,
    }
}

/// How many bytes hold so many digits.
pub fn bytes_of(precision: u32) -> usize {
    (1..=16).find(|bytes| 10u128.pow(precision) <= 1u128 << (8 * bytes - 1)).unwrap_or(16)
}

fn declared(name: &str, shape: &Shape, repetition: Repetition) -> TypePtr {
    let leaf = |physical, logical: Option<LogicalType>| {
        let leaf = Type::primitive_type_builder(name, physical).with_repetition(repetition);
        leaf.with_logical_type(logical).build().unwrap()
    };
    Arc::new(match shape {
        Shape::Boolean => leaf(Physical::BOOLEAN, None),
        Shape::Integer { wide: false } => leaf(Physical::INT32, None),
        Shape::Integer { wide: true } => leaf(Physical::INT64, None),
        Shape::Date => leaf(Physical::INT32, Some(LogicalType::Date)),
        Shape::Time(TimeUnit::Millis) => leaf(Physical::INT32, Some(LogicalType::time(true, FileUnit::MILLIS))),
        Shape::Time(digits) => leaf(Physical::INT64, Some(LogicalType::time(true, unit(*digits)))),
        Shape::Instant { unit: digits, utc } => {
            leaf(Physical::INT64, utc.map(|utc| LogicalType::timestamp(utc, unit(*digits))))
        }
        Shape::Int96 => leaf(Physical::INT96, None),
        Shape::Float => leaf(Physical::FLOAT, None),
        Shape::Double => leaf(Physical::DOUBLE, None),
        Shape::Bytes(BytesMark::Plain) => leaf(Physical::BYTE_ARRAY, None),
        Shape::Bytes(BytesMark::Enum) => leaf(Physical::BYTE_ARRAY, Some(LogicalType::Enum)),
        Shape::Bytes(_) | Shape::JsonText => leaf(Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Shape::Decimal { precision, scale } => {
            let (digits, behind) = (i32::try_from(*precision).unwrap(), i32::try_from(*scale).unwrap());
            Type::primitive_type_builder(name, Physical::FIXED_LEN_BYTE_ARRAY)
                .with_repetition(repetition)
                .with_length(i32::try_from(bytes_of(*precision)).unwrap())
                .with_precision(digits)
                .with_scale(behind)
                .with_logical_type(Some(LogicalType::decimal(behind, digits)))
                .build()
                .unwrap()
        }
        groups => return declared_group(name, groups, repetition),
    })
}

fn declared_group(name: &str, shape: &Shape, repetition: Repetition) -> TypePtr {
    let group = |fields: Vec<TypePtr>, logical: Option<LogicalType>| {
        let group = Type::group_type_builder(name).with_repetition(repetition).with_fields(fields);
        group.with_logical_type(logical).build().unwrap()
    };
    let repeated = |name: &str, fields| {
        let inner = Type::group_type_builder(name).with_repetition(Repetition::REPEATED).with_fields(fields);
        vec![Arc::new(inner.build().unwrap())]
    };
    Arc::new(match shape {
        Shape::SecondsAndNanos => {
            let part = |name, wide| declared(name, &Shape::Integer { wide }, Repetition::OPTIONAL);
            group(vec![part("seconds", true), part("nanos", false)], None)
        }
        Shape::Group(fields) => {
            let fields = fields.iter().map(|(name, shape)| declared(name, shape, Repetition::OPTIONAL));
            group(fields.collect(), None)
        }
        Shape::Wrapped(key, inner) => group(vec![declared(key, inner, Repetition::OPTIONAL)], None),
        Shape::Members(members) => {
            let members = members.iter().enumerate();
            let member = |(i, shape): (usize, &Shape)| declared(&format!("member{i}"), shape, Repetition::OPTIONAL);
            group(members.map(member).collect(), None)
        }
        Shape::List { item, lists, .. } => match lists {
            Lists::ThreeLevels => {
                let element = vec![declared("element", item, Repetition::OPTIONAL)];
                group(repeated("list", element), Some(LogicalType::List))
            }
            Lists::TwoLevels => group(vec![declared("array", item, Repetition::REPEATED)], Some(LogicalType::List)),
            Lists::Bare => return declared(name, item, Repetition::REPEATED),
        },
        Shape::Map { key, value, bare, .. } => {
            let required = if *bare { Repetition::OPTIONAL } else { Repetition::REQUIRED };
            let key = declared("key", key, required);
            let entry = vec![key, declared("value", value, Repetition::OPTIONAL)];
            if *bare {
                let pairs = Type::group_type_builder(name).with_repetition(Repetition::REPEATED).with_fields(entry);
                return Arc::new(pairs.build().unwrap());
            }
            group(repeated("key_value", entry), Some(LogicalType::Map))
        }
        leaf => panic!("{leaf:?} is no group"),
    })
}

/// A place in a file as the file itself declares it.
#[derive(Debug)]
pub enum Node {
    Leaf(Leaf),
    Group(Vec<Field>),
    /// An annotated list, and the element inside its levels.
    List(Box<Field>),
    Map(Box<Field>, Box<Field>),
    /// A repeated field that is not marked as a list.
    Repeated(Box<Field>),
}

#[derive(Debug)]
pub struct Field {
    pub name: String,
    pub optional: bool,
    pub node: Node,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Leaf {
    Plain,
    Marked(Mark),
    Bytes(BytesMark),
}

/// What a type of a file says, by the rules of the Parquet specification.
pub fn field(ty: &Type) -> Field {
    let info = ty.get_basic_info();
    let is = |repetition| info.has_repetition() && info.repetition() == repetition;
    let one = Field { name: ty.name().to_owned(), optional: is(Repetition::OPTIONAL), node: node(ty) };
    if !is(Repetition::REPEATED) {
        return one;
    }
    Field { name: one.name.clone(), optional: false, node: Node::Repeated(Box::new(one)) }
}

fn node(ty: &Type) -> Node {
    let logical = ty.get_basic_info().logical_type_ref();
    if ty.is_primitive() {
        return Node::Leaf(leaf(ty, logical));
    }
    let fields = ty.get_fields();
    match (logical, fields) {
        (Some(LogicalType::List), [repeated]) => Node::List(Box::new(element(repeated))),
        (Some(LogicalType::Map), [entry]) => match entry.get_fields() {
            [key, value] => Node::Map(Box::new(field(key)), Box::new(field(value))),
            other => panic!("a map of {other:?}"),
        },
        (None, fields) => Node::Group(fields.iter().map(|inner| field(inner)).collect()),
        (other, _) => panic!("a group annotated as {other:?}"),
    }
}

/// The element of a list: inside the repeated group, unless that is the element itself.
fn element(repeated: &Type) -> Field {
    let is_element = repeated.is_primitive() || repeated.get_fields().len() != 1 || repeated.name() == "array";
    if is_element {
        Field { name: repeated.name().to_owned(), optional: false, node: node(repeated) }
    } else {
        field(&repeated.get_fields()[0])
    }
}

fn leaf(ty: &Type, logical: Option<&LogicalType>) -> Leaf {
    let unit = |unit: FileUnit| match unit {
        FileUnit::MILLIS => TimeUnit::Millis,
        FileUnit::MICROS => TimeUnit::Micros,
        FileUnit::NANOS => TimeUnit::Nanos,
    };
    let is_bytes = matches!(ty.get_physical_type(), Physical::BYTE_ARRAY | Physical::FIXED_LEN_BYTE_ARRAY);
    match logical {
        None if is_bytes => Leaf::Bytes(BytesMark::Plain),
        None => Leaf::Plain,
        Some(LogicalType::String) => Leaf::Bytes(BytesMark::Text),
        Some(LogicalType::Enum) => Leaf::Bytes(BytesMark::Enum),
        Some(LogicalType::Decimal(decimal)) => Leaf::Bytes(BytesMark::Decimal(decimal.scale.try_into().unwrap())),
        Some(LogicalType::Date) => Leaf::Marked(Mark::Date),
        Some(LogicalType::Time(time)) => Leaf::Marked(Mark::Time(unit(time.unit))),
        Some(LogicalType::Timestamp(time)) => Leaf::Marked(Mark::Timestamp {
            unit: unit(time.unit),
            utc: time.is_adjusted_to_u_t_c,
            converted: ty.get_basic_info().converted_type() != parquet::basic::ConvertedType::NONE,
        }),
        Some(other) => panic!("a leaf annotated as {other:?}"),
    }
}
