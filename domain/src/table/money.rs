//! `google.type.Money`: its fields as columns are an amount and a currency, because units and nanos alone are half a number.

use std::borrow::Cow;

use crate::schema::{FieldPath, FieldType};

/// What a field inside an expanded record is for its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A field like any other.
    Plain,
    /// The whole units of an amount: its column is the amount, nanos included.
    Amount,
    /// The currency of an amount.
    Currency,
    /// The nanos of an amount, which are in its column already.
    Counted,
}

impl Role {
    /// The role of the field `name` of a record.
    pub(super) fn of(record: &FieldType, name: &str) -> Self {
        let FieldType::Record { name: full_name, fields } = record else { return Self::Plain };
        let has = |name: &str| fields.iter().any(|field| field.name == name);
        if full_name != "google.type.Money" || !has("units") || !has("nanos") {
            return Self::Plain;
        }
        match name {
            "units" => Self::Amount,
            "nanos" => Self::Counted,
            "currency_code" => Self::Currency,
            _ => Self::Plain,
        }
    }

    /// The path that a column is named after.
    pub(super) fn named_after(self, path: &FieldPath) -> Cow<'_, FieldPath> {
        let sibling = |name: &str| Cow::Owned(path.parent().unwrap_or_default().child(name));
        match self {
            Self::Amount => sibling("amount"),
            Self::Currency => sibling("currency"),
            Self::Plain | Self::Counted => Cow::Borrowed(path),
        }
    }
}
