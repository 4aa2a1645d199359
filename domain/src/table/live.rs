//! The columns that a table has already. A newer version keeps their names and their order, so that no query breaks and no file of
//! Terraform drops a column.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::Table;
use crate::schema::FieldPath;

/// One column of a table that exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct LiveColumn {
    /// The field that it comes from.
    pub path: FieldPath,
    /// Its name, unquoted.
    pub name: String,
}

impl Table {
    /// The payload's columns as a newer version of the event has to keep them.
    pub fn live_columns(&self) -> Vec<LiveColumn> {
        let named = |row: &super::Row| LiveColumn { path: row.path.clone(), name: row.column.name.clone() };
        self.payload().map(named).collect()
    }
}

/// The name of each live column's field.
pub(super) fn names(live: &[LiveColumn]) -> HashMap<&FieldPath, &str> {
    live.iter().map(|column| (&column.path, column.name.as_str())).collect()
}
