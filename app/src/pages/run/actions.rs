//! What people do to a run: try the failed step again, or cancel. Plain forms underneath, so that they work without JavaScript.

use domain::journal::RunView;
use domain::policy::{Action, Actor, may};
use domain::run::RunState;
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::api::runs::{CancelRun, RetryRun};
use crate::components::outcome::{Refusal, problem, successes};
use crate::ui::{Button, ButtonVariant, Glyph, Reason};

/// The two actions.
#[derive(Clone, Copy)]
pub struct Actions {
    retry: ServerAction<RetryRun>,
    cancel: ServerAction<CancelRun>,
    done: Memo<(usize, usize)>,
}

impl Actions {
    pub fn new() -> Self {
        let (retry, cancel) = (ServerAction::new(), ServerAction::new());
        let (retried, cancelled) = (successes(retry), successes(cancel));
        Self { retry, cancel, done: Memo::new(move |_| (retried.get(), cancelled.get())) }
    }

    /// Changes when an action succeeded.
    pub fn successes(self) -> (usize, usize) {
        self.done.get()
    }
}

/// Retry while the run is stuck, cancel until it is over; refused to those whose run it is not, with the sentence that says so.
#[component]
pub fn RunButtons(view: Signal<RunView>, me: Actor, actions: Actions) -> impl IntoView {
    let facts =
        Memo::new(move |_| view.with(|view| (view.summary.id.to_string(), view.requester.clone(), view.summary.state)));
    let buttons = move || {
        let (id, requester, state) = facts.get();
        let refused = |action| may(&me, action).err().map(|refusal| refusal.to_string());
        let retry = refused(Action::RetryRun { requester: &requester, state });
        let cancel = refused(Action::CancelRun { requester: &requester, state });
        let said = cancel.clone().map(|text| view! { <Reason button_id="cancel-run" text /> });
        (!state.is_over()).then(|| {
            view! {
                <div class="grid gap-1 justify-items-start wide:justify-items-end">
                    <div class="btn-row">
                        {(state == RunState::Stuck)
                            .then(|| view! { <RetryButton id=id.clone() reason=retry actions /> })}
                        <CancelButton id=id.clone() reason=cancel actions />
                    </div>
                    {said}
                </div>
            }
        })
    };
    buttons.into_any()
}

#[component]
fn RetryButton(id: String, reason: Option<String>, actions: Actions) -> impl IntoView {
    // The sentence is shown once, under both buttons.
    let said = reason.clone().map(|text| {
        view! {
            <span class="sr-only">
                <Reason button_id="retry-run" text />
            </span>
        }
    });
    view! {
        <ActionForm action=actions.retry>
            {said}
            <input type="hidden" name="id" value=id />
            <Button
                id="retry-run"
                label="Retry the step"
                icon=Glyph::RotateCcw
                variant=ButtonVariant::Primary
                submit=true
                reason
                reason_elsewhere=true
            />
        </ActionForm>
    }
    .into_any()
}

#[component]
fn CancelButton(id: String, reason: Option<String>, actions: Actions) -> impl IntoView {
    view! {
        <ActionForm action=actions.cancel>
            <input type="hidden" name="id" value=id />
            <Button id="cancel-run" label="Cancel the run" variant=ButtonVariant::Danger submit=true reason reason_elsewhere=true />
        </ActionForm>
    }
    .into_any()
}

/// What the server said no with.
#[component]
pub fn RunRefusal(actions: Actions) -> impl IntoView {
    let refused = Signal::derive(move || problem(actions.retry).get().or_else(|| problem(actions.cancel).get()));
    view! {
        <div class="px-4">
            <Refusal problem=refused />
        </div>
    }
    .into_any()
}
