//! The user's edits over generated rows. An edit that cannot be followed leaves the generated column and says why.

use std::collections::{BTreeMap, HashMap};

use super::columns::Place;
use super::findings;
use super::naming::folded;
use super::{Context, Row, Table, comment, convert, rename};
use crate::design::{ColumnEdit, MAX_COMMENT_CHARS};
use crate::diagnostic::Diagnostic;
use crate::schema::{Field, FieldPath, Schema};
use crate::sql::{ColumnType, SourcePath};

/// Applies the edits of one row and gives what there is to say about it.
pub(super) fn apply(row: &mut Row, place: &Place<'_>, context: Context<'_>) -> Vec<Diagnostic> {
    let untouched = ColumnEdit::default();
    let edit = context.design.columns.get(&row.path).unwrap_or(&untouched);
    row.kept = edit.keep.unwrap_or(row.kept_by_default);
    row.expanded = row.expandable && edit.expand == Some(true);
    let mut found = findings::of_field(row, place, edit, context.schema_type);
    if edit.expand == Some(true) && !row.expandable {
        found.push(findings::not_expandable(row));
    }
    if let Some(text) = &edit.name {
        found.extend(set_name(row, text));
    }
    if let Some(text) = &edit.column_type {
        found.extend(set_type(row, place, context, text));
    }
    if let Some(text) = &edit.comment {
        row.column.comment = comment::shortened(text, MAX_COMMENT_CHARS);
        if row.column.comment != *text {
            found.push(findings::comment_too_long(row));
        }
    }
    if edit.nullable == Some(false) {
        row.column.nullable = false;
        if row.kept {
            found.push(findings::not_null(row));
        }
    }
    found
}

fn set_name(row: &mut Row, text: &str) -> Option<Diagnostic> {
    match rename::column(text) {
        Ok(typed) => {
            row.column.name = typed.name;
            typed.caution.map(|caution| {
                Diagnostic::warning("name-needs-quotes", row.path.clone(), caution.message).hint(caution.hint)
            })
        }
        Err(problem) => {
            Some(Diagnostic::error("name-invalid", row.path.clone(), problem.message).hint(problem.hint))
        }
    }
}

fn set_type(row: &mut Row, place: &Place<'_>, context: Context<'_>, text: &str) -> Option<Diagnostic> {
    let ty: ColumnType = match text.parse() {
        Ok(ty) => ty,
        Err(problem) => return Some(findings::bad_type(row, &problem)),
    };
    let path = SourcePath::of(&row.path);
    let Some(expression) = convert::expression(&place.field.ty, context.schema_type, &path, ty) else {
        return Some(findings::impossible_type(row, ty));
    };
    row.column.ty = ty;
    row.column.expression = expression;
    if row.column.ty == row.default.ty || !row.kept { None } else { findings::loss_of_type(row, &place.field.ty) }
}

/// Takes back renames that would give two columns one name. A generated name never gives way, and of two renames the first holds.
/// Taking one back can bring up the next conflict, so this runs until there is none; generated names alone never conflict.
pub(super) fn resolve_renames(table: &mut Table) {
    loop {
        let refused = conflicting_renames(table);
        if refused.is_empty() {
            return;
        }
        for (i, other) in refused {
            if let Some(row) = table.rows.get_mut(i) {
                let wanted = std::mem::replace(&mut row.column.name, row.default.name.clone());
                table.diagnostics.push(findings::name_taken(row, &wanted, &other));
            }
        }
    }
}

/// The rows whose rename must give way, with what holds the name.
fn conflicting_renames(table: &Table) -> Vec<(usize, String)> {
    let mut holders: HashMap<String, String> = table
        .envelope
        .iter()
        .chain(&table.load_metadata)
        .map(|column| (folded(&column.name), format!("the column {}", column.name)))
        .collect();
    let renamed = |row: &Row| folded(&row.column.name) != folded(&row.default.name);
    let kept: Vec<(usize, &Row)> = table.rows.iter().enumerate().filter(|(_, row)| row.kept).collect();
    for (_, row) in kept.iter().filter(|(_, row)| !renamed(row)) {
        holders.insert(folded(&row.column.name), row.path.to_string());
    }
    let mut refused = vec![];
    for (i, row) in kept.into_iter().filter(|(_, row)| renamed(row)) {
        match holders.get(&folded(&row.column.name)) {
            Some(holder) => refused.push((i, holder.clone())),
            None => {
                holders.insert(folded(&row.column.name), row.path.to_string());
            }
        }
    }
    refused
}

/// Edits that no row stands for: of fields that this version does not have, or inside records that are not expanded.
pub(super) fn without_row(schema: &Schema, table: &Table, context: Context<'_>) -> Vec<Diagnostic> {
    let rows: BTreeMap<&FieldPath, ()> = table.rows.iter().map(|row| (&row.path, ())).collect();
    let lost = context.design.columns.iter().filter(|(path, edit)| !rows.contains_key(path) && !edit.is_empty());
    lost.map(|(path, edit)| {
        if exists(&schema.fields, path) {
            findings::edit_not_shown(path)
        } else {
            findings::edit_without_field(path, edit, context.version)
        }
    })
    .collect()
}

fn exists(fields: &[Field], path: &FieldPath) -> bool {
    fields.iter().any(|field| field.path == *path || (field.path.contains(path) && exists(field.fields(), path)))
}
