//! How a form's action ended: when to fetch again, and what to say beside its button.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_location;

use crate::api::ApiError;
use crate::ui::{Glyph, Icon, IconSize};

/// Counts how often an action succeeded.
pub fn successes<S>(action: ServerAction<S>) -> Memo<usize>
where
    S: ServerFn<Error = ApiError> + Clone + Send + Sync + 'static,
    S::Output: Send + Sync + 'static,
{
    Memo::new(move |seen: Option<&usize>| {
        let version = action.version().get();
        let succeeded = action.value().with(|value| matches!(value, Some(Ok(_))));
        if succeeded { version } else { seen.copied().unwrap_or(0) }
    })
}

/// What the last try of an action was refused with, while no new one is on its way.
pub fn problem<S>(action: ServerAction<S>) -> Signal<Option<ApiError>>
where
    S: ServerFn<Error = ApiError> + Clone + Send + Sync + 'static,
    S::Output: Send + Sync + 'static,
{
    Signal::derive(move || {
        let value = action.value();
        (!action.pending().get())
            .then(|| value.with(|value| value.as_ref().and_then(|value| value.as_ref().err().cloned())))
            .flatten()
    })
}

/// What the server said no with, next to the buttons; where the page may be out of date, with the way to a fresh one.
#[component]
pub fn Refusal(#[prop(into)] problem: Signal<Option<ApiError>>) -> impl IntoView {
    // Without the query, which may still hold this very error.
    let path = use_location().pathname;
    let said = move |error: ApiError| {
        let stale = matches!(error, ApiError::Conflict(_) | ApiError::Refused(_) | ApiError::Outdated);
        let reload = stale.then(|| {
            view! {
                " "
                <a class="link" href=move || path.get() rel="external">
                    "Reload the page"
                </a>
            }
        });
        view! {
            <p class="field-error mt-2">
                <Icon glyph=Glyph::CircleAlert size=IconSize::Small />
                <span>{error.to_string()} {reload}</span>
            </p>
        }
    };
    view! { <div role="alert">{move || problem.get().map(said)}</div> }.into_any()
}
