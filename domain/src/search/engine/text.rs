//! The entries that one pattern matches, by how well.

use std::sync::OnceLock;

use super::find::Search;
use super::program::Program;
use super::watch::Watch;
use crate::search::index::bits::Bits;
use crate::search::index::lines::Lines;
use crate::search::index::texts::PLACES;
use crate::search::index::{Index, number};
use crate::search::query::VersionIs;
use crate::search::{Pattern, PatternError, Place, TextTerm};

/// The rank of names that begin with the words.
pub const BEGINS: u64 = 0;
/// The rank of what only older versions have.
pub const OLD: u64 = 7;

/// The rank of a match in a place.
pub fn rank(place: Place) -> u64 {
    1 + Place::ALL.iter().position(|other| *other == place).unwrap_or_default() as u64
}

/// A pattern with its programs, each compiled when it is first needed.
#[derive(Debug)]
pub struct Compiled {
    pub pattern: Pattern,
    ascii: OnceLock<Result<Program, PatternError>>,
    other: OnceLock<Result<Program, PatternError>>,
}

impl Compiled {
    pub fn of(pattern: Pattern) -> Self {
        Self { pattern, ascii: OnceLock::new(), other: OnceLock::new() }
    }

    /// The program for these texts.
    pub fn program(&self, lines: &Lines) -> Result<&Program, PatternError> {
        let slot = if lines.is_ascii() { &self.ascii } else { &self.other };
        slot.get_or_init(|| Program::compile(&self.pattern, lines.is_ascii())).as_ref().map_err(Clone::clone)
    }
}

/// What one pattern matches.
#[derive(Debug)]
pub struct TextFound {
    /// Entries by rank, the best rank first. An entry can be in several.
    pub ranks: Vec<(u64, Bits)>,
    /// The texts that matched, by the number of their place.
    pub texts: [Option<Bits>; PLACES],
    /// Of so many entries this is known.
    pub searched: usize,
}

/// One pattern over one index.
pub struct TextSearch<'a> {
    pub index: &'a Index,
    pub term: &'a TextTerm,
    pub compiled: &'a Compiled,
    pub versions: Option<VersionIs>,
    pub watch: Watch<'a>,
}

impl TextSearch<'_> {
    /// Looks everywhere; what is found outside of `within` need not be right.
    pub fn run(&self, within: Option<&Bits>) -> Result<TextFound, PatternError> {
        let all = self.index.len();
        let mut found = TextFound { ranks: Vec::new(), texts: Default::default(), searched: all };
        let mut old = Bits::new(all);
        for place in &self.term.places {
            match number(*place) {
                None => self.names(within, &mut found)?,
                Some(number) => self.texts(*place, number, &mut found, &mut old)?,
            }
        }
        found.ranks.push((OLD, old));
        found.ranks.sort_by_key(|(rank, _)| *rank);
        Ok(found)
    }

    fn names(&self, within: Option<&Bits>, found: &mut TextFound) -> Result<(), PatternError> {
        let lines = &self.index.names;
        let (program, grams) = (self.compiled.program(lines)?, self.index.grams.as_ref());
        let search = Search { program, pattern: &self.compiled.pattern, lines, grams, watch: self.watch };
        let names = search.run(within, None, usize::MAX);
        if let Some(plain) = self.term.plain.as_ref().filter(|_| !self.term.excluded) {
            let mut begins = Bits::new(lines.len());
            begins.set_range(lines.beginning_with(plain.as_bytes()));
            begins.and(&names.texts);
            found.ranks.push((BEGINS, begins));
        }
        found.searched = found.searched.min(names.searched);
        found.ranks.push((rank(Place::Subject), names.texts));
        Ok(())
    }

    fn texts(&self, place: Place, number: usize, found: &mut TextFound, old: &mut Bits) -> Result<(), PatternError> {
        let Some(texts) = self.index.texts(place) else { return Ok(()) };
        let program = self.compiled.program(&texts.lines)?;
        let search =
            Search { program, pattern: &self.compiled.pattern, lines: &texts.lines, grams: None, watch: self.watch };
        let mut matching = search.run(None, None, usize::MAX);
        if self.versions != Some(VersionIs::Old) {
            found.ranks.push((rank(place), texts.entries_now(&matching.texts)));
        }
        if self.versions != Some(VersionIs::Newest) {
            old.or(&texts.entries_old(&matching.texts));
        }
        if matching.searched < texts.lines.len() {
            found.searched = found.searched.min(self.index.len() * matching.searched / texts.lines.len());
        }
        found.texts.get_mut(number).into_iter().for_each(|slot| *slot = Some(std::mem::take(&mut matching.texts)));
        Ok(())
    }
}
