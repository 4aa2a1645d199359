//! One term of a query, and how terms are told apart.

use std::fmt;

use super::filter::{Filter, Wrong};
use super::{Key, escape};
use crate::search::PatternError;

/// A pattern or a filter, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term {
    /// Whether what matches is left out instead of kept.
    pub excluded: bool,
    /// The key of a filter; a pattern for the chosen places has none.
    pub key: Option<Key>,
    /// The pattern, or the filter's value, without its quotes.
    pub text: String,
    /// Whether it stands in quotes.
    pub quoted: bool,
    /// The character of the query where it begins, counted from 1; 0 when it was not typed.
    pub column: usize,
    /// How many characters it has.
    pub width: usize,
}

impl Term {
    /// A term that was not typed, in quotes where it needs them.
    pub fn new(excluded: bool, key: Option<Key>, text: impl Into<String>) -> Self {
        Self { excluded, key, text: text.into(), quoted: false, column: 0, width: 0 }.quoted_as_needed()
    }

    /// What its value says; nothing for a pattern without a key.
    pub fn filter(&self) -> Result<Option<Filter>, Wrong> {
        self.key.map(|key| Filter::read(key, &self.text, self.excluded)).transpose()
    }

    /// The same in quotes, if it would not be read as this term without.
    #[must_use]
    pub(super) fn quoted_as_needed(self) -> Self {
        let as_key = self.key.is_none() && keyed(&self.text.chars().collect::<Vec<_>>()).is_some();
        let as_minus = self.key.is_none() && !self.excluded && self.text.len() > 1 && self.text.starts_with('-');
        let empty = self.key.is_none() && self.text.is_empty();
        let needs =
            empty || as_key || as_minus || self.text.starts_with('"') || self.text.contains(char::is_whitespace);
        Self { quoted: self.quoted || needs, ..self }
    }

    /// The same in plain text instead of as a filter: `type:x` is looked for.
    pub(super) fn as_words(&self) -> Self {
        let key = self.key.map(|key| format!("{}:", key.word())).unwrap_or_default();
        Self { key: None, text: escape(&format!("{key}{}", self.text)), ..self.clone() }.quoted_as_needed()
    }

    /// The column in the query of a column in the text, both counted from 1.
    pub(super) fn column_of(&self, column: usize) -> usize {
        let key = self.key.map_or(0, |key| key.word().len() + 1);
        let before = usize::from(self.excluded) + key + usize::from(self.quoted);
        let escaped = self.text.chars().take(column.saturating_sub(1)).filter(|c| self.quoted && *c == '"').count();
        self.column + before + column.saturating_sub(1) + escaped
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.excluded {
            f.write_str("-")?;
        }
        if let Some(key) = self.key {
            write!(f, "{}:", key.word())?;
        }
        if !self.quoted {
            return f.write_str(&self.text);
        }
        f.write_str("\"")?;
        let mut escaped = false;
        for c in self.text.chars() {
            if c == '"' && !escaped {
                f.write_str("\\")?;
            }
            write!(f, "{c}")?;
            escaped = c == '\\' && !escaped;
        }
        f.write_str(if escaped { "\\\"" } else { "\"" })
    }
}

/// The terms of a text.
pub(super) fn read(text: &str) -> Result<Vec<Term>, PatternError> {
    let chars: Vec<char> = text.chars().collect();
    let (mut terms, mut at) = (Vec::new(), 0);
    while let Some(c) = chars.get(at) {
        if c.is_whitespace() {
            at += 1;
            continue;
        }
        let start = at;
        let excluded = *c == '-' && chars.get(at + 1).is_some_and(|next| !next.is_whitespace());
        at += usize::from(excluded);
        let key = keyed(chars.get(at..).unwrap_or_default());
        at += key.map_or(0, |key| key.word().len() + 1);
        let quoted = chars.get(at) == Some(&'"');
        let value = if quoted { in_quotes(text, &chars, at)? } else { bare(&chars, at) };
        at = value.1;
        terms.push(Term { excluded, key, text: value.0, quoted, column: start + 1, width: at - start });
    }
    Ok(terms)
}

/// The key that a term begins with.
fn keyed(chars: &[char]) -> Option<Key> {
    let colon = chars.iter().take_while(|c| c.is_ascii_lowercase()).count();
    if chars.get(colon) != Some(&':') {
        return None;
    }
    Key::from_word(&chars.get(..colon)?.iter().collect::<String>())
}

fn bare(chars: &[char], start: usize) -> (String, usize) {
    let text: String = chars.iter().skip(start).take_while(|c| !c.is_whitespace()).collect();
    let end = start + text.chars().count();
    (text, end)
}

/// The text between quotes; `\"` is a quote, every other backslash stays for the pattern.
fn in_quotes(query: &str, chars: &[char], start: usize) -> Result<(String, usize), PatternError> {
    let (mut text, mut at) = (String::new(), start + 1);
    loop {
        match (chars.get(at), chars.get(at + 1)) {
            (None, _) => return Err(unclosed(query, chars, start)),
            (Some('\\'), Some('"')) => text.push('"'),
            (Some('\\'), Some(next)) => text.extend(['\\', *next]),
            (Some('"'), next) if next.is_none_or(|next| next.is_whitespace()) => return Ok((text, at + 1)),
            (Some('"'), _) => return Err(glued(chars, at)),
            (Some(c), _) => text.push(*c),
        }
        let pair = chars.get(at) == Some(&'\\') && chars.get(at + 1).is_some();
        at += 1 + usize::from(pair);
    }
}

fn unclosed(query: &str, chars: &[char], start: usize) -> PatternError {
    let odd = chars.iter().rev().take_while(|c| **c == '\\').count() % 2 == 1;
    PatternError {
        message: format!("The quote opened at position {} is not closed.", start + 1),
        column: Some(start + 1),
        width: 1,
        repair: (!odd).then(|| format!("{query}\"")),
        literal: Term::new(false, None, escape(query)).to_string(),
    }
}

fn glued(chars: &[char], quote: usize) -> PatternError {
    let (before, after) = chars.split_at(quote + 1);
    let repair: String = before.iter().chain([&' ']).chain(after).collect();
    PatternError {
        message: format!(
            "After the quote at position {} comes a blank or nothing. Write \\\" for a quote inside.",
            quote + 1
        ),
        column: Some(quote + 1),
        width: 1,
        repair: Some(repair),
        literal: Term::new(false, None, escape(&chars.iter().collect::<String>())).to_string(),
    }
}
