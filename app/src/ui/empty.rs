//! What stands where nothing is: what that means and the next thing to do, never a drawing.

use leptos::prelude::*;

use super::CopyButton;

/// An empty place with its title, a sentence, and the next act as children: a command, a link, a button.
#[component]
pub fn EmptyState(
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <section class="empty">
            <h2 class="empty-title">{title}</h2>
            <p class="empty-text">{text}</p>
            {children.map(|children| view! { <div class="empty-next">{children()}</div> })}
        </section>
    }
    .into_any()
}

/// A shell command to run, with a button that copies it.
#[component]
pub fn Command(#[prop(into)] text: String) -> impl IntoView {
    view! {
        <div class="command">
            <span aria-hidden="true">"$"</span>
            <code>{text.clone()}</code>
            <CopyButton text label="Copy the command" />
        </div>
    }
    .into_any()
}
