//! What stands at an address that the console does not have.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::api::ctx;
use crate::paths;
use crate::ui::{Glyph, LinkButton};

/// The page.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    ctx::set_status(404);
    view! {
        <Title text="Not found" />
        <section class="empty">
            <h1 class="empty-title">"There is no such page"</h1>
            <p class="empty-text">
                "The address may be mistyped, or from another version of the console. Everything begins at one of these:"
            </p>
            <div class="empty-next">
                <LinkButton href=paths::EXPLORE label="Explore subjects" icon=Glyph::Search />
                <LinkButton href=paths::REQUESTS label="Requests" icon=Glyph::Inbox />
                <LinkButton href=paths::EVENTS label="Events" icon=Glyph::Activity />
            </div>
        </section>
    }
    .into_any()
}
