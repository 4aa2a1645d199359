//! Follows a run while it is under way: the server sends the whole view whenever something changed, the browser reconnects by itself.

use domain::journal::RunView;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{EventSource, MessageEvent};

use crate::paths;

/// The newest view of the run: the one that was loaded, until the server sends another. Listens until the run is over.
pub fn follow(loaded: RunView) -> RwSignal<RunView> {
    let run = loaded.summary.id;
    let newest = RwSignal::new(loaded);
    let over = Memo::new(move |_| newest.with(RunView::is_settled));
    Effect::new(move |_| {
        if over.get() {
            return;
        }
        // Without a stream the page stays as it was loaded; it says so nowhere, because reloading always helps.
        let Ok(source) = EventSource::new(&paths::run_stream(run)) else { return };
        let take = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let text = event.data().as_string();
            if let Some(view) = text.and_then(|text| serde_json::from_str::<RunView>(&text).ok()) {
                newest.set(view);
            }
        });
        // Refused only for a name that is no string.
        let _listening = source.add_event_listener_with_callback("run", take.as_ref().unchecked_ref());
        let open = StoredValue::new_local((source, take));
        on_cleanup(move || open.with_value(|(source, _)| source.close()));
    });
    newest
}
