//! One page of an answer: from a row's place by bits and orders, without searching again.

use super::answer::Answer;
use super::standings::Standings;
use crate::search::index::Index;
use crate::search::order::Rank;
use crate::search::{Cursor, MAX_ROWS, Row, SearchPage, SearchRequest, Sort, SortBy};
use crate::subject::SubjectName;

/// Rows of a page with their ranks or values, how many stand before them, and whether more come.
struct Slice {
    rows: Vec<(u64, usize)>,
    offset: usize,
    more: bool,
}

impl Answer {
    /// The page that a request wants; its query must be the one that was answered. An index that came after the answer gives an empty
    /// page.
    pub fn page(&self, index: &Index, standings: &Standings, request: &SearchRequest) -> SearchPage {
        let page = SearchPage { total: index.len(), matched: self.matched(), ..SearchPage::default() };
        if self.generation != index.generation() {
            return page;
        }
        let slice = self.slice(index, request);
        let cursor = |(value, entry): &(u64, usize)| {
            Rank { value: *value, subject: index.name(*entry), registry: index.registry(*entry) }.cursor()
        };
        SearchPage {
            offset: slice.offset,
            next: slice.rows.last().filter(|_| slice.more).map(cursor),
            rows: slice.rows.iter().filter_map(|(_, entry)| self.row(index, standings, *entry)).collect(),
            facets: self.facets.clone(),
            ..page
        }
    }

    /// Every row that was found, in the order of the request, from its cursor or offset on, whatever its limit. An index that came
    /// after the answer gives none.
    pub fn rows<'a>(
        &'a self,
        index: &'a Index,
        standings: &'a Standings,
        request: &SearchRequest,
    ) -> impl Iterator<Item = Row> + 'a {
        let of_this = self.generation == index.generation();
        let entries = of_this.then(|| self.ordered(index, request).0).into_iter().flatten();
        entries.filter_map(move |(_, entry)| self.row(index, standings, entry))
    }

    fn slice(&self, index: &Index, request: &SearchRequest) -> Slice {
        let limit = request.limit.clamp(1, MAX_ROWS);
        let (ordered, offset) = self.ordered(index, request);
        let mut rows: Vec<(u64, usize)> = ordered.take(limit + 1).collect();
        let more = rows.len() > limit;
        rows.truncate(limit);
        Slice { rows, offset, more }
    }

    fn ordered<'a>(
        &'a self,
        index: &'a Index,
        request: &SearchRequest,
    ) -> (Box<dyn Iterator<Item = (u64, usize)> + 'a>, usize) {
        match request.sort.by {
            SortBy::Best => self.by_rank(index, request),
            SortBy::Name => self.by_name(index, request),
            _ => self.by_value(index, request),
        }
    }

    fn by_rank<'a>(
        &'a self,
        index: &'a Index,
        request: &SearchRequest,
    ) -> (Box<dyn Iterator<Item = (u64, usize)> + 'a>, usize) {
        let mut ranks: Vec<_> = self.ranks.iter().collect();
        if request.sort.descending {
            ranks.reverse();
        }
        let after = request.cursor.as_ref().map(|cursor| (cursor.rank, behind(index, cursor)));
        let passed =
            |rank: u64| after.is_some_and(|(last, _)| if request.sort.descending { rank > last } else { rank < last });
        let start = |rank: u64| after.filter(|(last, _)| *last == rank).map_or(0, |(_, start)| start);
        let (mut before, mut skip) = (0, if after.is_some() { 0 } else { request.offset.min(self.count) });
        let offset = skip;
        let mut rest: Vec<(u64, usize)> = Vec::new();
        for (rank, bits) in &ranks {
            let count = bits.count();
            if passed(*rank) {
                before += count;
            } else if skip >= count && skip > 0 {
                skip -= count;
            } else {
                before += bits.rank(start(*rank));
                rest.push((*rank, if skip > 0 { bits.select(skip).unwrap_or(bits.len()) } else { start(*rank) }));
                skip = 0;
            }
        }
        let bits = |rank: u64| self.ranks.iter().find(|(other, _)| *other == rank).map(|(_, bits)| bits);
        let rows = rest.into_iter().filter_map(move |(rank, start)| Some((rank, bits(rank)?.from(start))));
        let rows = rows.flat_map(|(rank, entries)| entries.map(move |entry| (rank, entry)));
        (Box::new(rows), if after.is_some() { before } else { offset })
    }

    fn by_name<'a>(
        &'a self,
        index: &'a Index,
        request: &SearchRequest,
    ) -> (Box<dyn Iterator<Item = (u64, usize)> + 'a>, usize) {
        let all = &self.all;
        if request.sort.descending {
            let end = match &request.cursor {
                Some(cursor) => index.find(&cursor.registry, &cursor.subject).unwrap_or_else(|place| place),
                None if request.offset >= self.count => 0,
                None => all.select(self.count - 1 - request.offset).map_or(0, |entry| entry + 1),
            };
            return (Box::new(all.down_from(end).map(|entry| (0, entry))), self.count - all.rank(end));
        }
        let start = match &request.cursor {
            Some(cursor) => behind(index, cursor),
            None => all.select(request.offset).unwrap_or(all.len()),
        };
        (Box::new(all.from(start).map(|entry| (0, entry))), all.rank(start))
    }

    fn by_value<'a>(
        &'a self,
        index: &'a Index,
        request: &SearchRequest,
    ) -> (Box<dyn Iterator<Item = (u64, usize)> + 'a>, usize) {
        let sort = request.sort;
        let order = index.order(sort);
        let placed = move |entry: usize| (turned(index.value(entry, sort.by), sort), entry);
        let start = match &request.cursor {
            Some(cursor) => {
                let after = (turned(cursor.rank, sort), behind(index, cursor));
                order.partition_point(|entry| placed(*entry as usize) < after)
            }
            None => {
                let mut found = order.iter().enumerate().filter(|(_, entry)| self.all.get(**entry as usize));
                found.nth(request.offset).map_or(order.len(), |(place, _)| place)
            }
        };
        let (before, rest) = order.split_at(start.min(order.len()));
        let offset = before.iter().filter(|entry| self.all.get(**entry as usize)).count();
        let rows = rest.iter().map(|entry| *entry as usize).filter(|entry| self.all.get(*entry));
        (Box::new(rows.map(move |entry| (index.value(entry, sort.by), entry))), offset)
    }

    fn row(&self, index: &Index, standings: &Standings, entry: usize) -> Option<Row> {
        let current = index.versions.current(entry);
        let (matches, more_matches) = self.reasons(index, entry);
        Some(Row {
            registry: index.registry(entry).to_owned(),
            subject: SubjectName::parse(index.name(entry)).ok()?,
            schema_type: current.map(|current| current.schema_type),
            version: current.map(|current| current.version),
            id: current.map(|current| current.id),
            versions: index.versions.of(entry).len(),
            fields: index.forward.first_len(entry),
            deleted: index.columns.deleted.get(entry),
            compatibility: index.level(entry),
            onboarding: standings.onboarding(entry),
            owner: standings.owner(entry).map(str::to_owned),
            matches,
            more_matches,
        })
    }
}

/// The first entry behind a cursor's row, which may be gone.
fn behind(index: &Index, cursor: &Cursor) -> usize {
    index.find(&cursor.registry, &cursor.subject).map_or_else(|place| place, |found| found + 1)
}

/// A value that ascends where rows are to descend.
fn turned(value: u64, sort: Sort) -> u64 {
    if sort.descending { u64::MAX - value } else { value }
}

impl Index {
    /// An entry's value in a sorted column.
    pub(super) fn value(&self, entry: usize, by: SortBy) -> u64 {
        let current = || self.versions.current(entry);
        match by {
            SortBy::Best | SortBy::Name => 0,
            SortBy::Version => current().map_or(0, |current| current.version.0.into()),
            SortBy::Versions => self.versions.of(entry).len() as u64,
            SortBy::Id => current().map_or(0, |current| current.id.0.into()),
            SortBy::Type => current().map_or(3, |current| current.schema_type as u64),
            SortBy::Fields => self.forward.first_len(entry) as u64,
        }
    }

    /// All entries in the order of a sorted column.
    fn order(&self, sort: Sort) -> &[u32] {
        self.columns.order(sort, |entry| turned(self.value(entry, sort.by), sort)).unwrap_or_default()
    }
}
