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
const VERY_FEW: usize = 64;
/// When so small a part can, that is compared with other ways; without a clock it is taken for faster.
const FEW: usize = 3;
const FEW_UNTIMED: usize = 10;
/// A search that would take longer than this is worth comparing ways for.
const WORTH_NANOS: u64 = 2_000_000;
/// A sample that takes this long is not taken twice.
const LONG_SAMPLE_NANOS: u64 = 1_000_000;
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
    /// All, by how they end.
    Ends,
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
        let mut look = Look {
            program: self.program,
            lines: self.lines,
            cache: self.program.regex.create_cache(),
            alone: self.program.cache(),
            watch: self.watch,
            enough,
        };
        let few = self.few(within, &ranges).filter(|_| way.is_none());
        if let Some(few) = &few
            && few.count() <= all / VERY_FEW
        {
            return (look.among(few, texts), Plan::Few);
        }
        if let Some(ending) = self.program.ending().filter(|_| way.is_none()) {
            return (look.ending(ending, texts), Plan::Ends);
        }
        let plan = match way {
            Some(way) if self.program.is_by_lines() => Plan::Over(way),
            Some(_) => Plan::Over(Way::Each),
            None if enough < all => Plan::Over(self.usual()),
            None => self.fastest(&mut look, &ranges, few.as_ref()),
        };
        let way = match (plan, few) {
            (Plan::Few, Some(few)) => return (look.among(&few, texts), plan),
            (Plan::Over(way), _) => way,
            _ => self.usual(),
        };
        for range in ranges {
            let end = range.end;
            let stopped = look.over(way, range, texts);
            if stopped < end {
                return (stopped, plan);
            }
        }
        (all, plan)
    }

    /// The only texts that can match, if they are not most.
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

    /// The plan that is fastest on a small piece.
    fn fastest(&self, look: &mut Look<'_>, ranges: &[Range<usize>], few: Option<&Bits>) -> Plan {
        let lines: usize = ranges.iter().map(ExactSizeIterator::len).sum();
        let untimed = |few: &&Bits| few.count() <= self.lines.len() / FEW_UNTIMED;
        let Some(longest) = ranges.iter().max_by_key(|range| range.len()) else { return Plan::Over(self.usual()) };
        if !self.program.is_by_lines() || lines <= PIECES * PIECE * 8 {
            return few.filter(untimed).map_or(Plan::Over(self.usual()), |_| Plan::Few);
        }
        let step = longest.len() / PIECES;
        let mut unused = Bits::new(self.lines.len());
        let mut once = |look: &mut Look<'_>, way: Way| {
            let started = self.watch.nanos();
            for piece in 0..PIECES {
                let start = longest.start + piece * step;
                look.over(way, start..(start + PIECE).min(longest.end), &mut unused);
            }
            self.watch.nanos().saturating_sub(started)
        };
        // The first time is the time of the memory, and of an engine that is made ready.
        let mut time = |look: &mut Look<'_>, way: Way| {
            let cold = once(look, way);
            let nanos = if cold < LONG_SAMPLE_NANOS { once(look, way).min(cold) } else { cold };
            nanos * lines as u64 / (PIECES * PIECE) as u64
        };
        let scan = time(look, Way::Scan);
        if scan == 0 {
            return few.filter(untimed).map_or(Plan::Over(Way::Scan), |_| Plan::Few);
        }
        let mut best = (Plan::Over(Way::Scan), scan);
        let mut better = |plan: Plan, nanos: u64| {
            if nanos < best.1 {
                best = (plan, nanos);
            }
            best
        };
        if let Some(few) = few {
            better(Plan::Few, self.time_some(look, few));
        }
        if better(Plan::Few, u64::MAX).1 < WORTH_NANOS {
            return best.0;
        }
        better(Plan::Over(Way::Each), time(look, Way::Each));
        if self.program.dfa().is_some() {
            better(Plan::Over(Way::Table), time(look, Way::Table));
        }
        best.0
    }

    /// What it would take to look at some texts alone, by what a part of them takes.
    fn time_some(&self, look: &mut Look<'_>, some: &Bits) -> u64 {
        let count = some.count();
        let step = (count / PIECE).max(1);
        let sample: Vec<usize> = some.iter().step_by(step).take(PIECE).collect();
        let started = self.watch.nanos();
        for line in &sample {
            std::hint::black_box(self.program.is_match(&mut look.alone, self.lines.line(*line)));
        }
        self.watch.nanos().saturating_sub(started) * count as u64 / sample.len().max(1) as u64
    }
}
