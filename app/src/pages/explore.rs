//! explore page.

use leptos::prelude::*;

/// The page.
#[component]
pub fn ExplorePage() -> impl IntoView {
    view! { <h1>"ExplorePage"</h1> }
}
