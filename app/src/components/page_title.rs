//! The window's title of a page whose name is known only from its data.

use leptos::prelude::*;
use leptos_meta::Title;

/// The title. The server writes it when the page's signals may be gone already, so the first text is kept.
#[component]
pub fn PageTitle(#[prop(into)] text: Signal<String>) -> impl IntoView {
    let first = text.get_untracked();
    view! { <Title text=move || text.try_get().unwrap_or_else(|| first.clone()) /> }
}
