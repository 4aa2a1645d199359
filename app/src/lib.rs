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
    leptos::mount::hydrate_lazy(app::App);
}
