//! What an evolution says about columns and edits: what it keeps, what it puts beside, and what it refuses.

use super::live::Live;
use super::{rebuild, retire};
use crate::compare::{SchemaChange, WarehouseClass, compare_events};
use crate::design::Design;
use crate::diagnostic::Diagnostic;
use crate::load::Load;
use crate::render::RenderInput;
use crate::schema::FieldPath;
use crate::sql::{ColumnType, ObjectName};
use crate::subject::Version;
use crate::table::Column;

fn path_of(column: &Column) -> FieldPath {
    column.source.clone().unwrap_or_default()
}

/// What of the event as a whole cannot be done to a table that is live.
pub fn of_event(live: &Live, version: Version, design: &Design) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let root = FieldPath::root;
    if design.table.name.as_ref().is_some_and(|name| *name != live.table) {
        let message = format!("The table is called {} and keeps that name: its pipes would load nowhere.", live.table);
        found.push(
            Diagnostic::warning("live-table-name", root(), message)
                .hint("Take the new name back, or make a view under it."),
        );
    }
    if design.table.replace == Some(true) {
        found.push(
            Diagnostic::error("live-table-replaced", root(), "CREATE OR REPLACE would drop every row that is loaded.")
                .hint("Take that option back, or rebuild the table beside the old one."),
        );
    }
    let newest = live.versions.last().copied();
    if newest.is_some_and(|newest| version < newest) {
        let message = format!("Version {version} is older than what is live.");
        found.push(
            Diagnostic::error("live-version-older", root(), message)
                .hint("Evolve to a newer version; a schema goes back by registering it again."),
        );
    }
    found
}

/// What a design wants of a live event, on a new one.
pub fn of_new_event(version: Version, design: &Design) -> Vec<Diagnostic> {
    let mut found = retire::retired(&Live::default(), version, &design.load).1;
    found.extend((design.table.rebuild == Some(true)).then(rebuild::needless));
    found
}

/// What between two schemas goes on loading and no longer means the same: nothing in the warehouse would tell.
pub fn silent_breaks(old: &RenderInput, new: &RenderInput) -> Vec<Diagnostic> {
    let [was, is] = [old, new].map(|input| input.design.event.message.as_deref());
    let changes = compare_events((&old.schema, was), (&new.schema, is)).changes.into_iter();
    let silent = changes.filter(|change| change.warehouse == WarehouseClass::SilentlyBreaking);
    let warned = |change: SchemaChange| {
        let message = format!("{} Rows go on loading, and queries of the old place find nothing.", change.sentence);
        Diagnostic::warning("silently-breaking", change.path, message)
            .hint("Tell who queries it, or take the change back.")
    };
    silent.map(warned).collect()
}

/// A rename of a column that stands.
pub fn keeps_its_name(column: &Column, name: &str) -> Diagnostic {
    let message =
        format!("The column is called {name} and keeps that name: a rename breaks views, policies and pipes.");
    Diagnostic::warning("live-column-name", path_of(column), message)
        .hint("Take the new name back, or give the column another name in a view.")
}

/// NOT NULL on a column that is added.
pub fn not_null_when_added(column: &Column) -> Diagnostic {
    let message = format!("{} is added to rows that have no value for it, so it accepts NULL.", column.name);
    Diagnostic::warning("live-not-null", path_of(column), message).hint("Let the column be nullable.")
}

/// NOT NULL on a column that accepts NULL.
pub fn stays_nullable(column: &Column) -> Diagnostic {
    let message =
        format!("{} goes on accepting NULL: rows may have none, and one violation skips a whole file.", column.name);
    Diagnostic::note("live-not-null", path_of(column), message)
}

/// A narrower type.
pub fn stays_wide(column: &Column, ty: ColumnType) -> Diagnostic {
    let message = format!("{} stays {ty}, which holds everything that {} holds.", column.name, column.ty);
    Diagnostic::note("live-column-wider", path_of(column), message)
}

/// A type that no statement reaches.
pub fn stands_beside(column: &Column, left: &str, was: &str) -> Diagnostic {
    let message = format!(
        "{left} is {was} and cannot become {}; new values go to the new column {}, and {left} keeps the old ones.",
        column.ty, column.name
    );
    Diagnostic::warning("live-column-beside", path_of(column), message)
        .hint("Read both in a view, keep the old type in the design, or rebuild the table.")
}

/// A column that nothing fills any more.
pub fn no_longer_filled(name: &str, path: FieldPath) -> Diagnostic {
    let message = format!("Nothing fills {name} any more; it stays with its values and is NULL in new rows.");
    Diagnostic::note("live-column-unfilled", path, message)
}

/// A policy that the design no longer has.
pub fn policy_removed(column: &Column, policy: &ObjectName) -> Diagnostic {
    let message = format!("{} is guarded by {policy}; without it everybody would read its values.", column.name);
    Diagnostic::error("live-policy-removed", path_of(column), message)
        .hint("Keep a masking policy in the design; only the platform team takes it off.")
}

/// A collation that the column does not have.
pub fn collation_stays(column: &Column) -> Diagnostic {
    let message = format!("{} keeps its collation: no statement changes that of a column.", column.name);
    Diagnostic::error("live-collation", path_of(column), message).hint("Take the collation back to what it was.")
}

/// A tag that the design no longer has.
pub fn tag_removed(column: &Column) -> Diagnostic {
    let message = format!("{} loses a tag, and with it whatever policy comes with the tag.", column.name);
    Diagnostic::warning("live-tag-removed", path_of(column), message)
        .hint("Keep the tag unless nothing guards values by it.")
}

/// A guarded column whose values may go on elsewhere.
pub fn masked_unfilled(name: &str, path: FieldPath) -> Diagnostic {
    let message = format!("{name} keeps its masking policy, which no other column takes over by itself.");
    Diagnostic::warning("live-policy-left", path, message)
        .hint("Give the policy to the field that has these values now, if there is one.")
}

/// A pipe whose COPY becomes another one.
pub fn pipe_recreated(load: &Load) -> Diagnostic {
    let message = format!(
        "The COPY of {} changes, so Terraform drops and makes the pipe anew, and what is queued for it is lost.",
        load.pipe
    );
    Diagnostic::warning("live-pipe-recreated", FieldPath::root(), message).hint(
        "Stop the sink job's commits and let the pipe drain before the change is merged, and load what came since.",
    )
}
