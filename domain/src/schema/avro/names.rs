//! Avro's named types: every definition is found and checked once, before anything is expanded, so that a name may be used
//! anywhere and a broken definition is reported where it stands, not where it is used.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::default::{Fit, MAX_LOOKS, fit, unknown_symbol};
use crate::diagnostic::Severity;
use crate::schema::FieldPath;
use crate::schema::budget::{MAX_FIELDS, MAX_NAME_BYTES};
use crate::schema::json::{Members, Value};
use crate::schema::walk::{Walk, quote, quote_json, short};

/// A JSON object that describes a type.
pub type Object<'t> = Members<'t>;

/// The definitions of a schema and of its references, by full name.
#[derive(Debug, Default, Clone)]
pub struct Names<'s> {
    types: HashMap<String, &'s Object<'s>>,
}

impl<'s> Names<'s> {
    /// Finds and checks the definitions in `schema`, which stands at `path`.
    pub fn collect(&mut self, schema: &'s Value<'s>, path: &FieldPath, walk: &mut Walk) {
        let path = path.segments().iter().cloned().map(Cow::Owned).collect();
        Collector { names: self, own: HashSet::new(), path, looks: MAX_LOOKS, walk }.schema(schema, "");
    }

    /// The type that `name` means inside `namespace`, with its full name. A name without a dot is looked for in the namespace
    /// first, then without one, as Java does.
    pub fn resolve(&self, name: &str, namespace: &str) -> Option<(String, &'s Object<'s>)> {
        if name.len() > MAX_NAME_BYTES {
            return None;
        }
        let qualified = qualify(name, namespace);
        [qualified.as_str(), name].into_iter().find_map(|n| self.types.get(n).map(|t| (n.to_owned(), *t)))
    }
}

/// The full name of the type that `object` defines inside `namespace` (Avro 1.12, "Names"); `None` if it says none.
pub fn full_name(object: &Object, namespace: &str) -> Option<String> {
    let name = object.get("name")?.as_str().filter(|n| !n.is_empty())?;
    let own = object.get("namespace").and_then(Value::as_str);
    Some(qualify(name, own.unwrap_or(namespace)))
}

/// The namespace of a full name.
pub fn namespace_of(full_name: &str) -> &str {
    full_name.rsplit_once('.').map_or("", |(namespace, _)| namespace)
}

/// Whether `kind` is a word that defines a named type.
pub fn defines_name(kind: &str) -> bool {
    matches!(kind, "record" | "error" | "enum" | "fixed")
}

fn qualify(name: &str, namespace: &str) -> String {
    match name.strip_prefix('.') {
        Some(bare) => bare.to_owned(),
        None if namespace.is_empty() || name.contains('.') => name.to_owned(),
        None => format!("{namespace}.{name}"),
    }
}

/// Letters of every script are accepted, as Java's default validator does.
fn is_name(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c.is_alphabetic() || c == '_') && chars.all(|c| c.is_alphanumeric() || c == '_')
}

struct Collector<'c, 's> {
    names: &'c mut Names<'s>,
    /// The names that this document defines.
    own: HashSet<String>,
    path: Vec<Cow<'s, str>>,
    /// What is left for looking at defaults.
    looks: usize,
    walk: &'c mut Walk,
}

impl<'s> Collector<'_, 's> {
    fn schema(&mut self, schema: &'s Value<'s>, namespace: &str) {
        match schema {
            Value::Array(branches) => {
                if branches.iter().any(Value::is_array) {
                    let hint = "Write the inner branches into the outer union.";
                    self.error("avro-nested-union", "A union holds another union directly.".into(), hint);
                }
                branches.iter().for_each(|branch| self.branch(branch, namespace));
            }
            Value::Object(object) => self.object(object, namespace),
            _ => {}
        }
    }

    fn branch(&mut self, branch: &'s Value<'s>, namespace: &str) {
        let name = branch.as_object().and_then(|o| full_name(o, namespace));
        match name {
            Some(name) => self.inside(format!("<{}>", short(&name)), |c| c.schema(branch, namespace)),
            None => self.schema(branch, namespace),
        }
    }

    fn object(&mut self, object: &'s Object<'s>, namespace: &str) {
        match object.get("type") {
            Some(Value::String(kind)) if defines_name(kind) => self.definition(kind, object, namespace),
            Some(Value::String(kind)) if kind == "array" => self.item(object, "items", "[]", namespace),
            Some(Value::String(kind)) if kind == "map" => self.item(object, "values", "{}", namespace),
            Some(inner @ (Value::Object(_) | Value::Array(_))) => self.schema(inner, namespace),
            _ => {}
        }
    }

    fn item(&mut self, object: &'s Object<'s>, key: &str, segment: &'static str, namespace: &str) {
        if let Some(inner) = object.get(key) {
            self.inside(segment, |c| c.schema(inner, namespace));
        }
    }

    fn definition(&mut self, kind: &str, object: &'s Object<'s>, namespace: &str) {
        let name = full_name(object, namespace);
        match &name {
            None => self.error(
                "avro-missing-name",
                format!("A definition of type {} has no name.", quote(kind)),
                "Give it a name; records, enums and fixed types must have one.",
            ),
            Some(name) => self.define(name, object),
        }
        let inner = name.as_deref().map_or(namespace, namespace_of);
        match kind {
            "enum" => self.check_symbols(object),
            "fixed" => self.check_size(object),
            _ => self.fields(object, inner),
        }
    }

    fn define(&mut self, name: &str, object: &'s Object<'s>) {
        if name.len() > MAX_NAME_BYTES {
            return self.long_name(name);
        }
        if !name.split('.').all(is_name) {
            self.error(
                "avro-bad-name",
                format!("{} is not an Avro name.", quote(name)),
                "Use letters, digits and underscores, and do not begin with a digit.",
            );
        }
        // Schemas that were registered apart often repeat the same small type.
        let differs = self.names.types.insert(name.to_owned(), object).is_some_and(|old| old != object);
        if !self.own.insert(name.to_owned()) || differs {
            self.error(
                "avro-duplicate-name",
                format!("The type {} is defined twice.", quote(name)),
                "Define it once and use its name elsewhere, or rename one of the two.",
            );
        }
    }

    fn fields(&mut self, object: &'s Object<'s>, namespace: &str) {
        let Some(fields) = object.get("fields").and_then(Value::as_array) else {
            return self.error("avro-missing-fields", "A record has no list of fields.".into(), "Add \"fields\": [].");
        };
        let mut seen = HashSet::with_capacity(fields.len().min(MAX_FIELDS));
        for field in fields {
            let Some(name) = field.get("name").and_then(Value::as_str).filter(|n| !n.is_empty()) else {
                self.error("avro-missing-name", "A field of this record has no name.".into(), "Give it a name.");
                continue;
            };
            if name.len() > MAX_NAME_BYTES {
                self.long_name(name);
                continue;
            }
            self.inside(name, |c| c.check_field(field, name, seen.insert(name), namespace));
        }
    }

    fn check_field(&mut self, field: &'s Value<'s>, name: &str, is_new: bool, namespace: &str) {
        if !is_name(name) {
            self.error(
                "avro-bad-name",
                format!("{} is not an Avro name.", quote(name)),
                "Use letters, digits and underscores, and do not begin with a digit.",
            );
        }
        if !is_new {
            self.error(
                "avro-duplicate-field",
                format!("The record has two fields named {}; the second is not read.", quote(name)),
                "Rename one of them.",
            );
        }
        match field.get("type") {
            Some(ty) => {
                self.schema(ty, namespace);
                self.check_default(field, ty, namespace);
            }
            None => self.error("avro-missing-type", "The field has no type.".into(), "Add a \"type\"."),
        }
    }

    fn check_symbols(&mut self, object: &Object) {
        let Some(symbols) = object.get("symbols").and_then(Value::as_array) else {
            let hint = "Add the enum's \"symbols\" as a list of strings.";
            return self.error("avro-bad-symbols", "An enum has no list of symbols.".into(), hint);
        };
        if let Some(default) = unknown_symbol(object) {
            let message = format!("The enum's default {} is none of its symbols.", quote_json(default));
            self.error("avro-enum-default", message, "Use one of its symbols.");
        }
        let mut seen = HashSet::new();
        for symbol in symbols {
            let problem = match symbol.as_str() {
                None => format!("The enum symbol {} is not a string.", quote_json(symbol)),
                Some(name) if !is_name(name) => format!("{} is not an Avro enum symbol.", quote(name)),
                Some(name) if !seen.insert(name) => format!("The enum has the symbol {} twice.", quote(name)),
                Some(_) => continue,
            };
            self.error(
                "avro-bad-symbols",
                problem,
                "Symbols are unique and have letters, digits and underscores only.",
            );
        }
    }

    fn check_default(&mut self, field: &Value, ty: &Value, namespace: &str) {
        let Some(default) = field.get("default") else { return };
        let shown = || quote_json(default);
        match fit(default, ty, namespace, self.names, &mut self.looks) {
            Fit::Fits => {}
            Fit::LaterBranch => {
                let place = self.place(Severity::Warning);
                let message = format!(
                    "{} is the default, but not of the union's first branch; Avro before 1.12 refuses that.",
                    shown()
                );
                self.walk.warning("avro-default-branch", &place, message, "Put the branch of the default first.");
            }
            Fit::NoSymbol => self.error(
                "avro-enum-default",
                format!("{} is the default, but no symbol of the enum.", shown()),
                "Use one of its symbols.",
            ),
            Fit::Unfit => self.error(
                "avro-bad-default",
                format!(
                    "{} is the default, but no value of the field's type; registries refuse such a schema.",
                    shown()
                ),
                "Correct the default or the type; a default of null needs a union with null.",
            ),
        }
    }

    fn check_size(&mut self, object: &Object) {
        if object.get("size").and_then(Value::as_u64).is_none() {
            let hint = "Add its \"size\" in bytes.";
            self.error("avro-bad-size", "A fixed type has no size, or one that is not a whole number.".into(), hint);
        }
    }

    fn inside(&mut self, segment: impl Into<Cow<'s, str>>, visit: impl FnOnce(&mut Self)) {
        self.path.push(segment.into());
        visit(self);
        self.path.pop();
    }

    fn long_name(&mut self, name: &str) {
        let message = format!("The name {} has more than {MAX_NAME_BYTES} bytes; it is not read.", quote(name));
        self.error("schema-long-name", message, "Shorten it.");
    }

    fn error(&mut self, code: &str, message: String, hint: &str) {
        let path = self.place(Severity::Error);
        self.walk.error(code, &path, message, hint);
    }

    /// Where a finding stands, if it will be kept.
    fn place(&self, severity: Severity) -> FieldPath {
        let is_full = self.walk.is_full(severity);
        if is_full { FieldPath::root() } else { FieldPath::of(self.path.iter().map(AsRef::as_ref)) }
    }
}
