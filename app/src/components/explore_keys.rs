//! The keys of the Explore page: `/` to search, j and k or the arrows to move, Enter on a link to open. Typing is never interrupted.

use leptos::html::Input;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::keys::is_typing;

/// Takes the keys while the page is shown.
pub fn use_explore_keys(field: NodeRef<Input>) {
    Effect::new(move |_| {
        let handle = window_event_listener(leptos::ev::keydown, move |event| {
            if event.default_prevented() || event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing(&event)
            {
                return;
            }
            let taken = match event.key().as_str() {
                "/" => focus_search(field),
                "j" => move_focus(true),
                "k" => move_focus(false),
                "ArrowDown" => in_list() && move_focus(true),
                "ArrowUp" => in_list() && move_focus(false),
                _ => false,
            };
            if taken {
                event.prevent_default();
            }
        });
        on_cleanup(move || handle.remove());
    });
}

fn focus_search(field: NodeRef<Input>) -> bool {
    let Some(input) = field.get_untracked() else { return false };
    input.select();
    input.focus().is_ok()
}

fn focused_row() -> Option<Element> {
    document().active_element()?.closest(".rows-scroll tbody > tr").ok().flatten()
}

/// Whether the focus is in the list, or nowhere, so that the arrows are free.
fn in_list() -> bool {
    let focus = document().active_element();
    focus.is_none_or(|element| element.tag_name() == "BODY" || element.closest(".rows-scroll").ok().flatten().is_some())
}

/// Moves the focus to the link of the next or the previous row, or to the first one.
fn move_focus(down: bool) -> bool {
    let link = match focused_row() {
        Some(row) => {
            let next = if down { row.next_element_sibling() } else { row.previous_element_sibling() };
            next.and_then(|row| row.query_selector("a").ok().flatten())
        }
        None => document().query_selector(".rows-scroll tbody > tr a").ok().flatten(),
    };
    let link = link.and_then(|link| link.dyn_into::<HtmlElement>().ok());
    link.is_some_and(|link| link.focus().is_ok())
}
