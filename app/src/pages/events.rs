//! events page.

use leptos::prelude::*;

/// The page.
#[component]
pub fn EventsPage() -> impl IntoView {
    view! { <h1>"EventsPage"</h1> }
}
