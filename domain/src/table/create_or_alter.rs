//! `CREATE OR ALTER`: the statement that makes the table, or what is there into it. What it cannot say it takes away, so it is refused
//! for tables that have such.

use super::{Column, Table};
use crate::design::TableEdit;
use crate::diagnostic::event::{error, warning};

/// Takes the option over where the table has nothing that the statement would refuse or take away.
pub(super) fn apply(table: &mut Table, edit: &TableEdit) {
    if edit.create_or_alter != Some(true) {
        return;
    }
    let is_guarded = |column: &Column| column.attributes.masking_policy.is_some() || !column.attributes.tags.is_empty();
    let options = &table.options;
    let reason = if options.replace {
        Some("OR REPLACE and OR ALTER exclude each other.")
    } else if options.iceberg.is_some() {
        Some("CREATE OR ALTER knows no Iceberg tables.")
    } else if options.row_access.is_some() || !options.tags.is_empty() || table.columns().any(is_guarded) {
        Some("CREATE OR ALTER cannot say policies and tags, which this table or its columns have.")
    } else {
        None
    };
    if let Some(reason) = reason {
        table.diagnostics.push(error("create-or-alter", reason, "Take one of the two back."));
        return;
    }
    table.options.create_or_alter = true;
    let message = "CREATE OR ALTER drops a column that the statement does not have, one that was renamed included, unsets what it does not name, and may stop half-way.";
    let hint = "Run it only as the repository has it; the table's columns there are never fewer and never renamed.";
    table.diagnostics.push(warning("create-or-alter-drops", message, hint));
}
