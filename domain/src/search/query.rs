//! The query language: terms between blanks that must all hold. A term is a pattern for the chosen places, or a filter
//! `key:value`; `-` before it excludes, and quotes hold blanks together. Reading needs no regular expressions, so that the
//! browser can show what it understood.

mod edit;
mod filter;
mod key;
mod term;

use std::fmt;

pub(in crate::search) use filter::words;
pub use filter::{DEFAULT_CONTEXT, Filter, NOBODY, ONBOARDED, OnboardedIs, UNKNOWN, VersionIs, Wrong};
pub use key::Key;
pub use term::Term;

use super::{PatternError, Place};

/// The longest query, in characters.
pub const MAX_QUERY_CHARS: usize = 2000;
/// The most terms of a query.
pub const MAX_TERMS: usize = 32;

/// A query that was read; written out it is the same text, with single blanks between the terms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    terms: Vec<Term>,
}

impl Query {
    /// Reads a query. Filters are checked, patterns are not: that is [`Pattern`](super::Pattern)'s.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let length = text.chars().count();
        if length > MAX_QUERY_CHARS {
            let message = format!("A query can have {MAX_QUERY_CHARS} characters; this one has {length}.");
            return Err(PatternError::of_whole(message));
        }
        let terms = term::read(text)?;
        if terms.len() > MAX_TERMS {
            let message = format!("A query can have {MAX_TERMS} terms; this one has {}.", terms.len());
            return Err(PatternError::of_whole(message));
        }
        let query = Self { terms };
        for (at, term) in query.terms.iter().enumerate() {
            term.filter().map_err(|wrong| query.wrong_filter(at, term, wrong))?;
        }
        Ok(query)
    }

    /// Its terms, in order.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The places that its `in:` names, if it has one.
    pub fn scopes(&self) -> Option<Vec<Place>> {
        let named = self.terms.iter().filter_map(|term| match term.filter() {
            Ok(Some(Filter::In(places))) => Some(places),
            _ => None,
        });
        named.reduce(|mut all, more| {
            all.extend(more);
            all
        })
    }

    /// A problem of the pattern of one term, told of the whole query.
    pub fn wrong_pattern(&self, at: usize, wrong: PatternError) -> PatternError {
        let Some(term) = self.terms.get(at) else { return wrong };
        let with = |text: String| self.with_replaced(at, Term { text, ..term.clone() }.quoted_as_needed()).to_string();
        let column = wrong.column.map(|column| (column, term.column_of(column)));
        let moved =
            |(old, new): (usize, usize)| wrong.message.replace(&format!("osition {old}"), &format!("osition {new}"));
        PatternError {
            column: column.map(|(_, new)| new).or(Some(term.column)),
            width: if wrong.column.is_some() { wrong.width } else { term.width },
            repair: wrong.repair.map(&with),
            literal: if wrong.literal.is_empty() { String::new() } else { with(wrong.literal) },
            message: column.map(moved).unwrap_or(wrong.message.clone()),
        }
    }

    fn wrong_filter(&self, at: usize, term: &Term, wrong: filter::Wrong) -> PatternError {
        let with = |term: Term| self.with_replaced(at, term).to_string();
        PatternError {
            message: wrong.message,
            column: Some(term.column),
            width: term.width,
            repair: wrong.repair.map(|text| with(Term { text, ..term.clone() }.quoted_as_needed())),
            literal: with(term.as_words()),
        }
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, term) in self.terms.iter().enumerate() {
            if at > 0 {
                f.write_str(" ")?;
            }
            term.fmt(f)?;
        }
        Ok(())
    }
}

/// The pattern that means exactly this text. Written here because the browser has no regular expressions to ask.
pub fn escape(text: &str) -> String {
    let special = |c: char| "\\.+*?()|[]{}^$#&-~".contains(c);
    text.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c])).collect()
}

#[cfg(test)]
mod tests;
