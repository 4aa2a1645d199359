//! sign_in page.

use leptos::prelude::*;

/// The page.
#[component]
pub fn SignInPage() -> impl IntoView {
    view! { <h1>"SignInPage"</h1> }
}
