//! Every JSON Schema that a `$ref` may mean: the document, its references, and what `$id` and `$anchor` name inside them.
//! Nothing is ever fetched.

use std::collections::HashMap;

use super::uri;
use crate::schema::json::{Members, Value};

/// A schema and the resource that its relative references start from.
#[derive(Debug, Clone, Copy)]
pub struct Node<'s> {
    /// The schema: an object or a boolean.
    pub value: &'s Value<'s>,
    resource: usize,
}

impl<'s> Node<'s> {
    /// The schema's keywords, if it is an object.
    pub fn object(&self) -> Option<&'s Members<'s>> {
        self.value.as_object()
    }

    /// What tells this schema from all others.
    pub fn identity(&self) -> usize {
        std::ptr::from_ref(self.value).addr()
    }
}

/// What a `$ref` leads to.
#[derive(Debug, Clone, Copy)]
pub enum Target<'s> {
    /// A schema at hand.
    Node(Node<'s>),
    /// One of the standard's own schemas: any schema at all.
    MetaSchema,
    /// A document that is not at hand.
    MissingDocument,
    /// A place that its document does not have.
    MissingPlace,
}

#[derive(Debug)]
struct Resource<'s> {
    uri: String,
    root: &'s Value<'s>,
    /// The resource at the top of the same document.
    document: usize,
    /// Drafts before 2019-09: keywords beside `$ref` mean nothing.
    legacy: bool,
}

/// The schemas at hand.
#[derive(Debug, Default)]
pub struct Catalog<'s> {
    resources: Vec<Resource<'s>>,
    by_uri: HashMap<String, usize>,
    /// The resources that stand inside of documents, by the identity of their schema.
    by_root: HashMap<usize, usize>,
    anchors: HashMap<(usize, &'s str), Node<'s>>,
    /// How many schemas have a dynamic anchor of this name; `$recursiveAnchor` has none.
    dynamic: HashMap<&'s str, usize>,
}

impl<'s> Catalog<'s> {
    /// Adds a document that others know as `name`; its own `$id` counts too. Gives its top.
    pub fn add(&mut self, name: &str, root: &'s Value<'s>) -> Node<'s> {
        let draft = root.get("$schema").and_then(Value::as_str).unwrap_or_default();
        let legacy = ["draft-03", "draft-04", "draft-06", "draft-07"].iter().any(|d| draft.contains(d));
        let undated = draft.is_empty() && root.get("$id").is_none();
        let has_id_of_draft_4 = undated || draft.contains("draft-03") || draft.contains("draft-04");
        let resource = self.resources.len();
        let (own, _) = uri::split_fragment(id(root, has_id_of_draft_4).unwrap_or_default());
        // References have the place that the first document would look for them.
        let retrieved = self.resources.first().map_or_else(|| name.to_owned(), |first| uri::join(&first.uri, name));
        let address = if own.is_empty() { retrieved.clone() } else { uri::join(&retrieved, own) };
        self.resource(Resource { uri: address, root, document: resource, legacy });
        for known_as in [name.to_owned(), retrieved] {
            self.by_uri.entry(known_as).or_insert(resource);
        }
        let top = Node { value: root, resource };
        self.anchor(top);
        Indexer { catalog: self, has_id_of_draft_4 }.children(top, false);
        top
    }

    /// Whether what a `$dynamicRef` or `$recursiveRef` means depends on the way that led to it.
    pub fn means_several(&self, reference: &str) -> bool {
        let (_, fragment) = uri::split_fragment(reference);
        self.dynamic.get(fragment.as_str()).is_some_and(|count| *count > 1)
    }

    /// Keeps the anchors that a schema gives itself.
    fn anchor(&mut self, node: Node<'s>) {
        let dynamic = node.value.get("$dynamicAnchor").and_then(Value::as_str);
        let recursive = node.value.get("$recursiveAnchor").filter(|is| **is == Value::Bool(true)).map(|_| "");
        for name in dynamic.into_iter().chain(recursive) {
            *self.dynamic.entry(name).or_default() += 1;
        }
        let fixed = node.value.get("$anchor").and_then(Value::as_str);
        for name in dynamic.into_iter().chain(fixed).filter(|name| !name.is_empty()) {
            self.anchors.entry((node.resource, name)).or_insert(node);
        }
    }

    /// A schema inside `parent`.
    pub fn child(&self, parent: Node<'s>, value: &'s Value<'s>) -> Node<'s> {
        let resource = self.by_root.get(&std::ptr::from_ref(value).addr()).copied();
        Node { value, resource: resource.unwrap_or(parent.resource) }
    }

    /// Whether keywords beside a `$ref` in `node` mean nothing.
    pub fn ignores_siblings(&self, node: Node<'s>) -> bool {
        self.resources.get(node.resource).is_some_and(|r| r.legacy)
    }

    /// What `reference` means inside `node`.
    pub fn resolve(&self, node: Node<'s>, reference: &str) -> Target<'s> {
        let (address, fragment) = uri::split_fragment(reference);
        if ["http://json-schema.org/", "https://json-schema.org/"].iter().any(|host| address.starts_with(host)) {
            return Target::MetaSchema;
        }
        let Some(resource) = self.resource_at(node, address) else { return Target::MissingDocument };
        let document = self.resources.get(resource).map_or(resource, |r| r.document);
        // Many schemas write pointers from the top of the document although an inner `$id` moved the base.
        let found = [resource, document].into_iter().find_map(|start| self.place(start, &fragment));
        found.map_or(Target::MissingPlace, Target::Node)
    }

    fn resource_at(&self, node: Node<'s>, address: &str) -> Option<usize> {
        if address.is_empty() {
            return Some(node.resource);
        }
        let base = self.resources.get(node.resource).map(|r| r.uri.as_str()).unwrap_or_default();
        let joined = uri::join(base, address);
        self.by_uri.get(address).or_else(|| self.by_uri.get(&joined)).copied()
    }

    fn place(&self, resource: usize, fragment: &str) -> Option<Node<'s>> {
        let start = Node { value: self.resources.get(resource)?.root, resource };
        if fragment.is_empty() {
            return Some(start);
        }
        let Some(pointer) = fragment.strip_prefix('/') else {
            return self.anchors.get(&(resource, fragment)).copied();
        };
        pointer.split('/').try_fold(start, |at, token| {
            let token = token.replace("~1", "/").replace("~0", "~");
            let value = match at.value {
                Value::Object(members) => members.get(&token),
                Value::Array(items) => items.get(token.parse::<usize>().ok()?),
                _ => None,
            };
            value.map(|value| self.child(at, value))
        })
    }

    fn resource(&mut self, resource: Resource<'s>) -> usize {
        let index = self.resources.len();
        self.by_uri.entry(resource.uri.clone()).or_insert(index);
        self.resources.push(resource);
        index
    }
}

fn id<'s>(schema: &'s Value<'_>, of_draft_4: bool) -> Option<&'s str> {
    let old = || schema.get("id").filter(|_| of_draft_4);
    schema.get("$id").or_else(old).and_then(Value::as_str)
}

struct Indexer<'c, 's> {
    catalog: &'c mut Catalog<'s>,
    has_id_of_draft_4: bool,
}

impl<'s> Indexer<'_, 's> {
    /// Finds names below `node`, which is a schema, or with `is_map` an object whose members are schemas.
    fn children(&mut self, node: Node<'s>, is_map: bool) {
        match node.value {
            Value::Array(items) => items.iter().for_each(|item| self.visit(node, item, false)),
            Value::Object(members) => {
                for (key, value) in members {
                    match key {
                        "enum" | "const" | "default" | "examples" if !is_map => {}
                        "properties" | "patternProperties" | "definitions" | "$defs" | "dependentSchemas"
                            if !is_map =>
                        {
                            self.visit(node, value, true);
                        }
                        _ => self.visit(node, value, false),
                    }
                }
            }
            _ => {}
        }
    }

    fn visit(&mut self, parent: Node<'s>, value: &'s Value<'s>, is_map: bool) {
        let node = if is_map { Node { value, ..parent } } else { self.named(parent, value) };
        self.children(node, is_map);
    }

    fn named(&mut self, parent: Node<'s>, value: &'s Value<'s>) -> Node<'s> {
        let mut node = Node { value, ..parent };
        let (address, fragment) = match id(value, self.has_id_of_draft_4) {
            Some(id) => id.split_once('#').unwrap_or((id, "")),
            None => ("", ""),
        };
        if !address.is_empty()
            && let Some(base) = self.catalog.resources.get(parent.resource)
        {
            let resource = Resource {
                uri: uri::join(&base.uri, address),
                root: value,
                document: base.document,
                legacy: base.legacy,
            };
            node.resource = self.catalog.resource(resource);
            self.catalog.by_root.insert(node.identity(), node.resource);
        }
        self.catalog.anchor(node);
        if !fragment.is_empty() {
            self.catalog.anchors.entry((node.resource, fragment)).or_insert(node);
        }
        node
    }
}
