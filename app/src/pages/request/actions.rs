//! What people do to a request: decide, withdraw, revise. Plain forms underneath, so that they work without JavaScript.

use domain::policy::{Action, Actor, may};
use domain::request::{RequestState, RequestView};
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::api::requests::{Decide, Revise, Withdraw};
use crate::components::decision::{RefusedVerdict, VerdictFields};
use crate::components::outcome::{Refusal, problem, successes};
use crate::ui::{Button, ButtonVariant, Glyph};

/// The actions of the page and the reason being typed; they outlive the view that is drawn again after each of them.
#[derive(Clone, Copy)]
pub struct Actions {
    decide: ServerAction<Decide>,
    withdraw: ServerAction<Withdraw>,
    revise: ServerAction<Revise>,
    reason: RwSignal<String>,
    done: Memo<(usize, usize)>,
}

impl Actions {
    pub fn new() -> Self {
        let (decide, withdraw) = (ServerAction::new(), ServerAction::new());
        let (decided, withdrawn) = (successes(decide), successes(withdraw));
        Self {
            decide,
            withdraw,
            revise: ServerAction::new(),
            reason: RwSignal::new(String::new()),
            done: Memo::new(move |_| (decided.get(), withdrawn.get())),
        }
    }

    /// Changes when an action succeeded. A refused one leaves the page as it is, with what was typed.
    pub fn successes(self) -> (usize, usize) {
        self.done.get()
    }
}

/// The form, or the sentence that says why not; nothing when there is nothing to decide.
#[component]
pub fn DecisionForm(view: RequestView, me: Actor, actions: Actions) -> impl IntoView {
    let Actions { decide, reason, .. } = actions;
    if view.request.state != RequestState::InReview {
        return ().into_any();
    }
    let action = Action::Decide { authors: &view.revision.authors, state: view.request.state };
    if let Err(refusal) = may(&me, action) {
        return view! {
            <div class="mt-3">
                <RefusedVerdict reason=refusal.to_string() />
            </div>
        }
        .into_any();
    }
    let refused = problem(decide);
    view! {
        <ActionForm action=decide attr:class="mt-3" attr:aria-label="Decision">
            <VerdictFields
                id=view.request.id
                digest=view.revision.digest.clone()
                reason
                busy=decide.pending()
                problem=refused
                obstacle=view.obstacle()
            />
        </ActionForm>
        <Refusal problem=Signal::derive(move || refused.get().filter(|error| !matches!(error, ApiError::Invalid(_)))) />
    }
    .into_any()
}

/// Revise and withdraw, for those whose request it is.
#[component]
pub fn OwnerButtons(view: RequestView, me: Actor, actions: Actions) -> impl IntoView {
    let request = view.request;
    let (revise, withdraw) = (actions.revise, actions.withdraw);
    // On a narrow window the decision stands below every file.
    let to_decision = view! {
        <a class="btn wide:hidden" href="#decision">
            "To the decision"
        </a>
    };
    let mine = may(&me, Action::Submit { requester: Some(&request.requester) }).is_ok();
    if !mine || !request.state.is_open() {
        return to_decision.into_any();
    }
    let id = request.id.0;
    view! {
        {to_decision}
        <ActionForm action=revise>
            <input type="hidden" name="id" value=id.to_string() />
            <Button label="Revise the design" icon=Glyph::Pencil submit=true />
        </ActionForm>
        <ActionForm action=withdraw>
            <input type="hidden" name="id" value=id.to_string() />
            <Button label="Withdraw" variant=ButtonVariant::Danger submit=true />
        </ActionForm>
    }
    .into_any()
}

/// What the server said no with to revise or withdraw.
#[component]
pub fn OwnerRefusal(actions: Actions) -> impl IntoView {
    let refused = Signal::derive(move || problem(actions.revise).get().or_else(|| problem(actions.withdraw).get()));
    view! {
        <div class="px-4">
            <Refusal problem=refused />
        </div>
    }
    .into_any()
}
