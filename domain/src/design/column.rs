//! What the user changed about one column.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::part::parts;
use crate::schema::FieldPath;

/// The most tags of a column or a table.
pub const MAX_TAGS: usize = 20;

/// Tags by their names as typed (`governance.tags.pii`), each with its value.
pub type Tags = BTreeMap<String, String>;

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
    /// What the column holds where the event has nothing, as a value of the column's type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// The masking policy that guards the column; a name as typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub masking_policy: Option<String>,
    /// The column's tags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Tags>,
    /// The column's collation (`en-ci`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collation: Option<String>,
    /// The field behind whose column this one stands; the root stands for the start of the payload's columns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<FieldPath>,
}

parts!(ColumnEdit {
    keep: Keep,
    name: Name,
    column_type: Type,
    nullable: Nullable,
    comment: Comment,
    expand: Expand,
    default: Default,
    masking_policy: MaskingPolicy,
    tags: Tags,
    collation: Collation,
    after: After,
});

impl ColumnEdit {
    /// All that was typed.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let typed =
            [&self.name, &self.column_type, &self.comment, &self.default, &self.masking_policy, &self.collation];
        let after = self.after.iter().flat_map(|path| path.segments()).map(String::as_str);
        typed.into_iter().flatten().map(String::as_str).chain(texts_of(self.tags.as_ref())).chain(after)
    }
}

/// Names and values of tags.
pub(super) fn texts_of(tags: Option<&Tags>) -> impl Iterator<Item = &str> {
    tags.into_iter().flatten().flat_map(|(name, value)| [name.as_str(), value.as_str()])
}
