//! JSON Schema's objects and arrays: named properties are a record, free ones a map, both together stay JSON.

use std::collections::{HashMap, HashSet};

use super::Reader;
use super::catalog::Node;
use super::conjunction::Conjunction;
use super::scalar;
use crate::diagnostic::Diagnostic;
use crate::schema::budget::MAX_NAME_BYTES;
use crate::schema::json::Value;
use crate::schema::walk::quote;
use crate::schema::{Field, FieldPath, FieldType, MapKey};

/// The properties that a set of schemas names, in the order of the text.
#[derive(Default)]
struct Properties<'s> {
    order: Vec<Property<'s>>,
    /// Where each name stands. Made once a second schema names properties: those of one all differ.
    by_name: Option<HashMap<&'s str, usize>>,
}

/// A property with the schemas that hold for it.
struct Property<'s> {
    name: &'s str,
    first: Node<'s>,
    more: Vec<Node<'s>>,
}

impl<'s> Property<'s> {
    fn nodes(&self) -> impl Iterator<Item = Node<'s>> {
        std::iter::once(self.first).chain(self.more.iter().copied())
    }
}

impl<'s> Properties<'s> {
    /// Adds the properties of one schema.
    fn extend(&mut self, properties: impl Iterator<Item = (&'s str, Node<'s>)>) {
        if self.order.is_empty() {
            self.order.extend(properties.map(|(name, first)| Property { name, first, more: vec![] }));
            return;
        }
        let order = &mut self.order;
        let by_name =
            self.by_name.get_or_insert_with(|| order.iter().enumerate().map(|(at, one)| (one.name, at)).collect());
        for (name, node) in properties {
            let at = *by_name.entry(name).or_insert(order.len());
            match order.get_mut(at) {
                Some(property) => property.more.push(node),
                None => order.push(Property { name, first: node, more: vec![] }),
            }
        }
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
        if !optional.order.is_empty() {
            let named: HashSet<&str> = own.order.iter().map(|property| property.name).collect();
            optional.order.retain(|property| !named.contains(property.name));
        }
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
            let Some(declared) = node.value.get("properties").and_then(Value::as_object) else { continue };
            let is_namable = |name: &str| (1..=MAX_NAME_BYTES).contains(&name.len());
            for name in declared.keys().filter(|name| !is_namable(name)) {
                self.walk.once(unnamable(path, name));
            }
            let namable = declared.iter().filter(|(name, _)| is_namable(name));
            into.extend(namable.map(|(name, schema)| (name, self.catalog.child(*node, schema))));
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
        let mut required: Vec<&str> = required.collect();
        required.sort_unstable();
        for property in &own.order {
            let place = path.child(property.name);
            if !self.walk.field(&place) {
                return;
            }
            fields.extend(self.field(place, property.nodes(), required.binary_search(&property.name).is_ok()));
        }
    }

    /// Properties of alternatives: one that several alternatives name may hold what any of them says.
    fn optional_fields(&mut self, optional: &Properties<'s>, fields: &mut Vec<Field>, path: &FieldPath) {
        for property in &optional.order {
            let mut read: Option<Field> = None;
            for node in property.nodes() {
                let place = path.child(property.name);
                if !self.walk.field(&place) {
                    return;
                }
                let Some(field) = self.field(place, [node], false) else { continue };
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
                ["additionalProperties", "unevaluatedProperties"].iter().filter_map(|key| node.value.get(key));
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
            let Some(field) = self.field(place.clone(), [*node], true) else { continue };
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
        let item = self.field(place.clone(), items, true);
        let anything = || Field { nullable: true, ..Field::at(place, FieldType::Json) };
        FieldType::Array { item: Box::new(item.unwrap_or_else(anything)) }
    }
}
