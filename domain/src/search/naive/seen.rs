//! One entry as the naive search looks at it.

use crate::registry::Onboarding;
use crate::search::facets::{context_word, level_word, owner_word, state_word};
use crate::search::order::Rank;
use crate::search::query::{Filter, Key, VersionIs};
use crate::search::{Asked, Entry, Extract, Match, Overlay, Place, Row, Sort, SortBy, Standing, TextTerm};
use crate::subject::Version;

/// How well words match: the place's order in [`Place::ALL`], after names that begin with them and before what is old.
const OLD: u64 = 7;

/// An entry with what the console knows of it.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    entry: &'a Entry,
    standing: &'a Standing,
}

impl<'a> Seen<'a> {
    pub fn of(entry: &'a Entry, overlay: &'a Overlay, nobody: &'a Standing) -> Self {
        let key = (entry.registry.clone(), entry.subject.clone());
        Self { entry, standing: overlay.standings.get(&key).unwrap_or(nobody) }
    }

    fn newest(&self) -> Option<Version> {
        self.entry.current().map(|current| current.version)
    }

    fn onboarding(&self) -> Onboarding {
        self.standing.onboarding(self.newest())
    }

    /// Whether a pattern keeps it.
    pub fn passes(&self, asked: &Asked, term: &TextTerm) -> bool {
        self.matches(asked, term).next().is_some() != term.excluded
    }

    /// The texts that a pattern is found in, those of the newest version first, the weightiest place first.
    fn matches<'b>(
        &self,
        asked: &Asked,
        term: &'b TextTerm,
    ) -> impl Iterator<Item = (Place, &'a str, Option<Version>)> + use<'a, 'b> {
        let entry = self.entry;
        let (newest, old) = (asked.versions != Some(VersionIs::Old), asked.versions != Some(VersionIs::Newest));
        let of = move |place: Place| {
            let name = (place == Place::Subject).then_some((entry.subject.as_str(), None));
            let now = texts(&entry.newest, place).filter(move |_| newest).map(|text| (text, None));
            name.into_iter().chain(now).map(move |(text, version)| (place, text, version))
        };
        let before = move |place: Place| {
            let texts = if old { only_old(entry, place) } else { Vec::new() };
            texts.into_iter().map(move |(text, version)| (place, text, Some(version)))
        };
        let now = term.places.iter().flat_map(move |place| of(*place));
        let before = term.places.iter().flat_map(move |place| before(*place));
        now.chain(before).filter(|(_, text, _)| term.pattern.is_match(text))
    }

    /// Whether a filter holds for it.
    pub fn holds(&self, filter: &Filter) -> bool {
        let current = self.entry.current();
        match filter {
            Filter::Type(types) => current.is_some_and(|current| types.contains(&current.schema_type)),
            Filter::Context(names) => names.iter().any(|name| name.as_deref() == self.entry.subject.context()),
            Filter::Registry(names) => names.contains(&self.entry.registry),
            Filter::Compatibility(levels) => levels.contains(&self.entry.compatibility),
            Filter::Onboarded(states) => states.iter().any(|state| state.holds(self.onboarding())),
            Filter::Deleted(deleted) => self.entry.is_deleted() == *deleted,
            Filter::Owner(names) => names.contains(&self.standing.owner),
            Filter::Version(VersionIs::Has(version)) => self.entry.versions.iter().any(|v| v.version == *version),
            Filter::Version(VersionIs::From(least)) => current.is_some_and(|current| current.version >= *least),
            Filter::Version(VersionIs::To(most)) => current.is_some_and(|current| current.version <= *most),
            Filter::Id(ids) => self.entry.versions.iter().any(|v| ids.contains(&v.id)),
            Filter::In(_) | Filter::Text(..) | Filter::Version(_) => true,
        }
    }

    /// The word that it counts for in a facet; nothing where it has none.
    pub fn word(&self, key: Key) -> Option<String> {
        Some(match key {
            Key::Type => self.entry.current()?.schema_type.word().to_owned(),
            Key::Context => context_word(self.entry.subject.context()),
            Key::Registry => self.entry.registry.clone(),
            Key::Compatibility => level_word(self.entry.compatibility),
            Key::Onboarded => state_word(self.onboarding()).to_owned(),
            Key::Deleted => if self.entry.is_deleted() { "yes" } else { "no" }.to_owned(),
            Key::Owner => owner_word(self.standing.owner.as_deref()),
            _ => return None,
        })
    }

    /// Its place among the results.
    pub fn rank(&self, asked: &Asked, sort: Sort) -> Rank<'a> {
        let current = self.entry.current();
        let value = match sort.by {
            SortBy::Best => self.best(asked),
            SortBy::Name => 0,
            SortBy::Version => current.map_or(0, |current| current.version.0.into()),
            SortBy::Versions => self.entry.versions.len() as u64,
            SortBy::Id => current.map_or(0, |current| current.id.0.into()),
            SortBy::Type => current.map_or(3, |current| current.schema_type as u64),
            SortBy::Fields => self.entry.newest.fields.len() as u64,
        };
        Rank { value, subject: self.entry.subject.as_str(), registry: &self.entry.registry }
    }

    /// The rank of the word that matches worst, each by where it matches best.
    fn best(&self, asked: &Asked) -> u64 {
        let words = asked.texts.iter().filter(|term| term.bare && !term.excluded);
        let rank = |term: &TextTerm| {
            let begins =
                term.plain.as_ref().is_some_and(|plain| self.entry.subject.as_str().starts_with(plain.as_str()));
            let of = |(place, _, version): (Place, &str, Option<Version>)| match version {
                Some(_) => OLD,
                None if place == Place::Subject && begins => 0,
                None => 1 + Place::ALL.iter().position(|other| *other == place).unwrap_or_default() as u64,
            };
            self.matches(asked, term).map(of).min().unwrap_or(OLD)
        };
        words.map(rank).max().unwrap_or_default()
    }

    /// What is shown of it.
    pub fn row(&self, asked: &Asked) -> Row {
        let current = self.entry.current();
        let (matches, more_matches) = self.reasons(asked);
        Row {
            registry: self.entry.registry.clone(),
            subject: self.entry.subject.clone(),
            schema_type: current.map(|current| current.schema_type),
            version: current.map(|current| current.version),
            id: current.map(|current| current.id),
            versions: self.entry.versions.len(),
            fields: self.entry.newest.fields.len(),
            deleted: self.entry.is_deleted(),
            compatibility: self.entry.compatibility,
            onboarding: self.onboarding(),
            owner: self.standing.owner.clone(),
            matches,
            more_matches,
        }
    }

    fn reasons(&self, asked: &Asked) -> (Vec<Match>, usize) {
        let mut found: Vec<(Place, &str, Option<Version>)> = Vec::new();
        let kept = || asked.texts.iter().filter(|term| !term.excluded);
        for one in kept().flat_map(|term| self.matches(asked, term)) {
            if !found.contains(&one) {
                found.push(one);
            }
        }
        found.sort_by_key(|(place, text, version)| {
            (version.is_some(), Place::ALL.iter().position(|p| p == place), *text)
        });
        let spans = |place: Place, text: &str| {
            let patterns = kept().filter(|term| term.places.contains(&place)).map(|term| &term.pattern);
            Match::spans_of(patterns.flat_map(|pattern| pattern.find(text)))
        };
        let matches = found.into_iter().map(|(place, text, version)| {
            Match { place, text: text.to_owned(), spans: spans(place, text), version }.shortened()
        });
        let mut matches: Vec<Match> = matches.filter(|one| !one.spans.is_empty()).collect();
        let more = matches.len().saturating_sub(Row::MATCHES);
        matches.truncate(Row::MATCHES);
        (matches, more)
    }
}

fn texts(of: &Extract, place: Place) -> impl Iterator<Item = &str> {
    let set = match place {
        Place::Subject => None,
        Place::Record => Some(&of.records),
        Place::Field => Some(&of.fields),
        Place::Type => Some(&of.types),
        Place::Doc => Some(&of.docs),
        Place::Tag => Some(&of.tags),
    };
    set.into_iter().flatten().map(String::as_str)
}

/// The texts that the newest version has no more, each with the newest version that has it.
fn only_old(entry: &Entry, place: Place) -> Vec<(&str, Version)> {
    let mut found: Vec<(&str, Version)> = Vec::new();
    for (version, extract) in entry.older.iter().rev() {
        for text in texts(extract, place) {
            let known = texts(&entry.newest, place).any(|now| now == text) || found.iter().any(|(old, _)| *old == text);
            if !known {
                found.push((text, *version));
            }
        }
    }
    found
}
