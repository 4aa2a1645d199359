//! What a schema, an edit or an option does wrong, said as part of the result: the preview always shows something beside it.

pub(crate) mod event;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::schema::FieldPath;

/// How much a diagnostic matters. An error stops a request from being submitted; a warning is shown to the reviewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing to do.
    Note,
    /// Works, with a risk that the message names.
    Warning,
    /// What is generated would not work or would not mean what the schema says.
    Error,
}

/// One finding. `code` is stable and kebab-case (`avro-recursive`), for scripts and for case files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// Stable name of the rule.
    pub code: String,
    /// The field that it is about; empty for the whole schema.
    pub path: FieldPath,
    /// What is wrong, one sentence.
    pub message: String,
    /// What to do about it, one sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

impl Diagnostic {
    /// An error at `path`.
    pub fn error(code: &str, path: FieldPath, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, path, message)
    }

    /// A warning at `path`.
    pub fn warning(code: &str, path: FieldPath, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, path, message)
    }

    /// A note at `path`.
    pub fn note(code: &str, path: FieldPath, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, path, message)
    }

    /// The same finding with a sentence that says what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// What is wrong and what to do about it, for a place where the rule and the field are seen anyway.
    pub fn sentences(&self) -> String {
        match &self.hint {
            Some(hint) => format!("{} {hint}", self.message),
            None => self.message.clone(),
        }
    }

    /// Whether it stops a request.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    fn new(severity: Severity, code: &str, path: FieldPath, message: impl Into<String>) -> Self {
        Self { severity, code: code.to_owned(), path, message: message.into(), hint: None }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        write!(f, "{word}[{}]", self.code)?;
        if !self.path.is_root() {
            write!(f, " {}", self.path)?;
        }
        write!(f, ": {}", self.sentences())
    }
}
