//! A design: the generated default plus the user's edits, as data keyed by field path, so that they survive a newer version.

mod bounds;
mod edit;
mod history;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use bounds::{MAX_DESIGN_BYTES, MAX_EDITED_COLUMNS};
pub use edit::{Change, Edit, EditError, MAX_COMMENT_CHARS};
pub use history::History;

use crate::platform::WriterProfile;
use crate::schema::FieldPath;

/// The user's edits to one event's table and load definition. The empty design is the generated default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Design {
    /// Edits of columns, by the field that they come from.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<FieldPath, ColumnEdit>,
    /// Edits of the table itself.
    #[serde(skip_serializing_if = "TableEdit::is_empty")]
    pub table: TableEdit,
    /// Edits of how the table is loaded.
    #[serde(skip_serializing_if = "LoadEdit::is_empty")]
    pub load: LoadEdit,
}

/// What the user changed about one column; `None` keeps what was generated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct ColumnEdit {
    /// Whether the field becomes a column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep: Option<bool>,
    /// The column's name, as typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The column's type, as typed (`NUMBER(12,2)`).
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub column_type: Option<String>,
    /// Whether the column accepts NULL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nullable: Option<bool>,
    /// The column's comment; empty removes the generated one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// Whether a record's fields become columns of their own beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expand: Option<bool>,
}

impl ColumnEdit {
    /// Whether nothing is changed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What the user changed about the table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct TableEdit {
    /// The table's name, as typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The table's comment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// Days of Time Travel, 0 to 90.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retention_days: Option<u8>,
    /// Whether to cluster by the day of the event's creation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster_by_day: Option<bool>,
}

impl TableEdit {
    /// Whether nothing is changed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What the user changed about the load.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct LoadEdit {
    /// Who writes the files, where it is not the platform's default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub writer_profile: Option<WriterProfile>,
}

impl LoadEdit {
    /// Whether nothing is changed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Design {
    /// How many single changes the design holds.
    pub fn edit_count(&self) -> usize {
        let column = |e: &ColumnEdit| {
            [
                e.keep.is_some(),
                e.name.is_some(),
                e.column_type.is_some(),
                e.nullable.is_some(),
                e.comment.is_some(),
                e.expand.is_some(),
            ]
            .iter()
            .filter(|set| **set)
            .count()
        };
        let t = &self.table;
        self.columns.values().map(column).sum::<usize>()
            + [t.name.is_some(), t.comment.is_some(), t.retention_days.is_some(), t.cluster_by_day.is_some()]
                .iter()
                .filter(|set| **set)
                .count()
            + usize::from(self.load.writer_profile.is_some())
    }
}
