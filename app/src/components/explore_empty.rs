//! What stands in place of the list when nothing matches: the nearest searches that do have results.

use domain::registry::ExplorePage;
use leptos::prelude::*;

use super::explore_search::Search;
use crate::paths;
use crate::ui::{Command, EmptyState, grouped};

/// The empty list with its way on.
#[component]
pub fn NothingFound(search: Search, page: ExplorePage) -> impl IntoView {
    if page.total == 0 {
        return view! { <EmptyRegistry read=page.freshness.synced_at.is_some() trouble=page.freshness.trouble.is_some() /> }
            .into_any();
    }
    let of_other_types: usize = page.by_type.iter().map(|(_, number)| number).sum();
    let without_types = (!search.types.is_empty() && of_other_types > 0).then(|| {
        let label = format!("Without the type filter: {}", grouped(of_other_types as u64));
        view! { <a class="btn" href=search.with_all_types().path()>{label}</a> }
    });
    let literally =
        search.literally().map(|plain| view! { <a class="btn" href=plain.path()>"Search as plain text"</a> });
    let all = format!("Show all {}", grouped(page.total as u64));
    let text = if search.types.is_empty() {
        "A pattern may match anywhere in a name; upper and lower case differ, and (?i) at the start makes them equal."
            .to_owned()
    } else {
        let chosen = search.types.iter().map(|ty| ty.label()).collect::<Vec<_>>().join(" or ");
        format!("Only subjects of type {chosen} are looked at.")
    };
    view! {
        <EmptyState title="No subject matches" text>
            {without_types}
            {literally}
            <a class="btn btn-ghost" href=paths::EXPLORE>
                {all}
            </a>
        </EmptyState>
    }
    .into_any()
}

#[component]
fn EmptyRegistry(read: bool, trouble: bool) -> impl IntoView {
    if !read && !trouble {
        let text = "The registry is being read for the first time. Reload in a moment.";
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
