//! Whose a pressed key is: the page's, or a field's that is typed in.

use leptos::ev::KeyboardEvent;
use leptos::wasm_bindgen::JsCast;
use web_sys::Element;

const FIELDS: &str = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";

/// Whether a key that is pressed now belongs to a field that is typed in.
pub fn is_typing(event: &KeyboardEvent) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| element.closest(FIELDS).ok().flatten().is_some())
}
