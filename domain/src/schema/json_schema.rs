//! Reads JSON Schemas, drafts 4 to 2020-12, by an own walk: no schema library is asked, because they fetch what a `$ref` names.
//! There is no canonical way from JSON Schema to Parquet; the rules here are ours, and the sink job shares them.

mod alternatives;
pub(crate) mod catalog;
mod conjunction;
pub(crate) mod kind;
mod object;
mod scalar;
mod uri;

use std::collections::BTreeMap;

use self::catalog::{Catalog, Node};
use self::conjunction::Conjunction;
use self::kind::{Kind, distinct};
use super::walk::{Walk, quote, quote_json};
use super::{Branch, Field, FieldPath, FieldType, Schema, SchemaText, budget};
use crate::diagnostic::Diagnostic;
use crate::schema::json::{Members, Value};

/// The deepest nesting of properties, items and alternatives together. Alternatives need not make a path longer.
const MAX_NESTING: usize = 64;

/// Reads one schema.
pub fn read(source: &SchemaText) -> Schema {
    let root = match budget::parse_json(&source.text) {
        Ok(root) => root,
        Err(failed) => return failed,
    };
    let mut findings = Vec::new();
    let references = parse_references(source, &mut findings);
    let mut catalog = Catalog::default();
    let top = catalog.add("", &root);
    for (name, reference) in &references {
        catalog.add(name, reference);
    }
    let record = Reader::new(&catalog, &findings).record(top);
    record.unwrap_or_else(|| Reader::new(&catalog, &findings).value(top))
}

/// The JSON of every reference that is JSON, with its name.
pub(crate) fn parse_references<'t>(
    source: &'t SchemaText,
    findings: &mut Vec<Diagnostic>,
) -> Vec<(&'t str, Value<'t>)> {
    let mut parsed = Vec::new();
    for reference in &source.references {
        match budget::parse_json(&reference.text) {
            Ok(value) => parsed.push((reference.name.as_str(), value)),
            Err(failed) => findings.extend(failed.diagnostics.into_iter().map(|mut finding| {
                finding.message = format!("In the reference {}: {}", quote(&reference.name), finding.message);
                finding
            })),
        }
    }
    parsed
}

/// What a schema allows: values of a type that null may join, or nothing but null.
struct Held {
    ty: Option<FieldType>,
    nullable: bool,
}

impl Held {
    fn of(ty: FieldType) -> Self {
        Self { nullable: ty == FieldType::Json, ty: Some(ty) }
    }

    fn json() -> Self {
        Self::of(FieldType::Json)
    }
}

struct Reader<'c, 's> {
    catalog: &'c Catalog<'s>,
    walk: Walk,
    /// The schemas that are being read, with how often.
    open: BTreeMap<usize, usize>,
    /// The schemas whose `$ref` or `allOf` is being followed.
    chain: Vec<usize>,
    /// How deep in properties, items and alternatives the walk is.
    nesting: usize,
    /// The `$ref` that first led to a schema.
    names: BTreeMap<usize, &'s str>,
}

impl<'c, 's> Reader<'c, 's> {
    fn new(catalog: &'c Catalog<'s>, findings: &[Diagnostic]) -> Self {
        let mut walk = Walk::default();
        findings.iter().for_each(|finding| walk.say(finding.clone()));
        Self { catalog, walk, open: BTreeMap::new(), chain: vec![], nesting: 0, names: BTreeMap::new() }
    }

    /// The reading of an event that is an object with named properties.
    fn record(mut self, top: Node<'s>) -> Option<Schema> {
        let (conjunction, held) = self.held([top], &FieldPath::root());
        let Some(FieldType::Record { fields, .. }) = held.ty else { return None };
        let (name, doc) = self.title_and_doc(top, &conjunction);
        let tags = self.walk.tags(conjunction.tags());
        let mut schema = self.walk.finish(name, doc, fields);
        schema.event.tags = tags;
        Some(schema)
    }

    /// The reading of any other event: one field named `value`.
    fn value(mut self, top: Node<'s>) -> Schema {
        let path = FieldPath::of(["value"]);
        let mut fields = Vec::new();
        self.walk.field(&path);
        let (conjunction, held) = self.held([top], &path);
        let (name, doc) = self.title_and_doc(top, &conjunction);
        if conjunction.never {
            self.walk.error(
                "json-never",
                &FieldPath::root(),
                "The schema allows no value at all.",
                "Describe the event.",
            );
        } else if let Some(ty) = held.ty {
            if ty == FieldType::Json && !conjunction.unknown {
                let message = "The schema names no property of the event, so the event is one column of JSON.";
                let hint = "Declare under \"properties\" what should have a column.";
                self.walk.warning("json-open-event", &FieldPath::root(), message, hint);
            }
            fields.push(Field { nullable: held.nullable, ..Field::required(&FieldPath::root(), "value", ty) });
        }
        self.walk.finish(name, doc, fields)
    }

    /// Those of the top; where it is nothing but a `$ref`, those of what that leads to.
    fn title_and_doc(&mut self, top: Node<'s>, conjunction: &Conjunction<'s>) -> (String, Option<String>) {
        let depth = if top.value.get("$ref").is_some() { usize::MAX } else { 1 };
        let described = || conjunction.described.iter().take(depth);
        let text = |key: &str| described().find_map(|part| part.get(key)?.as_str());
        let name = text("title").and_then(|title| self.walk.doc(title)).unwrap_or_default();
        (name, text("description").and_then(|doc| self.walk.doc(doc)))
    }

    /// The field at `path` for what all of `nodes` allow; `None`, with a note, if no value has a column.
    fn field(&mut self, path: FieldPath, nodes: impl IntoIterator<Item = Node<'s>>, required: bool) -> Option<Field> {
        let (conjunction, held) = self.held(nodes, &path);
        if conjunction.never {
            self.walk.note("json-never", &path, "The schema forbids this field, so it has no column.");
            return None;
        }
        let Some(ty) = held.ty else {
            self.walk.note("json-null", &path, "The field can only be null, so it has no column.");
            return None;
        };
        let described = |key: &str| conjunction.described.iter().find_map(|part| part.get(key));
        let doc = described("description").or_else(|| described("title")).and_then(Value::as_str);
        let doc = doc.and_then(|doc| self.walk.doc(doc));
        let default = described("default").and_then(|default| self.walk.json(default));
        let deprecated = described("deprecated") == Some(&Value::Bool(true));
        let tags = self.walk.tags(conjunction.tags());
        let nullable = held.nullable || !required;
        Some(Field { nullable, doc, default, tags, deprecated, ..Field::at(path, ty) })
    }

    fn held(&mut self, nodes: impl IntoIterator<Item = Node<'s>>, path: &FieldPath) -> (Conjunction<'s>, Held) {
        let conjunction = self.conjunction(nodes, path);
        let held = self.held_of(&conjunction, path);
        (conjunction, held)
    }

    fn held_of(&mut self, conjunction: &Conjunction<'s>, path: &FieldPath) -> Held {
        if let Some(name) = &conjunction.recursive {
            self.walk.warning(
                "json-recursive",
                path,
                format!(
                    "The schema {} holds itself, so what is inside it again has no columns of its own.",
                    quote(name)
                ),
                "Read it from the column of what is around it.",
            );
            return Held { ty: Some(FieldType::Recursive { name: name.clone() }), nullable: true };
        }
        if conjunction.unknown || conjunction.never {
            return Held::json();
        }
        if self.nesting >= MAX_NESTING {
            let message = "Alternatives nest too deeply; a column keeps them as JSON text.";
            self.walk.once(Diagnostic::warning("schema-truncated", path.clone(), message).hint("Simplify the schema."));
            return Held::of(FieldType::Truncated);
        }
        self.nesting += 1;
        conjunction.identities().for_each(|id| *self.open.entry(id).or_default() += 1);
        let held = self.shape(conjunction, path);
        for id in conjunction.identities() {
            match self.open.get_mut(&id) {
                Some(count) if *count > 1 => *count -= 1,
                _ => _ = self.open.remove(&id),
            }
        }
        self.nesting -= 1;
        held
    }

    fn shape(&mut self, conjunction: &Conjunction<'s>, path: &FieldPath) -> Held {
        let parts = conjunction.parts();
        if !self.walk.steps(list_entries(&parts), path) {
            return Held::json();
        }
        self.mention_ignored(&parts, path);
        self.check_keywords(&parts, path);
        let declared_null = scalar::all(&parts, "nullable").any(|v| v == &Value::Bool(true));
        let groups = self.alternative_groups(conjunction);
        let mut held = if groups.is_empty() {
            self.plain(conjunction, &parts, path)
        } else {
            self.alternatives(conjunction, &parts, groups, path)
        };
        held.nullable |= declared_null;
        held
    }

    /// What the schemas allow, alternatives aside.
    fn plain(&mut self, conjunction: &Conjunction<'s>, parts: &scalar::Parts<'s>, path: &FieldPath) -> Held {
        let Some(kinds) = self.kinds(parts, path) else { return Held::json() };
        if let Some(values) = enumerated(parts) {
            return self.enumeration(&values, kinds.as_deref(), path);
        }
        let Some(kinds) = kinds else { return Held::json() };
        let nullable = kinds.contains(&Kind::Null);
        let others: Vec<Kind> = distinct(kinds.into_iter().filter(|kind| *kind != Kind::Null));
        let ty = match others.as_slice() {
            [] => None,
            [only] => Some(self.of_kind(*only, conjunction, parts, path)),
            several => {
                let mut branches = Vec::new();
                for kind in several {
                    let place = path.child(format!("<{}>", kind.word()));
                    if !self.walk.field(&place) {
                        break;
                    }
                    branches
                        .push(Branch { name: kind.word().into(), ty: self.of_kind(*kind, conjunction, parts, &place) });
                }
                Some(FieldType::Union { branches })
            }
        };
        Held { nullable: nullable || ty == Some(FieldType::Json), ty }
    }

    fn of_kind(
        &mut self,
        kind: Kind,
        conjunction: &Conjunction<'s>,
        parts: &scalar::Parts<'s>,
        path: &FieldPath,
    ) -> FieldType {
        match kind {
            Kind::Null => FieldType::Json,
            Kind::Boolean => FieldType::Boolean,
            Kind::Integer => scalar::integer(parts),
            Kind::Number => scalar::number(parts),
            Kind::String => scalar::string(parts),
            Kind::Array => self.array(conjunction, path),
            Kind::Object => self.object(conjunction, &[], path),
        }
    }

    /// The types that every part allows: `Some(None)` if none says anything about types, `None` after a contradiction.
    #[expect(clippy::option_option)]
    fn kinds(&mut self, parts: &scalar::Parts<'s>, path: &FieldPath) -> Option<Option<Vec<Kind>>> {
        let mut kinds: Option<Vec<Kind>> = None;
        for declared in scalar::all(parts, "type") {
            let allowed = self.words(declared, path)?;
            kinds = Some(match kinds {
                None => allowed,
                Some(before) => before.iter().filter_map(|a| allowed.iter().find_map(|b| a.and(*b))).collect(),
            });
        }
        if kinds.as_ref().is_some_and(Vec::is_empty) {
            self.conflict(path);
            return None;
        }
        if kinds.is_none() {
            let about = parts.iter().flat_map(|part| part.keys()).filter_map(Kind::of_keyword);
            kinds = Some(distinct(about)).filter(|about| about.len() == 1);
        }
        Some(kinds)
    }

    fn words(&mut self, declared: &Value, path: &FieldPath) -> Option<Vec<Kind>> {
        let words: Vec<&Value> = match declared {
            Value::Array(words) => words.iter().collect(),
            word => vec![word],
        };
        let mut kinds = Vec::new();
        for word in words {
            match word.as_str().and_then(Kind::of_word) {
                Some(kind) => kinds.push(kind),
                None if word.as_str() == Some("any") => return None,
                None => {
                    self.walk.error(
                        "json-unknown-type",
                        path,
                        format!("{} is not a type of JSON Schema.", quote_json(word)),
                        "Use null, boolean, integer, number, string, array or object.",
                    );
                    return None;
                }
            }
        }
        Some(kinds)
    }

    fn enumeration(&mut self, values: &[&'s Value<'s>], kinds: Option<&[Kind]>, path: &FieldPath) -> Held {
        let allowed =
            |value: &Value| kinds.is_none_or(|kinds| kinds.iter().any(|k| k.and(Kind::of_value(value)).is_some()));
        let nullable = values.iter().any(|value| value.is_null());
        let fitting: Vec<&Value> = values.iter().copied().filter(|v| !v.is_null() && allowed(v)).collect();
        if fitting.is_empty() {
            if !nullable {
                self.conflict(path);
                return Held::json();
            }
            return Held { ty: None, nullable };
        }
        let ty = scalar::values(&fitting).unwrap_or_else(|| {
            let symbols = self.walk.symbols(path, fitting.iter().filter_map(|v| v.as_str()));
            symbols.map_or(FieldType::String { max_length: None }, |symbols| FieldType::Enum { symbols })
        });
        Held { nullable: nullable || ty == FieldType::Json, ty: Some(ty) }
    }

    fn conflict(&mut self, path: &FieldPath) {
        self.walk.warning(
            "json-conflict",
            path,
            "The schemas that hold here together contradict each other, so the field is kept as JSON.",
            "Make the members of allOf and the type agree.",
        );
    }

    fn check_keywords(&mut self, parts: &scalar::Parts<'s>, path: &FieldPath) {
        for (keyword, value) in parts.iter().flat_map(|part| part.iter()) {
            if let Some((false, form)) = form(keyword, value) {
                let message = format!("The value of {} is not {form}, so it is not read.", quote(keyword));
                self.walk.error("json-bad-keyword", path, message, "Correct it as the JSON Schema standard has it.");
            }
        }
    }

    fn mention_ignored(&mut self, parts: &scalar::Parts<'s>, path: &FieldPath) {
        let has = |keyword: &str| parts.iter().any(|part| part.contains_key(keyword));
        let depends = scalar::all(parts, "dependencies").filter_map(Value::as_object).flat_map(Members::values);
        let found = [
            ("json-ignored-if", "if", has("if") && (has("then") || has("else"))),
            ("json-ignored-dependencies", "dependentSchemas", has("dependentSchemas")),
            ("json-ignored-dependencies", "dependencies", depends.into_iter().any(|d| !d.is_array())),
            ("json-ignored-not", "not", has("not")),
        ];
        for (code, keyword, _) in found.into_iter().filter(|(_, _, found)| *found) {
            let message = format!("The schema uses \"{keyword}\", which says nothing about columns and is not read.");
            let finding = Diagnostic::warning(code, path.clone(), message);
            self.walk.once(finding.hint("Declare under \"properties\" what should have a column."));
        }
    }
}

/// Whether a keyword's value has the form that the standard gives it, and that form.
fn form(keyword: &str, value: &Value) -> Option<(bool, &'static str)> {
    Some(match keyword {
        "properties" | "patternProperties" | "definitions" | "$defs" => (value.is_object(), "an object"),
        "enum" | "allOf" | "anyOf" | "oneOf" | "prefixItems" => (value.is_array(), "a list"),
        // A boolean is how draft 3 said it.
        "required" => (value.is_array() || value.is_boolean(), "a list of property names"),
        "additionalProperties" => (value.is_object() || value.is_boolean(), "a schema"),
        "items" => (value.is_object() || value.is_boolean() || value.is_array(), "a schema"),
        "$ref" => (value.is_string(), "a string"),
        _ => return None,
    })
}

/// How many entries the lists have that are gone through at each use of a schema.
fn list_entries(parts: &scalar::Parts<'_>) -> usize {
    let lists = ["enum", "type", "required", "oneOf", "anyOf"].iter().flat_map(|k| scalar::all(parts, k));
    let maps = ["dependencies", "patternProperties", "properties"].iter().flat_map(|k| scalar::all(parts, k));
    lists.filter_map(Value::as_array).map(Vec::len).sum::<usize>()
        + maps.filter_map(Value::as_object).map(Members::len).sum::<usize>()
}

/// The values that every `enum` and `const` allows.
fn enumerated<'s>(parts: &scalar::Parts<'s>) -> Option<Vec<&'s Value<'s>>> {
    let lists = parts.iter().flat_map(|part| {
        let list = part.get("enum").and_then(Value::as_array).map(|values| values.iter().collect::<Vec<_>>());
        [list, part.get("const").map(|value| vec![value])].into_iter().flatten()
    });
    lists.reduce(|a, b| {
        let known: std::collections::HashSet<String> = b.iter().map(|v| v.to_string()).collect();
        a.into_iter().filter(|v| known.contains(&v.to_string())).collect()
    })
}
