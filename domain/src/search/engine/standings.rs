//! What the console knows of subjects, by their places in one index.

use std::collections::{BTreeMap, HashMap};

use crate::registry::Onboarding;
use crate::search::index::Index;
use crate::search::index::bits::Bits;
use crate::search::query::OnboardedIs;
use crate::search::{Overlay, Standing};

/// An overlay laid over an index.
#[derive(Debug, Clone, Default)]
pub struct Standings {
    entries: usize,
    of: HashMap<u32, (Onboarding, Standing)>,
}

impl Standings {
    /// Finds the entries of an overlay; what is not in the index has none.
    pub fn of(index: &Index, overlay: &Overlay) -> Self {
        let place = |((registry, subject), standing): (&(String, crate::subject::SubjectName), &Standing)| {
            let entry = index.find(registry, subject.as_str()).ok()?;
            let newest = index.versions.current(entry).map(|current| current.version);
            Some((entry as u32, (standing.onboarding(newest), standing.clone())))
        };
        Self { entries: index.len(), of: overlay.standings.iter().filter_map(place).collect() }
    }

    /// What became of an entry.
    pub fn onboarding(&self, entry: usize) -> Onboarding {
        self.of.get(&(entry as u32)).map_or(Onboarding::None, |(state, _)| *state)
    }

    /// Who answers for an entry.
    pub fn owner(&self, entry: usize) -> Option<&str> {
        self.of.get(&(entry as u32))?.1.owner.as_deref()
    }

    /// The entries of which one of these became.
    pub fn onboarded(&self, states: &[OnboardedIs]) -> Bits {
        self.by(|state, _| states.iter().any(|is| is.holds(state)), states.iter().any(|is| is.holds(Onboarding::None)))
    }

    /// The entries of one of these people, or of nobody.
    pub fn owned(&self, owners: &[Option<String>]) -> Bits {
        self.by(|_, standing| owners.contains(&standing.owner), owners.contains(&None))
    }

    fn by(&self, holds: impl Fn(Onboarding, &Standing) -> bool, otherwise: bool) -> Bits {
        let mut found = if otherwise { Bits::full(self.entries) } else { Bits::new(self.entries) };
        for (entry, (state, standing)) in &self.of {
            found.put(*entry as usize, holds(*state, standing));
        }
        found
    }

    /// How many of some entries are in each state.
    pub fn count_states(&self, within: &Bits, all: usize) -> BTreeMap<Onboarding, usize> {
        self.count(within, all, Onboarding::None, |state, _| *state)
    }

    /// How many of some entries each owner has.
    pub fn count_owners(&self, within: &Bits, all: usize) -> BTreeMap<Option<String>, usize> {
        self.count(within, all, None, |_, standing| standing.owner.clone())
    }

    fn count<T: Ord>(
        &self,
        within: &Bits,
        all: usize,
        otherwise: T,
        value: impl Fn(&Onboarding, &Standing) -> T,
    ) -> BTreeMap<T, usize> {
        let (mut counts, mut known) = (BTreeMap::new(), 0);
        for (_, (state, standing)) in self.of.iter().filter(|(entry, _)| within.get(**entry as usize)) {
            *counts.entry(value(state, standing)).or_default() += 1;
            known += 1;
        }
        *counts.entry(otherwise).or_default() += all - known;
        counts
    }
}
