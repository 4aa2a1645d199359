//! The user's edits over generated rows. An edit that cannot be followed leaves the generated column and says why.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use super::findings;
use super::naming::folded;
use super::places::Place;
use super::{
    Context, LiveColumn, Row, Table, attributes, comment, convert, default, iceberg, rename, unsigned, writer,
};
use crate::design::{ColumnEdit, MAX_COMMENT_CHARS};
use crate::diagnostic::Diagnostic;
use crate::schema::{FieldPath, FieldType, Schema};
use crate::sql::ColumnType;

/// Applies the edits of one row and gives what there is to say about it.
pub(super) fn apply(row: &mut Row, place: &Place<'_>, context: Context<'_>) -> Vec<Diagnostic> {
    let untouched = ColumnEdit::default();
    let edit = context.design.columns.get(&row.path).unwrap_or(&untouched);
    row.kept = edit.keep.unwrap_or(row.kept_by_default);
    row.expanded = place.expanded;
    let mut found = findings::of_field(row, place, edit, context);
    found.extend(writer::of_row(row, place, edit, context));
    found.extend(unsigned::inside(row, place, context));
    if edit.expand == Some(true) && !row.expandable {
        found.push(findings::not_expandable(row, place));
    }
    if let Some(text) = &edit.name {
        found.extend(set_name(row, text));
    }
    if let Some(text) = &edit.column_type {
        found.extend(set_type(row, place, text, context));
    }
    if let Some(text) = &edit.comment {
        row.column_mut().comment = comment::shortened(text, MAX_COMMENT_CHARS);
        if row.column.comment != *text {
            found.push(findings::comment_too_long(row));
        }
    }
    found.extend(attributes::apply(row, edit, context.platform));
    let wrong_default = edit.default.as_ref().and_then(|text| default::apply(row, text));
    let always_filled = edit.default.is_some() && wrong_default.is_none();
    found.extend(wrong_default);
    if always_filled && row.kept && place.field.oneof.is_some() {
        found.push(findings::default_in_oneof(row));
    }
    if edit.nullable == Some(false) {
        row.column_mut().nullable = false;
        if row.kept && !always_filled {
            found.push(findings::not_null(row, context));
        }
    }
    found
}

fn set_name(row: &mut Row, text: &str) -> Option<Diagnostic> {
    match rename::column(text) {
        Ok(typed) => {
            row.column_mut().name = typed.name;
            typed.caution.map(|caution| {
                Diagnostic::warning("name-needs-quotes", row.path.clone(), caution.message).hint(caution.hint)
            })
        }
        Err(problem) => Some(Diagnostic::error("name-invalid", row.path.clone(), problem.message).hint(problem.hint)),
    }
}

fn set_type(row: &mut Row, place: &Place<'_>, text: &str, context: Context<'_>) -> Option<Diagnostic> {
    let ty: ColumnType = match text.parse() {
        Ok(ty) => ty,
        Err(problem) => return Some(findings::bad_type(row, &problem)),
    };
    if let Some((message, hint)) = iceberg::refusal(ty, context) {
        return Some(Diagnostic::error("iceberg-type", row.path.clone(), message).hint(hint));
    }
    let Some(expression) = convert::expression(place.source(), ty) else {
        return Some(findings::impossible_type(row, ty));
    };
    let column = row.column_mut();
    (column.ty, column.expression) = (ty, expression);
    let truncates = context.design.load.truncate_columns == Some(true);
    if row.column.ty == row.default.ty || !row.kept {
        None
    } else {
        findings::loss_of_type(row, place.values(), truncates)
    }
}

/// What has a name: a column that never gives way, or a renamed row that does.
enum Holder {
    Fixed(String),
    Renamed(usize),
}

/// Takes back renames that would give two columns one name. A generated name never gives way, and of two renames the first holds.
/// A row that takes its generated name back may in turn evict a rename, so refusals are worked off one by one; each row is refused
/// once at most, because generated names alone never conflict.
pub(super) fn resolve_renames(table: &mut Table, live: &[LiveColumn]) {
    if table.rows.iter().all(|row| row.column.name == row.default.name) {
        return;
    }
    let (mut holders, mut refused) = holders(table, live);
    while let Some((i, holder)) = refused.pop_front() {
        let Some(row) = table.rows.get_mut(i) else { continue };
        let generated = row.default.name.clone();
        let wanted = std::mem::replace(&mut row.column_mut().name, generated);
        let evicted = holders.insert(folded(&row.column.name), Holder::Fixed(row.path.to_string()));
        if let Some(Holder::Renamed(other)) = evicted {
            refused.push_back((other, row.path.to_string()));
        }
        table.diagnostics.push(findings::name_taken(row, &wanted, &holder));
    }
}

/// Who has each name, and the renames that come too late, with the one that was first.
fn holders(table: &Table, live: &[LiveColumn]) -> (HashMap<String, Holder>, VecDeque<(usize, String)>) {
    let mut holders = HashMap::new();
    for column in live {
        holders.insert(folded(&column.name), Holder::Fixed(format!("the column of {}", column.path)));
    }
    for column in table.envelope.iter().chain(&table.load_metadata) {
        holders.insert(folded(&column.name), Holder::Fixed(format!("the column {}", column.name)));
    }
    let is_renamed = |row: &Row| folded(&row.column.name) != folded(&row.default.name);
    let kept = || table.rows.iter().enumerate().filter(|(_, row)| row.kept);
    for (_, row) in kept().filter(|(_, row)| !is_renamed(row)) {
        holders.insert(folded(&row.column.name), Holder::Fixed(row.path.to_string()));
    }
    let mut refused = VecDeque::new();
    for (i, row) in kept().filter(|(_, row)| is_renamed(row)) {
        match holders.entry(folded(&row.column.name)) {
            Entry::Vacant(free) => {
                free.insert(Holder::Renamed(i));
            }
            Entry::Occupied(taken) => {
                let holder = match taken.get() {
                    Holder::Fixed(name) => name.clone(),
                    Holder::Renamed(other) => {
                        table.rows.get(*other).map(|row| row.path.to_string()).unwrap_or_default()
                    }
                };
                refused.push_back((i, holder));
            }
        }
    }
    (holders, refused)
}

/// Edits that no row stands for: of fields that this version does not have, or inside records that are not expanded.
pub(super) fn without_row(schema: &Schema, table: &Table, context: Context<'_>) -> Vec<Diagnostic> {
    let mut edits: BTreeMap<&FieldPath, &ColumnEdit> =
        context.design.columns.iter().filter(|(_, edit)| !edit.is_empty()).collect();
    table.rows.iter().for_each(|row| _ = edits.remove(&row.path));
    if edits.is_empty() {
        return vec![];
    }
    let fields = fields_of(schema);
    let say = |(path, edit): (&FieldPath, &ColumnEdit)| match fields.contains(path) {
        true => findings::edit_not_shown(path),
        false => findings::edit_without_field(path, edit, context.version),
    };
    edits.into_iter().map(say).collect()
}

/// The paths that have a row under some edits and some writer.
pub(crate) fn fields_of(schema: &Schema) -> HashSet<FieldPath> {
    let mut paths = HashSet::new();
    let mut left: Vec<(FieldPath, &FieldType)> =
        schema.fields.iter().map(|field| (field.path.clone(), &field.ty)).collect();
    while let Some((path, ty)) = left.pop() {
        match ty {
            FieldType::Record { fields, .. } => left.extend(fields.iter().map(|field| (field.path.clone(), &field.ty))),
            FieldType::Union { branches } => {
                left.extend(branches.iter().map(|branch| (path.child(format!("<{}>", branch.name)), &branch.ty)));
            }
            _ => {}
        }
        paths.insert(path);
    }
    paths
}
