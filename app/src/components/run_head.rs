//! The header of a run: what goes live, how far it is, who let it through, and what is wrong if something is.

use domain::journal::RunView;
use domain::run::{Phase, RunState};
use leptos::prelude::*;

use super::run_steps::retries;
use super::state::{counted, run_mark, run_word};
use crate::paths;
use crate::ui::{Notice, NoticeTone, Tag, TagTone, time};

/// The header; `children` are its buttons.
#[component]
pub fn RunHead(#[prop(into)] view: Signal<RunView>, children: Children) -> impl IntoView {
    let name = Memo::new(move |_| view.with(|view| view.summary.subject.event_name().to_owned()));
    let standing = Memo::new(move |_| view.with(standing));
    let tone = Memo::new(move |_| view.with(|view| tone(view.summary.state)));
    view! {
        <header class="page-head">
            <div class="page-row">
                <h1 class="page-title">
                    <span class="mono">{move || name.get()}</span> {move || view.with(|view| format!(" v{}", view.summary.version))}
                </h1>
                <span role="status">
                    <Tag text=standing tone />
                </span>
                <span class="grow"></span>
                {children()}
            </div>
            <Facts view />
        </header>
        {move || view.with(trouble).map(|(text, detail)| view! { <Notice text detail tone=NoticeTone::Bad /> })}
    }
    .into_any()
}

#[component]
fn Facts(view: Signal<RunView>) -> impl IntoView {
    let facts = move || {
        view.with(|view| {
            let run = &view.summary;
            let took = run.ended_at.unwrap_or(view.now).millis_since(run.started_at);
            let retried = retries(view);
            view! {
                <span class="num">{format!("Run {}", run.id)}</span>
                <span>
                    <a class="link num" href=paths::request(run.request)>
                        {run.request.to_string()}
                    </a>
                    {format!(" revision {}, asked by {}, approved by {}", view.revision, view.requester, view.approver)}
                </span>
                <span>
                    "started "
                    <time datetime=time::iso(run.started_at.0) title=time::absolute(run.started_at.0)>
                        {time::clock(run.started_at.0)}
                    </time>
                    " UTC"
                </span>
                <span>
                    <b class="num">{time::duration(took)}</b>
                </span>
                {(retried > 0).then(|| view! { <span>{counted(retried, "retry", "retries")}</span> })}
            }
        })
    };
    view! { <p class="page-note dots">{facts}</p> }.into_any()
}

/// The window's title: the state's sign first, so that it is seen on a narrow tab.
pub fn window_title(view: &RunView) -> String {
    let run = &view.summary;
    format!("{} {}, run {}", run_mark(run.state), run.subject.event_name(), run.id)
}

fn tone(state: RunState) -> TagTone {
    match state {
        RunState::Running => TagTone::Accent,
        RunState::Stuck | RunState::Rejected => TagTone::Bad,
        RunState::Completed => TagTone::Ok,
        RunState::Cancelled => TagTone::Neutral,
    }
}

/// The state, with the step while there is one to name.
fn standing(view: &RunView) -> String {
    let word = run_word(view.summary.state);
    let steps = &view.machine.plan().steps;
    let current = view.machine.current().and_then(|current| steps.iter().position(|step| step.key == current.key));
    match (view.summary.state, current) {
        (RunState::Running | RunState::Stuck, Some(place)) => format!("{word}, step {} of {}", place + 1, steps.len()),
        _ => word.to_owned(),
    }
}

/// What is wrong, and what to do about it.
fn trouble(view: &RunView) -> Option<(String, String)> {
    let step = view.machine.current().map_or("A step", |step| step.kind.title());
    match view.machine.phase() {
        Phase::Stuck { reason } => Some((
            format!("“{step}” failed and is not tried again by itself."),
            format!("{reason} Mend the cause and retry the step, or cancel the run."),
        )),
        Phase::Rejected { reason } => Some((
            format!("“{step}” refused, so the run is over."),
            format!("{reason} Submit the request again once the cause is gone."),
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::run_fixture::{after_steps, running};
    use super::*;
    use domain::run::Input;

    #[test]
    fn the_tag_names_the_step_only_while_there_is_one() {
        let mut view = running();
        assert_eq!(standing(&view), "Running, step 1 of 5");
        view.machine = after_steps(3);
        assert_eq!(standing(&view), "Running, step 4 of 5");
        view.machine = after_steps(5);
        view.summary.state = RunState::Completed;
        assert_eq!(standing(&view), "Completed");
        assert_eq!(window_title(&view), "✓ order_placed, run 3");
    }

    #[test]
    fn a_stuck_run_says_which_step_failed_and_why() {
        let mut view = running();
        let key = view.machine.plan().steps[0].key.clone();
        let message = "The forge refused.".to_owned();
        view.machine = view.machine.after(Input::Failure { step: key, attempt: 1, message, retryable: false });
        let (text, detail) = trouble(&view).unwrap();
        assert!(text.contains("Re-check approval and digest"), "{text}");
        assert!(detail.starts_with("The forge refused. "), "{detail}");
        assert_eq!(trouble(&running()), None);
    }
}
