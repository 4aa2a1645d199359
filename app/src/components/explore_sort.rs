//! The order of the list: a menu of links, so that it stands in the address.

use domain::search::{Sort, SortBy};
use leptos::prelude::*;

use super::explore_state::Search;
use crate::ui::{Glyph, Icon, IconSize, Menu};

/// The orders that are offered, each with its words.
const ORDERS: [(SortBy, bool, &str); 8] = [
    (SortBy::Best, false, "Best match"),
    (SortBy::Name, false, "Name"),
    (SortBy::Name, true, "Name, backwards"),
    (SortBy::Id, true, "Newest schema first"),
    (SortBy::Id, false, "Oldest schema first"),
    (SortBy::Version, true, "Highest version first"),
    (SortBy::Fields, true, "Most fields first"),
    (SortBy::Type, false, "Schema type"),
];

fn label(sort: Sort) -> &'static str {
    let known = ORDERS.iter().find(|(by, descending, _)| *by == sort.by && *descending == sort.descending);
    known.map_or("Another order", |(_, _, label)| label)
}

/// The menu.
#[component]
pub fn SortMenu(#[prop(into)] search: Signal<Search>) -> impl IntoView {
    let sort = Memo::new(move |_| search.with(|search| search.sort));
    let row = move |(by, descending, label): (SortBy, bool, &'static str)| {
        let own = Sort { by, descending };
        view! {
            <a
                class="menu-item"
                href=move || search.with(|search| search.with_sort(own).path())
                aria-current=move || (sort.get() == own).then_some("true")
            >
                {label}
            </a>
        }
    };
    let summary = view! {
        <Icon glyph=Glyph::ArrowDownUp size=IconSize::Small />
        <span class="text-xs font-medium">{move || label(sort.get())}</span>
    }
    .into_any();
    view! {
        <Menu summary closes_when=Signal::derive(move || label(sort.get()).to_owned())>
            {ORDERS.map(row).into_iter().collect_view()}
        </Menu>
    }
}
