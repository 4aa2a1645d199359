//! Runs: list, open, follow, retry, cancel.

use domain::journal::{RunSummary, RunView};
use domain::policy::{Action, Actor};
use domain::request::{RequestEvent, RequestState};
use domain::run::{Input, RunId};
use serde_json::json;
use tokio::sync::broadcast;

use super::{Console, authorise};
use crate::error::Error;
use crate::ports::store::{StepCommit, StoreError};

const RUNS_LISTED: u32 = 200;
const COMMIT_TRIES: usize = 5;

impl Console {
    /// The newest runs, newest first.
    pub async fn runs(&self, actor: &Actor) -> Result<Vec<RunSummary>, Error> {
        authorise(actor, Action::Read)?;
        Ok(self.store().runs(RUNS_LISTED).await?)
    }

    /// One run with its journal.
    pub async fn run(&self, actor: &Actor, id: RunId) -> Result<RunView, Error> {
        authorise(actor, Action::Read)?;
        self.find_run(id).await
    }

    /// Says which runs change from now on.
    pub fn follow_runs(&self, actor: &Actor) -> Result<broadcast::Receiver<RunId>, Error> {
        authorise(actor, Action::Read)?;
        Ok(self.parts.changes.subscribe())
    }

    /// Tries the failed step of a stuck run again.
    pub async fn retry_run(&self, actor: &Actor, id: RunId) -> Result<(), Error> {
        let run = self.find_run(id).await?;
        authorise(actor, Action::RetryRun { requester: &run.requester, state: run.summary.state })?;
        self.put(actor, id, &Input::Retry, "run-retried").await
    }

    /// Stops a run. What it made stays, and its page says what that is.
    pub async fn cancel_run(&self, actor: &Actor, id: RunId) -> Result<(), Error> {
        let run = self.find_run(id).await?;
        authorise(actor, Action::CancelRun { requester: &run.requester, state: run.summary.state })?;
        self.put(actor, id, &Input::Cancel, "run-cancelled").await
    }

    async fn find_run(&self, id: RunId) -> Result<RunView, Error> {
        self.store().run(id, self.now()).await?.ok_or_else(|| Error::NotFound(format!("There is no run {id}.")))
    }

    /// Gives the machine an input; the engine may commit a step in between, so a few tries are made.
    async fn put(&self, actor: &Actor, id: RunId, input: &Input, action: &str) -> Result<(), Error> {
        for _ in 0..COMMIT_TRIES {
            let Some((machine, counter)) = self.store().machine(id).await? else {
                return Err(Error::NotFound(format!("There is no run {id}.")));
            };
            let next = machine.after(input.clone());
            if next == machine {
                return Err(Error::Conflict("The run has moved on in the meantime. Reload to see where it is.".into()));
            }
            let cancelled = *input == Input::Cancel;
            let commit = StepCommit {
                run: id,
                owner: None,
                counter,
                machine: next,
                due_at: (!cancelled).then(|| self.now()),
                attempt: None,
                request: if cancelled {
                    Some((RequestState::Approved, RequestState::Approved.after(RequestEvent::RunCancelled)?))
                } else {
                    None
                },
                at: self.now(),
            };
            let audit = self.audit(actor, action, format!("run:{id}"), json!({}));
            match self.store().commit_run(commit, audit).await {
                Err(StoreError::Conflict) => {}
                other => {
                    other?;
                    (self.parts.wake_engine)();
                    let _ = self.parts.changes.send(id);
                    return Ok(());
                }
            }
        }
        Err(Error::Conflict("The run has moved on in the meantime. Reload to see where it is.".into()))
    }
}
