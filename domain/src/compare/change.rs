//! One change between two schemas, and the classes that it is put in.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::level::Incompatibility;
use crate::schema::FieldPath;

/// Which readers go on working, as a registry's levels have it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Compatibility {
    /// Old readers read new data, and new readers read old data.
    #[default]
    Full,
    /// New readers read old data; old readers do not read new data.
    Backward,
    /// Old readers read new data; new readers do not read old data.
    Forward,
    /// Neither.
    None,
}

impl Compatibility {
    /// The class by what works.
    pub fn of(backward: bool, forward: bool) -> Self {
        match (backward, forward) {
            (true, true) => Self::Full,
            (true, false) => Self::Backward,
            (false, true) => Self::Forward,
            (false, false) => Self::None,
        }
    }

    /// The word for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Backward => "backward",
            Self::Forward => "forward",
            Self::None => "none",
        }
    }
}

/// What a change does to the table, the least harm first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WarehouseClass {
    /// The table and its load stay as they are.
    #[default]
    Safe,
    /// A statement carries it out without loss, such as ADD COLUMN.
    Statement,
    /// No statement does it: the values need a new column, and queries have to follow.
    Breaking,
    /// Loading goes on without an error, and values go missing or change their meaning.
    SilentlyBreaking,
}

impl WarehouseClass {
    /// The words for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Statement => "needs a statement",
            Self::Breaking => "breaking",
            Self::SilentlyBreaking => "silently breaking",
        }
    }
}

/// What kind of change it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// A field is new.
    Added,
    /// A field is gone.
    Removed,
    /// A field has another name, by alias (Avro) or number (Protobuf).
    Renamed,
    /// A field has another number on the wire (Protobuf).
    Renumbered,
    /// Every old value is a new value too.
    Widened,
    /// Some old values are no values any more.
    Narrowed,
    /// The type is another one.
    Retyped,
    /// It may be absent or null now.
    MadeNullable,
    /// It may no longer be absent or null.
    MadeRequired,
    /// The default is another one.
    Default,
    /// An enum has more symbols.
    SymbolsAdded,
    /// An enum has lost symbols.
    SymbolsRemoved,
    /// A union has more branches.
    BranchesAdded,
    /// A union has lost branches.
    BranchesRemoved,
    /// A union has the same branches in another order.
    BranchesReordered,
    /// Only the documentation.
    Doc,
    /// Something else that readers notice: a type's name, a bound, an openness.
    Constraint,
}

impl ChangeKind {
    /// The words for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Renumbered => "renumbered",
            Self::Widened => "widened",
            Self::Narrowed => "narrowed",
            Self::Retyped => "type changed",
            Self::MadeNullable => "made nullable",
            Self::MadeRequired => "made required",
            Self::Default => "default changed",
            Self::SymbolsAdded => "symbols added",
            Self::SymbolsRemoved => "symbols removed",
            Self::BranchesAdded => "branches added",
            Self::BranchesRemoved => "branches removed",
            Self::BranchesReordered => "branches reordered",
            Self::Doc => "documentation",
            Self::Constraint => "constraint",
        }
    }

    /// Whether it can be why readers fail: new ones on old data, or else old ones on new data. What only adds values never troubles
    /// new readers, what only takes some away never old ones, and a comment or default alone nobody.
    fn can_break(self, backward: bool) -> bool {
        match self {
            Self::Doc | Self::Default => false,
            Self::SymbolsAdded | Self::BranchesAdded | Self::MadeNullable | Self::Widened => !backward,
            Self::SymbolsRemoved | Self::BranchesRemoved | Self::MadeRequired | Self::Narrowed => backward,
            _ => true,
        }
    }
}

/// One change from an old schema to a new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SchemaChange {
    /// Where it is in the new schema; where it was, for what is removed.
    pub path: FieldPath,
    /// Where it was, if it is elsewhere now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_path: Option<FieldPath>,
    /// What kind of change it is.
    pub kind: ChangeKind,
    /// What happened, one sentence.
    pub sentence: String,
    /// Which readers go on working.
    pub readers: Compatibility,
    /// What it does to the table.
    pub warehouse: WarehouseClass,
}

impl SchemaChange {
    /// A change that breaks nobody, until it is classed.
    pub(super) fn new(path: &FieldPath, kind: ChangeKind, sentence: impl Into<String>) -> Self {
        Self {
            path: path.clone(),
            old_path: None,
            kind,
            sentence: sentence.into(),
            readers: Compatibility::Full,
            warehouse: WarehouseClass::Safe,
        }
    }
}

/// Says of each change whom it breaks. What breaks readers and is no change of a field, such as a bound, is added as one.
pub(super) fn attribute(changes: &mut Vec<SchemaChange>, backward: &[Incompatibility], forward: &[Incompatibility]) {
    let mut places: HashMap<FieldPath, Vec<usize>> = HashMap::new();
    for (i, change) in changes.iter().enumerate() {
        for path in [Some(&change.path), change.old_path.as_ref()].into_iter().flatten() {
            places.entry(path.clone()).or_default().push(i);
        }
    }
    let mut broken = vec![(false, false); changes.len()];
    let mut others: Vec<(SchemaChange, (bool, bool))> = Vec::new();
    for (found, is_backward) in
        backward.iter().map(|found| (found, true)).chain(forward.iter().map(|found| (found, false)))
    {
        let here = places.get(&found.path).map(Vec::as_slice).unwrap_or_default();
        let is_cause = |i: &&usize| changes.get(**i).is_some_and(|change| change.kind.can_break(is_backward));
        let mut is_explained = false;
        for i in here.iter().filter(is_cause) {
            is_explained = true;
            if let Some(flags) = broken.get_mut(*i) {
                mark(flags, is_backward);
            }
        }
        if is_explained {
            continue;
        }
        match others.iter_mut().find(|(other, _)| other.path == found.path) {
            Some((_, flags)) => mark(flags, is_backward),
            None => {
                let mut flags = (false, false);
                mark(&mut flags, is_backward);
                others.push((SchemaChange::new(&found.path, ChangeKind::Constraint, found.message.clone()), flags));
            }
        }
    }
    let classed = |change: SchemaChange, (backward, forward): (bool, bool)| SchemaChange {
        readers: Compatibility::of(!backward, !forward),
        ..change
    };
    let told = std::mem::take(changes).into_iter().zip(broken);
    changes.extend(told.chain(others).map(|(change, flags)| classed(change, flags)));
}

fn mark((backward, forward): &mut (bool, bool), is_backward: bool) {
    *(if is_backward { backward } else { forward }) = true;
}
