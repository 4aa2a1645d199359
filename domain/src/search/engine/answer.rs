//! Everything that a query finds in one index, kept so that its pages cost little.

use super::standings::Standings;
use super::text::{Compiled, TextFound};
use super::watch::Watch;
use crate::search::index::Index;
use crate::search::index::bits::Bits;
use crate::search::{Asked, Facet, Matched, PatternError, SearchRequest};

/// What a query finds.
#[derive(Debug)]
pub struct Answer {
    pub(super) asked: Asked,
    pub(super) compiled: Vec<Compiled>,
    /// For each pattern the texts that it matched.
    pub(super) found: Vec<TextFound>,
    /// Everything that was found, by rank; no entry twice.
    pub(super) ranks: Vec<(u64, Bits)>,
    /// Everything that was found.
    pub(super) all: Bits,
    pub(super) count: usize,
    /// So many entries were searched.
    pub(super) searched: usize,
    pub(super) facets: Vec<Facet>,
    /// Which index it is of.
    pub(super) generation: u64,
}

impl Answer {
    /// Searches. The error is a query that cannot be used.
    pub fn of(
        index: &Index,
        standings: &Standings,
        request: &SearchRequest,
        watch: Watch<'_>,
    ) -> Result<Self, PatternError> {
        let asked = Asked::of(request)?;
        super::evaluate::evaluate(asked, index, standings, request, watch)
    }

    /// How many match, as far as it is known.
    pub fn matched(&self) -> Matched {
        let of = self.all.len();
        if self.searched < of {
            Matched::AtLeast { count: self.count, searched: self.searched, of }
        } else {
            Matched::Exact { count: self.count }
        }
    }

    /// Whether the whole index was searched.
    pub fn is_whole(&self) -> bool {
        self.searched == self.all.len()
    }

    /// How many bytes it takes, roughly.
    pub fn bytes(&self) -> usize {
        let ranks: usize = self.ranks.iter().map(|(_, bits)| bits.bytes()).sum();
        let texts = self.found.iter().flat_map(|found| found.texts.iter().flatten());
        self.all.bytes() + ranks + texts.map(Bits::bytes).sum::<usize>()
    }
}
