//! The runs, newest first.

use domain::journal::RunSummary;
use domain::run::RunState;
use domain::time::Timestamp;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, lazy_route};

use crate::api::ApiError;
use crate::api::runs::runs;
use crate::components::problem::Problem;
use crate::components::run_table::RunTable;
use crate::components::state::counted;
use crate::paths;
use crate::ui::{ButtonVariant, EmptyState, Glyph, LinkButton, SkeletonRows};

/// The route; its code is loaded when it is visited.
#[derive(Debug)]
pub struct RunsRoute;

#[lazy_route]
impl LazyRoute for RunsRoute {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <RunsPage /> }.into_any()
    }
}

#[component]
fn RunsPage() -> impl IntoView {
    let list = Resource::new(|| (), |()| runs());
    let note = move || list.get().and_then(Result::ok).map(|(runs, _)| note(&runs));
    view! {
        <Title text="Runs" />
        <header class="page-head">
            <div class="page-row">
                <h1 class="page-title">"Runs"</h1>
            </div>
            <p class="page-note">
                <Transition>{note}</Transition>
            </p>
        </header>
        <Transition fallback=|| {
            view! { <SkeletonRows label="The runs are loading." /> }
        }>{move || list.get().map(content)}</Transition>
    }
    .into_any()
}

fn content(loaded: Result<(Vec<RunSummary>, Timestamp), ApiError>) -> AnyView {
    match loaded {
        Err(error) => view! { <Problem error /> }.into_any(),
        Ok((runs, _)) if runs.is_empty() => view! {
            <EmptyState
                title="No run yet"
                text="A run begins when a request is approved. It writes the change, opens the pull request, merges it and records the event."
            >
                <LinkButton href=paths::REQUESTS label="Requests" icon=Glyph::Inbox variant=ButtonVariant::Primary />
            </EmptyState>
        }
        .into_any(),
        Ok((runs, now)) => view! { <RunTable runs now /> }.into_any(),
    }
}

/// What is going on, in one line.
fn note(runs: &[RunSummary]) -> String {
    let count = |state| runs.iter().filter(|run| run.state == state).count();
    let running = match count(RunState::Running) {
        0 => "Nothing is running".to_owned(),
        running => format!("{running} running"),
    };
    match count(RunState::Stuck) {
        0 => format!("{running}."),
        stuck => format!("{running}, {} a hand.", counted(stuck, "needs", "need")),
    }
}

#[cfg(test)]
mod tests {
    use domain::journal::RunId;
    use domain::request::RequestId;
    use domain::subject::{SubjectName, Version};

    use super::*;

    fn run(state: RunState) -> RunSummary {
        RunSummary {
            id: RunId(1),
            request: RequestId(1),
            subject: SubjectName::parse("order_placed-value").unwrap(),
            version: Version(1),
            state,
            started_at: Timestamp(0),
            ended_at: None,
        }
    }

    #[test]
    fn the_note_says_what_runs_and_what_waits_for_a_hand() {
        assert_eq!(note(&[run(RunState::Completed)]), "Nothing is running.");
        assert_eq!(note(&[run(RunState::Running), run(RunState::Stuck)]), "1 running, 1 needs a hand.");
        assert_eq!(note(&[run(RunState::Stuck), run(RunState::Stuck)]), "Nothing is running, 2 need a hand.");
    }
}
