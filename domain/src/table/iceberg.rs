//! Tables of Apache Iceberg: which types they have, where their files are, and what else they cannot be. Of version 3 of the format,
//! because earlier ones have neither VARIANT nor nanoseconds.

use serde::{Deserialize, Serialize};

use super::{Context, Table};
use crate::artifact::Slug;
use crate::diagnostic::event::{error, warning};
use crate::sql::{ColumnType, Kind, MAX_BINARY_BYTES};

/// Where the files of an Iceberg table are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Iceberg {
    /// The external volume, which exists already.
    pub volume: String,
    /// The folder on it.
    pub base_location: String,
}

/// The type that an Iceberg table has for a column of this type.
pub(super) fn fitting(ty: ColumnType) -> ColumnType {
    let digits = |digits: u8| if digits > 6 { 9 } else { 6 };
    let kind = match ty.kind() {
        Kind::Varchar(_) => Kind::Varchar(None),
        Kind::Binary(_) => Kind::Binary(Some(MAX_BINARY_BYTES)),
        Kind::Array | Kind::Object => Kind::Variant,
        Kind::Time(_) => Kind::Time(6),
        Kind::TimestampNtz(of) => Kind::TimestampNtz(digits(of)),
        Kind::TimestampLtz(of) | Kind::TimestampTz(of) => Kind::TimestampLtz(digits(of)),
        kind => kind,
    };
    kind.into()
}

/// What is wrong with a type that was chosen, and the one to use: message and hint.
pub(super) fn refusal(ty: ColumnType, context: Context<'_>) -> Option<(String, String)> {
    let fitting = fitting(ty);
    (context.is_iceberg() && fitting != ty)
        .then(|| (format!("An Iceberg table has no {ty}."), format!("Use {fitting}, or a standard table.")))
}

/// Makes the table one of Iceberg, if it is to be one.
pub(super) fn apply(table: &mut Table, context: Context<'_>) {
    if !context.is_iceberg() {
        return;
    }
    let volume = context.platform.external_volume.clone().unwrap_or_default();
    if volume.is_empty() {
        let message = "The platform has no external volume for the files of Iceberg tables.";
        let hint = "Ask the platform team to set externalVolume, or choose a standard table.";
        table.diagnostics.push(error("iceberg-volume", message, hint));
    }
    if table.options.transient {
        table.options.transient = false;
        let message = "An Iceberg table on an external volume cannot be transient.";
        table.diagnostics.push(error("iceberg-transient", message, "Take one of the two back."));
    }
    for row in &mut table.rows {
        if row.column.attributes.collation.is_some() {
            let column = row.column_mut();
            column.attributes.collation = None;
            let message = format!("{} has a collation, and an Iceberg table has none.", column.name);
            table.diagnostics.push(error("iceberg-collation", message, "Take the collation back."));
        }
    }
    let message = "Terraform's resource for Iceberg tables makes the table anew for any change of a column, so a statement makes it.";
    let hint = "Change the table by statements once it exists.";
    table.diagnostics.push(warning("iceberg-statement", message, hint));
    table.options.iceberg = Some(Iceberg { volume, base_location: Slug::of(context.subject).prefix().to_owned() });
}
