//! designs page.

use leptos::prelude::*;

/// The page.
#[component]
pub fn DesignsPage() -> impl IntoView {
    view! { <h1>"DesignsPage"</h1> }
}
