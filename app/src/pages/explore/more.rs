//! The rows after the first page: added below with JavaScript, a page of their own without.

use domain::registry::{ExplorePage as Page, SubjectSummary};
use domain::subject::SubjectName;
use leptos::prelude::*;

use super::ask;
use crate::components::explore_list::PAGE_ROWS;
use crate::components::explore_search::Search;
use crate::ui::grouped;

/// Rows that were asked for after a first page, and where the next ones begin.
#[derive(Clone, Default, PartialEq)]
struct Added {
    search: Search,
    rows: Vec<SubjectSummary>,
    next: Option<SubjectName>,
}

/// All rows that are there, and the way to more.
#[derive(Clone, Copy)]
pub struct More {
    /// The rows of the first page and those that were added to it.
    pub rows: Memo<Vec<SubjectSummary>>,
    next: Memo<Option<SubjectName>>,
    ask: Action<(Search, SubjectName), Result<(), String>>,
}

impl More {
    /// Nothing added yet to what is shown.
    pub fn after(shown: Memo<Option<(Search, Page)>>) -> Self {
        let added = RwSignal::new(Added::default());
        let rows = Memo::new(move |_| {
            let (search, page) = shown.get().unwrap_or_default();
            let mut rows = page.rows;
            added.with(|added| rows.extend(added.rows.iter().filter(|_| added.search == search).cloned()));
            rows
        });
        let next = Memo::new(move |_| {
            let (search, page) = shown.get().unwrap_or_default();
            added.with(
                |added| if added.search == search && !added.rows.is_empty() { added.next.clone() } else { page.next },
            )
        });
        let ask = Action::new(move |(search, after): &(Search, SubjectName)| {
            let (first, search) = (search.clone(), Search { after: Some(after.clone()), ..search.clone() });
            async move {
                let page = ask(search, 4 * PAGE_ROWS).await.1.map_err(|error| error.to_string())?;
                added.update(|added| {
                    if added.search != first {
                        *added = Added { search: first, ..Added::default() };
                    }
                    added.rows.extend(page.rows);
                    added.next = page.next;
                });
                Ok(())
            }
        });
        Self { rows, next, ask }
    }
}

/// How many rows are there, and the link to more.
#[component]
pub fn MoreRows(more: More, shown: Memo<Option<(Search, Page)>>) -> impl IntoView {
    let counts = move || {
        let matched = shown.with(|shown| shown.as_ref().map_or(0, |(_, page)| page.matched));
        format!("{} of {} shown", grouped(more.rows.with(Vec::len) as u64), grouped(matched as u64))
    };
    let first_page = move || {
        let search = shown.with(|shown| shown.as_ref().map(|(search, _)| search.clone()))?;
        search.after.as_ref()?;
        Some(view! { <a class="link" href=search.with_pattern(search.pattern.clone()).path()>"First page"</a> })
    };
    let link = move || {
        let (search, after) = (shown.get()?.0, more.next.get()?);
        let href = Search { after: Some(after.clone()), ..search.clone() }.path();
        let add = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            if !more.ask.pending().get_untracked() {
                more.ask.dispatch((search.clone(), after.clone()));
            }
        };
        let label = move || if more.ask.pending().get() { "Reading more…" } else { "Show more" };
        Some(view! { <a class="btn btn-sm" href=href on:click=add>{label}</a> })
    };
    let failure = move || {
        more.ask
            .value()
            .get()
            .and_then(Result::err)
            .map(|text| view! { <span class="text-bad" role="alert">{text}</span> })
    };
    let is_whole = Memo::new(move |_| {
        more.next.with(Option::is_none)
            && shown.with(|shown| {
                shown.as_ref().is_none_or(|(search, page)| search.after.is_none() && page.rows.len() == page.matched)
            })
    });
    move || {
        (!is_whole.get()).then(|| {
            view! {
                <div class="pane-foot">
                    <span class="num">{counts}</span>
                    {first_page}
                    {link}
                    {failure}
                </div>
            }
        })
    }
}
