//! The ways to look at many lines, which all find the same: over their bytes at once, by a table that skips what neighbours have in
//! common, or one by one.

use std::ops::Range;

use regex_automata::Input;
use regex_automata::dfa::{Automaton, dense};
use regex_automata::meta::Cache;
use regex_automata::util::primitives::StateID;
use regex_automata::util::start;

use super::program::Program;
use super::watch::Watch;
use crate::search::index::bits::Bits;
use crate::search::index::lines::Lines;

/// How many lines are looked at before the watch is asked again.
pub const CHUNK: usize = 512;

/// A way to look at a range of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Over the bytes of many lines at once, from match to match.
    Scan,
    /// Byte by byte with a table, from where a line differs from the one before.
    Table,
    /// One line after the other.
    Each,
}

/// What looks at lines.
pub struct Look<'a> {
    pub program: &'a Program,
    pub lines: &'a Lines,
    /// For many lines at once.
    pub cache: Cache,
    /// For single lines.
    pub alone: Cache,
    pub watch: Watch<'a>,
    /// Stop as soon as so many were found.
    pub enough: usize,
}

impl Look<'_> {
    /// Puts the lines of a range that match into `found`, and says before which line it stopped.
    pub fn over(&mut self, way: Way, range: Range<usize>, found: &mut Bits) -> usize {
        let mut count = 0;
        let mut table = Table::default();
        let mut start = range.start;
        while start < range.end {
            if !self.watch.keep_going() {
                return start;
            }
            let chunk = start..(start + CHUNK).min(range.end);
            let before = count;
            let mut hit = |line: usize| {
                found.set(line);
                count += 1;
            };
            match way {
                Way::Scan => self.scan(chunk.clone(), &mut hit),
                Way::Each => self.each(chunk.clone(), &mut hit),
                Way::Table => match self.program.dfa() {
                    Some((dfa, _)) => table.read(dfa, self.program, self.lines, chunk.clone(), &mut hit),
                    None => self.each(chunk.clone(), &mut hit),
                },
            }
            if count >= self.enough && count > before {
                return chunk.end;
            }
            start = chunk.end;
        }
        range.end
    }

    fn scan(&mut self, chunk: Range<usize>, hit: &mut impl FnMut(usize)) {
        // Without the last line break: behind it a further, empty line would begin.
        let end = self.lines.start(chunk.end).saturating_sub(1);
        let (mut line, mut at) = (chunk.start, self.lines.start(chunk.start));
        while line < chunk.end {
            let input = Input::new(self.lines.bytes()).span(at..end).earliest(true);
            let Some(found) = self.program.regex.search_half_with(&mut self.cache, &input) else { break };
            line = self.lines.at_byte(found.offset(), line, chunk.end);
            hit(line);
            line += 1;
            at = self.lines.start(line);
        }
    }

    fn each(&mut self, chunk: Range<usize>, hit: &mut impl FnMut(usize)) {
        for line in chunk {
            if self.program.is_match(&mut self.alone, self.lines.line(line)) {
                hit(line);
            }
        }
    }

    /// Puts the lines that end with these bytes into `found`, and says before which line it stopped.
    pub fn ending(&mut self, with: &[u8], found: &mut Bits) -> usize {
        let mut count = 0;
        for line in 0..self.lines.len() {
            if line.is_multiple_of(CHUNK) && (count >= self.enough || !self.watch.keep_going()) {
                return line;
            }
            if self.lines.line(line).ends_with(with) {
                found.set(line);
                count += 1;
            }
        }
        self.lines.len()
    }

    /// Looks only at some lines, and says before which line it stopped.
    pub fn among(&mut self, some: &Bits, found: &mut Bits) -> usize {
        let mut count = 0;
        for (at, line) in some.iter().enumerate() {
            if at.is_multiple_of(CHUNK) && !self.watch.keep_going() {
                return line;
            }
            if self.program.is_match(&mut self.alone, self.lines.line(line)) {
                found.set(line);
                count += 1;
                if count >= self.enough {
                    return line + 1;
                }
            }
        }
        self.lines.len()
    }
}

/// The states after each byte of the line that was read last, and what was decided about it.
#[derive(Default)]
struct Table {
    states: Vec<StateID>,
    /// After so many bytes it was clear whether the line matches.
    decided: Option<(usize, bool)>,
    /// So many states are those of the line before the next.
    valid: usize,
}

impl Table {
    fn read(
        &mut self,
        dfa: &dense::DFA<Vec<u32>>,
        program: &Program,
        lines: &Lines,
        chunk: Range<usize>,
        hit: &mut impl FnMut(usize),
    ) {
        if self.states.is_empty() {
            let anchored = program.dfa().map_or(regex_automata::Anchored::No, |(_, anchored)| anchored);
            let config = start::Config::new().look_behind(Some(b'\n')).anchored(anchored);
            let Ok(first) = dfa.start_state(&config) else { return };
            self.states.push(first);
        }
        for line in chunk {
            let shared = lines.shared(line).min(self.valid);
            self.valid = shared;
            if let Some((depth, matches)) = self.decided
                && depth <= shared
            {
                if matches {
                    hit(line);
                }
                continue;
            }
            if self.line(dfa, lines.line(line), shared) {
                hit(line);
            }
        }
    }

    fn line(&mut self, dfa: &dense::DFA<Vec<u32>>, text: &[u8], shared: usize) -> bool {
        self.decided = None;
        self.states.truncate(shared + 1);
        let Some(mut state) = self.states.last().copied() else { return false };
        for byte in text.get(shared..).unwrap_or_default() {
            state = dfa.next_state(state, *byte);
            self.states.push(state);
            if dfa.is_special_state(state) && (dfa.is_match_state(state) || dfa.is_dead_state(state)) {
                let matches = dfa.is_match_state(state);
                self.valid = self.states.len() - 1;
                self.decided = Some((self.valid, matches));
                return matches;
            }
        }
        self.valid = self.states.len() - 1;
        dfa.is_match_state(dfa.next_state(state, b'\n'))
    }
}
