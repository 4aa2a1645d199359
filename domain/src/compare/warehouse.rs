//! What each change does to the table that the default design gives: by the columns that the old and the new schema become.

use std::collections::HashMap;

use super::change::{ChangeKind, SchemaChange, WarehouseClass};
use crate::design::Design;
use crate::platform::Platform;
use crate::schema::{FieldPath, Schema};
use crate::sql::ColumnType;
use crate::subject::{SchemaType, SubjectName, Version};
use crate::table::{Context, Row, table_of};

/// Puts every change in its class.
pub fn classify(changes: &mut [SchemaChange], old: (&Schema, SchemaType), new: (&Schema, SchemaType)) {
    let (before, after) = (columns(old), columns(new));
    let language = new.1;
    for change in changes {
        let is_column = change.path.segments().len() == 1;
        let was = change.old_path.as_ref().unwrap_or(&change.path);
        change.warehouse = match change.kind {
            ChangeKind::Renamed => renamed(language, is_column),
            ChangeKind::Added if is_column => WarehouseClass::Statement,
            ChangeKind::Widened | ChangeKind::Narrowed | ChangeKind::Retyped => match is_column {
                true => retyped(before.get(was), after.get(&change.path)),
                false => nested(change.kind),
            },
            ChangeKind::BranchesReordered => WarehouseClass::SilentlyBreaking,
            ChangeKind::BranchesRemoved | ChangeKind::BranchesAdded => match is_column {
                true => retyped(before.get(was), after.get(&change.path)),
                false => WarehouseClass::Safe,
            },
            ChangeKind::Doc if is_column => WarehouseClass::Statement,
            _ => WarehouseClass::Safe,
        };
    }
}

/// Files name their columns after the fields, so a renamed field is no longer found under the old path. An alias is a word of the
/// schema's author that this was meant; a number is not.
fn renamed(language: SchemaType, is_column: bool) -> WarehouseClass {
    match language {
        SchemaType::Protobuf => WarehouseClass::SilentlyBreaking,
        _ if is_column => WarehouseClass::Breaking,
        _ => WarehouseClass::SilentlyBreaking,
    }
}

/// Inside a semi-structured column any value loads; queries that cast it may no longer find what they expect.
fn nested(kind: ChangeKind) -> WarehouseClass {
    match kind {
        ChangeKind::Retyped => WarehouseClass::SilentlyBreaking,
        _ => WarehouseClass::Safe,
    }
}

fn retyped(old: Option<&(ColumnType, bool)>, new: Option<&(ColumnType, bool)>) -> WarehouseClass {
    match (old, new) {
        (Some(old), Some(new)) if old == new => WarehouseClass::Safe,
        // The column stays as wide as it is.
        (Some((old, _)), Some((new, _))) if new.widens_to(*old) => WarehouseClass::Safe,
        (Some((old, _)), Some((new, _))) if old == new || old.widens_to(*new) => WarehouseClass::Statement,
        _ => WarehouseClass::Breaking,
    }
}

/// The type of every column, and whether it is read from JSON text.
fn columns((schema, schema_type): (&Schema, SchemaType)) -> HashMap<FieldPath, (ColumnType, bool)> {
    let (platform, design) = (Platform::default(), Design::default());
    let Ok(subject) = SubjectName::parse("event-value") else { return HashMap::new() };
    let context = Context {
        subject: &subject,
        version: Version(1),
        schema_type,
        platform: &platform,
        design: &design,
        live: &[],
    };
    let table = table_of(schema, context);
    let of_row = |row: &Row| (row.path.clone(), (row.column.ty, row.json_text));
    table.rows.iter().filter(|row| row.kept).map(of_row).collect()
}
