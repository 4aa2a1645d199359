//! The versions of all entries, one after the other.

use std::ops::Range;

use crate::search::EntryVersion;
use crate::subject::{SchemaId, SchemaType, Version};

/// A version in eight bytes: its number, its language, whether it is deleted, its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packed {
    number: u32,
    id: u32,
}

const DELETED: u32 = 1 << 31;
const TYPE_SHIFT: u32 = 29;
const NUMBER: u32 = (1 << TYPE_SHIFT) - 1;

impl Packed {
    /// Packs a version; numbers beyond half a thousand million become that.
    pub fn of(version: &EntryVersion) -> Self {
        let deleted = if version.deleted { DELETED } else { 0 };
        let number = version.version.0.min(NUMBER) | (version.schema_type as u32) << TYPE_SHIFT | deleted;
        Self { number, id: version.id.0 }
    }

    /// Unpacks it.
    pub fn version(self) -> EntryVersion {
        let types = SchemaType::ALL;
        let schema_type = types.get((self.number >> TYPE_SHIFT & 3) as usize).copied().unwrap_or(SchemaType::Json);
        EntryVersion {
            version: Version(self.number & NUMBER),
            id: SchemaId(self.id),
            schema_type,
            deleted: self.number & DELETED != 0,
        }
    }
}

/// The versions of every entry.
#[derive(Debug, Clone)]
pub struct Versions {
    starts: Vec<u32>,
    all: Vec<Packed>,
}

impl Default for Versions {
    fn default() -> Self {
        Self { starts: vec![0], all: Vec::new() }
    }
}

impl Versions {
    /// Adds the next entry's.
    pub fn push(&mut self, versions: impl IntoIterator<Item = Packed>) {
        self.all.extend(versions);
        self.starts.push(self.all.len() as u32);
    }

    /// Gives room back that is not needed.
    pub fn shrink(&mut self) {
        self.starts.shrink_to_fit();
        self.all.shrink_to_fit();
    }

    /// How many bytes it takes.
    pub fn bytes(&self) -> usize {
        self.starts.capacity() * 4 + self.all.capacity() * 8
    }

    fn range(&self, entry: usize) -> Range<usize> {
        let at = |entry: usize| self.starts.get(entry).map_or(self.all.len(), |start| *start as usize);
        at(entry)..at(entry + 1)
    }

    /// One entry's, packed, oldest first.
    pub fn packed(&self, entry: usize) -> &[Packed] {
        self.all.get(self.range(entry)).unwrap_or_default()
    }

    /// One entry's, oldest first.
    pub fn of(&self, entry: usize) -> impl DoubleEndedIterator<Item = EntryVersion> + ExactSizeIterator {
        self.packed(entry).iter().map(|packed| packed.version())
    }

    /// The newest that is not deleted, or the newest of all where all are.
    pub fn current(&self, entry: usize) -> Option<EntryVersion> {
        self.of(entry).rev().find(|version| !version.deleted).or_else(|| self.of(entry).next_back())
    }

    /// Whether there are some and all are deleted.
    pub fn is_deleted(&self, entry: usize) -> bool {
        self.of(entry).len() > 0 && self.of(entry).all(|version| version.deleted)
    }

    /// The entries with a version of one of these ids, ascending.
    pub fn with_ids(&self, ids: &[SchemaId]) -> Vec<usize> {
        let found = self.all.iter().enumerate().filter(|(_, packed)| ids.contains(&SchemaId(packed.id)));
        let entry = |(at, _): (usize, &Packed)| self.starts.partition_point(|start| *start as usize <= at) - 1;
        let mut entries: Vec<usize> = found.map(entry).collect();
        entries.dedup();
        entries
    }
}
