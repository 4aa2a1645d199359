//! Lays out the rows and columns of a table: every field a row, its generated column, and the user's edits over it.

use std::collections::HashMap;
use std::sync::Arc;

use super::edits::{self, apply};
use super::form::Form;
use super::naming::{Names, table_name};
use super::places::{Place, places};
use super::{
    Attributes, Column, Context, Row, Table, computed, convert, envelope, findings, iceberg, json_text, keys, live,
    masked, options, order, types, writer,
};
use crate::schema::{FieldPath, Schema};
use crate::sql::Expression;

/// Lays out the table of a schema with the design applied. Never fails: what is wrong is in the diagnostics.
pub fn lay_out(schema: &Schema, context: Context<'_>) -> Table {
    let file_keys = keys::of(&schema.fields, context.carrier());
    let places = places(schema, &file_keys, context);
    let (envelope, load_metadata) = (envelope::envelope(context), envelope::load_metadata(context));
    let mut table = Table {
        name: table_name(context.subject),
        comment: format!("{} v{}", context.event_name(), context.version),
        event_class: schema.name.clone(),
        has_other_events: schema.event.has_others,
        options: options::TableOptions::default(),
        rows: Vec::with_capacity(places.len()),
        order: vec![],
        computed: vec![],
        envelope,
        load_metadata,
        diagnostics: writer::of_schema(schema, context),
        file_keys,
    };
    if context.is_iceberg() {
        table
            .envelope
            .iter_mut()
            .chain(&mut table.load_metadata)
            .for_each(|column| column.ty = iceberg::fitting(column.ty));
    }
    envelope::rename(&mut table, &context.platform.column_names);
    for (place, (name, told_apart)) in places.iter().zip(names(&places, &table, context)) {
        let mut row = generated(place, name, context);
        table.diagnostics.extend(findings::of_name(&row, told_apart, context));
        table.diagnostics.extend(apply(&mut row, place, context));
        if let Some(key) = table.file_keys.get(&row.field_name).filter(|_| row.depth == 0) {
            table.diagnostics.push(findings::other_key(&row, key));
        }
        table.rows.push(row);
    }
    table.diagnostics.extend(json_text::strings_inside(&table.rows));
    edits::resolve_renames(&mut table, context.live);
    order::arrange(&mut table, context);
    computed::apply(&mut table, schema, context);
    table.diagnostics.extend(masked::elsewhere(&table, context));
    in_order_of_rows(&mut table);
    table.diagnostics.extend(edits::without_row(schema, &table, context));
    options::apply(&mut table, context);
    table
}

fn in_order_of_rows(table: &mut Table) {
    if table.diagnostics.is_empty() {
        return;
    }
    let order: HashMap<&FieldPath, usize> = table.rows.iter().enumerate().map(|(i, row)| (&row.path, i)).collect();
    table.diagnostics.sort_by_key(|found| order.get(&found.path).copied());
}

/// The generated name of each place. A table that exists keeps its names, those of fields that are gone included; then the event's
/// own fields choose before nested ones, so that expanding renames nothing.
fn names(places: &[Place<'_>], table: &Table, context: Context<'_>) -> Vec<(String, bool)> {
    let around = table.envelope.iter().chain(&table.load_metadata).map(|column| column.name.as_str());
    let around = around.chain(context.live.iter().map(|column| column.name.as_str()));
    let mut taken = Names::with(context.naming(), around, places.len());
    let live = live::names(context.live);
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by_key(|i| places.get(*i).map(|place| place.depth));
    let mut names = vec![(String::new(), false); places.len()];
    for i in order {
        if let (Some(place), Some(name)) = (places.get(i), names.get_mut(i)) {
            *name = match live.get(&place.field.path) {
                Some(live) => ((*live).to_owned(), false),
                None => taken.claim(&place.role.named_after(&place.field.path), &place.positions),
            };
        }
    }
    names
}

/// The row as it is without edits.
fn generated(place: &Place<'_>, name: String, context: Context<'_>) -> Row {
    let field = place.field.as_ref();
    let (ty, reason) = types::default_type(&field.ty, place.form, context.schema_type);
    let (ty, reason) = match iceberg::fitting(ty) {
        fitting if context.is_iceberg() && fitting != ty => {
            (fitting, format!("{reason} An Iceberg table has {fitting} for it.").into())
        }
        _ => (ty, reason),
    };
    let expression = convert::expression(place.source(), ty);
    let column = Arc::new(Column {
        name,
        ty,
        nullable: true,
        comment: place.comment(context.schema_type),
        attributes: Attributes::default(),
        expression: expression.unwrap_or_else(|| Expression::value(&place.path)),
        source: Some(field.path.clone()),
    });
    let kept = place.is_kept();
    Row {
        path: field.path.clone(),
        field_name: field.name.clone(),
        field_type: field.ty.label(),
        field_nullable: field.nullable,
        depth: place.depth,
        default: column.clone(),
        column,
        kept,
        kept_by_default: kept,
        expandable: place.is_expandable(),
        expanded: false,
        choices: convert::choices_of(place.source(), ty, context),
        reason,
        in_file: place.in_file(context.carrier()),
        json_text: place.form == Form::JsonText,
    }
}
