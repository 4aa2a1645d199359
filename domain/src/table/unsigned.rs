//! Unsigned numbers of Protobuf inside a column of many values. The file holds them in signed ones, and only a column of their own
//! takes that back.

use super::places::Place;
use super::{Carrier, Context, Row};
use crate::diagnostic::Diagnostic;
use crate::schema::{Field, FieldType, MapKey};
use crate::subject::SchemaType;

/// What there is to say about the column of a record, a list or a map with unsigned numbers inside.
pub(super) fn inside(row: &Row, place: &Place<'_>, context: Context<'_>) -> Option<Diagnostic> {
    if context.schema_type != SchemaType::Protobuf || !row.kept {
        return None;
    }
    let wrapped: &[u8] = match context.carrier() {
        Carrier::Files(_) => &[32, 64],
        Carrier::Connector => &[64],
        Carrier::Job => &[],
    };
    if let Some((field, bits)) = key(&place.field, wrapped) {
        let (largest, modulus) = limits(bits);
        let message = format!("Keys of {} above {largest} are negative in this column.", field.path);
        let hint = format!("Use a signed type in the schema, or add {modulus} to negative keys in queries.");
        return Some(Diagnostic::warning("uint-nested", row.path.clone(), message).hint(hint));
    }
    let first = |inner: fn(&Field) -> Vec<&Field>| first(&place.field, inner, wrapped);
    let in_records = first(|field| field.fields().iter().collect());
    let found = if row.expanded { in_records } else { in_records.or_else(|| first(|f| f.ty.nested())) };
    let (field, bits) = found?;
    let (largest, modulus) = limits(bits);
    let certainty = if row.json_text { "may be" } else { "are" };
    let message = format!("Numbers above {largest} in {} {certainty} negative in this column.", field.path);
    let hint = if row.expanded {
        format!("Read {} from its own column, and drop this one.", field.path)
    } else if in_records.is_some() {
        format!("Expand the record: the column of {} itself has the right numbers.", field.path)
    } else {
        format!("Use a signed type in the schema, or add {modulus} to negative numbers in queries.")
    };
    Some(Diagnostic::warning("uint-nested", row.path.clone(), message).hint(hint))
}

/// The largest number that is positive in a signed one of as many bits, and what larger ones lack.
fn limits(bits: u8) -> (&'static str, &'static str) {
    match bits {
        32 => ("2,147,483,647", "2^32"),
        _ => ("9,223,372,036,854,775,807", "2^64"),
    }
}

/// The first map with unsigned keys of so many bits, the field itself included, and their bits.
fn key<'a>(field: &'a Field, wrapped: &[u8]) -> Option<(&'a Field, u8)> {
    let mut left = vec![field];
    while let Some(field) = left.pop() {
        if let FieldType::Map { key: MapKey::Integer { bits, signed: false }, .. } = field.ty
            && wrapped.contains(&bits)
        {
            return Some((field, bits));
        }
        left.extend(field.ty.nested().into_iter().rev());
    }
    None
}

/// The first unsigned number of so many bits inside a field, in the schema's order, and its bits.
fn first<'a>(field: &'a Field, inner: fn(&'a Field) -> Vec<&'a Field>, wrapped: &[u8]) -> Option<(&'a Field, u8)> {
    let mut left = inner(field);
    left.reverse();
    while let Some(field) = left.pop() {
        if let FieldType::Integer { bits, signed: false } = field.ty
            && wrapped.contains(&bits)
        {
            return Some((field, bits));
        }
        left.extend(inner(field).into_iter().rev());
    }
    None
}
