//! Avro unions: null makes a field nullable, one other branch is that branch, several stay a union.

use std::collections::HashSet;

use super::Reader;
use super::held::Held;
use super::names::{defines_name, full_name};
use crate::schema::json::Value;
use crate::schema::walk::{quote, short};
use crate::schema::{Branch, FieldPath, FieldType, QuirkKind};

/// Whether a branch is plain null, in either spelling.
pub fn is_null(branch: &Value) -> bool {
    let word = branch.get("type").unwrap_or(branch);
    word.as_str() == Some("null")
}

impl<'s> Reader<'s> {
    pub(super) fn union(&mut self, declared: &'s [Value<'s>], namespace: &str, path: &FieldPath) -> Held {
        if declared.is_empty() {
            self.walk.error("avro-empty-union", path, "The union has no branches.", "Add at least one branch.");
            return Held::of(FieldType::Json);
        }
        let nullable = declared.iter().any(is_null);
        let others: Vec<&'s Value<'s>> = declared.iter().filter(|b| !is_null(b)).collect();
        match others.as_slice() {
            [] => {
                self.walk.quirk(path, QuirkKind::NullUnion);
                Held::NULL
            }
            [only] => {
                let held = self.held(only, namespace, path);
                Held { nullable: nullable || held.nullable, alone: !nullable, ..held }
            }
            several => Held { nullable, ..Held::of(self.branches(several, namespace, path)) },
        }
    }

    fn branches(&mut self, declared: &[&'s Value<'s>], namespace: &str, path: &FieldPath) -> FieldType {
        if !self.walk.deeper(path) {
            return FieldType::Truncated;
        }
        let mut seen = HashSet::new();
        let mut branches = Vec::new();
        for branch in declared {
            let name = self.branch_name(branch, namespace);
            let place = path.child(format!("<{name}>"));
            if !self.walk.field(&place) {
                break;
            }
            if !seen.insert(name.clone()) {
                let message = format!("The union has the branch {} twice.", quote(&name));
                self.walk.error("avro-duplicate-branch", &place, message, "Remove one, or give the two types names.");
                continue;
            }
            if let Some(ty) = self.held(branch, namespace, &place).ty {
                branches.push(Branch { name, ty });
            }
        }
        FieldType::Union { branches }
    }

    fn branch_name(&self, branch: &Value, namespace: &str) -> String {
        match branch {
            Value::String(name) => {
                self.names.resolve(name, namespace).map_or_else(|| short(name).to_owned(), |(full, _)| full)
            }
            Value::Object(object) => match object.get("type") {
                Some(Value::String(kind)) if defines_name(kind) => {
                    full_name(object, namespace).map_or_else(|| kind.to_string(), |name| short(&name).to_owned())
                }
                Some(inner) => self.branch_name(inner, namespace),
                None => "unknown".to_owned(),
            },
            Value::Array(_) => "union".to_owned(),
            _ => "unknown".to_owned(),
        }
    }
}
