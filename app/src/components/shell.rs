//! The frame around every page: navigation, account menu, theme.

use leptos::prelude::*;

use crate::api;

/// Who is signed in and what is around, fetched once for shell and pages.
#[derive(Clone, Copy)]
pub struct SessionResource(pub Resource<Result<api::session::Surroundings, api::ApiError>>);

/// The frame.
#[component]
pub fn Shell(children: Children) -> impl IntoView {
    let session = Resource::new(|| (), |()| api::session::session());
    provide_context(SessionResource(session));
    view! {
        <main id="main" class="page" tabindex="-1">
            {children()}
        </main>
    }
}
