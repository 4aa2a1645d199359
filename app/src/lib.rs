//! Sluicegate's pages: routes, server functions, pages, components and the ui kit. Rendered on the server, hydrated in the browser.
#![recursion_limit = "512"]

pub mod api;
pub mod app;
pub mod components;
pub mod pages;
pub mod paths;
pub mod query;
pub mod ui;

/// Takes over the pages that the server rendered; the wasm entry's one call.
#[cfg(feature = "hydrate")]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(async {
        let body = leptos::tachys::dom::document().body();
        if let Some(body) = body {
            leptos::mount::hydrate_from_async(body.clone(), app::App).await.forget();
            // Only now, since the code of a lazy page comes after the rest: a click before this is the browser's own.
            let _refused = body.set_attribute("data-hydrated", "");
        }
    });
}
