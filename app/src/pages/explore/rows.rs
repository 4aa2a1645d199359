//! The rows of the list, window by window: those of the first answer, and those that were fetched when they came near.

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Duration;

use domain::search::Row;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::ask;
use crate::api::ApiError;
use crate::components::explore_selection::RowId;
use crate::components::explore_state::{Found, Search};

/// Rows that are asked for at once.
const WINDOW: usize = 100;
/// Rows that are kept; those furthest from the reader go first.
const KEPT: usize = 4_000;
/// How long the list stands still before its rows are asked for, so that a drag through the list asks once.
const PAUSE: Duration = Duration::from_millis(60);

/// What was fetched besides the first answer.
#[derive(Default)]
struct Fetched {
    search: Search,
    rows: BTreeMap<usize, Row>,
    asked: Vec<usize>,
}

/// The rows of what is shown.
#[derive(Clone, Copy)]
pub struct Rows {
    shown: Memo<Option<Found>>,
    fetched: RwSignal<Fetched>,
    near: StoredValue<Range<usize>>,
    failure: RwSignal<Option<ApiError>>,
}

impl Rows {
    /// The rows of this answer and its successors.
    pub fn of(shown: Memo<Option<Found>>) -> Self {
        let rows =
            Self { shown, fetched: RwSignal::default(), near: StoredValue::new(0..0), failure: RwSignal::new(None) };
        // A newer answer to the same search leaves the rows in place until newer ones are there.
        Effect::watch(
            move || shown.get(),
            move |shown, _, _| {
                let Some(found) = shown else { return };
                rows.fetched.update(|fetched| {
                    if fetched.search != found.0 {
                        *fetched = Fetched { search: found.0.clone(), ..Fetched::default() };
                    }
                    fetched.asked.clear();
                });
                rows.ask_soon();
            },
            false,
        );
        rows
    }

    /// How many rows the list has: those of the whole, or those after the row where an address without a script begins.
    pub fn total(self) -> usize {
        self.shown.with(|shown| {
            shown.as_ref().map_or(0, |found| {
                let (search, page) = found.as_ref();
                let before = if search.after.is_some() { page.offset } else { 0 };
                page.matched.count().saturating_sub(before).max(page.rows.len())
            })
        })
    }

    /// The row at a place, once it is known.
    pub fn at(self, index: usize) -> Option<Row> {
        self.shown.with(|shown| {
            let (search, page) = shown.as_ref()?.as_ref();
            page.rows.get(index).cloned().or_else(|| {
                self.fetched
                    .with(|fetched| (fetched.search == *search).then(|| fetched.rows.get(&index).cloned()).flatten())
            })
        })
    }

    /// Why the last window could not be fetched.
    pub fn failure(self) -> Option<ApiError> {
        self.failure.get()
    }

    /// Hears which places are near the window, and fetches what is not known of them.
    pub fn near(self, range: Range<usize>) {
        self.near.set_value(range);
        self.ask_soon();
    }

    fn ask_soon(self) {
        let range = self.near.get_value();
        set_timeout(
            move || {
                // Whoever scrolled on meanwhile has asked for themselves.
                if self.near.try_with_value(|near| *near == range) == Some(true) {
                    self.ask_for(range);
                }
            },
            PAUSE,
        );
    }

    fn ask_for(self, range: Range<usize>) {
        let Some(found) = self.shown.get_untracked() else { return };
        let first = found.1.rows.len();
        let end = range.end.min(untrack(|| self.total()));
        let windows = (range.start.max(first.min(end)) / WINDOW)..end.div_ceil(WINDOW);
        for window in windows {
            let whole = (window + 1) * WINDOW <= first;
            let news = self.fetched.try_update(|fetched| {
                let news = !whole && fetched.search == found.0 && !fetched.asked.contains(&window);
                if news {
                    fetched.asked.push(window);
                }
                news
            });
            if news == Some(true) {
                let search = found.0.clone();
                spawn_local(async move {
                    self.fetch(search, window * WINDOW, WINDOW).await;
                });
            }
        }
    }

    /// Fetches rows and keeps them, unless another search is shown by then.
    async fn fetch(self, search: Search, offset: usize, limit: usize) {
        let before = self.shown.with_untracked(|shown| shown.as_ref().map_or(0, |found| found.1.offset));
        let from = if search.after.is_some() { before } else { 0 };
        let answer = ask(Search { after: None, ..search.clone() }, from + offset, limit, true).await.1;
        let near = self.near.try_get_value().unwrap_or_default();
        match answer {
            Ok(page) => {
                self.failure.try_set(None);
                self.fetched.try_update(|fetched| {
                    if fetched.search == search {
                        fetched.rows.extend((offset..).zip(page.rows));
                        forget_far(&mut fetched.rows, &mut fetched.asked, near.start);
                    }
                });
            }
            Err(error) => {
                self.failure.try_set(Some(error));
                self.fetched.try_update(|fetched| fetched.asked.retain(|window| *window != offset / WINDOW));
            }
        }
    }

    /// The subjects at these places, those that were never near included.
    pub async fn ids(self, range: Range<usize>) -> Vec<RowId> {
        let mut ids = Vec::new();
        for index in range {
            if untrack(|| self.at(index)).is_none()
                && let Some(found) = self.shown.get_untracked()
            {
                self.fetch(found.0.clone(), index, WINDOW).await;
            }
            ids.extend(untrack(|| self.at(index)).as_ref().map(RowId::of));
        }
        ids
    }
}

/// Lets the rows go that are furthest from the reader, when there are too many.
fn forget_far(rows: &mut BTreeMap<usize, Row>, asked: &mut Vec<usize>, near: usize) {
    while rows.len() > KEPT {
        let (first, last) = (rows.keys().next().copied(), rows.keys().next_back().copied());
        let (Some(first), Some(last)) = (first, last) else { return };
        let far = if near.abs_diff(first) > near.abs_diff(last) { first } else { last };
        rows.remove(&far);
        asked.retain(|window| *window != far / WINDOW);
    }
}

#[cfg(test)]
mod tests {
    use domain::registry::Onboarding;
    use domain::subject::SubjectName;

    use super::*;

    #[test]
    fn rows_far_from_the_reader_are_let_go_and_can_be_asked_for_again() {
        let row = |number: usize| Row {
            registry: String::new(),
            subject: SubjectName::parse(format!("s{number}")).unwrap(),
            schema_type: None,
            version: None,
            id: None,
            versions: 0,
            fields: 0,
            deleted: false,
            compatibility: None,
            onboarding: Onboarding::None,
            owner: None,
            matches: Vec::new(),
            more_matches: 0,
        };
        let mut rows: BTreeMap<usize, Row> = (0..KEPT + 100).map(|number| (number, row(number))).collect();
        let mut asked: Vec<usize> = (0..=KEPT / WINDOW).collect();
        forget_far(&mut rows, &mut asked, KEPT);
        assert_eq!((rows.len(), rows.keys().next(), asked.first()), (KEPT, Some(&100), Some(&1)));
    }
}
