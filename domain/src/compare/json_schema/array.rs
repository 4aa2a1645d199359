//! Arrays: what all items are, and the items of tuples one by one.

use super::shape::{Part, Shape, Shapes};
use super::{Check, Found, bounds};
use crate::compare::memo::below;
use crate::schema::json::Value;
use crate::schema::json_schema::catalog::Node;

/// An array's schema in parts: drafts before 2020-12 wrote tuples under `items`.
struct Items<'s> {
    all: Option<Part<'s>>,
    tuple: Vec<Part<'s>>,
    /// What stands behind the tuple: `None` for anything.
    rest: Option<Part<'s>>,
}

fn items_of<'s>(shapes: Shapes<'_, 's>, node: Node<'s>) -> Items<'s> {
    let listed = |keyword: &str| node.value.get(keyword).and_then(Value::as_array);
    let behind = |keyword: &str| shapes.inside(node, keyword).filter(|part| part.node.value != &Value::Bool(true));
    let unevaluated = || behind("unevaluatedItems");
    let tuple = |list: &'s Vec<Value<'s>>| list.iter().map(|item| shapes.child(node, item)).collect();
    match (listed("prefixItems"), listed("items")) {
        (Some(list), _) => Items { all: None, tuple: tuple(list), rest: behind("items").or_else(unevaluated) },
        (None, Some(list)) => {
            Items { all: None, tuple: tuple(list), rest: behind("additionalItems").or_else(unevaluated) }
        }
        (None, None) => {
            let rest = behind("additionalItems").or_else(unevaluated);
            Items { all: shapes.inside(node, "items"), tuple: Vec::new(), rest }
        }
    }
}

impl<'s> Check<'_, 's> {
    pub(super) fn array(&mut self, old: Node<'s>, new: Node<'s>) -> Vec<Found> {
        let (before, after) = (items_of(self.wrote, old), items_of(self.read, new));
        let inner = self.optional(before.all, after.all);
        let mut findings: Vec<Found> = below("[]", &inner).collect();
        findings.extend(self.tuples(&before, &after));
        let inner = match (before.rest, after.rest) {
            (Some(old), _) if matches!(self.wrote.shape(old), Shape::Never) => Vec::new(),
            (old, new) => self.optional(old, new).to_vec(),
        };
        findings.extend(below("[]", &inner));
        findings.extend(bounds::array(self, Part::whole(old), Part::whole(new)));
        findings
    }

    fn tuples(&mut self, before: &Items<'s>, after: &Items<'s>) -> Vec<Found> {
        let shared = before.tuple.len().min(after.tuple.len());
        let mut findings = Vec::new();
        for (old, new) in before.tuple.iter().zip(&after.tuple) {
            findings.extend(below("[]", &self.pair(*old, *new)));
        }
        for old in before.tuple.iter().skip(shared) {
            let inner = match after.rest {
                None => continue,
                Some(rest) => self.pair(*old, rest),
            };
            findings.extend(below("[]", &inner));
        }
        for new in after.tuple.iter().skip(shared) {
            let inner = match before.rest {
                Some(rest) => self.pair(rest, *new).to_vec(),
                None if matches!(self.read.shape(*new), Shape::Any) => continue,
                None => self.says("gives a type to a further item, and", "lets it be anything."),
            };
            findings.extend(below("[]", &inner));
        }
        findings
    }
}
