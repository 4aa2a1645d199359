//! What a check finds: a diagnostic with the file and the line that it is about.

use std::fmt;
use std::path::Path;

use domain::diagnostic::Diagnostic;
use serde::Serialize;

use super::place::line_of;

/// One finding.
#[derive(Debug, Clone, Serialize)]
pub struct Finding {
    /// The file, as it was named, with slashes.
    pub file: String,
    /// The line that it is likely about, counted from 1.
    pub line: usize,
    /// What was found.
    #[serde(flatten)]
    pub diagnostic: Diagnostic,
}

impl Finding {
    /// A finding in a file with this text.
    pub fn new(file: &Path, text: &str, diagnostic: Diagnostic) -> Self {
        let line = line_of(text, &diagnostic.path);
        Self { file: file.to_string_lossy().replace('\\', "/"), line, diagnostic }
    }

    /// What is wrong and what to do, in a line.
    pub fn message(&self) -> String {
        let place = if self.diagnostic.path.is_root() { String::new() } else { format!("{}: ", self.diagnostic.path) };
        let hint = self.diagnostic.hint.as_ref().map(|hint| format!(" {hint}")).unwrap_or_default();
        format!("{place}{}{hint}", self.diagnostic.message)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.diagnostic)
    }
}

/// Whether it makes the check fail.
pub fn is_error(finding: &Finding) -> bool {
    finding.diagnostic.is_error()
}
