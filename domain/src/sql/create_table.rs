//! The table's statement, one column a line, and what of a table can only be said by further statements.

use std::fmt::{self, Write};

use super::alter_options::replaced_row_access;
use super::statement::qualified;
use super::{Identifier, Lines, Literal, ObjectName};
use crate::design::ClusterBy;
use crate::platform::Platform;
use crate::table::{Clustering, Column, Table, TableOptions, Tag};

/// `CREATE TABLE`, ends with a newline.
pub fn create_table(table: &Table, platform: &Platform) -> String {
    table_lines(table, platform).into_text()
}

/// `CREATE TABLE` line by line.
pub fn table_lines<'a>(table: &'a Table, platform: &Platform) -> Lines<'a> {
    let name = qualified(platform, &table.name);
    let kind = match (&table.options.iceberg, table.options.transient) {
        (Some(_), _) => "ICEBERG TABLE",
        (None, true) => "TRANSIENT TABLE",
        (None, false) => "TABLE",
    };
    let head = if table.options.replace {
        format!("CREATE OR REPLACE {kind}")
    } else if table.options.create_or_alter {
        format!("CREATE OR ALTER {kind}")
    } else {
        format!("CREATE {kind} IF NOT EXISTS")
    };
    let mut lines = Lines::default();
    lines.add(format_args!("{head} {name} ("));
    let columns: Vec<&Column> = table.columns().collect();
    lines.add_columns(&columns, |text, column| {
        text.push_str("  ");
        Definition(column).write(text)
    });
    lines.add(format_args!("){};", table_options(table)));
    lines
}

/// One column, its clauses in the order of Snowflake's grammar.
pub(super) struct Definition<'a>(pub &'a Column);

impl fmt::Display for Definition<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}

impl Definition<'_> {
    fn write(&self, f: &mut impl Write) -> fmt::Result {
        let Column { name, ty, nullable, comment, attributes, .. } = self.0;
        Identifier(name).write(f)?;
        f.write_str(" ")?;
        f.write_str(&ty.spelled())?;
        f.write_str(if *nullable { "" } else { " NOT NULL" })?;
        if let Some(collation) = &attributes.collation {
            write!(f, " COLLATE {}", Literal(collation))?;
        }
        if let Some(policy) = &attributes.masking_policy {
            write!(f, " MASKING POLICY {policy}")?;
        }
        f.write_str(&tagged(&attributes.tags))?;
        if comment.is_empty() {
            return Ok(());
        }
        f.write_str(" COMMENT ")?;
        Literal(comment).write(f)
    }
}

/// What stands behind the columns, in the order of Snowflake's grammar.
fn table_options(table: &Table) -> String {
    let options = &table.options;
    let mut text = String::new();
    if let Some(clustering) = clustering(options) {
        text += &format!(" {clustering}");
    }
    if let Some(iceberg) = &options.iceberg {
        let (volume, location) = (Literal(&iceberg.volume), Literal(&iceberg.base_location));
        text += &format!(
            " EXTERNAL_VOLUME = {volume} CATALOG = 'SNOWFLAKE' BASE_LOCATION = {location} ICEBERG_VERSION = 3"
        );
    }
    if options.schema_evolution {
        text += " ENABLE_SCHEMA_EVOLUTION = TRUE";
    }
    if let Some(days) = options.retention_days {
        text += &format!(" DATA_RETENTION_TIME_IN_DAYS = {days}");
    }
    if let Some(days) = options.max_data_extension_days {
        text += &format!(" MAX_DATA_EXTENSION_TIME_IN_DAYS = {days}");
    }
    text += if options.change_tracking { " CHANGE_TRACKING = TRUE" } else { " CHANGE_TRACKING = FALSE" };
    if options.error_logging {
        text += " ERROR_LOGGING = TRUE";
    }
    if options.replace {
        text += " COPY GRANTS";
    }
    if !table.comment.is_empty() {
        text += &format!(" COMMENT = {}", Literal(&table.comment));
    }
    if let Some(access) = &options.row_access {
        text += &format!(" {}", row_access(access));
    }
    text + &tagged(&options.tags)
}

/// `CLUSTER BY (…)`, if there are keys.
pub(super) fn clustering(options: &TableOptions) -> Option<String> {
    let keys: Vec<String> =
        options.cluster_by.iter().map(|key| cluster_key(key, &Identifier(&key.column).to_string())).collect();
    (!keys.is_empty()).then(|| format!("CLUSTER BY ({})", keys.join(", ")))
}

/// The key over a column that is written as `name`.
fn cluster_key(key: &Clustering, name: &str) -> String {
    match key.by {
        None => name.to_owned(),
        Some(ClusterBy::Hour) => format!("DATE_TRUNC('HOUR', {name})"),
        Some(ClusterBy::Day) => format!("TO_DATE({name})"),
        Some(ClusterBy::Month) => format!("DATE_TRUNC('MONTH', {name})"),
        Some(ClusterBy::Prefix(length)) => format!("SUBSTRING({name}, 1, {length})"),
    }
}

/// The keys as Snowflake shows them, which is what Terraform compares with: names that need no quotes have none.
pub(crate) fn cluster_keys(table: &Table) -> Vec<String> {
    let shown = |key: &Clustering| {
        let name = Identifier(&key.column);
        cluster_key(key, &if name.is_plain() { key.column.clone() } else { name.to_string() })
    };
    table.options.cluster_by.iter().map(shown).collect()
}

pub(super) fn row_access((policy, columns): &(ObjectName, Vec<String>)) -> String {
    let columns: Vec<String> = columns.iter().map(|column| Identifier(column).to_string()).collect();
    format!("ROW ACCESS POLICY {policy} ON ({})", columns.join(", "))
}

/// ` TAG (name = 'value', …)`; empty without tags.
fn tagged(tags: &[Tag]) -> String {
    if tags.is_empty() { String::new() } else { format!(" TAG ({})", assigned(tags)) }
}

/// What of a table Terraform's provider has no argument for, each as a statement with what it is about. The policy of a table that
/// is live is on it already, and would be refused if it were only added.
pub fn table_settings(table: &Table, is_live: bool, platform: &Platform) -> Vec<(String, String)> {
    let name = qualified(platform, &table.name);
    let of_columns = table.columns().filter(|column| !column.attributes.tags.is_empty()).map(|column| {
        let (about, column_name) = (format!("tags of {}", column.name), Identifier(&column.name));
        (about, format!("ALTER TABLE {name} MODIFY COLUMN {column_name} SET TAG {}", assigned(&column.attributes.tags)))
    });
    let options = &table.options;
    let of_table = [
        options.error_logging.then(|| ("error logging", "SET ERROR_LOGGING = TRUE".to_owned())),
        options.schema_evolution.then(|| ("schema evolution", "SET ENABLE_SCHEMA_EVOLUTION = TRUE".to_owned())),
        options
            .max_data_extension_days
            .map(|days| ("data extension", format!("SET MAX_DATA_EXTENSION_TIME_IN_DAYS = {days}"))),
        options.row_access.as_ref().map(|access| {
            let add =
                if is_live { replaced_row_access(&access.0, access) } else { format!("ADD {}", row_access(access)) };
            ("row access", add)
        }),
        (!options.tags.is_empty()).then(|| ("tags", format!("SET TAG {}", assigned(&options.tags)))),
    ];
    let altered = |(about, change): (&str, String)| (about.to_owned(), format!("ALTER TABLE {name} {change}"));
    of_table.into_iter().flatten().map(altered).chain(of_columns).collect()
}

/// `name = 'value', …`.
pub(super) fn assigned(tags: &[Tag]) -> String {
    tags.iter().map(|tag| format!("{} = {}", tag.name, Literal(&tag.value))).collect::<Vec<_>>().join(", ")
}
