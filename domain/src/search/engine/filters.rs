//! The entries that a filter holds for.

use super::standings::Standings;
use crate::compare::Level;
use crate::search::FilterTerm;
use crate::search::index::Index;
use crate::search::index::bits::Bits;
use crate::search::index::postings::Postings;
use crate::search::query::{Filter, VersionIs};
use crate::subject::SchemaType;

/// The entries that a filter keeps.
pub fn kept(term: &FilterTerm, index: &Index, standings: &Standings) -> Bits {
    let mut held = held(&term.filter, index, standings);
    if term.excluded {
        held.invert();
    }
    held
}

fn held(filter: &Filter, index: &Index, standings: &Standings) -> Bits {
    let columns = &index.columns;
    match filter {
        Filter::Type(types) => any(&columns.by_type, SchemaType::ALL.map(|ty| types.contains(&ty))),
        Filter::Context(names) => any(&columns.by_context, columns.contexts.iter().map(|name| names.contains(name))),
        Filter::Registry(names) => {
            any(&columns.by_registry, columns.registries.iter().map(|name| names.contains(name)))
        }
        Filter::Compatibility(levels) => {
            let known = Level::ALL.into_iter().map(Some).chain([None]);
            any(&columns.by_level, known.map(|level| levels.contains(&level)))
        }
        Filter::Deleted(true) => columns.deleted.clone(),
        Filter::Deleted(false) => {
            let mut others = columns.deleted.clone();
            others.invert();
            others
        }
        Filter::Onboarded(states) => standings.onboarded(states),
        Filter::Owner(names) => standings.owned(names),
        Filter::Version(is) => by_version(*is, index),
        Filter::Id(ids) => {
            let mut found = Bits::new(index.len());
            index.versions.with_ids(ids).into_iter().for_each(|entry| found.set(entry));
            found
        }
        Filter::In(_) | Filter::Text(..) => Bits::full(index.len()),
    }
}

fn any(lists: &Postings, chosen: impl IntoIterator<Item = bool>) -> Bits {
    lists.union(&chosen.into_iter().collect())
}

fn by_version(is: VersionIs, index: &Index) -> Bits {
    let current = |entry: usize| index.versions.current(entry).map(|current| current.version);
    let holds = |entry: usize| match is {
        VersionIs::Has(version) => index.versions.of(entry).any(|one| one.version == version),
        VersionIs::From(least) => current(entry).is_some_and(|version| version >= least),
        VersionIs::To(most) => current(entry).is_some_and(|version| version <= most),
        VersionIs::Newest | VersionIs::Old => true,
    };
    (0..index.len()).map(holds).collect()
}
