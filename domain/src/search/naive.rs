//! The search without an index: every pattern against every text of every entry. What the index must agree with.

mod seen;

use std::collections::HashMap;

use self::seen::Seen;
use super::facets::facet;
use super::order::Rank;
use super::query::Key;
use super::{Asked, Entry, Facet, MAX_ROWS, Matched, Overlay, SearchPage, SearchRequest, Standing};

/// Searches entries.
pub fn search(entries: &[Entry], overlay: &Overlay, request: &SearchRequest) -> SearchPage {
    let page = SearchPage { total: entries.len(), ..SearchPage::default() };
    let asked = &match Asked::of(request) {
        Ok(asked) => asked,
        Err(problem) => return SearchPage { problem: Some(problem), ..page },
    };
    let nobody = Standing::default();
    let all = entries.iter().map(|entry| Seen::of(entry, overlay, &nobody));
    let texts: Vec<Seen<'_>> = all.filter(|seen| asked.texts.iter().all(|term| seen.passes(asked, term))).collect();
    let kept = |but: Option<Key>| {
        let others = move |seen: &&Seen<'_>| {
            asked
                .filters
                .iter()
                .filter(|term| Some(term.key) != but)
                .all(|term| seen.holds(&term.filter) != term.excluded)
        };
        texts.iter().filter(others)
    };
    let mut found: Vec<(Rank<'_>, &Seen<'_>)> = kept(None).map(|seen| (seen.rank(asked, request.sort), seen)).collect();
    found.sort_by(|a, b| a.0.compare(&b.0, request.sort));
    let start = match &request.cursor {
        Some(cursor) => found.partition_point(|(rank, _)| rank.compare(&Rank::of(cursor), request.sort).is_le()),
        None => request.offset.min(found.len()),
    };
    let limit = request.limit.clamp(1, MAX_ROWS);
    let shown = found.get(start..).unwrap_or_default();
    let next = shown.get(limit - 1).filter(|_| shown.len() > limit).map(|(rank, _)| rank.cursor());
    SearchPage {
        rows: shown.iter().take(limit).map(|(_, seen)| seen.row(asked)).collect(),
        matched: Matched::Exact { count: found.len() },
        offset: start,
        next,
        facets: if request.rows_only { Vec::new() } else { facets(asked, |key| kept(Some(key)).collect()) },
        ..page
    }
}

fn facets<'a, 'b: 'a>(asked: &Asked, kept: impl Fn(Key) -> Vec<&'a Seen<'b>>) -> Vec<Facet> {
    let count = |key: Key| {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for seen in kept(key) {
            if let Some(word) = seen.word(key) {
                *counts.entry(word).or_default() += 1;
            }
        }
        facet(key, &asked.query, counts)
    };
    Key::FACETS.map(count).to_vec()
}
