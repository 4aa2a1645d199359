//! Changes of a query that a click makes, given back as a query whose text says the same.

use super::filter::words;
use super::{Key, Query, Term};
use crate::search::Chosen;

impl Query {
    /// What the query says of one value of a key.
    pub fn chosen(&self, key: Key, word: &str) -> Chosen {
        let names = |term: &&Term| term.key == Some(key) && words(&term.text).any(|other| other == word);
        match self.terms.iter().find(names) {
            Some(term) if term.excluded => Chosen::Excluded,
            Some(_) => Chosen::Included,
            None => Chosen::No,
        }
    }

    /// The same with one value of a key chosen so, and no longer otherwise.
    #[must_use]
    pub fn with(&self, key: Key, word: &str, chosen: Chosen) -> Self {
        let mut terms: Vec<Term> = self.terms.iter().filter_map(|term| lacking(term, key, word)).collect();
        let excluded = chosen == Chosen::Excluded;
        if chosen != Chosen::No {
            match terms.iter_mut().find(|term| term.key == Some(key) && term.excluded == excluded) {
                Some(term) => *term = Term::new(excluded, Some(key), format!("{},{word}", term.text)),
                None => terms.push(Term::new(excluded, Some(key), word)),
            }
        }
        Self { terms }
    }

    /// The same without any filter of a key.
    #[must_use]
    pub fn without_key(&self, key: Key) -> Self {
        Self { terms: self.terms.iter().filter(|term| term.key != Some(key)).cloned().collect() }
    }

    /// The same without one term.
    #[must_use]
    pub fn without(&self, at: usize) -> Self {
        let others = self.terms.iter().enumerate().filter(|(other, _)| *other != at);
        Self { terms: others.map(|(_, term)| term.clone()).collect() }
    }

    /// The same with another term in the place of one.
    #[must_use]
    pub fn with_replaced(&self, at: usize, term: Term) -> Self {
        let mut terms = self.terms.clone();
        if let Some(place) = terms.get_mut(at) {
            *place = term;
        }
        Self { terms }
    }

    /// The same with one more term.
    #[must_use]
    pub fn with_term(&self, term: Term) -> Self {
        Self { terms: self.terms.iter().cloned().chain([term]).collect() }
    }
}

/// The term without one value of a key; nothing when that was its only one.
fn lacking(term: &Term, key: Key, word: &str) -> Option<Term> {
    if term.key != Some(key) || !words(&term.text).any(|other| other == word) {
        return Some(term.clone());
    }
    let rest = words(&term.text).filter(|other| *other != word).collect::<Vec<_>>().join(",");
    (!rest.is_empty()).then(|| Term::new(term.excluded, term.key, rest))
}
