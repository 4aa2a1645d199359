//! Reads Avro schemas (specification 1.12) by an own walk over their JSON. A registry may hold what the writer refuses, such as
//! recursion; the walk goes on past every mistake, so that the field tree shows the rest.

mod default;
mod elements;
mod held;
mod logical;
pub(crate) mod names;
mod notes;
mod tags;
pub(crate) mod union;

use std::borrow::Cow;
use std::collections::HashSet;

use self::held::Held;
use self::logical::{Base, Meaning};
use self::names::{Names, Object, defines_name, full_name, namespace_of};
use super::walk::{Walk, quote, quote_json, short};
use super::{Field, FieldPath, FieldType, QuirkKind, Schema, SchemaText, budget};
use crate::schema::json::Value;

/// Reads one schema.
pub fn read(source: &SchemaText) -> Schema {
    let root = match parsed(&source.text) {
        Ok(root) => root,
        Err(failed) => return failed,
    };
    let mut walk = Walk::default();
    let references = parse_references(source, &mut walk);
    let mut names = Names::default();
    for reference in &references {
        names.collect(reference, &FieldPath::root(), &mut walk);
    }
    if root.get("protocol").is_some() && root.get("type").is_none() {
        return budget::failed(
            "avro-protocol",
            "This is an Avro protocol, not a schema.",
            "Register the record that the event holds.",
        );
    }
    let top = top_of(&root, names.clone());
    names.collect(&root, &top, &mut walk);
    Reader { names, walk, open: Vec::new() }.schema(&root, &top)
}

/// The JSON of a schema and of its references; nothing if the schema is not JSON. For who looks at types rather than fields.
pub(crate) fn documents(source: &SchemaText) -> Option<(Value<'_>, Vec<Value<'_>>)> {
    let root = parsed(&source.text).ok()?;
    Some((root, parse_references(source, &mut Walk::default())))
}

/// The named types of documents.
pub(crate) fn names_in<'s>(root: &'s Value<'s>, references: &'s [Value<'s>]) -> Names<'s> {
    let mut names = Names::default();
    for document in references.iter().chain([root]) {
        names.collect(document, &FieldPath::root(), &mut Walk::default());
    }
    names
}

/// Whether the event's fields stand at the root, and not below `value`.
pub(crate) fn stands_at_root(root: &Value, names: &Names<'_>) -> bool {
    is_record(root, names)
}

/// Where the fields stand: at the root if the top is a record, which may be a name that only a reference defines.
fn top_of<'s>(root: &'s Value<'s>, mut names: Names<'s>) -> FieldPath {
    // Most events are a record as they stand, and need no look at the names.
    if !root.as_object().is_some_and(defines_record) {
        names.collect(root, &FieldPath::root(), &mut Walk::default());
    }
    if is_record(root, &names) { FieldPath::root() } else { FieldPath::of(["value"]) }
}

/// The JSON of a text that may have comments.
fn parsed(text: &str) -> Result<Value<'_>, Schema> {
    match notes::blank(text) {
        Cow::Borrowed(text) => budget::parse_json(text),
        Cow::Owned(text) => budget::parse_json(&text).map(Value::into_owned),
    }
}

fn parse_references<'t>(source: &'t SchemaText, walk: &mut Walk) -> Vec<Value<'t>> {
    let mut documents = Vec::new();
    for reference in &source.references {
        match parsed(&reference.text) {
            Ok(value) => documents.push(value),
            Err(failed) => {
                let why = failed.diagnostics.first().map(|d| d.message.clone()).unwrap_or_default();
                walk.error(
                    "avro-bad-reference",
                    &FieldPath::root(),
                    format!("The reference {} cannot be read: {why}", quote(&reference.name)),
                    "Correct the referenced schema, or refer to another version of it.",
                );
            }
        }
    }
    documents
}

/// Whether the top of a schema is a record, once names and unions with a single branch are looked through.
fn is_record(schema: &Value, names: &Names<'_>) -> bool {
    match schema {
        Value::String(name) => names.resolve(name, "").is_some_and(|(_, object)| defines_record(object)),
        Value::Object(object) => match object.get("type") {
            Some(Value::String(_)) => {
                defines_record(object) || object.get("type").is_some_and(|name| is_record(name, names))
            }
            Some(inner) => is_record(inner, names),
            None => false,
        },
        Value::Array(branches) => {
            let mut others = branches.iter().filter(|b| !union::is_null(b));
            others.next().is_some_and(|only| others.next().is_none() && is_record(only, names))
        }
        _ => false,
    }
}

fn defines_record(object: &Object) -> bool {
    matches!(object.get("type").and_then(Value::as_str), Some("record" | "error"))
}

struct Reader<'s> {
    names: Names<'s>,
    walk: Walk,
    /// Full names of the records that are being read, outermost first.
    open: Vec<String>,
}

impl<'s> Reader<'s> {
    fn schema(mut self, root: &'s Value<'s>, top: &FieldPath) -> Schema {
        // The one field of an event that is no record is asked for first: its inside may spend the budget.
        let has_value = !top.is_root() && self.walk.field(top);
        let held = self.held(root, "", top);
        let (name, doc) = self.name_and_doc(root);
        let fields = match held {
            Held { ty: Some(FieldType::Record { fields, .. }), .. } if top.is_root() => fields,
            Held { ty: Some(ty), nullable, .. } if has_value => {
                vec![Field { nullable, ..Field::required(&FieldPath::root(), "value", ty) }]
            }
            _ => Vec::new(),
        };
        let tags = self.tags_of(root, "");
        let mut schema = self.walk.finish(name, doc, fields);
        schema.event.tags = tags;
        schema
    }

    fn name_and_doc(&mut self, root: &'s Value<'s>) -> (String, Option<String>) {
        let named = match root {
            Value::String(name) => self.names.resolve(name, ""),
            Value::Object(object) => full_name(object, "")
                .filter(|_| object.get("type").and_then(Value::as_str).is_some_and(defines_name))
                .map(|name| (name, object)),
            Value::Array(branches) => {
                let mut others = branches.iter().filter(|b| !union::is_null(b));
                return match (others.next(), others.next()) {
                    (Some(only), None) => self.name_and_doc(only),
                    _ => (String::new(), None),
                };
            }
            _ => None,
        };
        let doc = named.as_ref().and_then(|(_, object)| object.get("doc")?.as_str()).and_then(|d| self.walk.doc(d));
        (named.map(|(name, _)| name).unwrap_or_default(), doc)
    }

    fn held(&mut self, schema: &'s Value<'s>, namespace: &str, path: &FieldPath) -> Held {
        if !self.walk.step(path) {
            return Held::of(FieldType::Json);
        }
        match schema {
            Value::String(name) => self.named(name, namespace, path),
            Value::Array(branches) => self.union(branches, namespace, path),
            Value::Object(object) => self.object(object, namespace, path),
            other => {
                let message = format!("{} is not an Avro type.", quote_json(other));
                self.walk.error("avro-bad-type", path, message, "A type is a name, an object or a list of branches.");
                Held::of(FieldType::Json)
            }
        }
    }

    fn named(&mut self, name: &str, namespace: &str, path: &FieldPath) -> Held {
        if name == "null" {
            return Held::NULL;
        }
        if let Some(primitive) = primitive(name) {
            return Held::of(primitive);
        }
        match self.names.resolve(name, namespace) {
            Some((full_name, object)) => Held::of(self.definition(full_name, object, path)),
            None => {
                self.unknown(name, path);
                Held::of(FieldType::Json)
            }
        }
    }

    fn unknown(&mut self, name: &str, path: &FieldPath) {
        let hint = match name {
            "record" | "error" | "enum" | "fixed" | "array" | "map" => {
                "Write the whole definition as the type: \"type\": {\"type\": …}."
            }
            _ => "Register the schema that defines it as a reference, or correct the name or its namespace.",
        };
        self.walk.error("avro-unknown-type", path, format!("The type {} is not defined.", quote(name)), hint);
    }

    fn object(&mut self, object: &'s Object<'s>, namespace: &str, path: &FieldPath) -> Held {
        match object.get("type") {
            Some(Value::String(kind)) => match &**kind {
                "array" => Held::of(self.array(object, namespace, path)),
                "map" => Held::of(self.map(object, namespace, path)),
                kind if defines_name(kind) => {
                    let name = full_name(object, namespace).unwrap_or_default();
                    Held::of(self.definition(short(&name).to_owned(), object, path))
                }
                kind => {
                    let held = self.named(kind, namespace, path);
                    self.with_logical(held, kind, object, path)
                }
            },
            Some(inner @ (Value::Object(_) | Value::Array(_))) => self.held(inner, namespace, path),
            _ => {
                self.walk.error("avro-bad-type", path, "A type has no \"type\".", "Add one, for example \"string\".");
                Held::of(FieldType::Json)
            }
        }
    }

    fn definition(&mut self, name: String, object: &'s Object<'s>, path: &FieldPath) -> FieldType {
        match object.get("type").and_then(Value::as_str) {
            Some("enum") => self.enumeration(object, path),
            Some("fixed") => {
                let size = object.get("size").and_then(Value::as_u64).unwrap_or(0);
                self.logical(Base::Fixed(size), object, path).unwrap_or(FieldType::Fixed { size })
            }
            _ => self.record(name, object, path),
        }
    }

    fn enumeration(&mut self, object: &'s Object<'s>, path: &FieldPath) -> FieldType {
        self.ignore_logical("enum", object, path);
        let symbols = object.get("symbols").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        match self.walk.symbols(path, symbols.iter().filter_map(Value::as_str)) {
            Some(symbols) => FieldType::Enum { symbols },
            None => FieldType::String { max_length: None },
        }
    }

    fn record(&mut self, name: String, object: &'s Object<'s>, path: &FieldPath) -> FieldType {
        if self.open.contains(&name) {
            self.walk.warning(
                "avro-recursive",
                path,
                format!(
                    "The record {} holds itself, so what is inside it again has no columns of its own.",
                    quote(&name)
                ),
                "Read it from the column of what is around it.",
            );
            return FieldType::Recursive { name };
        }
        if !self.walk.deeper(path) {
            return FieldType::Truncated;
        }
        self.ignore_logical("record", object, path);
        self.open.push(name);
        let fields = self.fields(object, path);
        FieldType::Record { name: self.open.pop().unwrap_or_default(), fields }
    }

    fn fields(&mut self, object: &'s Object<'s>, path: &FieldPath) -> Vec<Field> {
        let namespace = self.open.last().map(|name| namespace_of(name).to_owned()).unwrap_or_default();
        let declared = object.get("fields").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let mut seen = HashSet::with_capacity(declared.len().min(budget::MAX_FIELDS));
        let mut fields = Vec::new();
        for declaration in declared {
            if !self.walk.step(path) {
                break;
            }
            let name = declaration.get("name").and_then(Value::as_str).unwrap_or_default();
            if name.is_empty() || name.len() > budget::MAX_NAME_BYTES || !seen.insert(name) {
                continue;
            }
            let place = path.child(name);
            if !self.walk.field(&place) {
                break;
            }
            fields.extend(self.field(place, declaration, &namespace));
        }
        fields
    }

    fn field(&mut self, path: FieldPath, declaration: &'s Value<'s>, namespace: &str) -> Option<Field> {
        let held = self.held(declaration.get("type")?, namespace, &path);
        if declaration.get("logicalType").is_some() {
            self.walk.warning(
                "avro-misplaced-logical-type",
                &path,
                "A logicalType beside a field's name means nothing in Avro and is not read.",
                "Put it inside the type: \"type\": {\"type\": \"long\", \"logicalType\": …}.",
            );
        }
        let Some(ty) = held.ty else {
            self.walk.note("avro-null", &path, "The field can only be null, so it has no column.");
            return None;
        };
        if matches!(&ty, FieldType::Record { fields, .. } if fields.is_empty()) && !self.walk.exhausted() {
            self.walk.note("empty-record", &path, "The record has no fields, so it has no column.");
            self.walk.quirk(&path, QuirkKind::EmptyRecord);
            return None;
        }
        let doc = declaration.get("doc").and_then(Value::as_str).and_then(|doc| self.walk.doc(doc));
        let default = declaration.get("default").and_then(|default| self.walk.json(default));
        let aliases = self.aliases(declaration);
        let wrapper = held.alone.then_some("member0");
        let tags = self.tags(declaration, namespace);
        Some(Field { nullable: held.nullable, doc, default, wrapper, aliases, tags, ..Field::at(path, ty) })
    }

    fn aliases(&mut self, declaration: &Value) -> Vec<String> {
        let declared = declaration.get("aliases").and_then(Value::as_array).into_iter().flatten();
        declared.filter_map(Value::as_str).filter_map(|alias| self.walk.doc(alias)).collect()
    }

    fn with_logical(&mut self, held: Held, kind: &str, object: &'s Object<'s>, path: &FieldPath) -> Held {
        let base =
            ["int", "long", "bytes", "string", "boolean", "float", "double", "null"].into_iter().find(|w| *w == kind);
        let logical = self.logical(Base::Word(base.unwrap_or("a named type")), object, path);
        logical.map_or(held, Held::of)
    }

    fn ignore_logical(&mut self, kind: &'static str, object: &'s Object<'s>, path: &FieldPath) {
        self.logical(Base::Word(kind), object, path);
    }

    fn logical(&mut self, base: Base, object: &'s Object<'s>, path: &FieldPath) -> Option<FieldType> {
        let name = object.get("logicalType")?.as_str()?;
        match logical::meaning(name, base, object) {
            Meaning::Type(ty) => return Some(ty),
            Meaning::Base => {}
            Meaning::Ignored(why) => self.walk.warning(
                "avro-logical-type",
                path,
                format!("The logical type {} {why}; the field is read as {base}.", quote(name)),
                "Correct the logical type if the values should be more than their plain type.",
            ),
        }
        None
    }
}

fn primitive(name: &str) -> Option<FieldType> {
    Some(match name {
        "boolean" => FieldType::Boolean,
        "int" => FieldType::Integer { bits: 32, signed: true },
        "long" => FieldType::Integer { bits: 64, signed: true },
        "float" => FieldType::Float { bits: 32 },
        "double" => FieldType::Float { bits: 64 },
        "bytes" => FieldType::Bytes,
        "string" => FieldType::String { max_length: None },
        _ => return None,
    })
}
