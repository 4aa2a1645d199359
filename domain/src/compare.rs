//! Two schemas of one language compared by meaning: what changed, whom it breaks among readers, and what it does to the table.

mod avro;
mod change;
mod fields;
mod json_schema;
mod level;
mod memo;
mod protobuf;
mod relation;
mod sentences;
mod warehouse;

use serde::{Deserialize, Serialize};

pub use change::{ChangeKind, Compatibility, SchemaChange, WarehouseClass};
pub use level::{Direction, Incompatibility, Level, compatibility, incompatibilities};

use crate::diagnostic::Diagnostic;
use crate::schema::{FieldPath, Schema, SchemaText, read_event};

/// The most changes that are told; what is beyond is counted.
pub const MAX_CHANGES: usize = 2_000;

/// What changed from one schema to another.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// The changes, in the order of the new schema's fields, each where it happened; removed fields stand last in their record.
    pub changes: Vec<SchemaChange>,
    /// How many more there are than are told.
    pub untold: usize,
    /// Which readers the change as a whole leaves working.
    pub readers: Compatibility,
    /// The worst that the change does to a table.
    pub warehouse: WarehouseClass,
    /// Why a schema could not be read. If nothing of it could, there are no changes and no reader is left working.
    pub problems: Vec<String>,
}

/// Compares two schemas. Reader classes follow the registry's own rules; the warehouse classes hold for the default design.
pub fn compare(old: &SchemaText, new: &SchemaText) -> Comparison {
    compare_events((old, None), (new, None))
}

/// The same where the event is one message of several, as designs choose it.
pub fn compare_events((old, was): (&SchemaText, Option<&str>), (new, is): (&SchemaText, Option<&str>)) -> Comparison {
    let (before, after) = (read_event(old, was), read_event(new, is));
    let (mut problems, cut) = unread(&before.diagnostics, &after.diagnostics);
    if old.schema_type != new.schema_type {
        problems.extend(incompatibilities(Direction::Backward, old, new).into_iter().map(|found| found.message));
    }
    if !problems.is_empty() {
        return Comparison { problems, readers: Compatibility::None, ..Comparison::default() };
    }
    let [backward, forward] = [Direction::Backward, Direction::Forward].map(|way| level::differences(way, old, new));
    let mut changes = fields::changes(&before, &after);
    warehouse::classify(&mut changes, (&before, old.schema_type), (&after, new.schema_type));
    change::attribute(&mut changes, &backward, &forward);
    let untold = changes.len().saturating_sub(MAX_CHANGES);
    let readers = Compatibility::of(backward.is_empty(), forward.is_empty());
    let warehouse = changes.iter().map(|change| change.warehouse).max().unwrap_or_default();
    changes.truncate(MAX_CHANGES);
    Comparison { changes, untold, readers, warehouse, problems: cut }
}

/// Why two schemas cannot be compared, and then what was too large to be read whole: the registry's rules follow definitions, so
/// they can be applied all the same.
fn unread(old: &[Diagnostic], new: &[Diagnostic]) -> (Vec<String>, Vec<String>) {
    let errors = [("old", old), ("new", new)]
        .into_iter()
        .flat_map(|(which, found)| found.iter().filter(|found| found.is_error()).map(move |found| (which, found)));
    let say = |(which, found): (&str, &Diagnostic)| {
        let place = if found.path.is_root() { String::new() } else { format!(" at {}", found.path) };
        format!("The {which} schema cannot be read{place}: {}", found.message)
    };
    let (cut, fatal): (Vec<_>, Vec<_>) = errors.partition(|(_, found)| found.code == "schema-too-many-fields");
    (fatal.into_iter().map(say).collect(), cut.into_iter().map(say).collect())
}

/// Fields that have another name or stand in a record that has, where they were and where they are.
pub(crate) fn renames(old: &Schema, new: &Schema) -> Vec<(FieldPath, FieldPath)> {
    let renamed = fields::changes(old, new).into_iter().filter(|change| change.kind == ChangeKind::Renamed);
    renamed.filter_map(|change| Some((change.old_path?, change.path))).collect()
}
