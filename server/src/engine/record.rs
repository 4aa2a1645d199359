//! Carrying one run one step further, and recording it. When someone else has moved the run in the meantime (a cancel, a signal), what
//! the step said is given to the machine as it is now, which knows what to make of late news.

use domain::journal::AttemptResult;
use domain::plan::Step;
use domain::request::{RequestEvent, RequestState};
use domain::run::{Input, Machine, Next, Outcome, Phase, RunState};
use domain::time::Timestamp;
use serde_json::{Value, json};
use service::ports::store::{AttemptEnd, AuditRow, ClaimedRun, RunStep, StepCommit, StoreError};
use service::steps::StepError;

use super::{Engine, Told};

/// Who the audit says it was.
const ACTOR: &str = "engine";

/// The longest message of an attempt, in characters: others' systems word them.
const MAX_MESSAGE_CHARS: usize = 2000;

/// How often what a step said is offered to a run that moves at the same time.
const OFFERS: usize = 5;

/// What happened to a run, in the machine's words, the journal's and the audit's.
struct News {
    input: Input,
    attempt: Option<AttemptEnd>,
    action: &'static str,
    detail: Value,
}

impl Engine {
    /// Does what the machine asks for now.
    pub(super) async fn advance(&self, claimed: ClaimedRun) {
        let machine = claimed.machine.clone();
        match machine.next() {
            Next::Call { step, attempt } => self.step(claimed, step, attempt).await,
            // It is only claimed when it is due, so the time is over.
            Next::Sleep { .. } => self.record(claimed, News::timer_fired()).await,
            Next::Await | Next::Finished => self.record(claimed, News::nothing()).await,
        }
    }

    async fn step(&self, claimed: ClaimedRun, step: &Step, attempt: u32) {
        let this = RunStep { run: claimed.id, step: step.key.clone(), attempt };
        let begun = self.insist("begin an attempt", || self.store.begin_attempt(this.clone(), self.clock.now())).await;
        if let Err(error) = begun {
            tracing::warn!(run = %claimed.id, step = %step.key, error = %Told(&error), "an attempt did not begin");
            return;
        }
        self.announce(claimed.id);
        match self.call(&claimed, step).await {
            Some(said) => self.record(claimed, News::said(this, said)).await,
            None => {
                tracing::warn!(run = %claimed.id, step = %step.key, "the lease was lost, so what the step said is dropped")
            }
        }
    }

    async fn record(&self, claimed: ClaimedRun, news: News) {
        let run = claimed.id;
        let mut seen = claimed;
        for _ in 0..OFFERS {
            let (commit, audit) = self.commit(&seen, &news);
            match self.insist("record a step", || self.store.commit_run(commit.clone(), audit.clone())).await {
                Ok(()) => return self.announce(run),
                Err(StoreError::Conflict) => {}
                Err(error) => return tracing::error!(%run, error = %Told(&error), "a step could not be recorded"),
            }
            match self.insist("read a run", || self.store.machine(run)).await {
                Ok(Some((machine, counter))) if counter != seen.counter => {
                    seen = ClaimedRun { id: run, machine, counter };
                }
                _ => break,
            }
        }
        tracing::warn!(%run, "the lease was lost before a step was recorded; its new owner calls it again");
    }

    fn commit(&self, seen: &ClaimedRun, news: &News) -> (StepCommit, AuditRow) {
        let now = self.clock.now();
        let machine = seen.machine.after(news.input.clone());
        let mut detail = news.detail.clone();
        detail["run"] = json!(machine.state().word());
        let audit = AuditRow {
            at: now,
            actor: ACTOR.into(),
            action: news.action.into(),
            object: format!("run:{}", seen.id),
            detail,
        };
        let commit = StepCommit {
            run: seen.id,
            owner: Some(self.settings.owner.clone()),
            counter: seen.counter,
            due_at: due_at(&machine, now),
            attempt: news.attempt.clone(),
            request: request_move(&seen.machine, &machine),
            machine,
            at: now,
        };
        (commit, audit)
    }
}

impl News {
    fn timer_fired() -> Self {
        Self { input: Input::TimerFired, attempt: None, action: "step-called-again", detail: json!({}) }
    }

    /// For a run that is due though its machine waits for someone: it is put aside until they come.
    fn nothing() -> Self {
        Self { attempt: None, action: "run-put-aside", ..Self::timer_fired() }
    }

    fn said(step: RunStep, said: Result<Outcome, StepError>) -> Self {
        let (result, action, message) = match &said {
            Ok(Outcome::Done { .. }) => (AttemptResult::Done, "step-done", "Done.".into()),
            Ok(Outcome::PollAgain { seconds }) => {
                (AttemptResult::Waiting, "step-waiting", format!("Not done yet; asks again in {seconds} s."))
            }
            Ok(Outcome::Await { signal }) => (AttemptResult::Waiting, "step-waiting", format!("Waits for {signal}.")),
            Ok(Outcome::Rejected { reason }) => (AttemptResult::Failed, "step-rejected", clip(reason)),
            Err(error) => (AttemptResult::Failed, "step-failed", clip(&error.message)),
        };
        let detail = json!({ "step": step.step, "attempt": step.attempt, "message": message });
        Self { input: input(&step, said), attempt: Some(AttemptEnd { step, result, message }), action, detail }
    }
}

fn input(step: &RunStep, said: Result<Outcome, StepError>) -> Input {
    let RunStep { step, attempt, .. } = step.clone();
    match said {
        Ok(outcome) => Input::Outcome { step, attempt, outcome },
        Err(error) => Input::Failure { step, attempt, message: clip(&error.message), retryable: error.retryable },
    }
}

fn due_at(machine: &Machine, now: Timestamp) -> Option<Timestamp> {
    match machine.phase() {
        Phase::Ready => Some(now),
        Phase::Sleeping { seconds } => Some(now.plus_millis(i64::from(*seconds) * 1000)),
        _ => None,
    }
}

/// Where the request goes with a run that is over by this; a cancel has moved it already.
fn request_move(before: &Machine, after: &Machine) -> Option<(RequestState, RequestState)> {
    let event = match after.state() {
        _ if before.state().is_over() => return None,
        RunState::Completed => RequestEvent::RunCompleted,
        RunState::Rejected | RunState::Cancelled => RequestEvent::RunCancelled,
        RunState::Running | RunState::Stuck => return None,
    };
    RequestState::Approved.after(event).ok().map(|to| (RequestState::Approved, to))
}

fn clip(text: &str) -> String {
    match text.char_indices().nth(MAX_MESSAGE_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
