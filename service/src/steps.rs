//! What a plan's steps do over the ports. Handlers are called at least once, with the same key on every attempt: they look before
//! they make, and use names derived from the request and its revision.

mod merge_pull_request;
mod open_pull_request;
mod record_event;
mod validate;
mod write_change;

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::plan::{StepKey, StepKind};
use domain::request::{Request, Revision};
use domain::run::{Outcome, RunId};
use serde_json::Value;

use crate::live;
use crate::ports::clock::Clock;
use crate::ports::forge::{Forge, ForgeError};
use crate::ports::store::{Store, StoreError};

/// What handlers work with.
#[derive(Clone)]
pub struct Handlers {
    /// The store.
    pub store: Arc<dyn Store>,
    /// The forge.
    pub forge: Arc<dyn Forge>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
}

/// One call of one step.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The run; `{run}/{step}` is the idempotency key.
    pub run: RunId,
    /// The step's key.
    pub step: StepKey,
    /// What it does.
    pub kind: StepKind,
    /// What earlier steps gave.
    pub outputs: BTreeMap<StepKey, Value>,
}

/// Why a call failed; displays as the sentence on the timeline.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct StepError {
    /// The sentence.
    pub message: String,
    /// Whether trying again can help.
    pub retryable: bool,
}

/// What a handler sees: the request and the revision that the run carries out.
struct Work {
    call: Call,
    request: Request,
    revision: Revision,
}

impl Handlers {
    /// Calls the handler of a step.
    pub async fn call(&self, call: Call) -> Result<Outcome, StepError> {
        let work = self.work(call).await?;
        match work.call.kind {
            StepKind::Validate => validate::call(self, &work).await,
            StepKind::WriteChange => write_change::call(self, &work).await,
            StepKind::OpenPullRequest => open_pull_request::call(self, &work).await,
            StepKind::MergePullRequest => merge_pull_request::call(self, &work).await,
            StepKind::RecordEvent => record_event::call(self, &work).await,
        }
    }

    /// Adds a line to the run's log.
    async fn log(&self, call: &Call, text: &str) -> Result<(), StepError> {
        self.store.log(call.run, &call.step, self.clock.now(), text).await?;
        Ok(())
    }

    async fn work(&self, call: Call) -> Result<Work, StepError> {
        let run = self.store.run(call.run, self.clock.now()).await?.ok_or_else(|| gone("run", call.run))?;
        let id = run.summary.request;
        let request = self.store.request(id).await?.ok_or_else(|| gone("request", id))?;
        let revision = self.store.revision(id, run.revision).await?.ok_or_else(|| gone("revision", run.revision))?;
        Ok(Work { call, request, revision })
    }
}

impl Work {
    /// What the change does, a line.
    async fn title(&self, store: &dyn Store) -> Result<String, StepError> {
        let input = &self.revision.input;
        if input.live.is_empty() {
            return Ok(format!("Onboard {} v{}", input.subject, input.version));
        }
        let [retired] = input.design.load.retire.as_deref().unwrap_or_default() else {
            return Ok(format!("Evolve {} v{}", input.subject, input.version));
        };
        let before = live::revision(store, &input.subject).await?;
        let is_all = before.is_some_and(|before| live::differ_by_pipes(&before.artifacts, &self.revision.artifacts));
        Ok(match is_all {
            true => format!("Retire the pipe of {} v{retired}", input.subject),
            false => format!("Evolve {} v{}, and retire the pipe of v{retired}", input.subject, input.version),
        })
    }

    /// The branch of this revision, the same on every attempt.
    fn branch(&self) -> String {
        format!("onboard/r-{}-rev-{}", self.request.id.0, self.revision.number)
    }

    /// A text that an earlier step gave.
    fn output(&self, step: &str, name: &str) -> Result<Value, StepError> {
        self.call.outputs.get(&StepKey(step.to_owned())).and_then(|o| o.get(name)).cloned().ok_or_else(|| StepError {
            message: format!(
                "The step {step} left no {name}, so this step cannot go on. Cancel the run and submit again."
            ),
            retryable: false,
        })
    }
}

fn gone(what: &str, id: impl std::fmt::Display) -> StepError {
    StepError { message: format!("The {what} {id} is not in the console's database any more."), retryable: false }
}

impl From<StoreError> for StepError {
    fn from(error: StoreError) -> Self {
        let retryable = !matches!(error, StoreError::Broken(_));
        Self { message: format!("The console's database did not take this step: {error}."), retryable }
    }
}

impl From<ForgeError> for StepError {
    fn from(error: ForgeError) -> Self {
        Self { retryable: matches!(error, ForgeError::Unavailable(_)), message: error.to_string() }
    }
}
