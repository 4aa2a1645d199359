//! The help of the search: each filter with an example that is run by a click, and the keys of the page.

use domain::search::query::Key;
use leptos::html::Details;
use leptos::prelude::*;

use super::explore_state::Search;
use crate::ui::{Glyph, Icon, IconSize};

/// Searches to try, with what they find.
const EXAMPLES: [(&str, &str); 6] = [
    ("order_(placed|cancelled)", "A regular expression, in names, records and fields"),
    ("order placed", "Both words, each anywhere"),
    ("^order -test", "Begins with order, and test is nowhere in it"),
    ("field:email", "A field whose path holds email"),
    ("type:avro,protobuf onboarded:no", "In one of two languages, and not live yet"),
    ("doc:\"point of sale\"", "Words with blanks, in the documentation"),
];

/// The keys of the page, with what each does.
const KEYS: [(&str, &str); 7] = [
    ("/", "Go to the search"),
    ("j k ↓ ↑", "Next and previous subject, shown beside the list"),
    ("Enter", "Open the subject"),
    ("x", "Select the subject"),
    ("Shift ↓ ↑", "Select while moving"),
    ("Esc", "Close the preview, clear the selection"),
    ("?", "This help"),
];

/// The menu, opened by its button or by `?`.
#[component]
pub fn SearchHelp(menu: NodeRef<Details>) -> impl IntoView {
    let close = move |_| {
        if let Some(menu) = menu.get_untracked() {
            menu.set_open(false);
        }
    };
    let run = move |query: &'static str| {
        let href = Search::default().with_query(query).path();
        view! {
            <a class="mono" href=href on:click=close>
                {query}
            </a>
        }
    };
    let example = move |(query, says): (&'static str, &'static str)| {
        view! {
            <dt>{run(query)}</dt>
            <dd>{says}</dd>
        }
    };
    let filter = move |key: Key| {
        view! {
            <dt>{run(key.example())}</dt>
            <dd>{key.meaning()}</dd>
        }
    };
    let key = |(keys, does): (&'static str, &'static str)| {
        let keys = keys.split(' ').map(|key| view! { <kbd class="kbd">{key}</kbd> " " });
        view! {
            <dt>{keys.collect_view()}</dt>
            <dd>{does}</dd>
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape"
            && let Some(menu) = menu.get_untracked()
        {
            event.stop_propagation();
            menu.set_open(false);
            focus_summary(&menu);
        }
    };
    view! {
        <details class="menu" node_ref=menu on:keydown=on_key>
            <summary>
                <Icon glyph=Glyph::CircleHelp size=IconSize::Small />
                <span class="text-xs font-medium">"Help"</span>
            </summary>
            <div class="menu-list float help" tabindex="0" role="region" aria-label="Help of the search">
                <h2>"Examples"</h2>
                <dl>{EXAMPLES.map(example).into_iter().collect_view()}</dl>
                <h2>"Filters"</h2>
                <dl>{Key::ALL.map(filter).into_iter().collect_view()}</dl>
                <p class="menu-note">
                    "A - before a term leaves out what matches it. Quotes hold blanks together. Patterns are Rust's regular expressions, which always end in time; letters match both cases unless one of them is upper case."
                </p>
                <h2>"Keys"</h2>
                <dl>{KEYS.map(key).into_iter().collect_view()}</dl>
            </div>
        </details>
    }
}

/// Opens the help and goes there, or closes it.
pub fn toggle(menu: NodeRef<Details>) -> bool {
    let Some(menu) = menu.get_untracked() else { return false };
    menu.set_open(!menu.open());
    focus_summary(&menu);
    true
}

fn focus_summary(menu: &web_sys::HtmlDetailsElement) {
    use leptos::wasm_bindgen::JsCast as _;
    let summary = menu.first_element_child().and_then(|child| child.dyn_into::<web_sys::HtmlElement>().ok());
    // Where the browser refuses, the focus stays where it is; nothing else depends on it.
    let _focused = summary.map(|summary| summary.focus());
}
