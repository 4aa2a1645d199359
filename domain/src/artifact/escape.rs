//! Characters that mislead a reader of a file, in strings in double quotes: HCL, YAML and JSON write them alike.

use std::fmt::Write as _;

use serde::Serialize;

use crate::sql::misleads;

/// Adds text in which such characters stand within double quotes only, with their escapes for them. Lines stay.
pub(super) fn add_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        if misleads(c) && c != '\n' {
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
}

/// The values as YAML. With characters that mislead they are written as JSON, which YAML is a superset of: there every string is in
/// double quotes.
pub(super) fn yaml(values: &impl Serialize) -> String {
    let mut text = String::with_capacity(1024);
    if serde_saphyr::to_fmt_writer(&mut text, values).is_err() {
        text.clear();
    }
    if !text.chars().any(|c| misleads(c) && c != '\n') {
        return text;
    }
    json(values)
}

/// The values as JSON.
pub(super) fn json(values: &impl Serialize) -> String {
    let (json, mut out) = (serde_json::to_string_pretty(values).unwrap_or_default(), String::new());
    add_escaped(&mut out, &json);
    out + "\n"
}
