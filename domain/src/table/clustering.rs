//! What the table is clustered by: its columns, or the day, hour, month or first characters of their values.

use serde::{Deserialize, Serialize};

use super::{Column, Context, Table};
use crate::design::{ClusterBy, ClusterKey};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::event::{error, warning};
use crate::schema::FieldPath;
use crate::sql::Kind;

/// The most keys of a table; Snowflake advises against more.
pub const MAX_CLUSTER_KEYS: usize = 4;

/// A column that the table is clustered by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clustering {
    /// The column's name, unquoted.
    pub column: String,
    /// What of its values.
    pub by: Option<ClusterBy>,
}

/// Clusters the table as the edit says.
pub(super) fn apply(table: &mut Table, context: Context<'_>) {
    let edit = &context.design.table;
    let created_at = table.envelope.get(1).map_or_else(String::new, |column| column.name.clone());
    let by_day = ClusterKey { column: FieldPath::of([created_at]), by: Some(ClusterBy::Day) };
    let is_by_day = edit.cluster_by_day == Some(true);
    let keys: Vec<&ClusterKey> =
        is_by_day.then_some(&by_day).into_iter().chain(edit.cluster_by.iter().flatten()).collect();
    let mut chosen: Vec<Clustering> = vec![];
    for key in &keys {
        match clustering(table, key) {
            Ok(next) if chosen.contains(&next) => {}
            Ok(next) => {
                table.diagnostics.extend(depends_on_session(table, &next));
                chosen.push(next);
            }
            Err(message) => table.diagnostics.push(error(
                "cluster-by",
                message,
                "Choose a column of text, numbers, dates or timestamps, or take the key back.",
            )),
        }
    }
    if chosen.len() > MAX_CLUSTER_KEYS {
        let message = format!("A table is clustered by {MAX_CLUSTER_KEYS} keys at most, not by {}.", chosen.len());
        table.diagnostics.push(error(
            "cluster-by",
            message,
            "Keep the ones that queries filter by, the coarsest first.",
        ));
        chosen.truncate(MAX_CLUSTER_KEYS);
    }
    if !chosen.is_empty() {
        let code = if is_by_day { "cluster-by-day" } else { "cluster-by" };
        let message =
            "Clustering pays off on tables of terabytes only, and makes errors while loading less predictable.";
        table.diagnostics.push(warning(code, message, "Leave clustering off until queries need it."));
    }
    table.options.cluster_by = chosen;
}

fn clustering(table: &Table, key: &ClusterKey) -> Result<Clustering, String> {
    let column = table.column_of(&key.column).ok_or_else(|| format!("The table has no column of {}.", key.column))?;
    let (name, ty) = (&column.name, column.ty);
    let kind = ty.kind();
    let is_timestamp = matches!(kind, Kind::TimestampNtz(_) | Kind::TimestampLtz(_) | Kind::TimestampTz(_));
    match key.by {
        None if matches!(kind, Kind::Variant | Kind::Object | Kind::Array) => {
            Err(format!("A table cannot be clustered by {name}, because it is {ty}."))
        }
        Some(ClusterBy::Hour | ClusterBy::Day) if !is_timestamp => {
            Err(format!("{name} has no time of day: it is {ty}."))
        }
        Some(ClusterBy::Month) if !is_timestamp && kind != Kind::Date => {
            Err(format!("{name} has no month: it is {ty}."))
        }
        Some(ClusterBy::Prefix(_)) if !ty.is_text() => Err(format!("{name} has no characters: it is {ty}.")),
        Some(ClusterBy::Prefix(0)) => Err(format!("A prefix of {name} has at least one character.")),
        by => Ok(Clustering { column: name.clone(), by }),
    }
}

/// The parts of an LTZ timestamp are those of whoever looks.
fn depends_on_session(table: &Table, key: &Clustering) -> Option<Diagnostic> {
    let is_local = |column: &Column| column.name == key.column && matches!(column.ty.kind(), Kind::TimestampLtz(_));
    let is_part = matches!(key.by, Some(ClusterBy::Hour | ClusterBy::Day | ClusterBy::Month));
    (is_part && table.columns().any(is_local)).then(|| {
        let message = format!("The day of {} is another one in each session's time zone.", key.column);
        warning("cluster-by-session", message, "Cluster by a TIMESTAMP_NTZ column, such as _EVENT_CREATED_AT.")
    })
}
