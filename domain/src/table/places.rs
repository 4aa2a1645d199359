//! Every field that gets a row: its place among the others, where the file has it, and what the file holds of it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::comment::default_comment;
use super::convert::Source;
use super::form::{Form, form_of};
use super::money::Role;
use super::{Carrier, Context, json_text};
use crate::schema::{Field, FieldPath, FieldType, Schema};
use crate::sql::SourcePath;
use crate::subject::SchemaType;

/// A field on its way to a row.
pub(super) struct Place<'a> {
    pub field: Cow<'a, Field>,
    pub depth: usize,
    /// Its place among its siblings and that of each record around it, from 1.
    pub positions: Vec<usize>,
    /// Where the file has it.
    pub path: SourcePath,
    /// Whether it is in a group of its own there.
    pub is_wrapped: bool,
    /// What the file holds of it.
    pub form: Form,
    /// What it is for the columns of the record around it.
    pub role: Role,
    /// Whether the user gave its fields columns of their own.
    pub expanded: bool,
}

impl Place<'_> {
    /// What its column is made of.
    pub fn source(&self) -> Source<'_> {
        Source { ty: &self.field.ty, form: self.form, path: &self.path }
    }

    /// The type of its values, to ask what another type loses of them: an amount has 19 whole digits and nine after the point.
    pub fn values(&self) -> &FieldType {
        const AMOUNT: FieldType = FieldType::Decimal { precision: 28, scale: 9 };
        if self.form == Form::UnitsAndNanos { &AMOUNT } else { &self.field.ty }
    }

    /// What the file or the row holds of it, in Parquet's words or JSON's.
    pub fn in_file(&self, carrier: Carrier) -> Cow<'static, str> {
        let words = self.form.words(&self.field.ty, carrier);
        if self.is_wrapped { format!("{words} in {}", carrier.group()).into() } else { words }
    }

    /// Its generated comment.
    pub fn comment(&self, language: SchemaType) -> String {
        match self.role {
            Role::Amount => "Units and nanos in one number.".to_owned(),
            _ => default_comment(&self.field, language),
        }
    }

    /// Whether its fields can have columns of their own.
    pub fn is_expandable(&self) -> bool {
        can_expand(&self.field, self.form)
    }

    /// Whether it is a column unless the user says otherwise.
    pub fn is_kept(&self) -> bool {
        !self.field.ty.is_empty_record() && self.role != Role::Counted
    }
}

/// A message that arrives as one text has no fields there.
fn can_expand(field: &Field, form: Form) -> bool {
    let is_text = matches!(form, Form::IsoDate | Form::ZonedTime);
    form == Form::Members || (!is_text && !field.fields().is_empty())
}

/// A field before its place is known.
struct Child<'a> {
    field: Cow<'a, Field>,
    /// Its type, for as long as the schema lives.
    ty: &'a FieldType,
    path: SourcePath,
    role: Role,
}

/// The places of a schema's fields, records before their fields.
pub(super) fn places<'a>(
    schema: &'a Schema,
    file_keys: &BTreeMap<String, String>,
    context: Context<'_>,
) -> Vec<Place<'a>> {
    let place = |field: &Field| match file_keys.get(&field.name) {
        Some(key) => SourcePath::top(key),
        None => SourcePath::of(&field.path),
    };
    let of =
        |field: &'a Field| Child { field: Cow::Borrowed(field), ty: &field.ty, path: place(field), role: Role::Plain };
    let mut walk = Walk { context, carrier: context.carrier(), places: vec![] };
    walk.level(schema.fields.iter().map(of).collect(), &[]);
    walk.places
}

struct Walk<'a, 'c> {
    context: Context<'c>,
    carrier: Carrier,
    places: Vec<Place<'a>>,
}

impl<'a> Walk<'a, '_> {
    fn level(&mut self, children: Vec<Child<'a>>, around: &[usize]) {
        for (i, child) in children.into_iter().enumerate() {
            let positions: Vec<usize> = around.iter().copied().chain([i + 1]).collect();
            let ty = child.ty;
            let place = self.place(child, positions);
            let inner = place.expanded.then(|| (self.inside(&place, ty), place.positions.clone()));
            self.places.push(place);
            if let Some((inner, positions)) = inner {
                self.level(inner, &positions);
            }
        }
    }

    fn place(&self, child: Child<'a>, positions: Vec<usize>) -> Place<'a> {
        let Child { field, ty, path, role } = child;
        let form = match role {
            Role::Amount => Form::UnitsAndNanos,
            _ => form_of(ty, self.context.schema_type, self.carrier),
        };
        let edit = self.context.design.columns.get(&field.path);
        let wanted = edit.and_then(|edit| edit.expand) == Some(true);
        let expanded = wanted && can_expand(&field, form);
        let is_text = json_text::is_written_so(&field, expanded, self.carrier);
        let form = if is_text { Form::JsonText } else { form };
        let is_wrapped = field.wrapper.is_some_and(|key| self.carrier.wraps(key));
        let path = match field.wrapper {
            Some(key) if is_wrapped => path.child(key),
            _ => path,
        };
        Place { depth: positions.len() - 1, field, positions, path, is_wrapped, form, role, expanded }
    }

    /// The fields of an expanded record, or the types of an expanded union.
    fn inside(&self, place: &Place<'a>, ty: &'a FieldType) -> Vec<Child<'a>> {
        match ty {
            FieldType::Record { fields, .. } => fields.iter().map(|field| self.field_of(place, ty, field)).collect(),
            FieldType::Union { branches } => {
                let members = branches.iter().enumerate().map(|(i, branch)| Child {
                    field: Cow::Owned(member(&place.field.path, &branch.name, &branch.ty)),
                    ty: &branch.ty,
                    path: place.path.child(&format!("member{i}")),
                    role: Role::Plain,
                });
                members.collect()
            }
            _ => vec![],
        }
    }

    fn field_of(&self, record: &Place<'a>, ty: &FieldType, field: &'a Field) -> Child<'a> {
        let role = match self.context.schema_type {
            SchemaType::Protobuf => Role::of(ty, &field.name),
            SchemaType::Avro | SchemaType::Json => Role::Plain,
        };
        let path = if role == Role::Amount { record.path.clone() } else { record.path.child(&field.name) };
        Child { field: Cow::Borrowed(field), ty: &field.ty, path, role }
    }
}

/// One type of a union as a field: null wherever the value is of another type.
fn member(union: &FieldPath, name: &str, ty: &FieldType) -> Field {
    Field { nullable: true, ..Field::required(union, &format!("<{name}>"), ty.clone()) }
}
