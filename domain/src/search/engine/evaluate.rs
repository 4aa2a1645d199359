//! Puts together what the terms of a query find.

use super::answer::Answer;
use super::facets::facets;
use super::filters::kept;
use super::find::Search;
use super::standings::Standings;
use super::text::{BEGINS, Compiled, TextFound, TextSearch, rank};
use super::watch::Watch;
use crate::search::index::Index;
use crate::search::index::bits::Bits;
use crate::search::query::Key;
use crate::search::{Asked, MAX_ROWS, PatternError, Place, SearchRequest, SortBy};

/// The filters of one key and what they keep together.
pub(super) type Kept = (Key, Bits);

/// What the patterns keep together.
struct Texts {
    /// Entries by rank, each rank with those before it.
    ranks: Vec<(u64, Bits)>,
    searched: usize,
    /// Whether it is not known what is behind the entries that were searched, nor needed.
    quick: bool,
    found: Vec<TextFound>,
}

/// Searches for what was asked.
pub(super) fn evaluate(
    asked: Asked,
    index: &Index,
    standings: &Standings,
    request: &SearchRequest,
    watch: Watch<'_>,
) -> Result<Answer, PatternError> {
    let compiled: Vec<Compiled> = asked.texts.iter().map(|term| Compiled::of(term.pattern.clone())).collect();
    let mut filters: Vec<Kept> = Vec::new();
    for term in &asked.filters {
        let bits = kept(term, index, standings);
        match filters.iter_mut().find(|(key, _)| *key == term.key) {
            Some((_, all)) => all.and(&bits),
            None => filters.push((term.key, bits)),
        }
    }
    let mut texts = match quick(&asked, &compiled, index, request, &filters, watch)? {
        Some(texts) => texts,
        None => patterns(&asked, &compiled, index, &filters, watch)?,
    };
    let mut by_text = Bits::new(index.len());
    texts.ranks.iter().for_each(|(_, bits)| by_text.or(bits));
    if !texts.quick {
        by_text.cut(texts.searched);
    }
    let mut all = by_text.clone();
    filters.iter().for_each(|(_, bits)| all.and(bits));
    let mut taken = Bits::new(index.len());
    for (_, bits) in &mut texts.ranks {
        bits.and(&all);
        bits.and_not(&taken);
        taken.or(bits);
    }
    texts.ranks.retain(|(_, bits)| !bits.is_empty());
    let count = all.count();
    let facets = if request.rows_only {
        Vec::new()
    } else {
        facets(&asked.query, index, standings, &by_text, &filters, (&all, count))
    };
    Ok(Answer {
        compiled,
        found: texts.found,
        ranks: texts.ranks,
        all,
        count,
        searched: texts.searched,
        facets,
        generation: index.generation(),
        asked,
    })
}

/// All patterns, one after the other, each only where those before it left something.
fn patterns(
    asked: &Asked,
    compiled: &[Compiled],
    index: &Index,
    filters: &[Kept],
    watch: Watch<'_>,
) -> Result<Texts, PatternError> {
    let mut texts = Texts {
        ranks: vec![(BEGINS, Bits::full(index.len()))],
        searched: index.len(),
        quick: false,
        found: Vec::new(),
    };
    // Facets look past the filter of their own key, so only the others say where patterns need not look.
    let mut within: Option<Bits> = None;
    for (_, bits) in filters.iter().filter(|(key, _)| !Key::FACETS.contains(key)) {
        narrow(&mut within, bits);
    }
    for (at, (term, compiled)) in asked.texts.iter().zip(compiled).enumerate() {
        let search = TextSearch { index, term, compiled, versions: asked.versions, watch };
        let found = search.run(within.as_ref()).map_err(|wrong| at_term(asked, at, wrong))?;
        texts.searched =
            if found.searched < index.len() && term.excluded { 0 } else { texts.searched.min(found.searched) };
        let mut any = Bits::new(index.len());
        found.ranks.iter().for_each(|(_, bits)| any.or(bits));
        if term.excluded {
            any.invert();
        }
        narrow(&mut within, &any);
        if term.bare && !term.excluded {
            texts.ranks = both(&texts.ranks, &found.ranks);
        } else {
            texts.ranks.iter_mut().for_each(|(_, bits)| bits.and(&any));
        }
        texts.found.push(found);
    }
    Ok(texts)
}

fn at_term(asked: &Asked, at: usize, wrong: PatternError) -> PatternError {
    let at = asked.texts.get(at).map_or(0, |term| term.at);
    asked.query.wrong_pattern(at, wrong)
}

fn narrow(within: &mut Option<Bits>, to: &Bits) {
    match within {
        Some(within) => within.and(to),
        None => *within = Some(to.clone()),
    }
}

/// What two words find together, each with the ranks before it: the worse of both counts.
fn both(before: &[(u64, Bits)], word: &[(u64, Bits)]) -> Vec<(u64, Bits)> {
    let mut ranks: Vec<u64> = before.iter().chain(word).map(|(rank, _)| *rank).collect();
    ranks.sort_unstable();
    ranks.dedup();
    let up_to = |rank: u64| {
        let mut found = before.iter().rev().find(|(other, _)| *other <= rank).map(|(_, bits)| bits.clone())?;
        let mut any = Bits::new(found.len());
        word.iter().filter(|(other, _)| *other <= rank).for_each(|(_, bits)| any.or(bits));
        found.and(&any);
        Some((rank, found))
    };
    ranks.into_iter().filter_map(up_to).collect()
}

/// The first rows alone, where one pattern for names decides and rows stand as names do.
fn quick(
    asked: &Asked,
    compiled: &[Compiled],
    index: &Index,
    request: &SearchRequest,
    filters: &[Kept],
    watch: Watch<'_>,
) -> Result<Option<Texts>, PatternError> {
    let ([term], [compiled]) = (asked.texts.as_slice(), compiled) else { return Ok(None) };
    let by_name = matches!(request.sort.by, SortBy::Best | SortBy::Name) && !request.sort.descending;
    let first = request.cursor.is_none() && request.offset == 0 && request.rows_only;
    if term.excluded || term.places != [Place::Subject] || !by_name || !first || !filters.is_empty() {
        return Ok(None);
    }
    let enough = request.limit.clamp(1, MAX_ROWS) + 1;
    let lines = &index.names;
    let program = compiled.program(lines).map_err(|wrong| at_term(asked, 0, wrong))?;
    let done = |ranks, searched, texts: Bits| {
        let found = TextFound { ranks: Vec::new(), texts: Default::default(), searched };
        let ranks = [ranks, vec![(rank(Place::Subject), texts)]].concat();
        Ok(Some(Texts { ranks, searched, quick: true, found: vec![found] }))
    };
    let mut begins = Bits::new(index.len());
    if let Some(plain) = term.plain.as_ref().filter(|plain| request.sort.by == SortBy::Best && !plain.is_empty()) {
        let range = lines.beginning_with(plain.as_bytes());
        begins.set_range(range.start..range.end.min(range.start + enough));
        if range.len() >= enough {
            return done(vec![(BEGINS, begins)], enough, Bits::new(index.len()));
        }
    }
    let begun = begins.count();
    let search = Search { program, pattern: &compiled.pattern, lines, grams: index.grams.as_ref(), watch };
    let found = search.run(None, None, enough + begun);
    done(vec![(BEGINS, begins)], found.searched, found.texts)
}
