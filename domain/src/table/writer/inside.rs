//! Looks for a type in fields, at every depth: in records, lists, maps and the types of unions.

use crate::schema::{Field, FieldType};

/// The first type that `is_wanted`, in the schema's order.
pub(super) fn find<'a>(fields: &'a [Field], is_wanted: &dyn Fn(&FieldType) -> bool) -> Option<&'a FieldType> {
    let mut left: Vec<&FieldType> = fields.iter().rev().map(|field| &field.ty).collect();
    while let Some(ty) = left.pop() {
        if is_wanted(ty) {
            return Some(ty);
        }
        match ty {
            FieldType::Record { fields, .. } => left.extend(fields.iter().rev().map(|field| &field.ty)),
            FieldType::Array { item: inner } | FieldType::Map { value: inner } => left.push(&inner.ty),
            FieldType::Union { branches } => left.extend(branches.iter().rev().map(|branch| &branch.ty)),
            _ => {}
        }
    }
    None
}
