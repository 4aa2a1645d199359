//! A pattern compiled for the lines of one index, within limits that keep a hostile one small.

use std::ops::Range;
use std::sync::OnceLock;

use regex_automata::dfa::{StartKind, dense};
use regex_automata::meta::{Cache, Config, Regex};
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};
use regex_syntax::hir::literal::{ExtractKind, Extractor};
use regex_syntax::hir::{Hir, HirKind, Look};

use super::need::Need;
use super::rewrite::{for_lines, of_text};
use super::simplify::simplified;
use crate::search::index::lines::Lines;
use crate::search::{Pattern, PatternError};

const MAX_NFA_BYTES: usize = 256 << 10;
const MAX_LAZY_CACHE_BYTES: usize = 1 << 20;
const MAX_DFA_BYTES: usize = 256 << 10;
const MAX_DETERMINIZE_BYTES: usize = 384 << 10;
const MAX_PREFIXES: usize = 32;

/// A compiled pattern.
#[derive(Debug)]
pub struct Program {
    /// What a line must match somewhere; nothing when the pattern cannot be made for lines, so that each text is matched alone.
    line: Option<Hir>,
    /// Finds whether, on many lines when `line` is there.
    pub(super) regex: Regex,
    /// Finds whether in single texts, whose ends it knows.
    alone: Option<Regex>,
    /// Finds where, in single texts.
    spans: OnceLock<Option<Regex>>,
    whole: Hir,
    dfa: OnceLock<Option<dense::DFA<Vec<u32>>>>,
    anchored: bool,
}

impl Program {
    /// Compiles a pattern for texts that are all ASCII or not.
    pub fn compile(pattern: &Pattern, ascii: bool) -> Result<Self, PatternError> {
        let whole = pattern.hir().clone();
        let by_lines = for_lines(&whole, ascii).ok();
        let line = by_lines.as_ref().map(|by_lines| simplified(by_lines, ascii));
        let regex = build(line.as_ref().unwrap_or(&whole)).ok_or_else(|| pattern.too_large())?;
        let anchored = line.as_ref().is_some_and(|line| line.properties().look_set_prefix().contains(Look::StartLF));
        // An end of the text is found from behind, an end of a line is not.
        let anchors = |line: &&Hir| line.properties().look_set().contains_anchor_lf();
        let alone = line.as_ref().filter(anchors).and_then(|line| build(&of_text(line)));
        Ok(Self {
            line,
            regex,
            alone,
            spans: OnceLock::new(),
            whole: by_lines.unwrap_or(whole),
            dfa: OnceLock::new(),
            anchored,
        })
    }

    /// Whether many lines can be searched at once.
    pub fn is_by_lines(&self) -> bool {
        self.line.is_some()
    }

    /// Whether every text matches.
    pub fn is_everything(&self) -> bool {
        self.line.as_ref().is_some_and(|line| matches!(line.kind(), HirKind::Empty))
    }

    /// The letters that matching texts have.
    pub fn need(&self) -> Need {
        self.line.as_ref().map_or(Need::Nothing, Need::of)
    }

    /// The ranges of lines that can match by how they begin, and whether all of them do; nothing when any can.
    pub fn ranges(&self, lines: &Lines) -> Option<(Vec<Range<usize>>, bool)> {
        let line = self.line.as_ref().filter(|_| self.anchored)?;
        let HirKind::Concat(subs) = line.kind() else { return None };
        let (first, rest) = subs.split_first()?;
        if !matches!(first.kind(), HirKind::Look(Look::StartLF)) {
            return None;
        }
        let mut extractor = Extractor::new();
        extractor.kind(ExtractKind::Prefix).limit_total(MAX_PREFIXES);
        let rest = Hir::concat(rest.to_vec());
        let mut prefixes = extractor.extract(&rest);
        prefixes.sort();
        // What is looked at around the letters is not among them.
        let exact = prefixes.is_exact() && rest.properties().look_set().is_empty();
        let literals = prefixes.literals()?;
        let mut ranges: Vec<Range<usize>> = literals.iter().map(|one| lines.beginning_with(one.as_bytes())).collect();
        ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        ranges.dedup_by(|next, kept| next.start < kept.end && next.end <= kept.end);
        Some((ranges, exact))
    }

    /// What matching needs to look at single texts.
    pub fn cache(&self) -> Cache {
        self.alone.as_ref().unwrap_or(&self.regex).create_cache()
    }

    /// Whether one text matches; the cache is [of this](Self::cache).
    #[inline]
    pub fn is_match(&self, cache: &mut Cache, text: &[u8]) -> bool {
        let anchored = if self.anchored { Anchored::Yes } else { Anchored::No };
        let regex = self.alone.as_ref().unwrap_or(&self.regex);
        regex.search_half_with(cache, &Input::new(text).anchored(anchored).earliest(true)).is_some()
    }

    /// The letters that exactly the matching texts end with, if that is all that is asked of them.
    pub fn ending(&self) -> Option<&[u8]> {
        let HirKind::Concat(subs) = self.line.as_ref()?.kind() else { return None };
        match subs.iter().map(Hir::kind).collect::<Vec<_>>().as_slice() {
            [HirKind::Literal(literal), HirKind::Look(Look::EndLF)] => Some(&literal.0),
            _ => None,
        }
    }

    /// The table that lines are read with byte by byte, if it is small.
    pub fn dfa(&self) -> Option<(&dense::DFA<Vec<u32>>, Anchored)> {
        let line = self.line.as_ref()?;
        let (kind, start) =
            if self.anchored { (StartKind::Anchored, Anchored::Yes) } else { (StartKind::Unanchored, Anchored::No) };
        let dfa = self.dfa.get_or_init(|| {
            let nfa = thompson::Config::new().which_captures(WhichCaptures::None).nfa_size_limit(Some(MAX_NFA_BYTES));
            let nfa = thompson::Compiler::new().configure(nfa).build_from_hir(line).ok()?;
            let config = dense::Config::new()
                .start_kind(kind)
                .accelerate(false)
                .dfa_size_limit(Some(MAX_DFA_BYTES))
                .determinize_size_limit(Some(MAX_DETERMINIZE_BYTES));
            dense::Builder::new().configure(config).build_from_nfa(&nfa).ok()
        });
        dfa.as_ref().map(|dfa| (dfa, start))
    }

    /// The bytes of the first match in one text; nothing when it is empty.
    pub fn find(&self, text: &str) -> Option<Range<usize>> {
        let regex = self.spans.get_or_init(|| build(&self.whole)).as_ref()?;
        regex.find(text).map(|found| found.range()).filter(|range| !range.is_empty())
    }
}

/// The program of a pattern, unless it is too large.
fn build(pattern: &Hir) -> Option<Regex> {
    let config = Config::new()
        .which_captures(WhichCaptures::Implicit)
        .nfa_size_limit(Some(MAX_NFA_BYTES))
        .onepass(false)
        .hybrid_cache_capacity(MAX_LAZY_CACHE_BYTES);
    Regex::builder().configure(config).syntax(syntax::Config::new()).build_from_hir(pattern).ok()
}
