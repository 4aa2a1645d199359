//! What no documented statement changes about a table of Iceberg. ALTER ICEBERG TABLE adds columns and sets policies, tags, clustering
//! and Time Travel; types and NOT NULL of its columns and its other options stay as they were made.

use super::columns::Alteration;
use super::standing::Standing;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::event::error;

/// What is refused of the way from what stands to what is wanted.
pub fn refused(stands: Option<&Standing>, wanted: &Standing, statements: &[Alteration]) -> Vec<Diagnostic> {
    if wanted.options.iceberg.is_none() {
        return Vec::new();
    }
    let mut found: Vec<Diagnostic> = statements.iter().filter_map(not_null).collect();
    let Some(stands) = stands else { return found };
    let (old, new) = (&stands.options, &wanted.options);
    let changed = [
        ("change tracking", old.change_tracking != new.change_tracking),
        ("schema evolution", old.schema_evolution != new.schema_evolution),
        ("data extension for streams", old.max_data_extension_days != new.max_data_extension_days),
    ];
    found.extend(changed.into_iter().filter(|(_, is_changed)| *is_changed).map(|(what, _)| {
        let message = format!("ALTER ICEBERG TABLE does not change the {what} of a table.");
        error("live-iceberg-option", message, "Take that option back to what it was.")
    }));
    found
}

fn not_null(alteration: &Alteration) -> Option<Diagnostic> {
    let Alteration::Loosen(column) = alteration else { return None };
    let message = format!("{column} would have to accept NULL, and ALTER ICEBERG TABLE does not take NOT NULL off.");
    Some(error("live-iceberg-not-null", message, "Give its field a default, or onboard the event under a new subject."))
}

/// Why a table of Iceberg is not made anew and swapped.
pub fn rebuild() -> Diagnostic {
    let message = "A table of Iceberg is not swapped with another one: SWAP WITH is for Snowflake's own tables.";
    error("live-iceberg-rebuild", message, "Take that option back, and read both columns in a view.")
}
