//! JSON Schema's objects and arrays: named properties are a record, free ones a map, both together stay JSON.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::Reader;
use super::catalog::Node;
use super::conjunction::Conjunction;
use super::scalar;
use crate::diagnostic::Diagnostic;
use crate::schema::budget::MAX_NAME_BYTES;
use crate::schema::walk::quote;
use crate::schema::{Field, FieldPath, FieldType, MapKey};

/// The properties that a set of schemas names, in the order of the text.
#[derive(Default)]
struct Properties<'s> {
    order: Vec<&'s str>,
    nodes: HashMap<&'s str, Vec<Node<'s>>>,
}

impl<'s> Properties<'s> {
    fn add(&mut self, name: &'s str, node: Node<'s>) {
        let nodes = self.nodes.entry(name).or_default();
        if nodes.is_empty() {
            self.order.push(name);
        }
        nodes.push(node);
    }
}

fn unnamable(path: &FieldPath, name: &str) -> Diagnostic {
    let message = format!("The property {} has a name that no column can have; it is not read.", quote(name));
    Diagnostic::warning("schema-long-name", path.clone(), message).hint("Names have between 1 and 1,000 bytes.")
}

impl<'s> Reader<'_, 's> {
    /// An object with the properties of `conjunction` and, as optional ones, those of each of `extra`.
    pub(super) fn object(
        &mut self,
        conjunction: &Conjunction<'s>,
        extra: &[Conjunction<'s>],
        path: &FieldPath,
    ) -> FieldType {
        let mut own = Properties::default();
        self.properties(conjunction, &mut own, path);
        let mut optional = Properties::default();
        extra.iter().for_each(|branch| self.properties(branch, &mut optional, path));
        optional.order.retain(|name| !own.nodes.contains_key(name));
        let free = self.free_properties(conjunction);
        if own.order.is_empty() && optional.order.is_empty() {
            return self.map(&free, path);
        }
        if !free.is_empty() && !path.is_root() {
            self.walk.note("json-open-object", path, "The object has named and free properties, so it is kept whole.");
            return FieldType::Json;
        }
        if !free.is_empty() {
            let hint = "Declare the properties that should have a column.";
            self.walk.warning("json-open-object", path, "Free properties of the event have no column.", hint);
        }
        if !self.walk.deeper(path) {
            return FieldType::Truncated;
        }
        let mut fields = Vec::new();
        self.fields(conjunction, &own, &mut fields, path);
        self.optional_fields(&optional, &mut fields, path);
        let name = conjunction.nodes.first().map(|node| self.name_of(*node)).filter(|name| name != "#");
        FieldType::Record { name: name.unwrap_or_default(), fields }
    }

    fn properties(&mut self, conjunction: &Conjunction<'s>, into: &mut Properties<'s>, path: &FieldPath) {
        for node in &conjunction.nodes {
            let declared = node.value.get("properties").and_then(Value::as_object).into_iter().flatten();
            for (name, schema) in declared {
                if name.is_empty() || name.len() > MAX_NAME_BYTES {
                    self.walk.once(unnamable(path, name));
                } else {
                    into.add(name, self.catalog.child(*node, schema));
                }
            }
        }
    }

    fn fields(
        &mut self,
        conjunction: &Conjunction<'s>,
        own: &Properties<'s>,
        fields: &mut Vec<Field>,
        path: &FieldPath,
    ) {
        let parts = conjunction.parts();
        let required = scalar::all(&parts, "required").filter_map(Value::as_array).flatten().filter_map(Value::as_str);
        let required: HashSet<&str> = required.collect();
        for name in &own.order {
            if !self.walk.field(&path.child(*name)) {
                return;
            }
            let nodes = own.nodes.get(name).map(Vec::as_slice).unwrap_or_default();
            fields.extend(self.field(path, name, nodes, required.contains(name)));
        }
    }

    /// Properties of alternatives: one that several alternatives name may hold what any of them says.
    fn optional_fields(&mut self, optional: &Properties<'s>, fields: &mut Vec<Field>, path: &FieldPath) {
        for name in &optional.order {
            let mut read: Option<Field> = None;
            for node in optional.nodes.get(name).into_iter().flatten() {
                if !self.walk.field(&path.child(*name)) {
                    return;
                }
                let Some(field) = self.field(path, name, &[*node], false) else { continue };
                read = Some(match read {
                    None => field,
                    Some(before) => {
                        let ty = scalar::join(before.ty, field.ty).unwrap_or(FieldType::Json);
                        Field { ty, doc: before.doc.or(field.doc), ..field }
                    }
                });
            }
            fields.extend(read);
        }
    }

    /// The schemas of properties that have no name: those of patterns, and of what is left over.
    fn free_properties(&self, conjunction: &Conjunction<'s>) -> Vec<Node<'s>> {
        let mut free = Vec::new();
        for node in &conjunction.nodes {
            let patterns = node.value.get("patternProperties").and_then(Value::as_object).into_iter().flatten();
            let left_over =
                ["additionalProperties", "unevaluatedProperties"].iter().filter_map(|key| node.value.get(*key));
            for schema in patterns.map(|(_, schema)| schema).chain(left_over) {
                if schema.as_object().is_some_and(|keywords| !keywords.is_empty()) {
                    free.push(self.catalog.child(*node, schema));
                }
            }
        }
        free
    }

    fn map(&mut self, free: &[Node<'s>], path: &FieldPath) -> FieldType {
        let place = path.child("{}");
        let mut value: Option<Field> = None;
        for node in free {
            if !self.walk.deeper(path) || !self.walk.field(&place) {
                return FieldType::Truncated;
            }
            let Some(field) = self.field(path, "{}", &[*node], true) else { continue };
            value = Some(match value {
                None => field,
                Some(before) => {
                    let nullable = before.nullable || field.nullable;
                    let ty = scalar::join(before.ty, field.ty).unwrap_or(FieldType::Json);
                    Field { ty, nullable, ..field }
                }
            });
        }
        value.map_or(FieldType::Json, |value| FieldType::Map { key: MapKey::Text, value: Box::new(value) })
    }

    /// An array: of what `items` says, of anything if it says nothing; tuples stay JSON.
    pub(super) fn array(&mut self, conjunction: &Conjunction<'s>, path: &FieldPath) -> FieldType {
        let mut items = Vec::new();
        for node in &conjunction.nodes {
            let has_tuple = node.value.get("prefixItems").is_some();
            match node.value.get("items") {
                Some(Value::Array(_)) => return FieldType::Json,
                _ if has_tuple => return FieldType::Json,
                Some(schema) => items.push(self.catalog.child(*node, schema)),
                None => {}
            }
        }
        let place = path.child("[]");
        if !self.walk.deeper(path) || !self.walk.field(&place) {
            return FieldType::Truncated;
        }
        let item = self.field(path, "[]", &items, true);
        let anything = || Field { nullable: true, ..Field::required(path, "[]", FieldType::Json) };
        FieldType::Array { item: Box::new(item.unwrap_or_else(anything)) }
    }
}
