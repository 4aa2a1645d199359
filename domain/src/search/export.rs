//! Rows as text for other programs: CSV that no spreadsheet takes for formulas, or a JSON object a line.

use std::fmt::Write as _;
use std::str::FromStr;

use super::{Match, Row};
use crate::search::facets::{context_word, level_word, state_word};

/// How rows are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values with a line of names first, as RFC 4180 has them.
    #[default]
    Csv,
    /// A JSON object a line.
    Json,
}

/// Why a text is no format, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("An export is written as csv or json.")]
pub struct FormatError;

impl FromStr for Format {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "csv" => Ok(Self::Csv),
            "json" => Ok(Self::Json),
            _ => Err(FormatError),
        }
    }
}

const NAMES: [&str; 13] = [
    "registry",
    "subject",
    "context",
    "type",
    "version",
    "id",
    "versions",
    "fields",
    "deleted",
    "compatibility",
    "onboarding",
    "owner",
    "matches",
];

impl Format {
    /// What stands before the first row.
    pub fn head(self) -> String {
        match self {
            Self::Csv => format!("{}\r\n", NAMES.join(",")),
            Self::Json => String::new(),
        }
    }

    /// One row with its line break.
    pub fn row(self, row: &Row) -> String {
        match self {
            Self::Json => serde_json::to_string(row).map(|line| line + "\n").unwrap_or_default(),
            Self::Csv => {
                let number = |value: Option<u32>| value.map(|value| value.to_string()).unwrap_or_default();
                let cells = [
                    row.registry.clone(),
                    row.subject.to_string(),
                    context_word(row.subject.context()),
                    row.schema_type.map(|ty| ty.word().to_owned()).unwrap_or_default(),
                    number(row.version.map(|version| version.0)),
                    number(row.id.map(|id| id.0)),
                    row.versions.to_string(),
                    row.fields.to_string(),
                    if row.deleted { "yes" } else { "no" }.to_owned(),
                    level_word(row.compatibility),
                    state_word(row.onboarding).to_owned(),
                    row.owner.clone().unwrap_or_default(),
                    row.matches.iter().map(matched).collect::<Vec<_>>().join("; "),
                ];
                cells.map(|cell| quoted(&cell)).join(",") + "\r\n"
            }
        }
    }
}

fn matched(one: &Match) -> String {
    let mut text = format!("{} {}", one.place, one.text);
    if let Some(version) = one.version {
        let _ = write!(text, " (version {version})");
    }
    text
}

/// A cell that is read as text: spreadsheets run what begins like a formula, even in quotes.
fn quoted(cell: &str) -> String {
    let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    let cell = if runs { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\r', '\n', '\'']) || cell.starts_with(' ') {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_begins_like_a_formula_is_text() {
        for cell in ["=1+1", "+1", "-value", "@x", "\tx", "=HYPERLINK(\"http://x\",\"y\")"] {
            assert!(quoted(cell).starts_with("\"'"), "{cell}");
        }
        assert_eq!(quoted("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(quoted("order_placed-value"), "order_placed-value");
    }
}
