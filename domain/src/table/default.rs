//! What a column holds where the event has nothing. The load fills it in: a default of the table itself is for columns that a COPY
//! leaves out, and ours names every column.

use super::Row;
use crate::diagnostic::Diagnostic;
use crate::sql::constant;

/// Makes the row's expression give `text` instead of NULL.
pub(super) fn apply(row: &mut Row, text: &str) -> Option<Diagnostic> {
    match constant(text, row.column.ty) {
        Ok(constant) => {
            let filled = row.column.expression.or(&constant);
            row.column_mut().expression = filled;
            None
        }
        Err(form) => {
            let message = format!("The default is no value of {}.", row.column.ty);
            Some(Diagnostic::error("default-invalid", row.path.clone(), message).hint(form))
        }
    }
}
