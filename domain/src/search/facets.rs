//! The values of facets: their words in a query, their labels, and the order in which they stand.

use std::collections::HashMap;

use super::query::{DEFAULT_CONTEXT, Key, NOBODY, ONBOARDED, OnboardedIs, Query, UNKNOWN, words};
use super::{Chosen, Facet, FacetValue};
use crate::compare::Level;
use crate::registry::Onboarding;
use crate::subject::SchemaType;

/// The most values of one facet that are given.
pub const MAX_VALUES: usize = 50;

/// A facet from the counts of its words; words that do not occur are left out unless they are chosen.
pub(super) fn facet(key: Key, query: &Query, mut counts: HashMap<String, usize>) -> Facet {
    for term in query.terms().iter().filter(|term| term.key == Some(key)) {
        for word in words(&term.text) {
            counts.entry(word.to_owned()).or_default();
        }
    }
    let value = |(word, count): (String, usize)| FacetValue {
        label: label(key, &word),
        chosen: query.chosen(key, &word),
        word,
        count,
    };
    let mut values: Vec<FacetValue> =
        counts.into_iter().map(value).filter(|value| value.count > 0 || value.chosen != Chosen::No).collect();
    let order = order(key);
    let place = |value: &FacetValue| order.iter().position(|word| *word == value.word).unwrap_or(usize::MAX);
    values.sort_by(|a, b| (place(a), b.count, &a.word).cmp(&(place(b), a.count, &b.word)));
    let more = values.len().saturating_sub(MAX_VALUES);
    values.truncate(MAX_VALUES);
    Facet { key, values, more }
}

/// The words of a key whose values are known beforehand.
fn order(key: Key) -> Vec<String> {
    match key {
        Key::Type => SchemaType::ALL.map(|ty| ty.word().to_owned()).to_vec(),
        Key::Compatibility => Level::ALL.into_iter().map(Some).chain([None]).map(level_word).collect(),
        Key::Onboarded => ONBOARDED.iter().map(|(word, _)| (*word).to_owned()).collect(),
        Key::Deleted => vec!["no".to_owned(), "yes".to_owned()],
        _ => Vec::new(),
    }
}

/// The word of a level.
pub(super) fn level_word(level: Option<Level>) -> String {
    level.map_or_else(|| UNKNOWN.to_owned(), |level| level.word().to_ascii_lowercase())
}

/// The word of a context.
pub(super) fn context_word(context: Option<&str>) -> String {
    context.unwrap_or(DEFAULT_CONTEXT).to_owned()
}

/// The word of an owner.
pub(super) fn owner_word(owner: Option<&str>) -> String {
    owner.unwrap_or(NOBODY).to_owned()
}

/// The word of a state.
pub(super) fn state_word(state: Onboarding) -> &'static str {
    let is = |(_, other): &&(&str, OnboardedIs)| *other == OnboardedIs::Exactly(state);
    ONBOARDED.iter().find(is).map_or("none", |(word, _)| *word)
}

fn label(key: Key, word: &str) -> String {
    match (key, word) {
        (Key::Type, word) => SchemaType::from_word(word).map_or(word, |ty| ty.label()).to_owned(),
        (Key::Deleted, "yes") => "Deleted".to_owned(),
        (Key::Deleted, _) => "Not deleted".to_owned(),
        (Key::Onboarded, "none") => "Not yet".to_owned(),
        (Key::Onboarded, "behind") => "Behind the registry".to_owned(),
        (Key::Onboarded | Key::Compatibility, word) => sentence(&word.replace('_', " ")),
        (Key::Owner, NOBODY) => "Nobody".to_owned(),
        (_, word) => word.to_owned(),
    }
}

fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
