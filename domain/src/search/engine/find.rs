//! Chooses how to look for a pattern in many texts, and looks.

use std::ops::Range;

use super::program::Program;
use super::watch::Watch;
use super::ways::{Look, Way};
use crate::search::Pattern;
use crate::search::index::bits::Bits;
use crate::search::index::grams::Grams;
use crate::search::index::lines::Lines;

/// When so small a part of the texts can match, each of them is looked at alone.
const FEW: usize = 10;
/// A search that would take longer than this is worth comparing ways for.
const WORTH_NANOS: u64 = 2_000_000;
/// The lines that ways are compared on: so many pieces of so many.
const PIECES: usize = 4;
const PIECE: usize = 256;

/// How it was looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plan {
    /// Every text matches.
    Everything,
    /// All that begin so match, and no others.
    Range,
    /// Only those that have the pattern's letters, or that something else left over.
    Few,
    /// All, in this way.
    Over(Way),
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// The texts.
    pub texts: Bits,
    /// Before which text the search was stopped; their number when it was not.
    pub searched: usize,
    /// How it was looked.
    pub plan: Plan,
}

/// What is looked for, and where.
pub struct Search<'a> {
    pub program: &'a Program,
    pub pattern: &'a Pattern,
    pub lines: &'a Lines,
    pub grams: Option<&'a Grams>,
    pub watch: Watch<'a>,
}

impl Search<'_> {
    /// Finds the texts; what is found outside of `within` need not be right. It may stop when it found `enough`.
    pub fn run(&self, within: Option<&Bits>, way: Option<Way>, enough: usize) -> Found {
        let all = self.lines.len();
        if self.program.is_everything() {
            return Found { texts: Bits::full(all), searched: all, plan: Plan::Everything };
        }
        let mut texts = Bits::new(all);
        let (searched, plan) = self.look(within, way, enough, &mut texts);
        for (at, text) in self.lines.broken() {
            texts.put(at, self.pattern.is_match(text));
        }
        Found { texts, searched, plan }
    }

    fn look(&self, within: Option<&Bits>, way: Option<Way>, enough: usize, texts: &mut Bits) -> (usize, Plan) {
        let all = self.lines.len();
        let whole = std::iter::once(0..all).collect();
        let (ranges, exact) = self.program.ranges(self.lines).unwrap_or((whole, false));
        if exact && way.is_none() {
            ranges.into_iter().for_each(|range| texts.set_range(range));
            return (all, Plan::Range);
        }
        let mut cache = self.program.regex.create_cache();
        let mut look = Look { program: self.program, lines: self.lines, cache: &mut cache, watch: self.watch, enough };
        if way.is_none()
            && let Some(few) = self.few(within, &ranges)
        {
            return (look.among(&few, texts), Plan::Few);
        }
        let way = way.filter(|way| self.program.is_by_lines() || *way == Way::Each);
        let way = way.unwrap_or_else(|| if enough < all { self.usual() } else { self.fastest(&mut look, &ranges) });
        for range in ranges {
            let end = range.end;
            let stopped = look.over(way, range, texts);
            if stopped < end {
                return (stopped, Plan::Over(way));
            }
        }
        (all, Plan::Over(way))
    }

    /// The only texts that can match, if they are few.
    fn few(&self, within: Option<&Bits>, ranges: &[Range<usize>]) -> Option<Bits> {
        let all = self.lines.len();
        let letters = self.grams.and_then(|grams| self.program.need().texts(grams, all));
        let mut few = match (letters, within) {
            (Some(mut letters), Some(within)) => {
                letters.and(within);
                letters
            }
            (Some(letters), None) => letters,
            (None, Some(within)) => within.clone(),
            (None, None) => return None,
        };
        if ranges.iter().map(ExactSizeIterator::len).sum::<usize>() < all {
            let mut inside = Bits::new(all);
            ranges.iter().for_each(|range| inside.set_range(range.clone()));
            few.and(&inside);
        }
        (few.count() <= all / FEW).then_some(few)
    }

    fn usual(&self) -> Way {
        if self.program.is_by_lines() { Way::Scan } else { Way::Each }
    }

    /// The way that is fastest on a small piece.
    fn fastest(&self, look: &mut Look<'_>, ranges: &[Range<usize>]) -> Way {
        let lines: usize = ranges.iter().map(ExactSizeIterator::len).sum();
        if !self.program.is_by_lines() || lines <= PIECES * PIECE * 8 {
            return self.usual();
        }
        let Some(longest) = ranges.iter().max_by_key(|range| range.len()) else { return Way::Scan };
        let step = longest.len() / PIECES;
        let mut unused = Bits::new(self.lines.len());
        let mut time = |way: Way| {
            let started = self.watch.nanos();
            for piece in 0..PIECES {
                let start = longest.start + piece * step;
                look.over(way, start..(start + PIECE).min(longest.end), &mut unused);
            }
            self.watch.nanos().saturating_sub(started)
        };
        let scan = time(Way::Scan);
        if scan * lines as u64 / ((PIECES * PIECE) as u64) < WORTH_NANOS {
            return Way::Scan;
        }
        let each = time(Way::Each);
        let best = if each < scan { (Way::Each, each) } else { (Way::Scan, scan) };
        match self.program.dfa() {
            Some(_) if time(Way::Table) < best.1 => Way::Table,
            _ => best.0,
        }
    }
}
