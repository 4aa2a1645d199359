//! Findings about the event as a whole, each with what to do.

use super::Diagnostic;
use crate::schema::FieldPath;

/// An error.
pub fn error(code: &str, message: impl Into<String>, hint: impl Into<String>) -> Diagnostic {
    Diagnostic::error(code, FieldPath::root(), message).hint(hint)
}

/// A warning.
pub fn warning(code: &str, message: impl Into<String>, hint: impl Into<String>) -> Diagnostic {
    Diagnostic::warning(code, FieldPath::root(), message).hint(hint)
}
