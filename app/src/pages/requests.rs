//! requests page.

use leptos::prelude::*;

/// The page.
#[component]
pub fn RequestsPage() -> impl IntoView {
    view! { <h1>"RequestsPage"</h1> }
}
