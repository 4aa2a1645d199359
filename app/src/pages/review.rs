//! Review: everything that a draft would make, in full, with the checks, and the button that submits exactly this.

use domain::draft::DraftView;
use domain::policy::{Action, may};
use domain::render::render;
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, lazy_route};

use super::design::use_draft_id;
use crate::api::ApiError;
use crate::api::designs::{SubmitDraft, open_draft};
use crate::components::artifact_files::{ArtifactFiles, ArtifactSections};
use crate::components::checks::Checks;
use crate::components::diagnostics::Tally;
use crate::components::outcome::{Refusal, problem};
use crate::components::plan_table::PlanTable;
use crate::components::problem::Problem;
use crate::components::review_head::ReviewHead;
use crate::components::shell::SessionResource;
use crate::ui::{Button, ButtonVariant, SkeletonRows};

/// The route; its code is loaded when it is visited.
#[derive(Debug)]
pub struct ReviewRoute;

#[lazy_route]
impl LazyRoute for ReviewRoute {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <ReviewPage /> }.into_any()
    }
}

/// The page.
#[component]
fn ReviewPage() -> impl IntoView {
    let id = use_draft_id();
    let draft = Resource::new(move || id.get(), |id| async move { open_draft(id?).await });
    let submit = ServerAction::<SubmitDraft>::new();
    let retry = Callback::new(move |()| draft.refetch());
    let fallback = || view! { <SkeletonRows label="Reading the draft" rows=16 /> };
    view! {
        <Transition fallback>
            {move || {
                draft.get().map(|answer| match answer {
                    Ok(view) => view! { <Reviewed view submit /> }.into_any(),
                    Err(error) => view! {
                        <Title text="Review" />
                        <h1 class="sr-only">"Review"</h1>
                        <Problem error retry />
                    }
                    .into_any(),
                })
            }}
        </Transition>
    }
}

/// A draft that could be read, rendered.
#[component]
fn Reviewed(view: DraftView, submit: ServerAction<SubmitDraft>) -> impl IntoView {
    let made = render(&view.input);
    let tally = Tally::of(&made.diagnostics);
    let files = made.artifacts.len();
    view! {
        <Title text=format!("Review {}", view.draft.subject.event_name()) />
        <ReviewHead view=view.clone() digest=made.digest() files />
        <div class="split">
            <ArtifactFiles artifacts=made.artifacts.clone() />
            <section class="pane" aria-label="What will be made">
                <div class="pane-body" tabindex="0" role="region" aria-label="What will be made, and its files">
                    <div class="pane-head">
                        <h2>"What will be made"</h2>
                    </div>
                    <PlanTable artifacts=made.artifacts.clone() />
                    <ArtifactSections artifacts=made.artifacts />
                </div>
            </section>
            <aside class="pane side-decision" aria-label="Checks and submission">
                <div class="pane-body">
                    <Checks diagnostics=made.diagnostics />
                    <div class="pane-head">
                        <h2>"Submit"</h2>
                    </div>
                    <Submission view files tally submit />
                </div>
            </aside>
        </div>
    }
}

/// Why this cannot be submitted by this person now.
fn refusal(tally: Tally, session: Option<&Result<crate::api::session::Surroundings, ApiError>>) -> Option<String> {
    if tally.errors > 0 {
        let verb = if tally.errors == 1 { "stops" } else { "stop" };
        return Some(format!(
            "{} {verb} this request. Mend what the checks name in the design, then come back.",
            tally.errors_text()
        ));
    }
    let actor = session.and_then(|session| session.as_ref().ok()).and_then(|around| around.actor.as_ref());
    actor.and_then(|actor| may(actor, Action::Submit { requester: None }).err()).map(|refusal| refusal.to_string())
}

#[component]
fn Submission(view: DraftView, files: usize, tally: Tally, submit: ServerAction<SubmitDraft>) -> impl IntoView {
    let session = expect_context::<SessionResource>().0;
    let reason = Signal::derive(move || session.with(|session| refusal(tally, session.as_ref())));
    let revises = view.draft.request;
    let what = match revises {
        Some(request) => format!("Submit {files} files as a new revision of {request}"),
        None => format!("Submit {files} files for approval"),
    };
    let label = Signal::derive(move || if submit.pending().get() { "Submitting…".to_owned() } else { what.clone() });
    let refused = problem(submit);
    let note = match revises {
        Some(request) => format!(
            "{request} goes back into review with this as its newest revision. Approvals of older ones do not count for it."
        ),
        None => "A colleague of the platform team decides; what they approve is exactly these bytes.".to_owned(),
    };
    view! {
        <div class="pane-block grid gap-2">
            <p class="text-xs text-muted">{note}</p>
            <ActionForm action=submit>
                <input type="hidden" name="id" value=view.draft.id.to_string() />
                <input type="hidden" name="saves" value=view.draft.saves.to_string() />
                <div class="grid gap-2">
                    <Button id="submit" label submit=true variant=ButtonVariant::Primary class="btn-full" reason />
                </div>
            </ActionForm>
            <Refusal problem=refused />
        </div>
    }
}
