//! Lays out the rows and columns of a table: every field a row, its generated column, and the user's edits over it.

use std::collections::HashMap;

use super::edits::{self, apply};
use super::naming::{Names, table_name};
use super::{Column, Context, Row, Table, comment, convert, envelope, findings, json_text, options, types};
use crate::schema::{Field, FieldPath, FieldType, Schema};
use crate::sql::{Expression, SourcePath};
use crate::subject::SchemaType;

/// A field on its way to a row.
pub(super) struct Place<'a> {
    pub field: &'a Field,
    pub depth: usize,
    /// Its place among its siblings and that of each record around it, from 1.
    pub positions: Vec<usize>,
    /// Whether the sink job writes it as JSON text.
    pub json_text: bool,
}

impl Place<'_> {
    /// What the file has of it.
    pub fn source(&self, language: SchemaType) -> convert::Source<'_> {
        convert::Source { ty: &self.field.ty, language, json_text: self.json_text }
    }

    /// Whether its fields can have columns of their own.
    pub fn is_expandable(&self) -> bool {
        !self.field.fields().is_empty()
    }

    /// A record without fields: Parquet cannot hold it.
    pub fn is_empty_record(&self) -> bool {
        matches!(&self.field.ty, FieldType::Record { fields, .. } if fields.is_empty())
    }
}

/// Lays out the table of a schema with the design applied. Never fails: what is wrong is in the diagnostics.
pub fn lay_out(schema: &Schema, context: Context<'_>) -> Table {
    let mut places = vec![];
    walk(&schema.fields, &[], context, &mut places);
    let (envelope, load_metadata) = (envelope::envelope(), envelope::load_metadata());
    let mut table = Table {
        name: table_name(context.subject),
        comment: format!("{} v{}", context.event_name(), context.version),
        retention_days: None,
        cluster_by_day: false,
        rows: Vec::with_capacity(places.len()),
        envelope,
        load_metadata,
        diagnostics: vec![],
    };
    let mut menu = convert::Menu::default();
    for (place, (name, told_apart)) in places.iter().zip(names(&places, &table)) {
        let mut row = generated(place, name, context, &mut menu);
        table.diagnostics.extend(findings::of_name(&row, told_apart, context.design));
        table.diagnostics.extend(apply(&mut row, place, context));
        table.rows.push(row);
    }
    table.diagnostics.extend(json_text::strings_inside(&table.rows));
    edits::resolve_renames(&mut table);
    in_order_of_rows(&mut table);
    table.diagnostics.extend(edits::without_row(schema, &table, context));
    options::apply(&mut table, context);
    table
}

fn in_order_of_rows(table: &mut Table) {
    let order: HashMap<&FieldPath, usize> = table.rows.iter().enumerate().map(|(i, row)| (&row.path, i)).collect();
    table.diagnostics.sort_by_key(|found| order.get(&found.path).copied());
}

fn walk<'a>(fields: &'a [Field], around: &[usize], context: Context<'_>, places: &mut Vec<Place<'a>>) {
    for (i, field) in fields.iter().enumerate() {
        let positions: Vec<usize> = around.iter().copied().chain([i + 1]).collect();
        let wanted = context.design.columns.get(&field.path).and_then(|edit| edit.expand) == Some(true);
        let expanded = wanted && !field.fields().is_empty();
        let json_text = json_text::is_written_so(field, expanded);
        places.push(Place { field, depth: around.len(), positions: positions.clone(), json_text });
        if expanded {
            walk(field.fields(), &positions, context, places);
        }
    }
}

/// The generated name of each place. The event's own fields choose before nested ones, so that expanding renames nothing.
fn names(places: &[Place<'_>], table: &Table) -> Vec<(String, bool)> {
    let around = table.envelope.iter().chain(&table.load_metadata).map(|column| column.name.as_str());
    let mut taken = Names::with(around);
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by_key(|i| places.get(*i).map(|place| place.depth));
    let mut names = vec![(String::new(), false); places.len()];
    for i in order {
        if let (Some(place), Some(name)) = (places.get(i), names.get_mut(i)) {
            *name = taken.claim(&place.field.path, &place.positions);
        }
    }
    names
}

/// The row as it is without edits.
fn generated(place: &Place<'_>, name: String, context: Context<'_>, menu: &mut convert::Menu) -> Row {
    let field = place.field;
    let (ty, reason) = types::default_type(&field.ty, context.schema_type, place.json_text);
    let path = SourcePath::of(&field.path);
    let expression = convert::expression(place.source(context.schema_type), &path, ty);
    let column = Column {
        name,
        ty,
        nullable: true,
        comment: comment::default_comment(field, context.schema_type),
        expression: expression.unwrap_or_else(|| Expression::value(&path)),
        source: Some(field.path.clone()),
    };
    let kept = !place.is_empty_record();
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
        choices: menu.choices(place.source(context.schema_type), ty),
        reason,
        json_text: place.json_text,
    }
}
