//! tokens page.

use leptos::prelude::*;

/// The page.
#[component]
pub fn TokensPage() -> impl IntoView {
    view! { <h1>"TokensPage"</h1> }
}
