//! The schemas that hold at the same time for one value: a schema itself, what its `$ref` leads to, and all of `allOf`.

use std::collections::BTreeSet;

use super::Reader;
use super::catalog::{Node, Target};
use crate::schema::FieldPath;
use crate::schema::json::{Members, Value};
use crate::schema::walk::{quote, quote_json, short};

/// The longest chain of `$ref` and `allOf` without a property between.
const MAX_CHAIN: usize = 64;

/// Schemas that hold together.
#[derive(Debug, Default)]
pub struct Conjunction<'s> {
    /// The schemas in the order of the text.
    pub nodes: Vec<Node<'s>>,
    /// Where documentation and defaults are looked for: also beside a `$ref` that makes its neighbours mean nothing.
    pub described: Vec<&'s Members<'s>>,
    /// Some schema is `false`: no value is allowed.
    pub never: bool,
    /// It leads back to a schema that is being read; this is that schema's name.
    pub recursive: Option<String>,
    /// It leads to something that was reported, or to a schema of schemas: anything may be there.
    pub unknown: bool,
    seen: BTreeSet<usize>,
    /// How many of `nodes`, from the first on, have had their alternatives chosen.
    settled: usize,
}

impl<'s> Conjunction<'s> {
    /// The schemas' keywords.
    pub fn parts(&self) -> Vec<&'s Members<'s>> {
        self.nodes.iter().filter_map(Node::object).collect()
    }

    /// The identities of everything in it.
    pub fn identities(&self) -> impl Iterator<Item = usize> {
        self.seen.iter().copied()
    }

    /// The schemas whose alternatives are still open.
    pub fn unsettled(&self) -> impl Iterator<Item = &Node<'s>> {
        self.nodes.iter().skip(self.settled)
    }

    /// This, as the alternative of `base` that was chosen: both hold together.
    pub fn beside(mut self, base: &Self) -> Self {
        self.settled = base.nodes.len();
        self.nodes.splice(..0, base.nodes.iter().copied());
        self
    }

    /// The tags that Confluent's keyword gives.
    pub fn tags(&self) -> impl Iterator<Item = &'s str> {
        let lists = self.described.iter().filter_map(|part| part.get("confluent:tags")?.as_array());
        lists.flatten().filter_map(Value::as_str)
    }

    /// The name of what was referred to last, or the title: what a union's branch is called.
    pub fn title(&self) -> Option<&'s str> {
        self.described.iter().find_map(|part| part.get("title")?.as_str()).filter(|title| !title.is_empty())
    }
}

impl<'s> Reader<'_, 's> {
    /// Follows everything that holds together with each of `nodes`.
    pub(super) fn conjunction(
        &mut self,
        nodes: impl IntoIterator<Item = Node<'s>>,
        path: &FieldPath,
    ) -> Conjunction<'s> {
        let mut into = Conjunction::default();
        for node in nodes {
            self.follow(node, &mut into, path);
        }
        into
    }

    fn follow(&mut self, node: Node<'s>, into: &mut Conjunction<'s>, path: &FieldPath) {
        if !self.walk.step(path) {
            into.unknown = true;
            return;
        }
        match node.value {
            Value::Bool(allowed) => into.never |= !allowed,
            Value::Object(keywords) => {
                if self.open.contains_key(&node.identity()) {
                    into.recursive.get_or_insert_with(|| self.name_of(node));
                    return;
                }
                self.follow_object(node, keywords, into, path);
            }
            other => {
                let message = format!("{} is not a schema.", quote_json(other));
                self.walk.error("json-bad-schema", path, message, "A schema is an object, true or false.");
                into.unknown = true;
            }
        }
    }

    fn follow_object(
        &mut self,
        node: Node<'s>,
        keywords: &'s Members<'s>,
        into: &mut Conjunction<'s>,
        path: &FieldPath,
    ) {
        if self.chain.contains(&node.identity()) || self.chain.len() >= MAX_CHAIN {
            let hint = "Let one of the references lead to a schema with a type of its own.";
            self.walk.error("json-ref-circle", path, "The references lead in a circle or never end.", hint);
            into.unknown = true;
            return;
        }
        if !into.seen.insert(node.identity()) {
            return;
        }
        if !self.walk.steps(keywords.len(), path) {
            into.unknown = true;
            return;
        }
        self.chain.push(node.identity());
        into.described.push(keywords);
        let reference = ["$ref", "$dynamicRef", "$recursiveRef"].iter().find_map(|key| keywords.get(key)?.as_str());
        let is_dynamic = !keywords.contains_key("$ref");
        let alone = reference.is_some() && self.catalog.ignores_siblings(node);
        let properties_first = position(keywords, "properties") < position(keywords, "allOf");
        if !alone && properties_first {
            into.nodes.push(node);
        }
        if let Some(reference) = reference.filter(|reference| is_dynamic && self.catalog.means_several(reference)) {
            into.unknown = true;
            let message = format!(
                "What the reference {} means depends on the schema that it was reached from, so the field is kept as JSON.",
                quote(reference)
            );
            self.walk.warning("json-dynamic", path, message, "Refer with $ref to the schema that is meant.");
        } else if let Some(reference) = reference {
            self.follow_reference(node, reference, into, path);
        }
        if !alone {
            for member in keywords.get("allOf").and_then(Value::as_array).into_iter().flatten() {
                let member = self.catalog.child(node, member);
                self.follow(member, into, path);
            }
            if !properties_first {
                into.nodes.push(node);
            }
        }
        self.chain.pop();
    }

    fn follow_reference(&mut self, node: Node<'s>, reference: &'s str, into: &mut Conjunction<'s>, path: &FieldPath) {
        // A long reference takes its time at each use.
        if !self.walk.steps(reference.len() / 64, path) {
            into.unknown = true;
            return;
        }
        match self.catalog.resolve(node, reference) {
            Target::Node(target) => {
                self.names.entry(target.identity()).or_insert(reference);
                self.follow(target, into, path);
            }
            Target::MetaSchema => {
                into.unknown = true;
                self.walk.note("json-meta-schema", path, "The field holds a JSON Schema, which is kept whole.");
            }
            Target::MissingDocument => {
                into.unknown = true;
                self.walk.error(
                    "json-missing-reference",
                    path,
                    format!("The $ref {} leads to a document that is not among the references.", quote(reference)),
                    "Register that document and add it to the schema's references under this name; nothing is fetched.",
                );
            }
            Target::MissingPlace => {
                into.unknown = true;
                self.walk.error(
                    "json-missing-definition",
                    path,
                    format!("The $ref {} leads to a place that its document does not have.", quote(reference)),
                    "Add the definition, or correct the pointer.",
                );
            }
        }
    }

    /// What a schema is called: the end of the `$ref` that led to it, else its title.
    pub(super) fn name_of(&self, node: Node<'s>) -> String {
        let referred =
            self.names.get(&node.identity()).and_then(|r| r.rsplit(['/', '#']).find(|part| !part.is_empty()));
        let title = || node.value.get("title").and_then(Value::as_str).filter(|title| !title.is_empty());
        short(referred.or_else(title).unwrap_or("#")).to_owned()
    }
}

fn position(keywords: &Members<'_>, key: &str) -> usize {
    keywords.position(key).unwrap_or(usize::MAX)
}
