//! The statements, one column a line. Byte-stable: Terraform recreates a pipe whose text differs by a space, so the layout here
//! changes only on purpose.

use super::{Identifier, Lines, Literal, QualifiedName};
use crate::design::OnError;
use crate::load::Load;
use crate::platform::Platform;
use crate::table::{Column, Table};

/// The reader is pinned, in the stage and again in the pipe: Snowflake's default is about to change, and with it the meaning of
/// timestamps, maps and nulls.
const FILE_FORMAT: &str = "FILE_FORMAT = (TYPE = PARQUET USE_VECTORIZED_SCANNER = TRUE)";

pub(super) fn qualified<'a>(platform: &'a Platform, name: &'a str) -> QualifiedName<'a> {
    QualifiedName { database: &platform.database, schema: &platform.schema, name }
}

/// `CREATE STAGE`, ends with a newline.
pub fn create_stage(load: &Load, platform: &Platform) -> String {
    let integration = Identifier(&platform.storage_integration);
    let integration =
        if integration.is_plain() { platform.storage_integration.clone() } else { integration.to_string() };
    let mut text = format!("CREATE STAGE IF NOT EXISTS {}\n", qualified(platform, &load.stage));
    text += &format!("  URL = {}\n", Literal(&load.stage_url));
    text += &format!("  STORAGE_INTEGRATION = {integration}\n");
    text += &format!("  {FILE_FORMAT}\n");
    text += &format!("  COMMENT = {};\n", Literal(&load.event));
    text
}

/// `COPY INTO` line by line: the pipe's statement, and a file of its own for Terraform.
pub fn copy_lines<'a>(table: &'a Table, load: &Load, platform: &Platform) -> Lines<'a> {
    let mut lines = Lines::default();
    let columns: Vec<&Column> = table.columns().collect();
    lines.add(format_args!("COPY INTO {} (", qualified(platform, &table.name)));
    lines.add_columns(&columns, |text, column| {
        text.push_str("  ");
        Identifier(&column.name).write(text)
    });
    [")", "FROM (", "  SELECT"].iter().for_each(|text| lines.add(text));
    lines.add_columns(&columns, |text, column| {
        text.extend(["    ", column.expression.as_sql()]);
        Ok(())
    });
    if !load.kind.has_files() {
        ["  FROM TABLE(DATA_SOURCE(TYPE => 'STREAMING'))", ");"].iter().for_each(|text| lines.add(text));
        return lines;
    }
    lines.add(format_args!("  FROM @{}/{}", qualified(platform, &load.stage), load.path));
    lines.add(")");
    load.pattern.iter().for_each(|pattern| lines.add(format_args!("PATTERN = {}", Literal(pattern))));
    lines.add(FILE_FORMAT);
    lines.add(on_error(load));
    lines
}

/// The last line of a COPY: what it does with rows that do not fit.
fn on_error(load: &Load) -> String {
    let on_error = match load.on_error {
        share @ OnError::SkipFileAtPercent(_) => Literal(&share.to_string()).to_string(),
        other => other.to_string(),
    };
    let truncate = if load.truncate_columns { " TRUNCATECOLUMNS = TRUE" } else { "" };
    format!("ON_ERROR = {on_error}{truncate};")
}

/// `CREATE PIPE`, ends with a newline.
pub fn create_pipe(table: &Table, load: &Load, platform: &Platform) -> String {
    pipe_lines(table, load, platform).into_text()
}

/// `CREATE PIPE` line by line. Never `IF NOT EXISTS`: it would silently keep an old definition.
pub fn pipe_lines<'a>(table: &'a Table, load: &Load, platform: &Platform) -> Lines<'a> {
    pipe_around(&copy_lines(table, load, platform), load, platform)
}

/// The pipe around its COPY, which is written once for both.
pub(crate) fn pipe_around<'a>(copy: &Lines<'a>, load: &Load, platform: &Platform) -> Lines<'a> {
    let mut lines = Lines::default();
    lines.add(format_args!("CREATE PIPE {}", qualified(platform, &load.pipe)));
    if load.kind.has_files() {
        lines.add("  AUTO_INGEST = TRUE");
    }
    load.error_integration.iter().for_each(|name| lines.add(format_args!("  ERROR_INTEGRATION = {name}")));
    load.aws_sns_topic.iter().for_each(|topic| lines.add(format_args!("  AWS_SNS_TOPIC = {}", Literal(topic))));
    lines.add(format_args!("  COMMENT = {}", Literal(&load.pipe_comment())));
    lines.append("AS ", copy);
    lines
}
