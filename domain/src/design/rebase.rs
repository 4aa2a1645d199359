//! A design moved to another version of its schema: each edit stays with its field, also under the field's new name, and what no
//! longer applies is told.

use std::collections::{BTreeMap, HashSet};

use super::{ClusterKey, ColumnEdit, ComputedColumn, Design, EventEdit};
use crate::compare::renames;
use crate::schema::{FieldPath, Schema};
use crate::sql::syntax::parse;
use crate::table::{fields_of, names_in};

/// A design on another version, and what became of its edits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rebased {
    /// The design.
    pub design: Design,
    /// What became of edits that did not simply stay, in the order of their fields.
    pub account: Vec<Account>,
}

/// What became of an edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Where it was; the root for edits of the table.
    pub path: FieldPath,
    /// What became of it.
    pub fate: Fate,
    /// The same, as a sentence.
    pub sentence: String,
}

/// What can become of an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It moved with its field.
    Moved,
    /// Its field is gone, and it with the field.
    Gone,
    /// It stays, and a person has to look at it.
    Doubtful,
}

/// The design as it is for `to`, made for `from`.
pub fn rebase(design: &Design, from: &Schema, to: &Schema) -> Rebased {
    let mut moves = Moves { renamed: renames(from, to), known: fields_of(to), account: vec![] };
    let columns = moves.columns(design);
    let computed = moves.computed(&design.computed);
    let mut table = design.table.clone();
    if let Some(keys) = &mut table.cluster_by {
        keys.retain_mut(|key| moves.cluster_key(key));
    }
    table.cluster_by = table.cluster_by.filter(|keys| !keys.is_empty());
    if let Some(access) = &mut table.row_access {
        for path in &mut access.columns {
            moves.row_access(path);
        }
    }
    let event = moves.event(&design.event, to);
    let mut account = moves.account;
    account.sort_by(|a, b| a.path.cmp(&b.path));
    Rebased { design: Design { event, columns, computed, table, ..design.clone() }, account }
}

struct Moves {
    renamed: Vec<(FieldPath, FieldPath)>,
    known: HashSet<FieldPath>,
    account: Vec<Account>,
}

impl Moves {
    /// Where a field of the older version is in the newer one. A place that another field was renamed to is not the older field's.
    fn of(&self, path: &FieldPath) -> Option<FieldPath> {
        let around = |of: &FieldPath, place: &FieldPath| of == place || of.contains(place);
        let depth = |path: &FieldPath| path.segments().len();
        let nearest = self.renamed.iter().filter(|(old, _)| around(old, path)).max_by_key(|(old, _)| depth(old));
        let now = match nearest {
            Some((old, new)) => {
                let below = path.segments().iter().skip(old.segments().len()).cloned();
                FieldPath::of(new.segments().iter().cloned().chain(below))
            }
            None => path.clone(),
        };
        let owner = self.renamed.iter().filter(|(_, new)| around(new, &now)).max_by_key(|(_, new)| depth(new));
        let is_own = owner.is_none_or(|(old, _)| around(old, path));
        (is_own && self.known.contains(&now)).then_some(now)
    }

    /// Whether another field has this name now.
    fn is_another(&self, path: &FieldPath) -> bool {
        self.known.contains(path) && self.of(path).is_none()
    }

    fn say(&mut self, path: &FieldPath, fate: Fate, sentence: String) {
        self.account.push(Account { path: path.clone(), fate, sentence });
    }

    /// The choice of a message stays while the file has the message.
    fn event(&mut self, event: &EventEdit, to: &Schema) -> EventEdit {
        match &event.message {
            Some(message) if !to.has_message(message) => {
                let sentence = match to.event.messages.first() {
                    Some(first) => format!("The message {message} is gone; the event is {first}, the first one."),
                    None => format!("The message {message} is gone, and this version has no messages."),
                };
                self.say(&FieldPath::root(), Fate::Gone, sentence);
                EventEdit::default()
            }
            _ => event.clone(),
        }
    }

    fn columns(&mut self, design: &Design) -> BTreeMap<FieldPath, ColumnEdit> {
        let mut columns = BTreeMap::new();
        for (path, edit) in &design.columns {
            let Some(now) = self.of(path) else {
                let sentence = if self.is_another(path) {
                    format!(
                        "{path} is gone, and what was edited of its column with it; another field is called {path} now."
                    )
                } else {
                    format!("{path} is gone, and what was edited of its column with it.")
                };
                self.say(path, Fate::Gone, sentence);
                continue;
            };
            if now != *path {
                self.say(
                    path,
                    Fate::Moved,
                    format!("{path} is called {now} now, and keeps what was edited of its column."),
                );
            }
            let mut edit = edit.clone();
            if let Some(anchor) = edit.after.take() {
                edit.after = self.anchor(path, anchor);
            }
            if !edit.is_empty() {
                columns.insert(now, edit);
            }
        }
        columns
    }

    fn anchor(&mut self, path: &FieldPath, anchor: FieldPath) -> Option<FieldPath> {
        if anchor.is_root() {
            return Some(anchor);
        }
        let now = self.of(&anchor);
        if now.is_none() {
            let sentence = format!("{path} stood behind {anchor}, which is gone; it stands where the schema has it.");
            self.say(path, Fate::Gone, sentence);
        }
        now
    }

    fn computed(&mut self, computed: &BTreeMap<String, ComputedColumn>) -> BTreeMap<String, ComputedColumn> {
        for column in computed.values() {
            let Ok(expr) = parse(&column.expression) else { continue };
            for keys in names_in(&expr).into_iter().map(FieldPath::of) {
                let is_known = self.known.contains(&keys) || keys.parent().is_some_and(|around| self.reaches(&around));
                if self.is_another(&keys) {
                    let sentence = format!(
                        "The expression of {} reads {keys}, which is the name of another field now; look whether it still means it.",
                        column.name
                    );
                    self.say(&FieldPath::root(), Fate::Doubtful, sentence);
                } else if !is_known {
                    let sentence = format!(
                        "The expression of {} reads {keys}, which this version does not have; write it anew.",
                        column.name
                    );
                    self.say(&FieldPath::root(), Fate::Doubtful, sentence);
                }
            }
        }
        computed.clone()
    }

    /// Whether a place is a field without fields of its own, into whose value an expression may reach, or below one.
    fn reaches(&self, path: &FieldPath) -> bool {
        let has_fields = |path: &FieldPath| self.known.iter().any(|known| path.contains(known));
        let mut place = Some(path.clone()).filter(|path| !path.is_root());
        while let Some(at) = place {
            if self.known.contains(&at) {
                return !has_fields(&at);
            }
            place = at.parent().filter(|path| !path.is_root());
        }
        false
    }

    /// Whether a cluster key stays, under its field's name.
    fn cluster_key(&mut self, key: &mut ClusterKey) -> bool {
        match self.of_field_or_other(&key.column) {
            Some(now) => {
                key.column = now;
                true
            }
            None => {
                self.say(
                    &FieldPath::root(),
                    Fate::Gone,
                    format!("The table is no longer clustered by {}, which is gone.", key.column),
                );
                false
            }
        }
    }

    fn row_access(&mut self, path: &mut FieldPath) {
        match self.of_field_or_other(path) {
            Some(now) => *path = now,
            None => {
                let sentence = format!(
                    "The row access policy is given {path}, which is gone; give it another column or take it away."
                );
                self.say(&FieldPath::root(), Fate::Doubtful, sentence);
            }
        }
    }

    /// A name in upper case may be a column of the envelope, of the load, or a computed one, none of which a schema knows.
    fn of_field_or_other(&self, path: &FieldPath) -> Option<FieldPath> {
        let is_column = |name: &String| name.starts_with('_') && name.to_uppercase() == *name;
        match path.segments() {
            [name] if is_column(name) => Some(path.clone()),
            _ => self.of(path),
        }
    }
}
