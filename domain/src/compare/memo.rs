//! Pairs of types that were compared already: recursive and shared definitions are looked at once, so that cost grows with the
//! schemas and not with the ways through them.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::rc::Rc;

/// The deepest nesting of pairs.
const MAX_DEPTH: usize = 100;
/// The most pairs that are looked at.
const MAX_PAIRS: usize = 400_000;
/// The findings that every pair keeps.
const KEPT: usize = 60;
/// How many more all pairs together keep.
const ROOM: usize = 100_000;
/// The most passes over schemas that hold themselves.
const MAX_PASSES: usize = 6;

/// Something that a reader cannot read, relative to the pair that it was found in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The place, innermost segment first, so that a segment around it is pushed.
    pub at: Vec<String>,
    /// What is wrong, a sentence.
    pub message: String,
}

/// What a comparison of two types found; nothing means that all data can be read.
pub type Findings = Rc<[Found]>;

/// A finding right here.
pub fn found(message: impl Into<String>) -> Vec<Found> {
    vec![Found { at: Vec::new(), message: message.into() }]
}

/// Findings as seen from around `segment`.
pub fn below<'f>(segment: &'f str, inner: &'f [Found]) -> impl Iterator<Item = Found> + 'f {
    inner.iter().map(move |found| {
        let mut found = found.clone();
        found.at.push(segment.to_owned());
        found
    })
}

/// What is known of pairs in one pass.
pub struct Memo<K> {
    known: HashMap<K, Findings>,
    open: HashSet<K>,
    /// What an earlier pass found where this one would have to assume.
    refuted: HashMap<K, Findings>,
    assumed: bool,
    room: usize,
}

impl<K> Default for Memo<K> {
    fn default() -> Self {
        Self { known: HashMap::new(), open: HashSet::new(), refuted: HashMap::new(), assumed: false, room: ROOM }
    }
}

impl<K: Clone + Eq + Hash> Memo<K> {
    /// What is known of a pair; `None` asks for a look, which [`leave`](Self::leave) ends. A pair inside itself is taken to agree.
    pub fn enter(&mut self, pair: &K) -> Option<Findings> {
        if let Some(known) = self.known.get(pair) {
            return Some(known.clone());
        }
        if self.open.contains(pair) {
            self.assumed |= !self.refuted.contains_key(pair);
            return Some(self.refuted.get(pair).cloned().unwrap_or_default());
        }
        if self.open.len() >= MAX_DEPTH || self.known.len() >= MAX_PAIRS {
            return Some(found("The schemas nest too deeply here to be compared.").into());
        }
        self.open.insert(pair.clone());
        None
    }

    /// Whether a pair was looked at.
    pub fn knows(&self, pair: &K) -> bool {
        self.known.contains_key(pair)
    }

    /// Ends the look at a pair.
    pub fn leave(&mut self, pair: K, mut found: Vec<Found>) -> Findings {
        let more = found.len().saturating_sub(KEPT).min(self.room);
        self.room -= more;
        found.truncate(KEPT + more);
        let found: Findings = found.into();
        self.open.remove(&pair);
        self.known.insert(pair, found.clone());
        found
    }
}

/// Repeats a comparison until what it assumed of recursive types holds.
pub fn settle<K: Clone + Eq + Hash>(mut pass: impl FnMut(&mut Memo<K>) -> Findings) -> Findings {
    let mut refuted: HashMap<K, Findings> = HashMap::new();
    let mut passes = 1;
    loop {
        let before = refuted.len();
        let mut memo = Memo { refuted, ..Memo::default() };
        let findings = pass(&mut memo);
        let next: HashMap<K, Findings> = memo.known.into_iter().filter(|(_, found)| !found.is_empty()).collect();
        if !memo.assumed || next.len() == before || passes >= MAX_PASSES {
            return findings;
        }
        refuted = next;
        passes += 1;
    }
}
