//! The statements, one column a line. Byte-stable: Terraform recreates a pipe whose text differs by a space, so the layout here
//! changes only on purpose.

use super::{Identifier, Literal, QualifiedName};
use crate::design::OnError;
use crate::load::Load;
use crate::platform::Platform;
use crate::schema::FieldPath;
use crate::table::{Column, Table};

/// One line of a statement without its line break, and the field whose column it is about.
pub type Line = (String, Option<FieldPath>);

/// The reader is pinned, in the stage and again in the pipe: Snowflake's default is about to change, and with it the meaning of
/// timestamps, maps and nulls.
const FILE_FORMAT: &str = "FILE_FORMAT = (TYPE = PARQUET USE_VECTORIZED_SCANNER = TRUE)";

pub(super) fn qualified<'a>(platform: &'a Platform, name: &'a str) -> QualifiedName<'a> {
    QualifiedName { database: &platform.database, schema: &platform.schema, name }
}

pub(super) fn joined(lines: Vec<Line>) -> String {
    lines.into_iter().map(|(text, _)| text + "\n").collect()
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
pub fn copy_lines(table: &Table, load: &Load, platform: &Platform) -> Vec<Line> {
    let columns: Vec<&Column> = table.columns().collect();
    let listed = |indent: &str, text: &dyn Fn(&Column) -> String| -> Vec<Line> {
        let last = columns.len().saturating_sub(1);
        let line = |(i, column): (usize, &&Column)| {
            let comma = if i < last { "," } else { "" };
            (format!("{indent}{}{comma}", text(column)), column.source.clone())
        };
        columns.iter().enumerate().map(line).collect()
    };
    let plain = |text: String| (text, None);
    let mut lines = vec![plain(format!("COPY INTO {} (", qualified(platform, &table.name)))];
    lines.extend(listed("  ", &|column| Identifier(&column.name).to_string()));
    lines.extend([")", "FROM (", "  SELECT"].map(|text| plain(text.to_owned())));
    lines.extend(listed("    ", &|column| column.expression.to_string()));
    lines.push(plain(format!("  FROM @{}/{}", qualified(platform, &load.stage), load.path)));
    lines.push(plain(")".to_owned()));
    lines.extend(load.pattern.iter().map(|pattern| plain(format!("PATTERN = {}", Literal(pattern)))));
    lines.push(plain(FILE_FORMAT.to_owned()));
    lines.push(plain(on_error(load)));
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
    joined(pipe_lines(table, load, platform))
}

/// `CREATE PIPE` line by line. Never `IF NOT EXISTS`: it would silently keep an old definition.
pub fn pipe_lines(table: &Table, load: &Load, platform: &Platform) -> Vec<Line> {
    let mut lines = vec![
        (format!("CREATE PIPE {}", qualified(platform, &load.pipe)), None),
        ("  AUTO_INGEST = TRUE".to_owned(), None),
    ];
    lines.extend(load.error_integration.iter().map(|name| (format!("  ERROR_INTEGRATION = {name}"), None)));
    lines.extend(load.aws_sns_topic.iter().map(|topic| (format!("  AWS_SNS_TOPIC = {}", Literal(topic)), None)));
    lines.push((format!("  COMMENT = {}", Literal(&load.pipe_comment())), None));
    let mut copy = copy_lines(table, load, platform);
    if let Some((first, _)) = copy.first_mut() {
        first.insert_str(0, "AS ");
    }
    lines.extend(copy);
    lines
}

/// `GRANT` statements for the role that loads and the role that reads, end with a newline. Ownership of a pipe moves only while it
/// is paused, and it must be resumed by force afterwards.
pub fn grants(table: &Table, load: &Load, platform: &Platform) -> String {
    let database = Identifier(&platform.database).to_string();
    let schema = format!("{database}.{}", Identifier(&platform.schema));
    let (table, stage) = (qualified(platform, &table.name), qualified(platform, &load.stage));
    let pipe = qualified(platform, &load.pipe);
    let (loader, reader) = (Identifier(&platform.loader_role), Identifier(&platform.reader_role));
    [
        format!("GRANT USAGE ON DATABASE {database} TO ROLE {loader};"),
        format!("GRANT USAGE ON SCHEMA {schema} TO ROLE {loader};"),
        format!("GRANT INSERT, SELECT ON TABLE {table} TO ROLE {loader};"),
        format!("GRANT USAGE ON STAGE {stage} TO ROLE {loader};"),
        format!("ALTER PIPE {pipe} SET PIPE_EXECUTION_PAUSED = TRUE;"),
        format!("GRANT OWNERSHIP ON PIPE {pipe} TO ROLE {loader};"),
        format!("SELECT SYSTEM$PIPE_FORCE_RESUME({});", pipe.literal()),
        format!("GRANT USAGE ON DATABASE {database} TO ROLE {reader};"),
        format!("GRANT USAGE ON SCHEMA {schema} TO ROLE {reader};"),
        format!("GRANT SELECT ON TABLE {table} TO ROLE {reader};"),
    ]
    .map(|line| line + "\n")
    .concat()
}
