//! What the value of a filter says.

use crate::compare::Level;
use crate::registry::Onboarding;
use crate::search::Place;
use crate::subject::{SchemaId, SchemaType, Version};

use super::Key;

/// A filter's value, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// Where words without a key are looked for.
    In(Vec<Place>),
    /// A pattern for the texts of one place.
    Text(Place, String),
    /// One of these languages.
    Type(Vec<SchemaType>),
    /// One of these contexts, with their dot; `None` is the default context.
    Context(Vec<Option<String>>),
    /// One of these registries.
    Registry(Vec<String>),
    /// One of these levels; `None` is an unknown one.
    Compatibility(Vec<Option<Level>>),
    /// One of these.
    Onboarded(Vec<OnboardedIs>),
    /// Whether it is soft-deleted.
    Deleted(bool),
    /// One of these people; `None` is nobody.
    Owner(Vec<Option<String>>),
    /// What is asked of versions.
    Version(VersionIs),
    /// One of these ids.
    Id(Vec<SchemaId>),
}

/// What is asked of what became of a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnboardedIs {
    /// It is in the catalogue.
    Yes,
    /// It is not.
    No,
    /// Exactly this.
    Exactly(Onboarding),
}

/// What is asked of a subject's versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VersionIs {
    /// It has this one.
    Has(Version),
    /// Its newest is this or larger.
    From(Version),
    /// Its newest is this or smaller.
    To(Version),
    /// The texts that patterns match are those of the newest version.
    Newest,
    /// The texts that patterns match are those that only older versions have.
    Old,
}

/// Why a value cannot be used, and one that can.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// A sentence.
    pub message: String,
    /// Another value.
    pub repair: Option<String>,
}

impl OnboardedIs {
    /// Whether this became of it.
    pub fn holds(self, of: Onboarding) -> bool {
        match self {
            Self::Yes => matches!(of, Onboarding::Live | Onboarding::Behind),
            Self::No => !matches!(of, Onboarding::Live | Onboarding::Behind),
            Self::Exactly(state) => state == of,
        }
    }
}

impl Filter {
    /// Reads the value of a key.
    pub(super) fn read(key: Key, text: &str, excluded: bool) -> Result<Self, Wrong> {
        if text.is_empty() {
            return Err(wrong(format!("{}: needs a value, as in {}.", key.word(), key.example())));
        }
        if let Some(place) = key.place() {
            return Ok(Self::Text(place, text.to_owned()));
        }
        Ok(match key {
            Key::In if excluded => return Err(wrong("in: cannot be excluded. Name the places to look in instead.")),
            Key::In => Self::In(one_of(text, "place", &Place::ALL.map(|p| (p.word(), p)))?),
            Key::Type => Self::Type(one_of(text, "type", &SchemaType::ALL.map(|t| (t.word(), t)))?),
            Key::Compatibility => Self::Compatibility(levels(text)?),
            Key::Onboarded => Self::Onboarded(one_of(text, "state", &ONBOARDED)?),
            Key::Deleted => Self::Deleted(one_of(text, "answer", &[("yes", true), ("no", false)])?.contains(&true)),
            Key::Version => Self::Version(version(text)?),
            Key::Id => Self::Id(ids(text)?),
            Key::Context => Self::Context(words(text).map(context).collect()),
            Key::Owner => Self::Owner(words(text).map(|word| (word != NOBODY).then(|| word.to_owned())).collect()),
            _ => Self::Registry(words(text).map(str::to_owned).collect()),
        })
    }
}

/// The word for the context that has no name.
pub const DEFAULT_CONTEXT: &str = "default";
/// The word for having no owner.
pub const NOBODY: &str = "nobody";
/// The word for a level that is not known.
pub const UNKNOWN: &str = "unknown";

/// The states with their words; the first six are the values of the facet.
pub const ONBOARDED: [(&str, OnboardedIs); 8] = [
    ("none", OnboardedIs::Exactly(Onboarding::None)),
    ("draft", OnboardedIs::Exactly(Onboarding::Draft)),
    ("in_review", OnboardedIs::Exactly(Onboarding::InReview)),
    ("running", OnboardedIs::Exactly(Onboarding::Running)),
    ("live", OnboardedIs::Exactly(Onboarding::Live)),
    ("behind", OnboardedIs::Exactly(Onboarding::Behind)),
    ("yes", OnboardedIs::Yes),
    ("no", OnboardedIs::No),
];

fn wrong(message: impl Into<String>) -> Wrong {
    Wrong { message: message.into(), repair: None }
}

/// The words of a list.
pub(in crate::search) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').filter(|word| !word.is_empty())
}

fn context(word: &str) -> Option<String> {
    match word {
        DEFAULT_CONTEXT => None,
        dotted if dotted.starts_with('.') => Some(dotted.to_owned()),
        bare => Some(format!(".{bare}")),
    }
}

fn one_of<T: Copy>(text: &str, noun: &str, known: &[(&str, T)]) -> Result<Vec<T>, Wrong> {
    let find = |word: &str| known.iter().find(|(name, _)| name.eq_ignore_ascii_case(word));
    let bad = words(text).find(|word| find(word).is_none());
    if bad.is_none() && words(text).next().is_some() {
        return Ok(words(text).filter_map(find).map(|(_, value)| *value).collect());
    }
    let bad = bad.unwrap_or(text);
    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    let (last, before) = names.split_last().map_or(("", String::new()), |(last, rest)| (*last, rest.join(", ")));
    let near = names.iter().find(|name| name.starts_with(&bad.to_ascii_lowercase()));
    let repaired =
        |near: &&str| text.split(',').map(|word| if word == bad { near } else { word }).collect::<Vec<_>>().join(",");
    Err(Wrong {
        message: format!("There is no {noun} {bad:?}. There are {before} and {last}."),
        repair: near.map(repaired),
    })
}

fn levels(text: &str) -> Result<Vec<Option<Level>>, Wrong> {
    let known = Level::ALL.map(|level| (level.word().to_ascii_lowercase(), Some(level)));
    let mut known: Vec<(&str, Option<Level>)> = known.iter().map(|(word, level)| (word.as_str(), *level)).collect();
    known.push((UNKNOWN, None));
    one_of(&text.replace('-', "_"), "level", &known)
}

fn version(text: &str) -> Result<VersionIs, Wrong> {
    type Read = fn(u32) -> VersionIs;
    let bounds: [(&str, Read); 5] = [
        (">=", |n| VersionIs::From(Version(n))),
        ("<=", |n| VersionIs::To(Version(n))),
        (">", |n| VersionIs::From(Version(n.saturating_add(1)))),
        ("<", |n| VersionIs::To(Version(n.saturating_sub(1)))),
        ("", |n| VersionIs::Has(Version(n))),
    ];
    match text {
        "newest" | "latest" => Ok(VersionIs::Newest),
        "old" => Ok(VersionIs::Old),
        _ => bounds
            .iter()
            .find_map(|(sign, is)| Some(is(text.strip_prefix(sign)?.parse().ok()?)))
            .ok_or_else(|| wrong(format!("{text:?} is no version. Write a number, >3, <=5, newest or old."))),
    }
}

fn ids(text: &str) -> Result<Vec<SchemaId>, Wrong> {
    let read = |word: &str| {
        word.parse()
            .map(SchemaId)
            .map_err(|_| wrong(format!("{word:?} is no schema id. Write a number, as in id:100482.")))
    };
    words(text).map(read).collect()
}
