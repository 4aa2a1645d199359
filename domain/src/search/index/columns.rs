//! What every entry has one of: a registry, a context, a level, a language. Kept for each entry where rows show it, and for each
//! value as the list of its entries.

use std::sync::OnceLock;

use super::bits::Bits;
use super::postings::Postings;
use super::versions::Versions;
use crate::compare::Level;
use crate::search::{Sort, SortBy};
use crate::subject::SchemaType;

/// The columns.
#[derive(Debug, Default)]
pub struct Columns {
    /// Names of registries.
    pub registries: Vec<String>,
    registry_of: Vec<u16>,
    /// Places in [`Level::ALL`]; one more is an unknown level.
    level_of: Vec<u8>,
    /// Contexts in ascending order, the default one first.
    pub contexts: Vec<Option<String>>,
    /// Entries by type, in the order of [`SchemaType::ALL`]; the last list is of those that have none.
    pub by_type: Postings,
    pub by_context: Postings,
    /// Entries by level, in the order of [`Level::ALL`]; the last list is of unknown ones.
    pub by_level: Postings,
    pub by_registry: Postings,
    pub deleted: Bits,
    orders: [OnceLock<Vec<u32>>; 10],
}

/// What one entry has.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'a> {
    pub registry: u16,
    pub level: u8,
    pub context: Option<&'a str>,
}

/// The number that stands for a level.
pub fn level_number(level: Option<Level>) -> u8 {
    let place = Level::ALL.iter().position(|other| Some(*other) == level);
    place.unwrap_or(Level::ALL.len()) as u8
}

impl Columns {
    /// The columns of entries whose versions are these.
    pub fn of(registries: Vec<String>, cells: &[Cell<'_>], versions: &Versions) -> Self {
        let mut contexts: Vec<Option<&str>> = cells.iter().map(|cell| cell.context).collect();
        contexts.dedup();
        contexts.sort_unstable();
        contexts.dedup();
        let by = |values: usize, value: &dyn Fn(usize) -> usize| {
            Postings::build(cells.len(), values, |with| {
                (0..cells.len()).for_each(|entry| with(value(entry) as u32, entry as u32));
            })
        };
        let context = |entry: usize| {
            let context = cells.get(entry).and_then(|cell| cell.context);
            contexts.binary_search(&context).unwrap_or_default()
        };
        let ty = |entry: usize| versions.current(entry).map_or(SchemaType::ALL.len(), |one| one.schema_type as usize);
        Self {
            by_type: by(SchemaType::ALL.len() + 1, &ty),
            by_context: by(contexts.len(), &context),
            by_level: by(Level::ALL.len() + 1, &|entry| cells.get(entry).map_or(0, |cell| cell.level.into())),
            by_registry: by(registries.len(), &|entry| cells.get(entry).map_or(0, |cell| cell.registry.into())),
            deleted: (0..cells.len()).map(|entry| versions.is_deleted(entry)).collect(),
            registry_of: cells.iter().map(|cell| cell.registry).collect(),
            level_of: cells.iter().map(|cell| cell.level).collect(),
            contexts: contexts.into_iter().map(|context| context.map(str::to_owned)).collect(),
            registries,
            orders: Default::default(),
        }
    }

    /// The registry of an entry.
    pub fn registry(&self, entry: usize) -> &str {
        let number = self.registry_of.get(entry).copied().unwrap_or_default();
        self.registries.get(usize::from(number)).map_or("", String::as_str)
    }

    /// The number of its registry, to build the next index of.
    pub fn registry_number(&self, entry: usize) -> u16 {
        self.registry_of.get(entry).copied().unwrap_or_default()
    }

    /// The number of its level.
    pub fn level_number(&self, entry: usize) -> u8 {
        self.level_of.get(entry).copied().unwrap_or(Level::ALL.len() as u8)
    }

    /// How an entry may change, where that is known.
    pub fn level(&self, entry: usize) -> Option<Level> {
        Level::ALL.get(usize::from(self.level_number(entry))).copied()
    }

    /// All entries, by a value that ascends as rows do, then by their place; made when it is first asked for, and `None` for what is
    /// no column.
    pub fn order(&self, sort: Sort, value: impl Fn(usize) -> u64) -> Option<&[u32]> {
        let slot = match sort.by {
            SortBy::Best | SortBy::Name => return None,
            SortBy::Version => 0,
            SortBy::Versions => 1,
            SortBy::Id => 2,
            SortBy::Type => 3,
            SortBy::Fields => 4,
        };
        let order = self.orders.get(2 * slot + usize::from(sort.descending))?.get_or_init(|| {
            let mut keyed: Vec<(u64, u32)> =
                (0..self.level_of.len()).map(|entry| (value(entry), entry as u32)).collect();
            keyed.sort_unstable();
            keyed.into_iter().map(|(_, entry)| entry).collect()
        });
        Some(order)
    }

    /// How many bytes the values of entries take, orders that were asked for included.
    pub fn bytes(&self) -> usize {
        let orders: usize = self.orders.iter().filter_map(OnceLock::get).map(|order| order.capacity() * 4).sum();
        self.registry_of.capacity() * 2 + self.level_of.capacity() + orders
    }

    /// How many bytes the lists of values take.
    pub fn facet_bytes(&self) -> usize {
        let lists = [&self.by_type, &self.by_context, &self.by_level, &self.by_registry];
        lists.iter().map(|list| list.bytes()).sum::<usize>() + self.deleted.bytes()
    }
}
