//! The tags of a schema's metadata, which the registry keeps beside the text: each set belongs to every field whose full name fits a
//! pattern. What the full name is depends on the language, as Confluent's clients have it: the record's or message's full name and
//! the field's, in JSON Schema `$` and the properties down to it
//! (<https://docs.confluent.io/platform/current/schema-registry/fundamentals/data-contracts.html>).

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::budget::{MAX_KEPT_TEXT, MAX_NAME_BYTES};
use super::{Field, FieldPath, FieldType, Schema};
use crate::diagnostic::Diagnostic;
use crate::subject::SchemaType;

/// Tags by pattern: `?` is one character and `*` any number of them within a name, `**` any number of any.
pub type MetadataTags = BTreeMap<String, Vec<String>>;

/// The most patterns of one schema's metadata.
const MAX_PATTERNS: usize = 1_000;
/// The most tags of one field.
const MAX_TAGS: usize = 32;
/// The most characters that all patterns are compared with.
const MAX_STEPS: usize = 20_000_000;

/// The tags in the metadata that a registry answers with: `{"tags": {"**.ssn": ["PII"]}}`. What has another form is left out.
pub fn metadata_tags(metadata: &Value) -> MetadataTags {
    let tags = metadata.get("tags").and_then(Value::as_object).into_iter().flatten();
    let short = |text: &&str| !text.is_empty() && text.len() <= MAX_NAME_BYTES;
    let known = tags.filter(|(pattern, _)| short(&pattern.as_str())).filter_map(|(pattern, tags)| {
        let tags = tags.as_array()?.iter().filter_map(Value::as_str).filter(short).take(MAX_TAGS);
        Some((pattern.clone(), tags.map(str::to_owned).collect()))
    });
    known.take(MAX_PATTERNS).collect()
}

/// Gives the fields of a schema the tags of its metadata.
pub(super) fn apply(schema: &mut Schema, metadata: &MetadataTags, language: SchemaType) {
    if metadata.is_empty() {
        return;
    }
    let is_pattern = |name: &&String| name.contains(['*', '?']);
    let patterns = metadata.iter().filter(|(name, _)| is_pattern(name));
    let mut tagger = Tagger {
        exact: metadata
            .iter()
            .filter(|(name, _)| !is_pattern(name))
            .map(|(name, tags)| (name.as_str(), tags))
            .collect(),
        patterns: patterns.map(|(name, tags)| (name.replace("**.*", "**").chars().collect(), tags)).collect(),
        by_path: language == SchemaType::Json,
        steps: MAX_STEPS,
        room: MAX_KEPT_TEXT,
    };
    let top = if tagger.by_path { "$".to_owned() } else { schema.name.clone() };
    tagger.add(&top, &mut schema.event.tags);
    tagger.fields(&mut schema.fields, &top);
    if tagger.steps == 0 || tagger.room == 0 {
        let message = "The metadata has too many tags and patterns for so many fields; some fields lack their tags.";
        let finding = Diagnostic::warning("schema-too-many-tags", FieldPath::root(), message);
        schema.diagnostics.push(finding.hint("Write full names instead of patterns, or tag the fields in the schema."));
    }
}

struct Tagger<'m> {
    exact: HashMap<&'m str, &'m Vec<String>>,
    patterns: Vec<(Vec<char>, &'m Vec<String>)>,
    by_path: bool,
    steps: usize,
    /// How many bytes of tags may still be kept.
    room: usize,
}

impl Tagger<'_> {
    fn fields(&mut self, fields: &mut [Field], around: &str) {
        for field in fields {
            let name = if around.is_empty() { field.name.clone() } else { format!("{around}.{}", field.name) };
            self.add(&name, &mut field.tags);
            if !self.by_path {
                held(&field.ty, &mut |record| self.add(record, &mut field.tags));
            }
            self.inside(&mut field.ty, &name);
        }
    }

    fn inside(&mut self, ty: &mut FieldType, path: &str) {
        match ty {
            FieldType::Record { name, fields } => {
                let around = if self.by_path { path.to_owned() } else { name.clone() };
                self.fields(fields, &around);
            }
            FieldType::Array { item: inner } | FieldType::Map { value: inner, .. } => self.inside(&mut inner.ty, path),
            FieldType::Union { branches } => branches.iter_mut().for_each(|branch| self.inside(&mut branch.ty, path)),
            _ => {}
        }
    }

    fn add(&mut self, name: &str, tags: &mut Vec<String>) {
        let mut found: Vec<&Vec<String>> = self.exact.get(name).copied().into_iter().collect();
        let chars: Vec<char> = if self.patterns.is_empty() { Vec::new() } else { name.chars().collect() };
        for (pattern, more) in &self.patterns {
            let cost = pattern.len().saturating_mul(chars.len()).saturating_add(1);
            let Some(left) = self.steps.checked_sub(cost) else {
                self.steps = 0;
                break;
            };
            self.steps = left;
            if fits(pattern, &chars) {
                found.push(more);
            }
        }
        for tag in found.into_iter().flatten().filter(|tag| !tag.is_empty()) {
            if tags.len() < MAX_TAGS && !tags.contains(tag) {
                let left = self.room.checked_sub(tag.len() + size_of::<String>());
                self.room = left.unwrap_or(0);
                tags.extend(left.map(|_| tag.clone()));
            }
        }
    }
}

/// The names of the records that a field of this type holds: itself, in lists, in maps and in unions, but not inside another record.
fn held(ty: &FieldType, of_record: &mut impl FnMut(&str)) {
    match ty {
        FieldType::Record { name, .. } => of_record(name),
        FieldType::Array { item: inner } | FieldType::Map { value: inner, .. } => held(&inner.ty, of_record),
        FieldType::Union { branches } => branches.iter().for_each(|branch| held(&branch.ty, of_record)),
        _ => {}
    }
}

/// Whether a name fits a pattern as a whole; takes as many steps as the two are long, multiplied.
fn fits(pattern: &[char], name: &[char]) -> bool {
    // For each length of the name whether the pattern so far fits it.
    let mut reached = vec![false; name.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    let mut left = pattern;
    while let Some((sign, rest)) = left.split_first() {
        let (is_any, rest) = match (sign, rest.split_first()) {
            ('*', Some(('*', after))) => (Some(true), after),
            ('*', _) => (Some(false), rest),
            _ => (None, rest),
        };
        left = rest;
        let mut next = vec![false; name.len() + 1];
        for at in 0..=name.len() {
            let before = at.checked_sub(1).and_then(|before| Some((before, *name.get(before)?)));
            let fits = match (is_any, before) {
                (None, None) => false,
                (None, Some((before, c))) => {
                    (c == *sign || *sign == '?' && c != '.') && reached.get(before) == Some(&true)
                }
                (Some(crosses), before) => {
                    reached.get(at) == Some(&true)
                        || before.is_some_and(|(before, c)| (crosses || c != '.') && next.get(before) == Some(&true))
                }
            };
            if let Some(place) = next.get_mut(at) {
                *place = fits;
            }
        }
        reached = next;
    }
    reached.last() == Some(&true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_list_of_texts_in_the_metadata_is_left_out() {
        let metadata =
            serde_json::json!({ "tags": { "**.ssn": ["PII", 7, ""], "a": "PII", "": ["X"] }, "properties": {} });
        let expected = MetadataTags::from([("**.ssn".to_owned(), vec!["PII".to_owned()])]);
        assert_eq!(metadata_tags(&metadata), expected);
        assert_eq!(metadata_tags(&Value::Null), MetadataTags::new());
    }

    #[test]
    fn patterns_stop_at_names_unless_they_have_two_stars() {
        for (pattern, name, expected) in [
            ("eve", "eve", true),
            ("eve*", "eve", true),
            ("a*.bob.eve", "alice.bob.eve", true),
            ("a*.bob.e*", "alice.bob.eve", true),
            ("a*", "alice.bob.eve", false),
            ("a**", "alice.bob.eve", true),
            ("alice.bob*", "alice.bob.eve", false),
            ("alice.bob**", "alice.bob.eve", true),
            ("**.ssn", "com.acme.Person.ssn", true),
            ("**.ssn", "ssn", false),
            ("**.s?n", "a.ssn", true),
            ("**.s?n", "a.s.n", false),
            ("*", "", true),
            ("", "", true),
            ("", "a", false),
        ] {
            let chars = |text: &str| text.chars().collect::<Vec<char>>();
            assert_eq!(fits(&chars(pattern), &chars(name)), expected, "{pattern} {name}");
        }
    }
}
