//! What exists of an event in the warehouse: its table as it stands, and the versions whose pipes load it.

use serde::{Deserialize, Serialize};

use crate::render::Rendering;
use crate::schema::FieldPath;
use crate::subject::Version;
use crate::table::{Column, LiveColumn, Table};

/// An event as it is live.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Live {
    /// The table's name, unquoted.
    pub table: String,
    /// The table's columns in their order, those that nothing fills any more included.
    pub columns: Vec<StandingColumn>,
    /// The versions that have a pipe, oldest first.
    pub versions: Vec<Version>,
}

/// One column of a table that exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct StandingColumn {
    /// Its name, unquoted.
    pub name: String,
    /// Its type, as Snowflake writes it.
    #[serde(rename = "type")]
    pub column_type: String,
    /// Whether it accepts NULL.
    pub nullable: bool,
    /// Its comment; empty for none.
    pub comment: String,
    /// The field that it is for; none for the envelope, the load's columns, and those that another column stands beside.
    pub path: Option<FieldPath>,
    /// Whether the newest pipe fills it.
    pub filled: bool,
}

impl StandingColumn {
    /// A column as it was rendered.
    pub fn of(column: &Column) -> Self {
        Self {
            name: column.name.clone(),
            column_type: column.ty.to_string(),
            nullable: column.nullable,
            comment: column.comment.clone(),
            path: column.source.clone(),
            filled: true,
        }
    }
}

impl Live {
    /// Whether nothing is live.
    pub fn is_empty(&self) -> bool {
        self.versions.is_empty()
    }

    /// An event that was rendered and made, and not changed since.
    pub fn of(rendering: &Rendering) -> Self {
        Self::of_table(&rendering.table, vec![rendering.load.version])
    }

    fn of_table(table: &Table, versions: Vec<Version>) -> Self {
        Self { table: table.name.clone(), columns: table.columns().map(StandingColumn::of).collect(), versions }
    }

    /// The columns as a newer version of the table has to name them.
    pub fn named_columns(&self) -> Vec<LiveColumn> {
        let named = |column: &StandingColumn| {
            column.path.as_ref().map(|path| LiveColumn { path: path.clone(), name: column.name.clone() })
        };
        self.columns.iter().filter_map(named).collect()
    }

    /// The versions that have a pipe once this one has.
    pub(super) fn versions_with(&self, version: Version) -> Vec<Version> {
        let mut versions = self.versions.clone();
        versions.push(version);
        versions.sort_unstable();
        versions.dedup();
        versions
    }
}
