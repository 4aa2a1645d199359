//! Looks for a type in fields, at every depth: in records, lists, maps and the types of unions.

use crate::schema::{Field, FieldType};

/// The first type that `is_wanted`, in the schema's order.
pub(in crate::table) fn find<'a>(fields: &'a [Field], is_wanted: &dyn Fn(&FieldType) -> bool) -> Option<&'a FieldType> {
    fields.iter().find_map(|field| within(&field.ty, is_wanted))
}

/// Schemas nest no deeper than their budget, so that this ends.
fn within<'a>(ty: &'a FieldType, is_wanted: &dyn Fn(&FieldType) -> bool) -> Option<&'a FieldType> {
    match ty {
        _ if is_wanted(ty) => Some(ty),
        FieldType::Record { fields, .. } => find(fields, is_wanted),
        FieldType::Array { item: inner } | FieldType::Map { value: inner, .. } => within(&inner.ty, is_wanted),
        FieldType::Union { branches } => branches.iter().find_map(|branch| within(&branch.ty, is_wanted)),
        _ => None,
    }
}
