//! Runs, their attempts and their log. An engine claims a run by lease and commits each step where lease and counter still match.

use async_trait::async_trait;
use domain::journal::{Attempt, AttemptResult, LogLine, RunSummary, RunView};
use domain::plan::StepKey;
use domain::request::RequestState;
use domain::run::{Machine, RunId};
use domain::time::Timestamp;

use super::{AuditRow, StoreError};

/// Keeps runs.
#[async_trait]
pub trait RunStore: Send + Sync {
    /// The newest runs, newest first.
    async fn runs(&self, limit: u32) -> Result<Vec<RunSummary>, StoreError>;

    /// One run with journal; `now` is copied into the view.
    async fn run(&self, id: RunId, now: Timestamp) -> Result<Option<RunView>, StoreError>;

    /// Claims one run that is due at `now` and not under lease, until `until`; none of `held`, which the owner still works on.
    /// Attempts of it that never ended are closed as interrupted.
    async fn claim_run(
        &self,
        owner: &str,
        now: Timestamp,
        until: Timestamp,
        held: &[RunId],
    ) -> Result<Option<ClaimedRun>, StoreError>;

    /// Prolongs a lease; conflict when it is lost.
    async fn prolong_lease(&self, id: RunId, owner: &str, until: Timestamp) -> Result<(), StoreError>;

    /// Gives up the leases of an owner that is known to be gone (its own, at start).
    async fn release_leases(&self, owner: &str) -> Result<(), StoreError>;

    /// When the next run is due, if any is.
    async fn next_due(&self) -> Result<Option<Timestamp>, StoreError>;

    /// Notes that an attempt begins; conflict when the run is over or stuck. An attempt with the same number that was interrupted begins again.
    async fn begin_attempt(&self, step: RunStep, at: Timestamp) -> Result<(), StoreError>;

    /// Adds a line to the log.
    async fn log(&self, run: RunId, step: &StepKey, at: Timestamp, text: &str) -> Result<LogLine, StoreError>;

    /// Moves a run's machine on, with everything that goes with it, in one transaction; conflict unless the counter is the one
    /// that was claimed (and, if an owner is given, the lease is theirs), and for a cancel when the event is in the catalogue already.
    async fn commit_run(&self, commit: StepCommit, audit: AuditRow) -> Result<(), StoreError>;

    /// The machine of a run and its counter, for signals, retry and cancel.
    async fn machine(&self, id: RunId) -> Result<Option<(Machine, u64)>, StoreError>;

    /// Attempts of a run, oldest first.
    async fn attempts(&self, id: RunId) -> Result<Vec<Attempt>, StoreError>;
}

/// A run to make with an approval.
#[derive(Debug, Clone, PartialEq)]
pub struct NewRun {
    /// A machine that has not begun.
    pub machine: Machine,
    /// When it is due.
    pub due_at: Timestamp,
}

/// A run under lease.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimedRun {
    /// Which run.
    pub id: RunId,
    /// Its machine.
    pub machine: Machine,
    /// Counts the commits.
    pub counter: u64,
}

/// One attempt of one step of one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunStep {
    /// The run.
    pub run: RunId,
    /// The step.
    pub step: StepKey,
    /// Counted from 1 within the step.
    pub attempt: u32,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptEnd {
    /// Which attempt.
    pub step: RunStep,
    /// How.
    pub result: AttemptResult,
    /// What it said, one sentence.
    pub message: String,
}

/// A run's next state with all that goes with it.
#[derive(Debug, Clone, PartialEq)]
pub struct StepCommit {
    /// The run.
    pub run: RunId,
    /// The lease's owner; `None` for what people do (retry, cancel).
    pub owner: Option<String>,
    /// The counter that the machine was read with.
    pub counter: u64,
    /// The machine after.
    pub machine: Machine,
    /// When it is due next; `None` when it waits for someone or is over.
    pub due_at: Option<Timestamp>,
    /// The attempt that ended with this, if one did.
    pub attempt: Option<AttemptEnd>,
    /// Where its request moves, if it does: from, to.
    pub request: Option<(RequestState, RequestState)>,
    /// When.
    pub at: Timestamp,
}
