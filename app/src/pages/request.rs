//! One request: what will be made, every file of it, and the decision.

mod actions;

use domain::policy::Actor;
use domain::request::{RequestId, RequestView};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};

use self::actions::{Actions, DecisionForm, OwnerButtons, OwnerRefusal};
use crate::api::ApiError;
use crate::api::requests::open_request;
use crate::components::activity::Activity;
use crate::components::artifact_files::{ArtifactFiles, ArtifactSections};
use crate::components::checks::Checks;
use crate::components::decision::Reviewers;
use crate::components::plan_table::PlanTable;
use crate::components::problem::Problem;
use crate::components::request_head::RequestHead;
use crate::components::shell::SessionResource;
use crate::components::standing::Standing;
use crate::components::state::{capital, counted, run_word};
use crate::paths;
use crate::ui::{ButtonVariant, Glyph, LinkButton, SkeletonRows};

/// The route; its code is loaded when it is visited.
#[derive(Debug)]
pub struct RequestRoute;

#[lazy_route]
impl LazyRoute for RequestRoute {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <RequestPage /> }.into_any()
    }
}

#[component]
fn RequestPage() -> impl IntoView {
    let SessionResource(session) = expect_context();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<RequestId>().ok())));
    let actions = Actions::new();
    let opened = Resource::new(
        move || (id.get(), actions.successes()),
        |(id, _)| async move {
            match id {
                Some(id) => open_request(id).await,
                None => Err(ApiError::NotFound(
                    "A request has a number, such as R-12. Find it in the list of requests.".into(),
                )),
            }
        },
    );
    let content = move || {
        let session = session.get()?;
        let opened = opened.get()?;
        Some(
            match session.and_then(|session| Ok((session.actor.ok_or(ApiError::SignedOut)?, session.people, opened?))) {
                Ok((me, people, view)) => view! { <Opened view me people actions /> }.into_any(),
                Err(error) => view! { <Failed error /> }.into_any(),
            },
        )
    };
    view! {
        <Transition fallback=|| {
            view! { <SkeletonRows rows=16 label="The request is loading." /> }
        }>{content}</Transition>
    }
}

#[component]
fn Failed(error: ApiError) -> impl IntoView {
    view! {
        <Title text="Request" />
        <h1 class="sr-only">"Request"</h1>
        <Problem error />
    }
    .into_any()
}

#[component]
fn Opened(view: RequestView, me: Actor, people: Vec<Actor>, actions: Actions) -> impl IntoView {
    let title = format!("{} {}, {}", view.request.id, view.request.subject.event_name(), view.request.state.label());
    let artifacts = view.revision.artifacts.clone();
    let buttons = view! { <OwnerButtons view=view.clone() me=me.clone() actions /> };
    view! {
        <Title text=title />
        <RequestHead view=view.clone()>{buttons}</RequestHead>
        <OwnerRefusal actions />
        <Standing view=view.clone() />
        <div class="split">
            <ArtifactFiles artifacts=artifacts.clone() />
            <section class="pane" aria-label="What will be made">
                <div class="pane-body">
                    <div class="pane-head">
                        <h2>"What will be made"</h2>
                        <span class="text-faint">{counted(artifacts.len(), "file", "files")}</span>
                    </div>
                    <PlanTable artifacts=artifacts.clone() />
                    <ArtifactSections artifacts />
                </div>
            </section>
            <DecisionPane view me people actions />
        </div>
    }
    .into_any()
}

#[component]
fn DecisionPane(view: RequestView, me: Actor, people: Vec<Actor>, actions: Actions) -> impl IntoView {
    let state = capital(view.request.state.label());
    view! {
        <aside class="pane side-decision" id="decision" aria-label="Decision">
            <div class="pane-body">
                <div class="pane-head">
                    <h2>"Decision"</h2>
                    <span class="grow"></span>
                    <span class="text-muted">{state}</span>
                </div>
                <div class="pane-block">
                    <Reviewers view=view.clone() people me=me.clone() />
                    <RunLink view=view.clone() />
                    <DecisionForm view=view.clone() me actions />
                </div>
                <Checks diagnostics=view.revision.diagnostics />
                <div class="pane-head">
                    <h2>"Activity"</h2>
                </div>
                <Activity revisions=view.revisions decisions=view.decisions now=view.now />
            </div>
        </aside>
    }
    .into_any()
}

/// The way to the run, once there is one.
#[component]
fn RunLink(view: RequestView) -> impl IntoView {
    view.request
        .run
        .map(|run| {
            let state =
                view.run_state.map_or_else(String::new, |state| format!(": {}", run_word(state).to_lowercase()));
            view! {
                <div class="mt-3 grid">
                    <LinkButton
                        href=paths::run(run)
                        label=format!("Open run {run}{state}")
                        icon=Glyph::Workflow
                        variant=ButtonVariant::Primary
                    />
                </div>
            }
        })
        .into_any()
}
