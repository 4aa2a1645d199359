//! What every reader carries through a schema: what is left of the budget, and what was found so far.

use std::collections::BTreeSet;

use super::budget::MAX_NAME_BYTES;
use super::{Budget, Field, FieldPath, MAX_DEPTH, MAX_FIELDS, Quirk, QuirkKind, Schema};
use crate::diagnostic::{Diagnostic, Severity};
use crate::schema::json::Value;

/// The most findings of one severity that are kept; one more says how many there would have been.
const MAX_FINDINGS: usize = 200;
/// The longest documentation of one field that is kept, in characters.
const MAX_DOC_CHARS: usize = 4_000;
/// The longest default of one field that is kept, in bytes of JSON.
const MAX_DEFAULT_BYTES: usize = 4_000;
/// The most tags of one field that are kept.
const MAX_TAGS: usize = 32;
/// The longest piece of a schema that is repeated in a message, in characters.
const MAX_QUOTE_CHARS: usize = 120;

/// The state of one reading.
#[derive(Debug, Default)]
pub struct Walk {
    budget: Budget,
    findings: Vec<Diagnostic>,
    quirks: Vec<Quirk>,
    /// How many of them there are by severity.
    kept: [usize; 3],
    said: BTreeSet<String>,
    unsaid: usize,
    unsaid_worst: Option<Severity>,
    exhausted: bool,
}

impl Walk {
    /// Asks for one more field at `path`. Says no for good, with one error, once the budget is spent.
    pub fn field(&mut self, path: &FieldPath) -> bool {
        let granted = !self.exhausted && self.budget.take_field(path);
        if !granted {
            self.exhaust(path, format!("The schema stands for more than {MAX_FIELDS} fields; the rest is not read."));
        }
        granted
    }

    /// Asks for one more look at a node. Says no for good, with one error, once the budget is spent.
    pub fn step(&mut self, path: &FieldPath) -> bool {
        self.steps(1, path)
    }

    /// Asks for a look at so many entries of a list, which definitions that are used often repeat.
    pub fn steps(&mut self, count: usize, path: &FieldPath) -> bool {
        let granted = !self.exhausted && self.budget.take_steps(count);
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
            let message = format!("Fields nest deeper than {MAX_DEPTH}; below that they have no columns of their own.");
            self.once(
                Diagnostic::warning("schema-truncated", path.clone(), message)
                    .hint("Read them from the column of what is around them, or move them to an event of their own."),
            );
        }
        allowed
    }

    /// Documentation as plain text: trimmed, cut where it is endless, nothing if it is empty or the budget is spent.
    pub fn doc(&mut self, text: &str) -> Option<String> {
        // Cut first: trimming a megabyte of spaces at each use of a type takes its time.
        let near = &text[..text.floor_char_boundary(MAX_DOC_CHARS * 4)];
        let text = near.trim();
        let kept = match text.char_indices().nth(MAX_DOC_CHARS) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text.to_owned(),
        };
        (!kept.is_empty() && self.budget.take_text(kept.len())).then_some(kept)
    }

    /// Tags, each once and none endless, as far as the budget goes.
    pub fn tags<'t>(&mut self, tags: impl Iterator<Item = &'t str>) -> Vec<String> {
        let mut kept: Vec<String> = Vec::new();
        for tag in tags.filter(|tag| !tag.is_empty() && tag.len() <= MAX_NAME_BYTES) {
            if kept.len() >= MAX_TAGS || !self.budget.take_text(tag.len() + size_of::<String>()) {
                break;
            }
            if !kept.iter().any(|known| known == tag) {
                kept.push(tag.to_owned());
            }
        }
        kept
    }

    /// A default as JSON text, or nothing if it is endless or the budget is spent.
    pub fn json(&mut self, json: &Value) -> Option<String> {
        is_short(json, &mut 0).then(|| self.json_text(json.to_string())).flatten()
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
        if !self.is_full(finding.severity) {
            self.kept[finding.severity as usize] += 1;
            self.findings.push(finding);
        } else {
            self.unsaid += 1;
            self.unsaid_worst = self.unsaid_worst.max(Some(finding.severity));
        }
    }

    /// Whether another finding of this severity would only be counted. Asked before a path is put together for it.
    pub fn is_full(&self, severity: Severity) -> bool {
        self.kept[severity as usize] >= MAX_FINDINGS
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

    /// Records something that the field model leaves out.
    pub fn quirk(&mut self, path: &FieldPath, kind: QuirkKind) {
        if self.quirks.len() < MAX_FINDINGS {
            self.quirks.push(Quirk { path: path.clone(), kind });
        }
    }

    /// Ends the reading.
    pub fn finish(mut self, name: String, doc: Option<String>, fields: Vec<Field>) -> Schema {
        if self.unsaid > 0 {
            let mut rest = Diagnostic::note(
                "schema-more-findings",
                FieldPath::root(),
                format!("There are {} more findings like these.", self.unsaid),
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
        Schema { name, doc, fields, quirks: self.quirks.into(), diagnostics: self.findings, ..Schema::default() }
    }

    fn exhaust(&mut self, path: &FieldPath, message: String) {
        if !self.exhausted {
            self.exhausted = true;
            let at = FieldPath::of(path.segments().iter().take(1).map(String::as_str));
            self.error("schema-too-many-fields", &at, message, "Split the event, or keep large parts as JSON text.");
        }
    }
}

/// Whether a value has at most [`MAX_DEFAULT_BYTES`], found out without going through all of one that has more.
fn is_short(json: &Value, bytes: &mut usize) -> bool {
    *bytes += match json {
        Value::String(text) => text.len() + 2,
        _ => 2,
    };
    *bytes <= MAX_DEFAULT_BYTES
        && match json {
            Value::Array(items) => items.iter().all(|item| is_short(item, bytes)),
            Value::Object(members) => members.iter().all(|(key, value)| {
                *bytes += key.len() + 3;
                is_short(value, bytes)
            }),
            _ => true,
        }
}

/// A value of the schema as a message repeats it.
pub fn quote_json(value: &Value) -> String {
    match value {
        Value::String(text) => quote(text),
        Value::Array(_) => "A list".to_owned(),
        Value::Object(_) => "An object".to_owned(),
        plain => plain.to_string(),
    }
}

/// A name of the schema as names of types are kept: cut where it is endless.
pub fn short(name: &str) -> &str {
    &name[..name.floor_char_boundary(MAX_NAME_BYTES)]
}

/// A piece of the schema as a message repeats it: on one line, in quotes, cut where it is endless.
pub fn quote(text: &str) -> String {
    let mut shown: String = text.chars().take(MAX_QUOTE_CHARS).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("{shown:?}")
}
