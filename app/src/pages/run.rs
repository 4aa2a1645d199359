//! One run: its steps over time, its log, what it made, and the two things that a person can do about it.

mod actions;
mod follow;

use domain::journal::{RunId, RunView};
use domain::policy::Actor;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};

use self::actions::{Actions, RunButtons, RunRefusal};
use self::follow::follow;
use crate::api::ApiError;
use crate::api::runs::open_run;
use crate::components::page_title::PageTitle;
use crate::components::problem::Problem;
use crate::components::run_head::{RunHead, window_title};
use crate::components::run_log::RunLog;
use crate::components::run_output::{MadeSoFar, left_behind, made_so_far};
use crate::components::run_steps::RunSteps;
use crate::components::shell::SessionResource;
use crate::paths;
use crate::ui::SkeletonRows;

/// The route; its code is loaded when it is visited.
#[derive(Debug)]
pub struct RunRoute;

#[lazy_route]
impl LazyRoute for RunRoute {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <RunPage /> }.into_any()
    }
}

#[component]
fn RunPage() -> impl IntoView {
    let SessionResource(session) = expect_context();
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<i64>().ok()).map(RunId)));
    let actions = Actions::new();
    let opened = Resource::new(
        move || (id.get(), actions.successes()),
        |(id, _)| async move {
            match id {
                Some(id) => open_run(id).await,
                None => Err(ApiError::NotFound("A run has a number. Find it in the list of runs.".into())),
            }
        },
    );
    let content = move || {
        let session = session.get()?;
        let opened = opened.get()?;
        Some(match session.and_then(|session| Ok((session.actor.ok_or(ApiError::SignedOut)?, opened?))) {
            Ok((me, loaded)) => view! { <Opened loaded me actions /> }.into_any(),
            Err(error) => view! { <Failed error /> }.into_any(),
        })
    };
    view! {
        <Transition fallback=|| {
            view! { <SkeletonRows rows=8 label="The run is loading." /> }
        }>{content}</Transition>
    }
}

#[component]
fn Failed(error: ApiError) -> impl IntoView {
    view! {
        <Title text="Run" />
        <h1 class="sr-only">"Run"</h1>
        <Problem error />
    }
    .into_any()
}

#[component]
fn Opened(loaded: RunView, me: Actor, actions: Actions) -> impl IntoView {
    let view: Signal<RunView> = follow(loaded).into();
    let over = Memo::new(move |_| view.with(|view| view.summary.state.is_over()));
    let title = Memo::new(move |_| view.with(window_title));
    view! {
        <PageTitle text=title />
        <RunHead view>
            <RunButtons view me actions />
        </RunHead>
        <RunRefusal actions />
        <RunSteps view />
        <div class="split">
            <section class="pane" aria-label="Log">
                <div class="pane-head filled">
                    <h2>"Log"</h2>
                    <span class="text-faint">"times in UTC"</span>
                </div>
                <RunLog lines=Signal::derive(move || view.with(|view| view.log.clone())) />
            </section>
            <aside class="pane side-decision" aria-label="What the run made">
                <MadePane view over />
            </aside>
        </div>
        <noscript class="note note-info">"Without JavaScript this page shows the run as it was when it was loaded. Reload it to see what came since."</noscript>
    }
    .into_any()
}

#[component]
fn MadePane(view: Signal<RunView>, over: Memo<bool>) -> impl IntoView {
    let made = Memo::new(move |_| view.with(|view| made_so_far(&view.machine)));
    let left = Memo::new(move |_| view.with(left_behind));
    let steps = move || {
        view.with(|view| format!("{} of {} steps", view.machine.outputs().len(), view.machine.plan().steps.len()))
    };
    let completed = Memo::new(move |_| view.with(|view| view.summary.state == domain::run::RunState::Completed));
    let after = move || {
        if completed.get() {
            return view! {
                <div class="pane-block text-xs">
                    <h3 class="font-medium">"What comes next"</h3>
                    <p class="text-muted">
                        "The event is in the " <a class="link" href=paths::EVENTS>
                            "catalogue"
                        </a> ". The platform applies the merged change from the repository; an evolution has its steps and checks there, in the file that begins with 5-change."
                    </p>
                </div>
            }
            .into_any();
        }
        let title = if over.get() { "What stays behind" } else { "If you cancel now" };
        view! {
            <div class="pane-block text-xs">
                <h3 class="font-medium">{title}</h3>
                <p class="text-muted">{left.get()}</p>
            </div>
        }
        .into_any()
    };
    view! {
        <div class="pane-head filled">
            <h2>{move || if over.get() { "Made" } else { "Made so far" }}</h2>
            <span class="grow"></span>
            <span class="text-muted num">{steps}</span>
        </div>
        {move || view! { <MadeSoFar made=made.get() /> }}
        {after}
    }
    .into_any()
}
