//! The head of the review: which draft, of which schema, in which state, and the way back to the design.

use domain::draft::DraftView;
use leptos::prelude::*;

use super::digest::Digest;
use super::state::edits_said;
use crate::paths::{self, SubjectTab};
use crate::ui::{LinkButton, Tag};

/// The head.
#[component]
pub fn ReviewHead(view: DraftView, digest: String, files: usize) -> impl IntoView {
    let draft = view.draft;
    let authors = draft.authors.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let edits = edits_said(draft.design.edit_count());
    view! {
        <header class="page-head">
            <div class="page-row">
                <h1 class="page-title">"Review "<span class="mono">{draft.subject.event_name().to_owned()}</span></h1>
                {draft.request.map(|request| {
                    view! {
                        <a href=paths::request(request)>
                            <Tag text=format!("revises {request}") />
                        </a>
                    }
                })}
                <span class="grow"></span>
                <LinkButton href=paths::design(draft.id) label="Back to the design" />
            </div>
            <p class="page-note dots">
                <span>
                    "from "
                    <a class="link mono text-xs" href=paths::subject_version(&draft.subject, draft.version, SubjectTab::Fields)>
                        {draft.subject.to_string()}
                    </a>
                    {format!(" version {}", draft.version)}
                </span>
                <span>{edits}</span>
                <span>{format!("{files} files")}</span>
                <span>"by "{authors}</span>
                <Digest text=digest label="Copy the digest" />
            </p>
        </header>
    }
}
