//! The statements as they are planned, with every name and text a harmless one: what is rendered has exactly these tokens.

use std::fmt::Write as _;

use domain::design::{ClusterBy, OnError};
use domain::load::Load;
use domain::table::{Clustering, Column, Table, Tag};
use sqlparser::dialect::SnowflakeDialect;
use sqlparser::tokenizer::{Token, Tokenizer, Whitespace};

const PLACE: &str = r#""q"."q"."q""#;
const FILE_FORMAT: &str = "FILE_FORMAT = (TYPE = PARQUET USE_VECTORIZED_SCANNER = TRUE)";

/// The tokens of a text; names in quotes are all `""`, texts all `''`. A comment is one too: no statement has any.
pub fn tokens(sql: &str) -> Vec<String> {
    let tokens = Tokenizer::new(&SnowflakeDialect {}, sql).tokenize().unwrap_or_else(|e| panic!("{e} in\n{sql}"));
    let told = tokens.into_iter().filter_map(|token| match token {
        Token::Word(word) if word.quote_style == Some('"') => Some("\"\"".to_owned()),
        Token::SingleQuotedString(_) => Some("''".to_owned()),
        Token::Whitespace(Whitespace::Space | Whitespace::Newline | Whitespace::Tab) => None,
        other => Some(other.to_string()),
    });
    told.collect()
}

/// `CREATE TABLE`.
pub fn table(table: &Table) -> String {
    let options = &table.options;
    let kind = match (&options.iceberg, options.transient) {
        (Some(_), _) => "ICEBERG TABLE",
        (None, true) => "TRANSIENT TABLE",
        (None, false) => "TABLE",
    };
    let mut sql = match (options.replace, options.create_or_alter) {
        (true, _) => format!("CREATE OR REPLACE {kind}"),
        (false, true) => format!("CREATE OR ALTER {kind}"),
        (false, false) => format!("CREATE {kind} IF NOT EXISTS"),
    };
    let columns: Vec<String> = table.columns().map(column).collect();
    let _ = write!(sql, " {PLACE} ({})", columns.join(","));
    if !options.cluster_by.is_empty() {
        let keys: Vec<String> = options.cluster_by.iter().map(key).collect();
        let _ = write!(sql, " CLUSTER BY ({})", keys.join(","));
    }
    if options.iceberg.is_some() {
        sql += " EXTERNAL_VOLUME = 's' CATALOG = 's' BASE_LOCATION = 's' ICEBERG_VERSION = 3";
    }
    sql += if options.schema_evolution { " ENABLE_SCHEMA_EVOLUTION = TRUE" } else { "" };
    options.retention_days.iter().for_each(|days| _ = write!(sql, " DATA_RETENTION_TIME_IN_DAYS = {days}"));
    let further = options.max_data_extension_days.iter();
    further.for_each(|days| _ = write!(sql, " MAX_DATA_EXTENSION_TIME_IN_DAYS = {days}"));
    sql += if options.change_tracking { " CHANGE_TRACKING = TRUE" } else { " CHANGE_TRACKING = FALSE" };
    sql += if options.error_logging { " ERROR_LOGGING = TRUE" } else { "" };
    sql += if options.replace { " COPY GRANTS" } else { "" };
    sql += if table.comment.is_empty() { "" } else { " COMMENT = 's'" };
    if let Some((_, columns)) = &options.row_access {
        let _ = write!(sql, " ROW ACCESS POLICY {PLACE} ON ({})", vec!["\"q\""; columns.len()].join(","));
    }
    sql + &tags(&options.tags) + ";"
}

fn column(column: &Column) -> String {
    let mut sql = format!("\"q\" {}{}", column.ty, if column.nullable { "" } else { " NOT NULL" });
    sql += if column.attributes.collation.is_some() { " COLLATE 's'" } else { "" };
    if column.attributes.masking_policy.is_some() {
        let _ = write!(sql, " MASKING POLICY {PLACE}");
    }
    sql += &tags(&column.attributes.tags);
    sql + if column.comment.is_empty() { "" } else { " COMMENT 's'" }
}

fn tags(tags: &[Tag]) -> String {
    let each = vec![format!("{PLACE} = 's'"); tags.len()].join(",");
    if tags.is_empty() { String::new() } else { format!(" TAG ({each})") }
}

fn key(key: &Clustering) -> String {
    match key.by {
        None => "\"q\"".to_owned(),
        Some(ClusterBy::Hour | ClusterBy::Month) => "DATE_TRUNC('s', \"q\")".to_owned(),
        Some(ClusterBy::Day) => "TO_DATE(\"q\")".to_owned(),
        Some(ClusterBy::Prefix(length)) => format!("SUBSTRING(\"q\", 1, {length})"),
    }
}

/// `CREATE STAGE`.
pub fn stage() -> String {
    format!("CREATE STAGE IF NOT EXISTS {PLACE} URL = 's' STORAGE_INTEGRATION = S3_EVENTS {FILE_FORMAT} COMMENT = 's';")
}

/// `COPY INTO`. Each expression of its columns is one, as both parsers have found by then.
pub fn copy(table: &Table, load: &Load) -> String {
    let columns: Vec<&Column> = table.columns().collect();
    let names = vec!["\"q\""; columns.len()].join(",");
    let expressions: Vec<String> = columns.iter().map(|column| column.expression.to_string()).collect();
    let filled = format!("COPY INTO {PLACE} ({names}) FROM (SELECT {}", expressions.join(",\n"));
    if !load.kind.has_files() {
        return format!("{filled} FROM TABLE(DATA_SOURCE(TYPE => 's')));");
    }
    let pattern = if load.pattern.is_some() { "PATTERN = 's'" } else { "" };
    let on_error = match load.on_error {
        OnError::SkipFileAtPercent(_) => "'s'".to_owned(),
        other => other.to_string(),
    };
    let truncate = if load.truncate_columns { "TRUNCATECOLUMNS = TRUE" } else { "" };
    format!("{filled} FROM @{PLACE}/v={}/\n) {pattern} {FILE_FORMAT} ON_ERROR = {on_error} {truncate};", load.version)
}

/// `CREATE PIPE`.
pub fn pipe(table: &Table, load: &Load) -> String {
    let integration = if load.error_integration.is_some() { "ERROR_INTEGRATION = \"q\"" } else { "" };
    let topic = if load.aws_sns_topic.is_some() { "AWS_SNS_TOPIC = 's'" } else { "" };
    let ingest = if load.kind.has_files() { "AUTO_INGEST = TRUE" } else { "" };
    format!("CREATE PIPE {PLACE} {ingest} {integration} {topic} COMMENT = 's' AS {}", copy(table, load))
}

/// The statements that hand everything over.
pub fn grants(load: &Load) -> String {
    let (database, schema) = ("\"q\"", "\"q\".\"q\"");
    if !load.kind.has_files() {
        return format!(
            "GRANT USAGE ON DATABASE {database} TO ROLE \"q\"; GRANT USAGE ON SCHEMA {schema} TO ROLE \"q\";
            GRANT INSERT, SELECT ON TABLE {PLACE} TO ROLE \"q\"; GRANT MONITOR, OPERATE ON PIPE {PLACE} TO ROLE \"q\";
            GRANT USAGE ON DATABASE {database} TO ROLE \"q\"; GRANT USAGE ON SCHEMA {schema} TO ROLE \"q\";
            GRANT SELECT ON TABLE {PLACE} TO ROLE \"q\";"
        );
    }
    format!(
        "GRANT USAGE ON DATABASE {database} TO ROLE \"q\"; GRANT USAGE ON SCHEMA {schema} TO ROLE \"q\";
        GRANT INSERT, SELECT ON TABLE {PLACE} TO ROLE \"q\"; GRANT USAGE ON STAGE {PLACE} TO ROLE \"q\";
        ALTER PIPE {PLACE} SET PIPE_EXECUTION_PAUSED = TRUE; GRANT OWNERSHIP ON PIPE {PLACE} TO ROLE \"q\";
        SELECT SYSTEM$PIPE_FORCE_RESUME('s'); GRANT USAGE ON DATABASE {database} TO ROLE \"q\";
        GRANT USAGE ON SCHEMA {schema} TO ROLE \"q\"; GRANT SELECT ON TABLE {PLACE} TO ROLE \"q\";"
    )
}
