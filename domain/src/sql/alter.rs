//! The statements that change what exists: a table's columns and comments, and its pipes. One statement a column: what of a list
//! was done before a failure would be unknown.

use super::create_table::Definition;
use super::statement::{create_pipe, qualified};
use super::{ColumnType, Identifier, Literal};
use crate::load::Load;
use crate::platform::Platform;
use crate::subject::Version;
use crate::table::{Column, Table};

/// A table that is altered; one of Iceberg has a statement of its own.
#[derive(Debug, Clone, Copy)]
pub struct Altered<'a> {
    /// Its name, unquoted.
    pub name: &'a str,
    /// Whether it is one of Iceberg.
    pub is_iceberg: bool,
    /// Where it is.
    pub platform: &'a Platform,
}

impl Altered<'_> {
    /// `ALTER TABLE … ADD COLUMN`; the comment is a statement of its own.
    pub fn add_column(self, column: &Column) -> String {
        let bare = Column { comment: String::new(), ..column.clone() };
        format!("{} ADD COLUMN {};", self.head(), Definition(&bare))
    }

    /// `ALTER TABLE … SET DATA TYPE`.
    pub fn set_type(self, column: &str, ty: ColumnType) -> String {
        format!("{} SET DATA TYPE {ty};", self.column(column))
    }

    /// `ALTER TABLE … DROP NOT NULL`.
    pub fn drop_not_null(self, column: &str) -> String {
        format!("{} DROP NOT NULL;", self.column(column))
    }

    pub(super) fn column(self, column: &str) -> String {
        format!("{} ALTER COLUMN {}", self.head(), Identifier(column))
    }

    pub(super) fn head(self) -> String {
        let kind = if self.is_iceberg { "ICEBERG TABLE" } else { "TABLE" };
        format!("ALTER {kind} {}", qualified(self.platform, self.name))
    }
}

/// `COMMENT ON COLUMN`.
pub fn comment_on_column(table: &str, column: &str, comment: &str, platform: &Platform) -> String {
    format!("COMMENT ON COLUMN {}.{} IS {};", qualified(platform, table), Identifier(column), Literal(comment))
}

/// `COMMENT ON TABLE`.
pub fn comment_on_table(table: &str, comment: &str, platform: &Platform) -> String {
    format!("COMMENT ON TABLE {} IS {};", qualified(platform, table), Literal(comment))
}

/// `DESC TABLE`.
pub fn describe_table(table: &str, platform: &Platform) -> String {
    format!("DESC TABLE {};", qualified(platform, table))
}

/// `ALTER TABLE … SWAP WITH`.
pub fn swap_tables(table: &str, other: &str, platform: &Platform) -> String {
    format!("ALTER TABLE {} SWAP WITH {};", qualified(platform, table), qualified(platform, other))
}

/// Pauses a pipe.
pub fn pause_pipe(pipe: &str, platform: &Platform) -> String {
    format!("ALTER PIPE {} SET PIPE_EXECUTION_PAUSED = TRUE;", qualified(platform, pipe))
}

/// `CREATE OR REPLACE PIPE`, which forgets what the pipe loaded.
pub fn replace_pipe(table: &Table, load: &Load, platform: &Platform) -> String {
    create_pipe(table, load, platform).replacen("CREATE PIPE", "CREATE OR REPLACE PIPE", 1)
}

/// `DROP PIPE`.
pub fn drop_pipe(pipe: &str, platform: &Platform) -> String {
    format!("DROP PIPE IF EXISTS {};", qualified(platform, pipe))
}

/// A pipe's state as JSON.
pub fn pipe_status(pipe: &str, platform: &Platform) -> String {
    format!("SELECT SYSTEM$PIPE_STATUS({});", qualified(platform, pipe).literal())
}

/// What a pipe is, its notification channel among it.
pub fn describe_pipe(pipe: &str, platform: &Platform) -> String {
    format!("DESC PIPE {};", qualified(platform, pipe))
}

/// The channels of a pipe that is sent rows, each with its last committed offset as `offset_token`.
pub fn show_channels(pipe: &str, platform: &Platform) -> String {
    format!("SHOW CHANNELS IN PIPE {};", qualified(platform, pipe))
}

/// How many rows a table has.
pub fn count_rows(table: &str, platform: &Platform) -> String {
    format!("SELECT COUNT(*) FROM {};", qualified(platform, table))
}

/// The files of one version in the stage.
pub fn list_files(load: &Load, version: Version, platform: &Platform) -> String {
    format!("LIST @{}/{};", qualified(platform, &load.stage), Load::path_of(version))
}

/// The files that were loaded into a table, as far back as the history goes.
pub fn loaded_files(table: &str, platform: &Platform) -> String {
    let name = qualified(platform, table).literal();
    format!(
        "SELECT \"FILE_NAME\", \"STATUS\", \"LAST_LOAD_TIME\" FROM TABLE({}.INFORMATION_SCHEMA.COPY_HISTORY(TABLE_NAME => {name}, START_TIME => DATEADD(DAY, -14, CURRENT_TIMESTAMP())));",
        Identifier(&platform.database)
    )
}

/// A pipe's qualified name in a literal, as system functions take it.
pub fn pipe_literal(pipe: &str, platform: &Platform) -> String {
    qualified(platform, pipe).literal()
}
