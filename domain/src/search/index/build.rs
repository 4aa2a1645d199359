//! Builds an index, from nothing or from the one before and what changed since.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use super::bits::Bits;
use super::columns::{Cell, Columns, level_number};
use super::forward::{Forward, Numbers};
use super::grams::Grams;
use super::lines::Lines;
use super::postings::Postings;
use super::texts::{PLACES, Texts};
use super::versions::{Packed, Versions};
use super::{GRAMS_FROM, Index, number};
use crate::search::{Entry, Extract, Place};
use crate::subject::split_context;

/// Takes entries in any order.
#[derive(Debug, Default)]
pub struct Builder {
    old: Option<Arc<Index>>,
    registries: Vec<String>,
    interned: [Interner; PLACES],
    forward: Forward,
    versions: Versions,
    /// By name and registry; nothing for what is gone.
    changed: BTreeMap<(Box<str>, Arc<str>), Option<Draft>>,
    drafts: u32,
}

/// An entry that was put in: its place in the builder's lists.
#[derive(Debug, Clone, Copy)]
struct Draft {
    slot: u32,
    registry: u16,
    level: u8,
}

/// Where an entry of the new index comes from.
#[derive(Debug, Clone, Copy)]
enum Source {
    Old(u32),
    New(Draft),
}

/// Gives equal texts one number.
#[derive(Debug, Default)]
struct Interner {
    numbers: HashMap<Arc<str>, u32>,
    texts: Vec<Arc<str>>,
}

impl Interner {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let (text, number): (Arc<str>, u32) = (text.into(), self.texts.len() as u32);
        self.texts.push(Arc::clone(&text));
        self.numbers.insert(text, number);
        number
    }
}

impl Builder {
    /// Starts from what another index holds.
    pub fn over(old: Arc<Index>) -> Self {
        let mut builder = Self { registries: old.columns.registries.clone(), ..Self::default() };
        for (interner, texts) in builder.interned.iter_mut().zip(&old.texts) {
            for text in texts.lines.iter() {
                interner.number(text);
            }
        }
        Self { old: Some(old), ..builder }
    }

    /// Adds an entry, in the place of the same name of the same registry.
    pub fn put(&mut self, entry: &Entry) {
        let draft = Draft {
            slot: self.drafts,
            registry: self.registry(&entry.registry),
            level: level_number(entry.compatibility),
        };
        self.drafts += 1;
        let numbers = self.numbers(entry);
        self.forward.push(&numbers);
        self.versions.push(entry.versions.iter().map(Packed::of));
        self.changed.insert((entry.subject.as_str().into(), entry.registry.as_str().into()), Some(draft));
    }

    /// Takes an entry away.
    pub fn remove(&mut self, registry: &str, name: &str) {
        self.changed.insert((name.into(), registry.into()), None);
    }

    fn registry(&mut self, name: &str) -> u16 {
        let known = self.registries.iter().position(|other| other == name);
        known.unwrap_or_else(|| {
            self.registries.push(name.to_owned());
            self.registries.len() - 1
        }) as u16
    }

    fn numbers(&mut self, entry: &Entry) -> Numbers {
        let mut numbers = Numbers::default();
        for (place, interner) in PLACED.iter().zip(&mut self.interned) {
            let Some(at) = number(*place) else { continue };
            let mut now: Vec<u32> = texts(&entry.newest, *place).map(|text| interner.number(text)).collect();
            now.sort_unstable();
            let mut old: BTreeMap<u32, u32> = BTreeMap::new();
            for (version, extract) in &entry.older {
                for text in texts(extract, *place).map(|text| interner.number(text)) {
                    if now.binary_search(&text).is_err() {
                        let newest = old.entry(text).or_default();
                        *newest = version.0.max(*newest);
                    }
                }
            }
            numbers.now.get_mut(at).into_iter().for_each(|list| *list = std::mem::take(&mut now));
            numbers.old.get_mut(at).into_iter().for_each(|list| *list = old.iter().map(|(t, v)| (*t, *v)).collect());
        }
        numbers
    }

    /// The index of everything that was put in. `generation` must differ from those of all before.
    pub fn build(self, generation: u64) -> Index {
        let (names, sources) = self.sources();
        let order: [(Vec<u32>, Lines); PLACES] = self.sorted_texts(&sources);
        let (mut forward, mut versions) = (Forward::default(), Versions::default());
        for source in &sources {
            forward.push(&self.renumbered(*source, &order));
            versions.push(self.packed(*source).iter().copied());
        }
        forward.shrink();
        versions.shrink();
        let entries = sources.len();
        let names = Lines::of(names.iter().map(AsRef::as_ref));
        let cell = |(entry, source): (usize, &Source)| {
            let (registry, level) = self.cell(*source);
            Cell { registry, level, context: split_context(names.get(entry)).0 }
        };
        let cells: Vec<Cell<'_>> = sources.iter().enumerate().map(cell).collect();
        let columns = Columns::of(self.registries.clone(), &cells, &versions);
        let mut place = 0;
        let texts = order.map(|(_, lines)| {
            place += 1;
            listed(lines, place - 1, entries, &forward)
        });
        let grams = (entries >= GRAMS_FROM).then(|| Grams::of(&names));
        Index { generation, names, grams, texts, forward, versions, columns }
    }

    /// Every entry of the new index by name and registry.
    fn sources(&self) -> (Vec<Box<str>>, Vec<Source>) {
        let nothing = Index::default();
        let old = self.old.as_deref().unwrap_or(&nothing);
        let (mut names, mut sources) = (Vec::new(), Vec::new());
        let mut keep = |range: Range<usize>, put: Option<(&str, Draft)>| {
            for entry in range {
                names.push(old.name(entry).into());
                sources.push(Source::Old(entry as u32));
            }
            if let Some((name, draft)) = put {
                names.push(name.into());
                sources.push(Source::New(draft));
            }
        };
        let mut at = 0;
        for ((name, registry), draft) in &self.changed {
            let (end, next) = match old.find(registry, name) {
                Ok(found) => (found, found + 1),
                Err(found) => (found, found),
            };
            keep(at..end, draft.map(|draft| (name.as_ref(), draft)));
            at = next;
        }
        keep(at..old.len(), None);
        (names, sources)
    }

    fn numbers_of(&self, source: Source) -> Numbers {
        match source {
            Source::Old(entry) => self.old.as_ref().map(|old| old.forward.numbers(entry as usize)).unwrap_or_default(),
            Source::New(draft) => self.forward.numbers(draft.slot as usize),
        }
    }

    fn packed(&self, source: Source) -> &[Packed] {
        match source {
            Source::Old(entry) => self.old.as_ref().map_or(&[], |old| old.versions.packed(entry as usize)),
            Source::New(draft) => self.versions.packed(draft.slot as usize),
        }
    }

    fn cell(&self, source: Source) -> (u16, u8) {
        match source {
            Source::Old(entry) => self.old.as_ref().map_or((0, 0), |old| {
                (old.columns.registry_number(entry as usize), old.columns.level_number(entry as usize))
            }),
            Source::New(draft) => (draft.registry, draft.level),
        }
    }

    /// For each place the texts that are still used, in order, and the new number of each old one.
    fn sorted_texts(&self, sources: &[Source]) -> [(Vec<u32>, Lines); PLACES] {
        let mut used: [Bits; PLACES] =
            std::array::from_fn(|place| Bits::new(self.interned.get(place).map_or(0, |interner| interner.texts.len())));
        for source in sources {
            let mut mark = |place: usize, text: u32, _: Option<u32>| {
                used.get_mut(place).into_iter().for_each(|used| used.set(text as usize));
            };
            match source {
                Source::Old(entry) => {
                    self.old.iter().for_each(|old| old.forward.replay(*entry as usize, &mut mark));
                }
                Source::New(draft) => self.forward.replay(draft.slot as usize, &mut mark),
            }
        }
        std::array::from_fn(|place| {
            let (Some(interner), Some(used)) = (self.interned.get(place), used.get(place)) else {
                return Default::default();
            };
            let mut order: Vec<(&str, u32)> =
                used.iter().filter_map(|at| Some((interner.texts.get(at)?.as_ref(), at as u32))).collect();
            order.sort_unstable();
            let mut numbers = vec![u32::MAX; interner.texts.len()];
            for (new, (_, old)) in order.iter().enumerate() {
                numbers.get_mut(*old as usize).into_iter().for_each(|number| *number = new as u32);
            }
            (numbers, Lines::of(order.iter().map(|(text, _)| *text)))
        })
    }

    fn renumbered(&self, source: Source, order: &[(Vec<u32>, Lines); PLACES]) -> Numbers {
        let mut numbers = self.numbers_of(source);
        for ((new, _), (now, old)) in order.iter().zip(numbers.now.iter_mut().zip(&mut numbers.old)) {
            let renumber = |text: u32| new.get(text as usize).copied().unwrap_or_default();
            now.iter_mut().for_each(|text| *text = renumber(*text));
            now.sort_unstable();
            old.iter_mut().for_each(|(text, _)| *text = renumber(*text));
            old.sort_unstable();
        }
        numbers
    }
}

/// The places in the order of their numbers.
const PLACED: [Place; PLACES] = [Place::Field, Place::Record, Place::Type, Place::Doc, Place::Tag];

fn texts(of: &Extract, place: Place) -> impl Iterator<Item = &str> {
    let set = match place {
        Place::Subject => None,
        Place::Record => Some(&of.records),
        Place::Field => Some(&of.fields),
        Place::Type => Some(&of.types),
        Place::Doc => Some(&of.docs),
        Place::Tag => Some(&of.tags),
    };
    set.into_iter().flatten().map(String::as_str)
}

fn listed(lines: Lines, place: usize, entries: usize, forward: &Forward) -> Texts {
    let build = |old: bool| {
        Postings::build(entries, lines.len(), |with| {
            for entry in 0..entries {
                forward.replay(entry, &mut |of, text, version: Option<u32>| {
                    if of == place && version.is_some() == old {
                        with(text, entry as u32);
                    }
                });
            }
        })
    };
    let (now, old) = (build(false), build(true));
    let old = if old.has_entries() { old } else { Postings::default() };
    Texts { lines, now, old }
}
