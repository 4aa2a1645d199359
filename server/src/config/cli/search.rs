//! The arguments of `search`.

use clap::{Args, ValueEnum};

use super::RegistryArgs;

/// What `search` takes.
#[derive(Debug, Clone, Args)]
pub struct SearchArgs {
    /// The query, as on the Explore page: patterns and filters such as type:avro, -context:eu, field:email. Words are joined by blanks;
    /// put -- before a query that begins with a minus.
    #[arg(value_name = "QUERY", required = true)]
    pub query: Vec<String>,
    #[command(flatten)]
    pub registry: RegistryArgs,
    /// Where words without a key are looked for, comma-separated: subject, record, field, fieldtype, doc, tag.
    #[arg(long = "in", default_value = "subject", value_name = "PLACES")]
    pub places: String,
    /// Take words without a key as they are instead of as regular expressions.
    #[arg(long)]
    pub literal: bool,
    /// best, name, version, versions, id, type or fields; with - before it, the largest first.
    #[arg(long, default_value = "best", value_name = "ORDER", allow_hyphen_values = true)]
    pub sort: String,
    /// At most so many rows of the table; csv and json have all.
    #[arg(long, default_value_t = 50, value_name = "N")]
    pub limit: usize,
    /// What to print.
    #[arg(long, value_enum, default_value_t = SearchFormat::Table)]
    pub format: SearchFormat,
}

/// What `search` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SearchFormat {
    /// A line for each subject, with why it matched.
    Table,
    /// A JSON object a line.
    Json,
    /// Comma-separated values that no spreadsheet takes for formulas.
    Csv,
}
