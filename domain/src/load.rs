//! Table to load definition: the stage that the sink job's files arrive in and the pipe that copies them.

use crate::table::{Context, Table};

/// The load definition of one event: names and places; the statements are rendered by [`crate::sql`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// Name of the stage, unquoted.
    pub stage: String,
    /// URL of the stage, ends with a slash.
    pub stage_url: String,
    /// Name of the pipe, unquoted, with the version.
    pub pipe: String,
    /// The versioned path below the stage that this pipe reads, ends with a slash (`v=3/`).
    pub path: String,
}

/// The load definition for a table.
pub fn load_of(table: &Table, context: Context<'_>) -> Load {
    let _ = (table, context);
    Load { stage: String::new(), stage_url: String::new(), pipe: String::new(), path: String::new() }
}
