//! What stands in place of the list when nothing matches: the nearest searches that do have results, with their counts.

use domain::registry::Freshness;
use domain::search::query::{Key, escape};
use domain::search::{Chosen, Place, SearchPage};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::explore_state::Search;
use crate::paths;
use crate::ui::{Command, EmptyState, grouped};

/// A search that is near to one that found nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Near {
    /// What differs.
    pub label: String,
    /// The search.
    pub search: Search,
}

/// The searches to offer, the nearest first; whether they find anything is not known yet.
pub fn near(search: &Search) -> Vec<Near> {
    let mut near: Vec<Near> = Vec::new();
    let mut add = |label: String, next: Search| {
        if next.query() != search.query() || next.literal != search.literal || next.exact != search.exact {
            near.push(Near { label, search: next });
        }
    };
    for (at, term) in search.tokens() {
        add(format!("Without {term}"), search.without_token(at));
    }
    if !search.literal && escape(&search.text) != search.text {
        add("As plain text".to_owned(), Search { literal: true, ..search.clone() });
    }
    if search.exact {
        add("Whatever the case".to_owned(), Search { exact: false, ..search.clone() });
    }
    if !search.text.is_empty() {
        let everywhere = Place::ALL.into_iter().filter(|place| !search.scopes().contains(place));
        add(
            "In types, tags and documentation too".to_owned(),
            everywhere.fold(search.clone(), |next, place| next.with_scope_toggled(place)),
        );
    }
    add("Deleted subjects".to_owned(), search.with_chosen(Key::Deleted, "yes", Chosen::Included));
    near
}

/// The empty list with its ways on; `counts` are the searches of [`near`] with how many each finds, `None` while that is not known.
#[component]
pub fn NothingFound(page: SearchPage, counts: Signal<Option<Vec<(Near, usize)>>>) -> impl IntoView {
    if page.total == 0 {
        return view! { <EmptyRegistry freshness=page.freshness /> }.into_any();
    }
    let row = |(near, count): (Near, usize)| {
        view! {
            <li>
                <a class="choice" href=near.search.path()>
                    <span>{near.label}</span>
                    <span class="num text-muted flex-none">{grouped(count as u64)}</span>
                </a>
            </li>
        }
    };
    let rows = move || {
        let found: Vec<_> = counts.get().unwrap_or_default().into_iter().filter(|(_, count)| *count > 0).collect();
        (!found.is_empty()).then(|| {
            view! {
                <ul class="choices w-full" aria-label="What would match">{found.into_iter().map(row).collect_view()}</ul>
            }
        })
    };
    let all = format!("Show all {}", grouped(page.total as u64));
    view! {
        <EmptyState title="No subject matches" text="A pattern may match anywhere in a text. Look in other places, or take a filter away.">
            {rows}
            <a class="btn btn-ghost" href=paths::EXPLORE>
                {all}
            </a>
        </EmptyState>
    }
    .into_any()
}

#[component]
fn EmptyRegistry(freshness: Freshness) -> impl IntoView {
    let (read, trouble) = (freshness.synced_at.is_some(), freshness.trouble.is_some());
    if !read && !trouble {
        let text = "The registry is being read for the first time. This page goes on by itself.";
        return view! {
            <EmptyState title="Reading the registry" text>
                <a class="btn" rel="external" href=paths::EXPLORE>
                    "Reload"
                </a>
            </EmptyState>
        }
        .into_any();
    }
    let text = if read {
        "The registry has no subjects yet. Register a schema there, or start the console with another registry."
    } else {
        "The registry has not answered yet. Check its address, or start the console with another registry."
    };
    view! {
        <EmptyState title="There is nothing to explore" text>
            <Command text="sluicegate serve --registry https://registry.example.com" />
        </EmptyState>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_searches_differ_from_the_one_that_found_nothing() {
        let search = Search::default().with_query("order_( type:avro");
        let search = Search { text: "a.b".to_owned(), filters: "type:avro".to_owned(), ..search };
        let near = near(&search);
        assert_eq!(near[0].label, "Without type:avro");
        assert!(near.iter().any(|near| near.label == "As plain text"));
        assert!(near.iter().all(|near| near.search != search), "{near:?}");
    }

    #[test]
    fn a_plain_word_offers_no_plain_text() {
        let search = Search { text: "order".to_owned(), ..Search::default() };
        assert!(near(&search).iter().all(|near| near.label != "As plain text"));
    }
}
