//! The version that is designed, and the way to another one with all edits.

use domain::draft::{Draft, RebasedDraft};
use domain::subject::Version;
use leptos::prelude::*;

use super::outcome::{Refusal, problem};
use crate::api::designs::RebaseDraft;
use crate::paths;
use crate::ui::{Menu, Tag};

/// The version, as a menu where there are others.
#[component]
pub fn VersionMenu(draft: Draft, versions: Vec<Version>, #[prop(into)] saved: Signal<bool>) -> impl IntoView {
    let (id, open) = (draft.id, draft.version);
    let others: Vec<Version> = versions.into_iter().rev().filter(|version| *version != open).collect();
    if others.is_empty() {
        return view! { <Tag text=format!("v{open}") /> }.into_any();
    }
    let rebase = ServerAction::<RebaseDraft>::new();
    let item = move |version: Version| {
        let go = move |_| {
            rebase.dispatch(RebaseDraft { id, version: version.0 });
        };
        view! {
            <button type="button" class="menu-item" disabled=move || !saved.get() on:click=go>
                {format!("Version {version}")}
            </button>
        }
    };
    let done = move || rebase.value().get().and_then(Result::ok).map(|rebased| view! { <Done rebased /> });
    let summary = view! {
        <span class="btn btn-sm num">
            {format!("v{open}")}
        </span>
        <span class="sr-only">"Design another version"</span>
    }
    .into_any();
    view! {
        <Menu summary from_start=true>
            <p class="menu-note">
                {move || {
                    if saved.get() {
                        "Take these edits to another version, in a draft of its own:"
                    } else {
                        "Edits are still being saved. Versions can be chosen once all is saved."
                    }
                }}
            </p>
            <div class="versions-list">{others.into_iter().map(item).collect_view()}</div>
            <Refusal problem=problem(rebase) />
            <div role="status">{done}</div>
        </Menu>
    }
    .into_any()
}

/// What became of the edits, and the way to the new draft.
#[component]
fn Done(rebased: RebasedDraft) -> impl IntoView {
    let said = if rebased.account.is_empty() {
        "Every edit stayed with its field.".to_owned()
    } else {
        "Every other edit stayed with its field.".to_owned()
    };
    let lines = rebased.account.into_iter().map(|sentence| view! { <li>{sentence}</li> });
    view! {
        <hr class="menu-rule" />
        <ul class="edits-list">
            {lines.collect_view()} <li class="text-muted">{said}</li>
        </ul>
        <div class="menu-note">
            <a class="btn btn-sm btn-primary" href=paths::design(rebased.draft)>
                "Open the new draft"
            </a>
        </div>
    }
}
