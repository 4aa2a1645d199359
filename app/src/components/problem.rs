//! Why a page or a part of it has nothing to show, and what to do about it.

use leptos::prelude::*;

use super::here::{sign_in_path, use_here};
use crate::api::{ApiError, ctx};
use crate::paths;
use crate::ui::{EmptyState, Glyph, Icon, IconSize, LinkButton};

const fn title_of(error: &ApiError) -> &'static str {
    match error {
        ApiError::SignedOut => "Sign in to see this page",
        ApiError::NotFound(_) => "There is no such page",
        ApiError::Refused(_) => "This is not yours to do",
        ApiError::Conflict(_) => "Someone was faster",
        ApiError::Invalid(_) => "This cannot be read",
        ApiError::Unavailable(_) => "Something does not answer",
        ApiError::Offline => "The server does not answer",
        ApiError::Outdated => "This page is out of date",
        ApiError::Internal => "Something went wrong",
    }
}

/// A page-sized error with its heading. Give `retry` where asking again may help.
#[component]
pub fn Problem(error: ApiError, #[prop(optional)] retry: Option<Callback<()>>) -> impl IntoView {
    ctx::set_status(error.status());
    let text = match &error {
        ApiError::SignedOut => "The console shows schemas, designs and requests to people it knows.".to_owned(),
        other => other.to_string(),
    };
    let title = title_of(&error);
    let here = use_here().get_untracked();
    let next = match error {
        ApiError::SignedOut => {
            view! { <a class="btn btn-primary" rel="external" href=sign_in_path(&here)>"Sign in"</a> }.into_any()
        }
        ApiError::NotFound(_) | ApiError::Refused(_) | ApiError::Invalid(_) => {
            view! { <LinkButton href=paths::EXPLORE label="Explore subjects" icon=Glyph::Search /> }.into_any()
        }
        _ => view! {
            <a class="btn" rel="external" href=here on:click=move |event| {
                if let Some(retry) = retry {
                    event.prevent_default();
                    retry.run(());
                }
            }>
                <Icon glyph=Glyph::RefreshCw size=IconSize::Small />
                "Try again"
            </a>
        }
        .into_any(),
    };
    view! { <div role="alert"><EmptyState title text>{next}</EmptyState></div> }
}
