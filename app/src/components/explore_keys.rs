//! The keys of the Explore page: `/` to search, j, k or the arrows to move, x to select, Esc to put away. Typing is never interrupted.

use leptos::html::{Details, Input};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::explore_help;
use super::keys::is_typing;

/// What the keys act on.
#[derive(Clone, Copy)]
pub struct KeyTargets {
    /// The search box.
    pub field: NodeRef<Input>,
    /// The help.
    pub help: NodeRef<Details>,
    /// Hears that the row at this place was moved to.
    pub on_move: Callback<usize>,
    /// Selects or drops the row at this place.
    pub on_select: Callback<usize>,
    /// Selects the rows from one place to another.
    pub on_extend: Callback<(usize, usize)>,
    /// Puts away what is open; false when nothing is.
    pub on_escape: Callback<(), bool>,
}

/// Takes the keys while the page is shown.
pub fn use_explore_keys(targets: KeyTargets) {
    Effect::new(move |_| {
        let handle = window_event_listener(leptos::ev::keydown, move |event| {
            if event.default_prevented() || event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing(&event)
            {
                return;
            }
            let down = |down: bool| {
                let from = event.shift_key().then(focused_place).flatten();
                let moved = move_focus(down);
                if let Some(place) = focused_place().filter(|_| moved) {
                    targets.on_move.run(place);
                    from.into_iter().for_each(|from| targets.on_extend.run((from, place)));
                }
                moved
            };
            let taken = match event.key().as_str() {
                "/" => focus_search(targets.field),
                "?" => explore_help::toggle(targets.help),
                "j" => down(true),
                "k" => down(false),
                "ArrowDown" => in_list() && down(true),
                "ArrowUp" => in_list() && down(false),
                "x" => focused_place().map(|place| targets.on_select.run(place)).is_some(),
                "Escape" => targets.on_escape.run(()),
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

/// The place in the list of the row that has the focus.
fn focused_place() -> Option<usize> {
    // The head of the table is row 1 for whoever listens to it.
    focused_row()?.get_attribute("aria-rowindex")?.parse::<usize>().ok()?.checked_sub(2)
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
