//! The texts of one place over all entries: each different text once, and which entries have it now or had it.

use super::bits::Bits;
use super::lines::Lines;
use super::postings::Postings;

/// How many places there are whose texts come from schemas.
pub const PLACES: usize = 5;

/// The texts of one place.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    /// The different texts.
    pub lines: Lines,
    /// For each text the entries whose newest version has it.
    pub now: Postings,
    /// For each text the entries of which only older versions have it; empty when there are none.
    pub old: Postings,
}

impl Texts {
    /// How many bytes the texts take.
    pub fn dictionary_bytes(&self) -> usize {
        self.lines.bytes_used()
    }

    /// How many bytes it takes to know who has them.
    pub fn postings_bytes(&self) -> usize {
        self.now.bytes() + self.old.bytes()
    }

    /// The entries that have one of some texts now.
    pub fn entries_now(&self, texts: &Bits) -> Bits {
        self.now.union(texts)
    }

    /// The entries that had one of some texts.
    pub fn entries_old(&self, texts: &Bits) -> Bits {
        self.old.union(texts)
    }
}
