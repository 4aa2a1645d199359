//! Follows a run while it is under way: the server sends the whole view whenever something changed, the browser reconnects by itself.

use domain::journal::{RunId, RunView};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{EventSource, MessageEvent};

use crate::paths;

/// The newest view that was sent; listens while `run` names a run that is not over.
pub fn follow(run: Memo<Option<RunId>>) -> RwSignal<Option<RunView>> {
    let newest = RwSignal::new(None);
    Effect::new(move |_| {
        let Some(run) = run.get() else { return };
        // Without a stream the page stays as it was loaded; it says so nowhere, because reloading always helps.
        let Ok(source) = EventSource::new(&paths::run_stream(run)) else { return };
        let take = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let text = event.data().as_string();
            if let Some(view) = text.and_then(|text| serde_json::from_str::<RunView>(&text).ok()) {
                newest.set(Some(view));
            }
        });
        // Refused only for a name that is no string.
        let _listening = source.add_event_listener_with_callback("run", take.as_ref().unchecked_ref());
        let open = StoredValue::new_local((source, take));
        on_cleanup(move || open.with_value(|(source, _)| source.close()));
    });
    newest
}
