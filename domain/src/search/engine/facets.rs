//! Counts of values among what was found, by bits that are in both.

use std::collections::HashMap;

use super::evaluate::Kept;
use super::standings::Standings;
use crate::compare::Level;
use crate::search::Facet;
use crate::search::facets::{context_word, facet, level_word, owner_word, state_word};
use crate::search::index::Index;
use crate::search::index::bits::Bits;
use crate::search::index::postings::Postings;
use crate::search::query::{Key, Query};
use crate::subject::SchemaType;

/// All facets. `all` is what was found and how much that is; a facet looks past the filters of its own key.
pub(super) fn facets(
    query: &Query,
    index: &Index,
    standings: &Standings,
    by_text: &Bits,
    filters: &[Kept],
    all: (&Bits, usize),
) -> Vec<Facet> {
    let counted = |key: Key| {
        if !filters.iter().any(|(other, _)| *other == key) {
            return facet(key, query, counts(key, index, standings, all.0, all.1));
        }
        let mut within = by_text.clone();
        filters.iter().filter(|(other, _)| *other != key).for_each(|(_, bits)| within.and(bits));
        facet(key, query, counts(key, index, standings, &within, within.count()))
    };
    Key::FACETS.map(counted).to_vec()
}

fn counts(key: Key, index: &Index, standings: &Standings, within: &Bits, all: usize) -> HashMap<String, usize> {
    let columns = &index.columns;
    match key {
        Key::Type => by_list(&columns.by_type, SchemaType::ALL.map(|ty| ty.word().to_owned()), within),
        Key::Context => {
            by_list(&columns.by_context, columns.contexts.iter().map(|c| context_word(c.as_deref())), within)
        }
        Key::Compatibility => {
            by_list(&columns.by_level, Level::ALL.into_iter().map(Some).chain([None]).map(level_word), within)
        }
        Key::Registry => by_list(&columns.by_registry, columns.registries.iter().cloned(), within),
        Key::Deleted => {
            let deleted = columns.deleted.count_with(within);
            HashMap::from([("yes".to_owned(), deleted), ("no".to_owned(), all - deleted)])
        }
        Key::Onboarded => {
            let states = standings.count_states(within, all);
            states.into_iter().map(|(state, count)| (state_word(state).to_owned(), count)).collect()
        }
        Key::Owner => {
            let owners = standings.count_owners(within, all);
            owners.into_iter().map(|(owner, count)| (owner_word(owner.as_deref()), count)).collect()
        }
        _ => HashMap::new(),
    }
}

fn by_list(lists: &Postings, words: impl IntoIterator<Item = String>, within: &Bits) -> HashMap<String, usize> {
    words.into_iter().enumerate().map(|(value, word)| (word, lists.list(value).count_in(within))).collect()
}
