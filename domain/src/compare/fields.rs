//! The changes between two field trees. Fields go by name, or by number in Protobuf; then aliases tell what was renamed.

use std::collections::{HashMap, HashSet};

use super::change::{ChangeKind, SchemaChange};
use super::relation::{Relation, relation};
use super::sentences::list;
use crate::schema::walk::quote;
use crate::schema::{Branch, Field, FieldPath, FieldType, Schema};

/// Every change, in the order of the new schema.
pub fn changes(old: &Schema, new: &Schema) -> Vec<SchemaChange> {
    let mut walk = Walk::default();
    if old.doc != new.doc {
        walk.say(&FieldPath::root(), ChangeKind::Doc, "The documentation of the event changed.");
    }
    walk.fields(&old.fields, &new.fields);
    walk.changes
}

#[derive(Default)]
struct Walk {
    changes: Vec<SchemaChange>,
    /// Where a field stood whose record was renamed, if it is elsewhere now: the new place and the old one.
    moved: Vec<(FieldPath, FieldPath)>,
}

impl Walk {
    fn say(&mut self, path: &FieldPath, kind: ChangeKind, sentence: impl Into<String>) {
        let mut change = SchemaChange::new(path, kind, sentence);
        change.old_path = self.moved.last().and_then(|(now, before)| moved(path, now, before));
        self.changes.push(change);
    }

    fn fields(&mut self, old: &[Field], new: &[Field]) {
        let partners = partners(old, new);
        let kept: HashSet<usize> = partners.iter().flatten().copied().collect();
        for (field, partner) in new.iter().zip(&partners) {
            match partner.and_then(|i| old.get(i)) {
                Some(before) => self.matched(before, field),
                None => self.say(&field.path, ChangeKind::Added, added(field)),
            }
        }
        for (_, gone) in old.iter().enumerate().filter(|(i, _)| !kept.contains(i)) {
            self.say(&gone.path, ChangeKind::Removed, "The field is gone.");
        }
    }

    fn matched(&mut self, old: &Field, new: &Field) {
        let is_moved = old.path != new.path;
        if is_moved {
            self.moved.push((new.path.clone(), old.path.clone()));
        }
        if old.name != new.name {
            let by = if new.number.is_some() { "its number" } else { "an alias" };
            let was = quote(&old.name);
            self.say(&new.path, ChangeKind::Renamed, format!("The field was called {was} before; {by} says so."));
        } else if let (Some(before), Some(now)) = (old.number, new.number)
            && before != now
        {
            self.say(&new.path, ChangeKind::Renumbered, format!("The field has the number {now} instead of {before}."));
        }
        self.presence(old, new);
        self.types(&new.path, &old.ty, &new.ty);
        if old.default != new.default {
            self.say(&new.path, ChangeKind::Default, default(old.default.as_deref(), new.default.as_deref()));
        }
        if old.doc != new.doc {
            self.say(&new.path, ChangeKind::Doc, "The documentation changed.");
        }
        if old.deprecated != new.deprecated {
            let sentence =
                if new.deprecated { "The field is deprecated now." } else { "The field is no longer deprecated." };
            self.say(&new.path, ChangeKind::Doc, sentence);
        }
        if is_moved {
            self.moved.pop();
        }
    }

    fn presence(&mut self, old: &Field, new: &Field) {
        match (old.nullable, new.nullable) {
            (false, true) => self.say(&new.path, ChangeKind::MadeNullable, "The field may be absent or null now."),
            (true, false) => {
                self.say(&new.path, ChangeKind::MadeRequired, "The field may no longer be absent or null.")
            }
            _ => {}
        }
    }

    fn types(&mut self, path: &FieldPath, old: &FieldType, new: &FieldType) {
        match (old, new) {
            (FieldType::Record { fields: before, .. }, FieldType::Record { fields: now, .. }) => {
                self.fields(before, now)
            }
            (FieldType::Array { item: before }, FieldType::Array { item: now }) => self.matched(before, now),
            (FieldType::Map { key: was, value: before }, FieldType::Map { key: is, value: now }) => {
                if was != is {
                    let sentence = format!("The keys were of type {} and are of type {}.", was.label(), is.label());
                    self.say(path, ChangeKind::Retyped, sentence);
                }
                self.matched(before, now);
            }
            (FieldType::Enum { symbols: before }, FieldType::Enum { symbols: now }) => self.symbols(path, before, now),
            (FieldType::Union { branches: before }, FieldType::Union { branches: now }) => {
                self.branches(path, before, now)
            }
            _ => {
                let kind = match relation(old, new) {
                    Relation::Same => return,
                    Relation::Wider => ChangeKind::Widened,
                    Relation::Narrower => ChangeKind::Narrowed,
                    Relation::Unlike => ChangeKind::Retyped,
                };
                self.say(path, kind, format!("The type was {} and is {}.", label(old), label(new)));
            }
        }
    }

    fn symbols(&mut self, path: &FieldPath, old: &[String], new: &[String]) {
        let less = |of: &[String], than: &[String]| -> Vec<String> {
            let than: HashSet<&String> = than.iter().collect();
            of.iter().filter(|symbol| !than.contains(symbol)).map(|symbol| quote(symbol)).collect()
        };
        let (more, fewer) = (less(new, old), less(old, new));
        if !more.is_empty() {
            self.say(path, ChangeKind::SymbolsAdded, format!("The enum has {} now.", list(&more)));
        }
        if !fewer.is_empty() {
            self.say(path, ChangeKind::SymbolsRemoved, format!("The enum no longer has {}.", list(&fewer)));
        }
    }

    fn branches(&mut self, path: &FieldPath, old: &[Branch], new: &[Branch]) {
        let index = |branches: &[Branch]| -> HashMap<String, usize> {
            branches.iter().enumerate().map(|(i, branch)| (branch.name.clone(), i)).collect()
        };
        let (before, after) = (index(old), index(new));
        let lacking = |branches: &[Branch], others: &HashMap<String, usize>| -> Vec<String> {
            branches.iter().filter(|b| !others.contains_key(&b.name)).map(|b| quote(&b.name)).collect()
        };
        let (more, fewer) = (lacking(new, &before), lacking(old, &after));
        if !more.is_empty() {
            self.say(path, ChangeKind::BranchesAdded, format!("The union may hold {} now.", list(&more)));
        }
        if !fewer.is_empty() {
            self.say(path, ChangeKind::BranchesRemoved, format!("The union no longer holds {}.", list(&fewer)));
        }
        let places: Vec<(usize, usize)> =
            new.iter().enumerate().filter_map(|(i, branch)| Some((i, *before.get(&branch.name)?))).collect();
        if places.iter().any(|(now, was)| now != was) {
            let sentence = "Branches of the union stand at other places, and files name them by their place.";
            self.say(path, ChangeKind::BranchesReordered, sentence);
        }
        for (now, was) in places {
            if let (Some(old), Some(new)) = (old.get(was), new.get(now)) {
                self.types(&path.child(format!("<{}>", new.name)), &old.ty, &new.ty);
            }
        }
    }
}

/// The old place of each new field. In Protobuf the number says which it was, elsewhere the name and then an alias.
fn partners(old: &[Field], new: &[Field]) -> Vec<Option<usize>> {
    let mut by_number = HashMap::new();
    let mut by_name = HashMap::new();
    for (i, field) in old.iter().enumerate() {
        by_name.insert(field.name.as_str(), i);
        if let Some(number) = field.number {
            by_number.insert(number, i);
        }
    }
    let mut partners: Vec<Option<usize>> = vec![None; new.len()];
    let mut taken = HashSet::new();
    let mut match_by = |rule: &dyn Fn(&Field) -> Option<usize>| {
        for (partner, field) in partners.iter_mut().zip(new).filter(|(partner, _)| partner.is_none()) {
            *partner = rule(field).filter(|i| taken.insert(*i));
        }
    };
    match_by(&|field| by_number.get(&field.number?).copied());
    match_by(&|field| by_name.get(field.name.as_str()).copied());
    match_by(&|field| field.aliases.iter().find_map(|alias| by_name.get(alias.as_str()).copied()));
    partners
}

/// Where something below `now` was, when `now` was at `before`.
fn moved(path: &FieldPath, now: &FieldPath, before: &FieldPath) -> Option<FieldPath> {
    let inner = path.segments().strip_prefix(now.segments())?;
    Some(FieldPath::of(before.segments().iter().chain(inner).cloned()))
}

fn added(field: &Field) -> String {
    let presence = match (&field.default, field.nullable) {
        (Some(default), _) => format!(", with the default {}", shown(default)),
        (None, true) => ", and may be absent".to_owned(),
        (None, false) if field.number.is_some() => String::new(),
        (None, false) => ", and is required".to_owned(),
    };
    format!("The field is new: {}{presence}.", label(&field.ty))
}

fn default(old: Option<&str>, new: Option<&str>) -> String {
    match (old, new) {
        (None, Some(new)) => format!("The field has the default {} now.", shown(new)),
        (Some(_), None) => "The field has no default any more.".to_owned(),
        (old, new) => {
            format!("The default was {} and is {}.", shown(old.unwrap_or_default()), shown(new.unwrap_or_default()))
        }
    }
}

const MAX_SHOWN_CHARS: usize = 60;

fn shown(text: &str) -> String {
    let mut kept: String = text.chars().take(MAX_SHOWN_CHARS).collect();
    if kept.len() < text.len() {
        kept.push('…');
    }
    kept
}

/// The type's label, bounded: a union's label is as long as the union.
fn label(ty: &FieldType) -> String {
    match ty {
        FieldType::String { max_length: Some(length) } => format!("string up to {length}"),
        FieldType::Float { bits } => format!("{} ({bits} bits)", ty.label()),
        _ => shown(&ty.label()),
    }
}
