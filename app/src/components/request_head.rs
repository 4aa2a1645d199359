//! The header of a request: what is asked for, where it stands, who asked, and which bytes are looked at.

use domain::request::RequestView;
use leptos::prelude::*;

use super::digest::Digest;
use super::plan_table::is_evolution;
use super::state::RequestTag;
use crate::paths::{self, SubjectTab};
use crate::ui::Timestamp;

/// The header; `children` are its buttons.
#[component]
pub fn RequestHead(view: RequestView, children: Children) -> impl IntoView {
    let now = view.now.0;
    let evolves = is_evolution(&view.revision.artifacts);
    let request = view.request;
    let subject = paths::subject_version(&request.subject, request.version, SubjectTab::Fields);
    view! {
        <header class="page-head">
            <div class="page-row">
                <span class="text-lg text-faint num">{request.id.to_string()}</span>
                <h1 class="page-title">
                    {if evolves { "Evolve " } else { "Onboard " }}
                    <span class="mono">{request.subject.event_name().to_owned()}</span>
                    {evolves.then(|| format!(" to v{}", request.version))}
                </h1>
                <RequestTag state=request.state />
                <span class="grow"></span>
                {children()}
            </div>
            <p class="page-note dots">
                <span>
                    {request.requester.to_string()} " asked " <Timestamp at_ms=request.created_at.0 now_ms=now />
                </span>
                <span>
                    <a class="link mono" href=subject>
                        {request.subject.to_string()}
                    </a>
                    {format!(" v{}", request.version)}
                </span>
                <span>
                    {format!("revision {} of {}, ", view.revision.number, view.revisions.len())}
                    <Timestamp at_ms=view.revision.submitted_at.0 now_ms=now />
                </span>
                <Digest text=view.revision.digest label="Copy the digest" />
            </p>
        </header>
    }
    .into_any()
}
