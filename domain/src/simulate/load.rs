//! A file into a table as a pipe loads it: all of its rows, or none of them with the reason.

use super::cast::{assign, cast};
use super::evaluate::{Row, evaluate};
use super::value::{Failure, Outcome, Session, Value, Variant};
use crate::sql::ColumnType;
use crate::sql::syntax::{Expr, Finding, parse};
use crate::table::Table;

/// The rows that a reader has read from a file.
#[derive(Debug, Clone, Copy)]
pub struct File<'a> {
    /// Its path.
    pub name: &'a str,
    /// What `$1` is for each row.
    pub rows: &'a [Variant],
    /// When it is read, in nanoseconds since 1970-01-01T00:00:00Z.
    pub scanned: i128,
}

/// What becomes of a file with `ON_ERROR = SKIP_FILE`.
#[derive(Debug, Clone, PartialEq)]
pub enum Loaded {
    /// Its rows are in the table, each with the table's columns.
    Rows(Vec<Vec<Value>>),
    /// One row could not be loaded, so none is.
    Skipped(Skip),
}

/// Why a file is skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skip {
    /// The first row that could not be loaded, from 1.
    pub row: u64,
    /// The column that could not be filled.
    pub column: String,
    /// What was wrong, one sentence.
    pub reason: String,
}

/// A table with its expressions read once.
#[derive(Debug, Clone)]
pub struct Loader {
    columns: Vec<Target>,
    /// Whether a text that is too long is cut, as `TRUNCATECOLUMNS = TRUE` has it, and does not cost the file.
    truncates: bool,
}

#[derive(Debug, Clone)]
struct Target {
    name: String,
    ty: ColumnType,
    nullable: bool,
    expr: Expr,
}

impl Loader {
    /// What loads into a table, cutting texts that are too long if `truncates`; the finding is of the first expression that cannot be
    /// read.
    pub fn of(table: &Table, truncates: bool) -> Result<Self, Finding> {
        let target = |column: &crate::table::Column| {
            let expr = parse(&column.expression.to_string())?;
            Ok(Target { name: column.name.clone(), ty: column.ty, nullable: column.nullable, expr })
        };
        Ok(Self { columns: table.columns().map(target).collect::<Result<_, _>>()?, truncates })
    }

    /// The names of the columns, in the order of the cells.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.name.as_str())
    }

    /// What each column would hold of a row.
    pub fn cells(&self, row: Row<'_>) -> impl Iterator<Item = Outcome> {
        self.columns.iter().map(move |column| column.cell(row, self.truncates))
    }

    /// Loads a file, or skips it. It fails where something has no model.
    pub fn load(&self, file: File<'_>, session: Session) -> Outcome<Loaded> {
        let mut rows = vec![];
        for (number, value) in (1..).zip(file.rows) {
            let row = Row { value, file: file.name, number, scanned: file.scanned, session };
            let mut cells = vec![];
            for column in &self.columns {
                match column.cell(row, self.truncates) {
                    Ok(cell) => cells.push(cell),
                    Err(Failure::Refused(reason)) => {
                        return Ok(Loaded::Skipped(Skip { row: number, column: column.name.clone(), reason }));
                    }
                    Err(failure) => return Err(failure),
                }
            }
            rows.push(cells);
        }
        Ok(Loaded::Rows(rows))
    }
}

impl Target {
    fn cell(&self, row: Row<'_>, truncates: bool) -> Outcome {
        let keep = if truncates { cast } else { assign };
        let value = keep(evaluate(&self.expr, row)?, self.ty, row.session)?;
        if value == Value::Null && !self.nullable {
            return Err(Failure::refused("The column does not accept NULL."));
        }
        Ok(value)
    }
}
