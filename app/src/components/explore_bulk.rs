//! The bar over the list while subjects are selected: how many, all matches as an act of its own, and what can be done with them.

use leptos::prelude::*;

use super::explore_selection::Selection;
use super::explore_state::Found;
use crate::ui::{Glyph, Icon, IconSize, grouped};

/// The bar; nothing while nothing is selected.
#[component]
pub fn BulkBar(selection: RwSignal<Selection>, shown: Memo<Option<Found>>) -> impl IntoView {
    let matched = Memo::new(move |_| shown.with(|shown| shown.as_ref().map_or(0, |found| found.1.matched.count())));
    let count = Memo::new(move |_| selection.with(|selection| selection.count(matched.get())));
    let path = Memo::new(move |_| {
        let search = shown.with(|shown| shown.as_ref().map(|found| found.0.clone())).unwrap_or_default();
        selection.with(|selection| selection.path(&search))
    });
    let all = move || {
        (count.get() < matched.get()).then(|| {
            let label = format!("Select all {}", grouped(matched.get() as u64));
            let take = move |_| selection.set(Selection::AllBut(std::collections::BTreeSet::new()));
            view! { <button type="button" class="bulk-link" on:click=take>{label}</button> }
        })
    };
    let onboard = move || {
        let (events, number) = (if count.get() == 1 { "event" } else { "events" }, grouped(count.get() as u64));
        match path.get() {
            Ok(href) => view! { <a class="btn" href=href>{format!("Onboard {number} {events}")}</a> }.into_any(),
            Err(reason) => view! { <span class="bulk-reason" role="status">{reason}</span> }.into_any(),
        }
    };
    let some = Memo::new(move |_| count.get() > 0);
    let bar = move || {
        view! {
            <div class="bulk-bar" role="toolbar" aria-label="Selected subjects">
                <b class="num" role="status">{move || format!("{} selected", grouped(count.get() as u64))}</b>
                {all}
                <span class="grow"></span>
                {onboard}
                <button
                    type="button"
                    class="bulk-close"
                    aria-label="Clear the selection"
                    title="Clear the selection"
                    on:click=move |_| selection.set(Selection::default())
                >
                    <Icon glyph=Glyph::X size=IconSize::Small />
                </button>
            </div>
        }
    };
    move || some.get().then(bar)
}

/// What stands in the bar's place without a script: a button that takes the ticked rows.
#[component]
pub fn PlainBulk() -> impl IntoView {
    view! {
        <noscript>
            <form id="bulk" method="get" action=crate::paths::BULK class="pane-foot">
                <span class="text-muted">"Tick subjects to onboard them together."</span>
                <span class="grow"></span>
                <button class="btn btn-sm">"Onboard the ticked subjects"</button>
            </form>
        </noscript>
    }
}
