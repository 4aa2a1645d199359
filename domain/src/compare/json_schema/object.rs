//! Objects: which properties come and go, and whether the rest of the object is open, partially open or closed.

use std::collections::HashSet;

use super::shape::{Part, Shape, Shapes};
use super::{Check, Found, bounds, found};
use crate::compare::memo::below;
use crate::schema::json::{Members, Value};
use crate::schema::json_schema::catalog::Node;

/// What an object allows besides its named properties.
enum Rest<'s> {
    /// Anything.
    Open,
    /// What a schema says.
    Partial(Part<'s>),
    /// Nothing.
    Closed,
}

impl<'s> Check<'_, 's> {
    pub(super) fn object(&mut self, old: Node<'s>, new: Node<'s>) -> Vec<Found> {
        let mut found = self.properties(old, new);
        found.extend(self.dependencies(old, new));
        for keyword in ["additionalProperties", "unevaluatedProperties"] {
            found.extend(self.rest(keyword, old, new));
        }
        found.extend(bounds::object(self, Part::whole(old), Part::whole(new)));
        found
    }

    fn properties(&mut self, old: Node<'s>, new: Node<'s>) -> Vec<Found> {
        let (before, after) = (properties(old), properties(new));
        let (was_required, is_required) = (required(old), required(new));
        let mut findings = Vec::new();
        for (name, schema) in after.into_iter().flatten() {
            let part = self.read.child(new, schema);
            let inner = match before.and_then(|before| before.get(name)) {
                Some(earlier) => {
                    let earlier = self.wrote.child(old, earlier);
                    let mut inner = self.pair(earlier, part).to_vec();
                    let newly = is_required.contains(name) && !was_required.contains(name);
                    if newly && !self.has_default(part) {
                        inner.extend(self.says("requires this property, and", "does not; a default would help."));
                    }
                    inner
                }
                None => self.added(old, name, part, is_required.contains(name)),
            };
            findings.extend(below(name, &inner));
        }
        for (name, schema) in before.into_iter().flatten() {
            if after.is_none_or(|after| !after.contains_key(name)) {
                let inner = self.removed(new, name, self.wrote.child(old, schema));
                findings.extend(below(name, &inner));
            }
        }
        findings
    }

    fn has_default(&self, part: Part<'s>) -> bool {
        self.read.followed(part).keyword("default").is_some()
    }

    /// A property that only the reader names. If the writer's object was open, values of any type may already be there.
    fn added(&mut self, old: Node<'s>, name: &str, part: Part<'s>, is_required: bool) -> Vec<Found> {
        let rest = rest_of(self.wrote, old, Some(name));
        let mut findings = match &rest {
            Rest::Open if matches!(self.read.shape(self.read.followed(part)), Shape::Any) => return Vec::new(),
            Rest::Open => return self.says(
                "gives a type to this property, and",
                "is open, so that it may hold anything under this name; close it with \"additionalProperties\": false before properties are added.",
            ),
            Rest::Partial(schema) => self.pair(*schema, part).to_vec(),
            Rest::Closed => Vec::new(),
        };
        if is_required && !self.has_default(part) {
            findings.extend(
                self.says("requires this property, and", "does not have it; make it optional or give it a default."),
            );
        }
        findings
    }

    /// A property that only the writer names. The reader must take it among the rest.
    fn removed(&mut self, new: Node<'s>, name: &str, part: Part<'s>) -> Vec<Found> {
        match rest_of(self.read, new, Some(name)) {
            Rest::Open => Vec::new(),
            Rest::Partial(schema) => self.pair(part, schema).to_vec(),
            Rest::Closed if matches!(self.wrote.shape(self.wrote.followed(part)), Shape::Never) => Vec::new(),
            Rest::Closed => self.says("takes no property of this name, which", "may have."),
        }
    }

    fn rest(&mut self, keyword: &str, old: Node<'s>, new: Node<'s>) -> Vec<Found> {
        match (rest_by(self.wrote, old, keyword), rest_by(self.read, new, keyword)) {
            (_, Rest::Open) | (Rest::Closed, _) => Vec::new(),
            (Rest::Open | Rest::Partial(_), Rest::Closed) => self.says("takes no further properties, which", "allows."),
            (Rest::Open, Rest::Partial(_)) => self.says("limits what further properties may hold, which", "does not."),
            (Rest::Partial(old), Rest::Partial(new)) => {
                let inner = self.pair(old, new);
                below("{}", &inner).collect()
            }
        }
    }

    fn dependencies(&mut self, old: Node<'s>, new: Node<'s>) -> Vec<Found> {
        let mut findings = Vec::new();
        for keyword in ["dependencies", "dependentRequired", "dependentSchemas"] {
            let [before, after] = [old, new].map(|node| node.value.get(keyword).and_then(Value::as_object));
            for (name, needs) in after.into_iter().flatten() {
                let earlier = before.and_then(|before| before.get(name));
                let inner = match (earlier, needs) {
                    (Some(Value::Array(earlier)), Value::Array(needs))
                        if needs.iter().all(|need| earlier.contains(need)) =>
                    {
                        continue;
                    }
                    (Some(earlier), schema) if !earlier.is_array() && !schema.is_array() => {
                        let (earlier, schema) = (self.wrote.child(old, earlier), self.read.child(new, schema));
                        self.pair(earlier, schema).to_vec()
                    }
                    _ => {
                        let name = crate::schema::walk::quote(name);
                        let (reader, writer) = (self.sides.reader, self.sides.writer);
                        found(format!("{reader} demands more of objects with the property {name} than {writer} does."))
                    }
                };
                findings.extend(inner);
            }
        }
        findings
    }
}

fn properties(node: Node<'_>) -> Option<&Members<'_>> {
    node.value.get("properties").and_then(Value::as_object)
}

fn required(node: Node<'_>) -> HashSet<&str> {
    let listed = node.value.get("required").and_then(Value::as_array);
    listed.into_iter().flatten().filter_map(Value::as_str).collect()
}

/// What one keyword says of the rest.
fn rest_by<'s>(shapes: Shapes<'_, 's>, node: Node<'s>, keyword: &str) -> Rest<'s> {
    match node.value.get(keyword) {
        None | Some(Value::Bool(true)) => Rest::Open,
        Some(Value::Bool(false)) => Rest::Closed,
        Some(_) => shapes.inside(node, keyword).map_or(Rest::Open, Rest::Partial),
    }
}

/// What may stand under a name that is no property: patterns come first, then what is additional, then what is unevaluated.
fn rest_of<'s>(shapes: Shapes<'_, 's>, node: Node<'s>, name: Option<&str>) -> Rest<'s> {
    let patterns =
        node.value.get("patternProperties").and_then(Value::as_object).filter(|patterns| !patterns.is_empty());
    for (pattern, schema) in patterns.into_iter().flatten() {
        let matches = |name: &str| regex::Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(name));
        if name.is_some_and(matches) {
            return Rest::Partial(shapes.child(node, schema));
        }
    }
    match rest_by(shapes, node, "additionalProperties") {
        Rest::Open => match rest_by(shapes, node, "unevaluatedProperties") {
            // An object with patterns is not open to registries, even where nothing else is said.
            Rest::Open if patterns.is_some() => Rest::Closed,
            rest => rest,
        },
        rest => rest,
    }
}
