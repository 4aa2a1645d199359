//! All that is searched, laid out so that a search reads little of it: sorted names in one piece, every text once, and lists of who
//! has it. It never changes; a newer one takes its place.

pub mod bits;
mod build;
mod columns;
pub(in crate::search) mod forward;
pub(in crate::search) mod grams;
pub(in crate::search) mod lines;
pub(in crate::search) mod postings;
mod sizes;
pub(in crate::search) mod texts;
mod varint;
pub(in crate::search) mod versions;

use std::cmp::Ordering;

pub use build::Builder;
pub use sizes::Sizes;

use self::columns::Columns;
use self::forward::Forward;
use self::grams::Grams;
use self::lines::Lines;
use self::texts::{PLACES, Texts};
use self::versions::Versions;
use super::Place;
use crate::compare::Level;

/// From so many entries on, lists of letters pay.
const GRAMS_FROM: usize = 20_000;

/// The index over the entries of all registries, which stand by name, then by registry.
#[derive(Debug, Default)]
pub struct Index {
    /// Tells it from others.
    generation: u64,
    pub(super) names: Lines,
    pub(super) grams: Option<Grams>,
    pub(super) texts: [Texts; PLACES],
    pub(super) forward: Forward,
    pub(super) versions: Versions,
    pub(super) columns: Columns,
}

/// The number of a place among [`Texts`]; names have none. Fields come first, because they are counted.
pub(super) fn number(place: Place) -> Option<usize> {
    match place {
        Place::Subject => None,
        Place::Field => Some(0),
        Place::Record => Some(1),
        Place::Type => Some(2),
        Place::Doc => Some(3),
        Place::Tag => Some(4),
    }
}

impl Index {
    /// Tells it from the ones before it.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The name of an entry.
    pub fn name(&self, entry: usize) -> &str {
        self.names.get(entry)
    }

    /// The registry of an entry.
    pub fn registry(&self, entry: usize) -> &str {
        self.columns.registry(entry)
    }

    /// How an entry may change, where that is known.
    pub(super) fn level(&self, entry: usize) -> Option<Level> {
        self.columns.level(entry)
    }

    /// Where an entry is, or would be.
    pub fn find(&self, registry: &str, name: &str) -> Result<usize, usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match (self.name(middle), self.registry(middle)).cmp(&(name, registry)) {
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
                Ordering::Equal => return Ok(middle),
            }
        }
        Err(low)
    }

    /// The texts of a place.
    pub(super) fn texts(&self, place: Place) -> Option<&Texts> {
        number(place).and_then(|number| self.texts.get(number))
    }
}
