//! A menu that opens below its summary, works without JavaScript, and closes by Escape, by leaving it, and when told.

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html::Details;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

/// The menu. It closes whenever `closes_when` changes, as with the address; with `from_start` it lies flush left with its summary.
#[component]
pub fn Menu(
    summary: AnyView,
    #[prop(into, optional)] closes_when: MaybeProp<String>,
    #[prop(optional)] from_start: bool,
    children: Children,
) -> impl IntoView {
    let menu = NodeRef::<Details>::new();
    Effect::watch(move || closes_when.get(), move |_, _, _| close(menu), false);
    view! {
        <details
            class=if from_start { "menu menu-start" } else { "menu" }
            node_ref=menu
            on:keydown=move |event| close_on_escape(&event, menu)
            on:focusout=move |event| close_on_leave(&event, menu)
        >
            <summary>{summary}</summary>
            <div class="menu-list float">{children()}</div>
        </details>
    }
    .into_any()
}

fn close(menu: NodeRef<Details>) {
    if let Some(menu) = menu.get_untracked() {
        menu.set_open(false);
    }
}

fn close_on_escape(event: &KeyboardEvent, menu: NodeRef<Details>) {
    let Some(details) = menu.get_untracked() else { return };
    if event.key() != "Escape" || !details.open() {
        return;
    }
    details.set_open(false);
    let summary = details.first_element_child().and_then(|child| child.dyn_into::<web_sys::HtmlElement>().ok());
    // The focus stays on something that is gone only if the browser refuses; nothing else depends on it.
    let _focused = summary.map(|summary| summary.focus());
}

/// Closes when the focus goes to something outside, not when it merely leaves the window.
fn close_on_leave(event: &FocusEvent, menu: NodeRef<Details>) {
    let target = event.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
    let outside = menu.get_untracked().zip(target).is_some_and(|(menu, target)| !menu.contains(Some(&target)));
    if outside {
        close(menu);
    }
}
