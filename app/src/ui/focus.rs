//! Where the keyboard goes after the thing it was at has gone.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

/// Focuses the element with this id once the page has been drawn again; nothing happens where there is none.
pub fn focus_later(id: String) {
    request_animation_frame(move || {
        let element =
            document().get_element_by_id(&id).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
        // Where the browser refuses, the focus stays where it is; nothing else depends on it.
        let _focused = element.map(|element| element.focus());
    });
}
