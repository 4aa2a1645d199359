//! What the user changed about the table.

use serde::{Deserialize, Serialize};

use super::column::{Tags, texts_of};
use super::part::parts;
use crate::schema::FieldPath;
use crate::table::Naming;

/// What the user changed about the table; `None` keeps what was generated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct TableEdit {
    /// What kind of table it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<TableKind>,
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
    /// What else the table is clustered by, the coarsest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster_by: Option<Vec<ClusterKey>>,
    /// Whether the table does without Fail-safe.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transient: Option<bool>,
    /// Whether streams can follow its changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change_tracking: Option<bool>,
    /// Days by which Time Travel may be extended for a stream that lags, 0 to 90.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_data_extension_days: Option<u8>,
    /// Whether loads that match columns by name may add columns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema_evolution: Option<bool>,
    /// Which rows who may see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row_access: Option<RowAccess>,
    /// The table's tags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Tags>,
    /// Whether the statement replaces a table of the same name, with all its rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replace: Option<bool>,
    /// Whether the statement alters a table of the same name into this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub create_or_alter: Option<bool>,
    /// Whether a live table is made anew beside the old one and swapped with it where a column's type has to change; done once, and
    /// not kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rebuild: Option<bool>,
    /// How names of columns are made of names of fields.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub naming: Option<Naming>,
}

/// What kind of table it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TableKind {
    /// One of Snowflake's own format.
    #[default]
    Standard,
    /// One of Apache Iceberg's format on the platform's external volume.
    Iceberg,
}

/// A column that the table is clustered by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ClusterKey {
    /// The column's field, or the name of an envelope or load column.
    pub column: FieldPath,
    /// What of its values; the values themselves when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<ClusterBy>,
}

/// What of a column's values a table is clustered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ClusterBy {
    /// The hour of a timestamp.
    Hour,
    /// The day of a timestamp.
    Day,
    /// The month of a date or a timestamp.
    Month,
    /// The first so many characters of a text.
    Prefix(u16),
}

/// A row access policy and the columns that it is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RowAccess {
    /// The policy; a name as typed.
    pub policy: String,
    /// The fields of its columns in the order of its arguments, or names of envelope or load columns.
    pub columns: Vec<FieldPath>,
}

parts!(TableEdit {
    kind: TableKind,
    name: Name,
    comment: Comment,
    retention_days: RetentionDays,
    cluster_by_day: ClusterByDay,
    cluster_by: ClusterBy,
    transient: Transient,
    change_tracking: ChangeTracking,
    max_data_extension_days: MaxDataExtensionDays,
    schema_evolution: SchemaEvolution,
    row_access: RowAccess,
    tags: Tags,
    replace: Replace,
    create_or_alter: CreateOrAlter,
    rebuild: Rebuild,
    naming: Naming,
});

impl TableEdit {
    /// All that was typed.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let keys = self.cluster_by.iter().flatten().map(|key| &key.column);
        let paths = keys.chain(self.row_access.iter().flat_map(|access| &access.columns));
        let typed = [&self.name, &self.comment].into_iter().flatten().chain(self.row_access.iter().map(|a| &a.policy));
        typed.chain(paths.flat_map(|path| path.segments())).map(String::as_str).chain(texts_of(self.tags.as_ref()))
    }

    /// How many columns each list names, where it names any.
    pub(super) fn lists(&self) -> impl Iterator<Item = usize> {
        let access = self.row_access.iter().map(|access| access.columns.len());
        self.cluster_by.iter().map(Vec::len).chain(access)
    }
}
