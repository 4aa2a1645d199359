//! Tabs as links: which one is open is part of the address, so it survives a reload, can be shared, and works without JavaScript.

use leptos::prelude::*;

use super::number::grouped;

/// One tab: where it leads, and how many things are behind it if that is worth saying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    pub label: String,
    pub href: String,
    pub count: Option<u64>,
    pub current: bool,
}

impl Tab {
    /// A tab without a count.
    pub fn new(label: impl Into<String>, href: impl Into<String>, current: bool) -> Self {
        Self { label: label.into(), href: href.into(), count: None, current }
    }

    /// The same tab with a count after its word.
    #[must_use]
    pub fn with_count(mut self, count: u64) -> Self {
        self.count = Some(count);
        self
    }
}

/// A row of tabs under the accessible name `label`.
#[component]
pub fn Tabs(#[prop(into)] label: String, #[prop(into)] tabs: Signal<Vec<Tab>>) -> impl IntoView {
    let link = |tab: Tab| {
        view! {
            <a href=tab.href aria-current=tab.current.then_some("page")>
                {tab.label}
                {tab.count.map(|count| view! { <span class="tab-count">{grouped(count)}</span> })}
            </a>
        }
    };
    view! {
        <nav class="tabs" aria-label=label>
            {move || tabs.get().into_iter().map(link).collect_view()}
        </nav>
    }
    .into_any()
}
