//! `oneOf` and `anyOf`: with null a nullable type, scalars of one kind that kind, several unlike types a union.

use super::catalog::Node;
use super::conjunction::Conjunction;
use super::{Held, Reader, scalar};
use crate::schema::json::{Members, Value};
use crate::schema::walk::short;
use crate::schema::{Branch, FieldPath, FieldType};

/// How many branches a further one may be joined with: there are fewer kinds of scalars than this.
const JOINED: usize = 16;

/// Keywords that say what a value is; an alternative without any of them only narrows it.
const TELLING: [&str; 13] = [
    "type",
    "enum",
    "const",
    "properties",
    "patternProperties",
    "additionalProperties",
    "items",
    "prefixItems",
    "format",
    "contentEncoding",
    "multipleOf",
    "oneOf",
    "anyOf",
];

impl<'s> Reader<'_, 's> {
    /// The lists of alternatives that hold at the same time.
    pub(super) fn alternative_groups(&self, conjunction: &Conjunction<'s>) -> Vec<Vec<Node<'s>>> {
        let lists = conjunction.unsettled().flat_map(|node| {
            let lists = ["oneOf", "anyOf"].iter().filter_map(|key| node.value.get(key)?.as_array());
            lists.map(|list| list.iter().map(|branch| self.catalog.child(*node, branch)).collect())
        });
        lists.collect()
    }

    pub(super) fn alternatives(
        &mut self,
        conjunction: &Conjunction<'s>,
        parts: &scalar::Parts<'s>,
        groups: Vec<Vec<Node<'s>>>,
        path: &FieldPath,
    ) -> Held {
        let (mut nullable, mut only_null) = (false, false);
        let mut telling: Vec<Vec<(Node<'s>, Conjunction<'s>)>> = Vec::new();
        for group in groups {
            let (all, mut nulls, mut kept) = (group.len(), 0, Vec::new());
            for node in group {
                let branch = self.conjunction([node], path);
                match meaning(&branch) {
                    Meaning::Nothing => {}
                    Meaning::Null => nulls += 1,
                    Meaning::Something => kept.push((node, branch)),
                }
            }
            nullable |= nulls > 0;
            only_null |= nulls > 0 && nulls == all;
            if !kept.is_empty() {
                telling.push(kept);
            }
        }
        if only_null {
            return Held { ty: None, nullable };
        }
        let has_properties = parts.iter().any(|part| has_members(part, "properties"));
        let mut held = match telling.len() {
            0 => self.plain(conjunction, parts, path),
            _ if has_properties => self.merged(conjunction, parts, telling, path),
            1 => self.one_of(conjunction, telling.remove(0), path),
            _ => {
                let hint = "Combine them into one list of alternatives.";
                let message = "Several lists of alternatives hold at once, so the field is kept as JSON.";
                self.walk.warning("json-alternatives", path, message, hint);
                Held::json()
            }
        };
        held.nullable |= nullable;
        held
    }

    /// An object whose alternatives add properties: all of them are there, those of alternatives as optional ones.
    fn merged(
        &mut self,
        conjunction: &Conjunction<'s>,
        parts: &scalar::Parts<'s>,
        groups: Vec<Vec<(Node<'s>, Conjunction<'s>)>>,
        path: &FieldPath,
    ) -> Held {
        let extra: Vec<Conjunction<'s>> = groups.into_iter().flatten().map(|(_, branch)| branch).collect();
        if extra.iter().any(|branch| branch.nodes.iter().any(|node| has_members_in(*node, "properties"))) {
            self.walk.note(
                "json-merged-alternatives",
                path,
                "Properties of the alternatives are read as optional fields.",
            );
        }
        let nullable = scalar::all(parts, "type")
            .any(|ty| ty.as_array().is_some_and(|w| w.iter().any(|word| word.as_str() == Some("null"))));
        Held { ty: Some(self.object(conjunction, &extra, path)), nullable }
    }

    fn one_of(
        &mut self,
        conjunction: &Conjunction<'s>,
        group: Vec<(Node<'s>, Conjunction<'s>)>,
        path: &FieldPath,
    ) -> Held {
        let is_single = group.len() == 1;
        let mut branches: Vec<Branch> = Vec::new();
        let mut nullable = false;
        for (i, (node, branch)) in group.into_iter().enumerate() {
            let name = branch_name(self, node, &branch).unwrap_or_else(|| format!("branch{}", i + 1));
            let place = if is_single { path.clone() } else { path.child(format!("<{name}>")) };
            if !is_single && (!self.walk.deeper(path) || !self.walk.field(&place)) {
                return Held::of(FieldType::Truncated);
            }
            let held = self.held_of(&branch.beside(conjunction), &place);
            nullable |= held.nullable;
            match held.ty {
                None => nullable = true,
                Some(FieldType::Json) => return Held::json(),
                Some(FieldType::Union { branches: inner }) => branches.extend(inner),
                Some(ty) => branches.push(Branch { name, ty }),
            }
        }
        Held { ty: joined(branches), nullable }
    }
}

enum Meaning {
    Nothing,
    Null,
    Something,
}

fn meaning(branch: &Conjunction<'_>) -> Meaning {
    let parts = branch.parts();
    let only = |value: &Value| value.is_null() || value.as_str() == Some("null");
    let is_null = |part: &&Members<'_>| {
        part.get("type").is_some_and(|ty| {
            only(ty) || ty.as_array().is_some_and(|words| !words.is_empty() && words.iter().all(only))
        }) || part.get("const").is_some_and(Value::is_null)
            || part.get("enum").and_then(Value::as_array).is_some_and(|v| !v.is_empty() && v.iter().all(Value::is_null))
    };
    if branch.recursive.is_some() || branch.unknown {
        Meaning::Something
    } else if branch.never {
        Meaning::Nothing
    } else if parts.iter().any(is_null) {
        Meaning::Null
    } else if parts.iter().any(|part| TELLING.iter().any(|keyword| part.contains_key(keyword))) || is_anything(&parts) {
        Meaning::Something
    } else {
        Meaning::Nothing
    }
}

/// A schema without keywords: it allows every value, so the other alternatives say nothing.
fn is_anything(parts: &[&Members<'_>]) -> bool {
    parts.iter().all(|part| part.keys().all(|key| matches!(key, "title" | "description" | "$comment")))
}

fn has_members(part: &Members<'_>, keyword: &str) -> bool {
    part.get(keyword).and_then(Value::as_object).is_some_and(|members| !members.is_empty())
}

fn has_members_in(node: Node<'_>, keyword: &str) -> bool {
    node.object().is_some_and(|part| has_members(part, keyword))
}

fn branch_name<'s>(reader: &Reader<'_, 's>, node: Node<'s>, branch: &Conjunction<'s>) -> Option<String> {
    let referred =
        node.value.get("$ref").and_then(Value::as_str).and_then(|r| r.rsplit(['/', '#']).find(|p| !p.is_empty()));
    let word = || branch.parts().iter().find_map(|part| part.get("type")?.as_str()).filter(|word| *word != "object");
    let name = branch.title().or(referred).or_else(word).map(|name| short(name).to_owned());
    name.or_else(|| Some(reader.name_of(node)).filter(|name| name != "#"))
}

fn joined(branches: Vec<Branch>) -> Option<FieldType> {
    let mut kept: Vec<Branch> = Vec::new();
    for Branch { name, mut ty } in branches {
        let mut merged = false;
        for before in kept.iter_mut().take(JOINED) {
            match scalar::join(std::mem::replace(&mut before.ty, FieldType::Json), ty) {
                Ok(both) => {
                    before.ty = both;
                    ty = FieldType::Json;
                    merged = true;
                    break;
                }
                Err((old, new)) => {
                    before.ty = old;
                    ty = new;
                }
            }
        }
        if !merged {
            kept.push(Branch { name, ty });
        }
    }
    if kept.len() > 1 { Some(FieldType::Union { branches: kept }) } else { kept.pop().map(|only| only.ty) }
}
