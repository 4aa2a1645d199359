//! A type that is narrower than the column that stands gives way before the table is laid out, so that the COPY casts to what
//! the column holds.

use super::findings;
use super::live::Live;
use crate::design::Design;
use crate::diagnostic::Diagnostic;
use crate::sql::ColumnType;
use crate::table::{Column, Table};

/// Gives every field and computed column of the design that would be narrower the type that stands, and says so.
pub fn keep(live: &Live, table: &Table, design: &mut Design) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for column in table.payload().map(|row| row.column.as_ref()) {
        let Some((path, ty)) = column.source.as_ref().zip(standing_type(live, column)) else { continue };
        design.columns.entry(path.clone()).or_default().column_type = Some(ty.to_string());
        found.push(findings::stays_wide(column, ty));
    }
    for column in &table.computed {
        let Some(ty) = standing_type(live, column) else { continue };
        let is_it = |name: &str| name.trim().trim_matches('"').to_uppercase() == column.name.to_uppercase();
        if let Some(wanted) = design.computed.values_mut().find(|wanted| is_it(&wanted.name)) {
            wanted.column_type = ty.to_string();
            found.push(findings::stays_wide(column, ty));
        }
    }
    found
}

/// The type of the column that stands, if this one is narrower.
fn standing_type(live: &Live, column: &Column) -> Option<ColumnType> {
    let is_it = |stands: &&super::StandingColumn| match &column.source {
        Some(path) => stands.path.as_ref() == Some(path),
        None => stands.path.is_none() && stands.filled && stands.name == column.name,
    };
    let ty: ColumnType = live.columns.iter().find(is_it)?.column_type.parse().ok()?;
    (column.ty != ty && column.ty.widens_to(ty)).then_some(ty)
}
