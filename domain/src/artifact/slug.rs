//! Names of files, topics and prefixes for an event. Two subjects with different events never share one: whatever loses a
//! character, or could be taken for a name that did, carries a hash of the subject.

use crate::hash::short_hex;
use crate::subject::SubjectName;

const MAX_CHARS: usize = 80;
const MAX_TOPIC_CHARS: usize = 249;
const HASH_CHARS: usize = 8;

/// The names of one event outside the warehouse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slug {
    file: String,
    prefix: String,
    topic: String,
}

impl Slug {
    /// The names for a subject.
    pub fn of(subject: &SubjectName) -> Self {
        let event = subject.event_name();
        let context = subject.context().map(|context| context.trim_start_matches('.'));
        let whole = context.map_or_else(|| event.to_owned(), |context| format!("{context}__{event}"));
        let ambiguous = is_ambiguous(context, event) || ends_like_a_hash(&whole) || whole.len() > MAX_CHARS;
        let kept = |allowed: fn(char) -> bool| !ambiguous && whole.chars().all(allowed);
        let hashed = |text: &str| format!("{}-{}", lowered(text), short_hex(subject.as_str(), HASH_CHARS));
        Self {
            file: if kept(is_file_char) { whole.clone() } else { hashed(&whole) },
            prefix: if kept(is_key_char) && !is_dots(&whole) { whole.clone() } else { hashed(&whole) },
            topic: if is_topic_name(event) { event.to_owned() } else { hashed(event) },
        }
    }

    /// The stem of file names: `[a-z0-9_-]` only, never empty.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The event's part of a key in the bucket: `[A-Za-z0-9._-]` only, never only dots.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The Kafka topic: the event's name where Kafka accepts it.
    pub fn topic(&self) -> &str {
        &self.topic
    }

    /// The name of Terraform resources: starts with a letter or an underscore.
    pub fn label(&self) -> String {
        let starts_well = self.file.starts_with(|c: char| c.is_ascii_lowercase() || c == '_');
        if starts_well { self.file.clone() } else { format!("_{}", self.file) }
    }
}

/// Whether Kafka accepts the text as a topic's name.
pub(crate) fn is_topic_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= MAX_TOPIC_CHARS && text.chars().all(is_key_char) && text != "." && text != ".."
}

fn is_file_char(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-')
}

fn is_key_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')
}

fn is_dots(text: &str) -> bool {
    text.chars().all(|c| c == '.')
}

/// Whether another split into context and event would read the same.
fn is_ambiguous(context: Option<&str>, event: &str) -> bool {
    let underscores = context.is_some_and(|context| context.ends_with('_') || event.starts_with('_'));
    underscores || event.contains("__") || context.is_some_and(|context| context.contains("__"))
}

fn ends_like_a_hash(text: &str) -> bool {
    text.rsplit_once('-').is_some_and(|(_, end)| {
        end.len() == HASH_CHARS && end.chars().all(|c| c.is_ascii_digit() || matches!(c, 'a'..='f'))
    })
}

/// The text in lower case with every run of other characters as one underscore; never empty.
fn lowered(text: &str) -> String {
    let mut spelled = String::new();
    for c in text.chars().map(|c| c.to_ascii_lowercase()) {
        if is_file_char(c) && c != '_' {
            spelled.push(c);
        } else if !spelled.ends_with('_') {
            spelled.push('_');
        }
    }
    let kept: String = spelled.trim_matches(['_', '-']).chars().take(MAX_CHARS - HASH_CHARS).collect();
    if kept.is_empty() { "event".to_owned() } else { kept }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn slug(subject: &str) -> Slug {
        Slug::of(&SubjectName::parse(subject).unwrap())
    }

    #[test]
    fn a_plain_event_keeps_its_name() {
        assert_eq!(slug("order_placed-value").file(), "order_placed");
        assert_eq!(slug("order.placed-value").prefix(), "order.placed");
        assert_eq!(slug(":.eu:order_placed-value").file(), "eu__order_placed");
        assert_eq!(slug(":.eu:order_placed-value").topic(), "order_placed");
    }

    #[test]
    fn names_that_lose_a_character_stay_apart() {
        let subjects = [
            "a.b",
            "a/b",
            "a b",
            "A_B",
            "a_b",
            "..",
            "ü",
            "%2e%2e",
            ":.a:b",
            "a__b",
            ":.a:_b",
            ":.a_:b",
            "a.b-12345678",
        ];
        let files: std::collections::BTreeSet<String> = subjects.iter().map(|s| slug(s).file().to_owned()).collect();
        assert_eq!(files.len(), subjects.len());
        let fake = slug("a.b").file().to_owned();
        assert_ne!(slug(&fake).file(), fake, "a subject cannot take another's file by spelling its hash");
    }

    proptest! {
        #[test]
        fn every_name_is_safe_in_a_path_a_key_and_a_topic(subject in "\\PC{1,300}") {
            let Ok(subject) = SubjectName::parse(subject) else { return Ok(()) };
            let slug = Slug::of(&subject);
            prop_assert!(!slug.file().is_empty() && slug.file().len() <= 100 && slug.file().chars().all(is_file_char));
            prop_assert!(slug.prefix().chars().all(is_key_char) && !is_dots(slug.prefix()));
            prop_assert!(is_topic_name(slug.topic()));
            prop_assert!(!slug.label().starts_with(|c: char| c.is_ascii_digit() || c == '-'));
        }
    }
}
