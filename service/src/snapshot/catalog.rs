//! Subjects in columns: one text of all names, one list of all versions. It never changes; a million subjects of three versions take
//! a hundred megabytes, and can be read from their records in a second.

use std::collections::BTreeMap;

use domain::compare::Level;
use domain::registry::{Mode, RegistryName};

use super::entry::{Entry, Gaps, StoredVersion, Subject};

/// Subjects of one registry by name, in byte order.
#[derive(Debug, Default)]
pub struct Catalog {
    names: String,
    /// Where each name ends.
    name_ends: Vec<u32>,
    versions: Vec<StoredVersion>,
    /// Where each subject's versions end.
    version_ends: Vec<u32>,
    marks: Vec<(Option<Level>, Option<Mode>)>,
    gaps: BTreeMap<u32, Gaps>,
}

impl Catalog {
    /// How many subjects.
    pub fn len(&self) -> usize {
        self.name_ends.len()
    }

    /// The subject at this place.
    pub fn entry<'a>(&'a self, registry: &'a RegistryName, at: usize) -> Option<Entry<'a>> {
        let (level, mode) = *self.marks.get(at)?;
        let gaps = u32::try_from(at).ok().and_then(|at| self.gaps.get(&at));
        let versions = self.versions.get(span(&self.version_ends, at)?)?;
        Some(Entry { registry, name: self.name(at)?, versions, level, mode, gaps })
    }

    /// Where this name is.
    pub fn find(&self, name: &str) -> Option<usize> {
        let at = self.lower_bound(name);
        (self.name(at)? == name).then_some(at)
    }

    /// The first place whose name is not before this one.
    pub fn lower_bound(&self, name: &str) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.name(middle).is_some_and(|found| found < name) { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// The subjects from this place on of which something could not be read.
    pub fn gaps_from<'a>(&'a self, registry: &'a RegistryName, at: usize) -> impl Iterator<Item = Entry<'a>> {
        let from = u32::try_from(at).unwrap_or(u32::MAX);
        self.gaps.range(from..).filter_map(|(at, _)| self.entry(registry, *at as usize))
    }

    /// Bytes that it occupies, rounded up by what its lists grew ahead.
    pub fn bytes(&self) -> usize {
        self.names.capacity()
            + 4 * (self.name_ends.capacity() + self.version_ends.capacity())
            + size_of::<StoredVersion>() * self.versions.capacity()
            + 2 * self.marks.capacity()
    }

    /// Adds a subject after all others; false when it is not after them or there is no more room, and then it is not added.
    pub fn push(&mut self, entry: &Entry<'_>) -> bool {
        let after = self.len().checked_sub(1).and_then(|last| self.name(last)).is_none_or(|last| last < entry.name);
        let (Ok(name_end), Ok(version_end), Ok(at)) = (
            u32::try_from(self.names.len() + entry.name.len()),
            u32::try_from(self.versions.len() + entry.versions.len()),
            u32::try_from(self.len()),
        ) else {
            return false;
        };
        if !after {
            return false;
        }
        self.names.push_str(entry.name);
        self.name_ends.push(name_end);
        self.versions.extend_from_slice(entry.versions);
        self.version_ends.push(version_end);
        self.marks.push((entry.level, entry.mode));
        if let Some(gaps) = entry.gaps {
            self.gaps.insert(at, gaps.clone());
        }
        true
    }

    /// Gives back what the lists grew ahead.
    pub fn shrink(&mut self) {
        self.names.shrink_to_fit();
        self.name_ends.shrink_to_fit();
        self.versions.shrink_to_fit();
        self.version_ends.shrink_to_fit();
        self.marks.shrink_to_fit();
    }

    fn name(&self, at: usize) -> Option<&str> {
        self.names.get(span(&self.name_ends, at)?)
    }
}

impl Subject {
    /// The subject as an entry of a registry.
    pub fn entry<'a>(&'a self, registry: &'a RegistryName) -> Entry<'a> {
        Entry {
            registry,
            name: self.name.as_str(),
            versions: &self.versions,
            level: self.level,
            mode: self.mode,
            gaps: (!self.gaps.is_empty()).then_some(&self.gaps),
        }
    }
}

fn span(ends: &[u32], at: usize) -> Option<std::ops::Range<usize>> {
    let end = *ends.get(at)? as usize;
    let start = match at.checked_sub(1) {
        Some(before) => *ends.get(before)? as usize,
        None => 0,
    };
    Some(start..end)
}
