//! What every reader carries through a schema: what is left of the budget, and what was found so far.

use std::collections::BTreeSet;

use super::{Budget, Field, FieldPath, MAX_DEPTH, MAX_FIELDS, Schema};
use crate::diagnostic::{Diagnostic, Severity};

/// The most findings that are kept; one more says how many there would have been.
const MAX_FINDINGS: usize = 200;
/// The longest documentation of one field that is kept, in characters.
const MAX_DOC_CHARS: usize = 4_000;
/// The longest piece of a schema that is repeated in a message, in characters.
const MAX_QUOTE_CHARS: usize = 120;

/// The state of one reading.
#[derive(Debug, Default)]
pub struct Walk {
    budget: Budget,
    findings: Vec<Diagnostic>,
    said: BTreeSet<String>,
    unsaid: usize,
    unsaid_worst: Option<Severity>,
    exhausted: bool,
}

impl Walk {
    /// Asks for one more field at `path`. Says no for good, with one error, once the budget is spent.
    pub fn field(&mut self, path: &FieldPath) -> bool {
        let path_bytes = path.segments().iter().map(String::len).sum();
        let granted = !self.exhausted && self.budget.take_field() && self.budget.take_text(path_bytes);
        if !granted {
            self.exhaust(path, format!("The schema stands for more than {MAX_FIELDS} fields; the rest is not read."));
        }
        granted
    }

    /// Asks for one more look at a node. Says no for good, with one error, once the budget is spent.
    pub fn step(&mut self, path: &FieldPath) -> bool {
        let granted = !self.exhausted && self.budget.take_step();
        if !granted {
            self.exhaust(
                path,
                "The schema combines its definitions in too many ways; the rest is not read.".to_owned(),
            );
        }
        granted
    }

    /// Whether the budget is spent, so that every loop can end.
    pub fn exhausted(&self) -> bool {
        self.exhausted
    }

    /// Asks whether what is at `path` may have fields of its own; the first no is a warning.
    pub fn deeper(&mut self, path: &FieldPath) -> bool {
        let allowed = Budget::allows_depth(path);
        if !allowed {
            let message = format!("Fields nest deeper than {MAX_DEPTH}; below that a column keeps them as JSON text.");
            self.once(
                Diagnostic::warning("schema-truncated", path.clone(), message)
                    .hint("Let the sink job write this field as JSON text, or move it to an event of its own."),
            );
        }
        allowed
    }

    /// Documentation as plain text: trimmed, cut where it is endless, nothing if it is empty or the budget is spent.
    pub fn doc(&mut self, text: &str) -> Option<String> {
        let text = text.trim();
        let kept = match text.char_indices().nth(MAX_DOC_CHARS) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text.to_owned(),
        };
        (!kept.is_empty() && self.budget.take_text(kept.len())).then_some(kept)
    }

    /// A default as JSON text, or nothing if the budget is spent.
    pub fn json(&mut self, json: &serde_json::Value) -> Option<String> {
        self.json_text(json.to_string())
    }

    /// A default that already is JSON text, or nothing if the budget is spent.
    pub fn json_text(&mut self, json: String) -> Option<String> {
        self.budget.take_text(json.len()).then_some(json)
    }

    /// The symbols of an enum, or nothing, with a warning, if they do not fit in the budget.
    pub fn symbols<'s>(&mut self, path: &FieldPath, symbols: impl Iterator<Item = &'s str>) -> Option<Vec<String>> {
        let mut kept = Vec::new();
        for symbol in symbols {
            if !self.budget.take_text(symbol.len() + size_of::<String>()) {
                self.once(
                    Diagnostic::warning(
                        "schema-too-many-symbols",
                        path.clone(),
                        "The schema repeats more enum symbols than are kept; from here on enums are read as strings.",
                    )
                    .hint("Refer to large enums from fewer places."),
                );
                return None;
            }
            kept.push(symbol.to_owned());
        }
        Some(kept)
    }

    /// Records a finding.
    pub fn say(&mut self, finding: Diagnostic) {
        if self.findings.len() < MAX_FINDINGS {
            self.findings.push(finding);
        } else {
            self.unsaid += 1;
            self.unsaid_worst = self.unsaid_worst.max(Some(finding.severity));
        }
    }

    /// Records a finding unless one with its code was recorded this way before.
    pub fn once(&mut self, finding: Diagnostic) {
        if self.said.insert(finding.code.clone()) {
            self.say(finding);
        }
    }

    /// Records an error with a hint.
    pub fn error(&mut self, code: &str, path: &FieldPath, message: impl Into<String>, hint: &str) {
        self.say(Diagnostic::error(code, path.clone(), message).hint(hint));
    }

    /// Records a warning with a hint.
    pub fn warning(&mut self, code: &str, path: &FieldPath, message: impl Into<String>, hint: &str) {
        self.say(Diagnostic::warning(code, path.clone(), message).hint(hint));
    }

    /// Records a note.
    pub fn note(&mut self, code: &str, path: &FieldPath, message: impl Into<String>) {
        self.say(Diagnostic::note(code, path.clone(), message));
    }

    /// Ends the reading.
    pub fn finish(mut self, name: String, doc: Option<String>, fields: Vec<Field>) -> Schema {
        if self.unsaid > 0 {
            let mut rest = Diagnostic::note(
                "schema-more-findings",
                FieldPath::root(),
                format!("There are {} more findings of this kind.", self.unsaid),
            );
            rest.severity = self.unsaid_worst.unwrap_or(Severity::Note);
            self.findings.push(rest.hint("Correct the ones above first."));
        }
        if fields.is_empty() && !self.findings.iter().any(Diagnostic::is_error) {
            self.findings.push(
                Diagnostic::warning(
                    "schema-no-fields",
                    FieldPath::root(),
                    "The schema has no field that can be loaded.",
                )
                .hint("The table will have the envelope and load columns only."),
            );
        }
        Schema { name, doc, fields, diagnostics: self.findings }
    }

    fn exhaust(&mut self, path: &FieldPath, message: String) {
        if !self.exhausted {
            self.exhausted = true;
            let at = FieldPath::of(path.segments().iter().take(1).map(String::as_str));
            self.error("schema-too-many-fields", &at, message, "Split the event, or keep large parts as JSON text.");
        }
    }
}

/// A piece of the schema as a message repeats it: on one line, in quotes, cut where it is endless.
pub fn quote(text: &str) -> String {
    let mut shown: String = text.chars().take(MAX_QUOTE_CHARS).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("{shown:?}")
}
