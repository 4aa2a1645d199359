//! Columns of the analyst's own, each filled by an expression over fields.

use serde::{Deserialize, Serialize};

/// The most computed columns of a design.
pub const MAX_COMPUTED_COLUMNS: usize = 100;

/// A column that an expression fills.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ComputedColumn {
    /// The column's name, as typed.
    pub name: String,
    /// The column's type, as typed.
    #[serde(rename = "type")]
    pub column_type: String,
    /// What fills it, as typed: SQL over fields by their paths (`amount * 100`, `shippingAddress.city::VARCHAR`).
    pub expression: String,
    /// The column's comment.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
}

impl ComputedColumn {
    /// All that was typed.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        [&self.name, &self.column_type, &self.expression, &self.comment].into_iter().map(String::as_str)
    }
}
