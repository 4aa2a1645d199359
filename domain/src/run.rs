//! The run machine: one value that says what a run does next and takes in what happened. No clock, no I/O, no randomness; every
//! engine drives this same machine, and late or repeated inputs have no effect.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use crate::journal::RunId;
use crate::plan::{Plan, Step, StepKey};

/// One execution of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    plan: Plan,
    position: usize,
    attempt: u32,
    attempts_since_retry: u32,
    outputs: BTreeMap<StepKey, Value>,
    mailbox: BTreeMap<String, Value>,
    phase: Phase,
    /// Whether a call may have been under way when the run was cancelled; what it still says is kept in the account.
    #[serde(default)]
    cancelled_mid_call: bool,
}

/// What the run is doing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "phase")]
pub enum Phase {
    /// The step at the position is to be called.
    Ready,
    /// It waits so many seconds, then calls the step.
    Sleeping {
        /// How long.
        seconds: u32,
    },
    /// It waits for a signal, then calls the step.
    Waiting {
        /// The signal's name.
        signal: String,
    },
    /// The step failed and nobody tries again by themselves.
    Stuck {
        /// What the last attempt said.
        reason: String,
    },
    /// Every step is done.
    Completed,
    /// A step refused for good.
    Rejected {
        /// Why.
        reason: String,
    },
    /// Someone stopped it.
    Cancelled,
}

/// What the engine has to do now.
#[derive(Debug, Clone, PartialEq)]
pub enum Next<'a> {
    /// Call this step; give the attempt back with what happened.
    Call {
        /// The step.
        step: &'a Step,
        /// Counted from 1 within the step.
        attempt: u32,
    },
    /// Send [`Input::TimerFired`] after so many seconds.
    Sleep {
        /// How long.
        seconds: u32,
    },
    /// Nothing, until a signal, a retry or a cancel comes.
    Await,
    /// Nothing any more.
    Finished,
}

/// What a step's handler says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    /// Done, with what later steps and people want to know.
    Done {
        /// The output, an object.
        output: Value,
    },
    /// Not yet; call again after so many seconds.
    PollAgain {
        /// How long.
        seconds: u32,
    },
    /// Not before this signal came.
    Await {
        /// The signal's name.
        signal: String,
    },
    /// No, for good.
    Rejected {
        /// Why, a sentence.
        reason: String,
    },
}

/// What can happen to a run.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// A call answered.
    Outcome {
        /// Which step.
        step: StepKey,
        /// Which attempt.
        attempt: u32,
        /// What it said.
        outcome: Outcome,
    },
    /// A call failed or ran out of time.
    Failure {
        /// Which step.
        step: StepKey,
        /// Which attempt.
        attempt: u32,
        /// What went wrong, a sentence.
        message: String,
        /// Whether trying again can help.
        retryable: bool,
    },
    /// The time of [`Next::Sleep`] is over.
    TimerFired,
    /// A named signal; kept if nobody waits for it yet.
    Signal {
        /// Its name.
        name: String,
        /// What it carries.
        value: Value,
    },
    /// Someone asks to try the stuck step again.
    Retry,
    /// Someone asks to stop.
    Cancel,
}

/// A run's state in one word, for lists and for the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// Working, or waiting to work.
    Running,
    /// A step failed; someone has to retry or cancel.
    Stuck,
    /// Every step is done.
    Completed,
    /// A step refused for good.
    Rejected,
    /// Someone stopped it.
    Cancelled,
}

impl RunState {
    /// All states.
    pub const ALL: [Self; 5] = [Self::Running, Self::Stuck, Self::Completed, Self::Rejected, Self::Cancelled];

    /// Whether nothing will happen any more.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Completed | Self::Rejected | Self::Cancelled)
    }

    /// The word in the store and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Stuck => "stuck",
            Self::Completed => "completed",
            Self::Rejected => "rejected",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state with this [`word`](Self::word).
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// The state of one step, as the timeline shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Its turn has not come.
    Pending,
    /// It is being called, or will be in a moment.
    Running,
    /// It waits for time to pass or for a signal.
    Waiting,
    /// It failed and the run is stuck, or it refused.
    Failed,
    /// It is done.
    Done,
    /// The run was cancelled before it was done.
    Skipped,
}

impl StepState {
    /// The words that people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Pending => "to do",
            Self::Running => "running",
            Self::Waiting => "waiting",
            Self::Failed => "failed",
            Self::Done => "done",
            Self::Skipped => "not done",
        }
    }
}

impl Machine {
    /// A run of this plan that has not begun.
    pub fn new(plan: Plan) -> Self {
        let phase = if plan.steps.is_empty() { Phase::Completed } else { Phase::Ready };
        Self {
            plan,
            position: 0,
            attempt: 1,
            attempts_since_retry: 1,
            outputs: BTreeMap::new(),
            mailbox: BTreeMap::new(),
            phase,
            cancelled_mid_call: false,
        }
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What the run is doing.
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// What the done steps gave, by step.
    pub fn outputs(&self) -> &BTreeMap<StepKey, Value> {
        &self.outputs
    }

    /// The signals that came before anyone waited for them, and those that steps have been called with.
    pub fn mailbox(&self) -> &BTreeMap<String, Value> {
        &self.mailbox
    }

    /// The step at the position, unless every step is done.
    pub fn current(&self) -> Option<&Step> {
        self.plan.steps.get(self.position)
    }

    /// What the engine has to do now.
    pub fn next(&self) -> Next<'_> {
        match (&self.phase, self.current()) {
            (Phase::Ready, Some(step)) => Next::Call { step, attempt: self.attempt },
            (Phase::Sleeping { seconds }, _) => Next::Sleep { seconds: *seconds },
            (Phase::Waiting { .. } | Phase::Stuck { .. }, _) => Next::Await,
            _ => Next::Finished,
        }
    }

    /// The run's state in one word.
    pub fn state(&self) -> RunState {
        match self.phase {
            Phase::Ready | Phase::Sleeping { .. } | Phase::Waiting { .. } => RunState::Running,
            Phase::Stuck { .. } => RunState::Stuck,
            Phase::Completed => RunState::Completed,
            Phase::Rejected { .. } => RunState::Rejected,
            Phase::Cancelled => RunState::Cancelled,
        }
    }

    /// The state of the step at this index of the plan.
    pub fn step_state(&self, index: usize) -> StepState {
        use std::cmp::Ordering::{Equal, Greater, Less};
        match (index.cmp(&self.position), &self.phase) {
            (Less, _) | (_, Phase::Completed) => StepState::Done,
            (Equal | Greater, Phase::Cancelled) => StepState::Skipped,
            (Equal, Phase::Stuck { .. } | Phase::Rejected { .. }) => StepState::Failed,
            (Equal, Phase::Sleeping { .. } | Phase::Waiting { .. }) => StepState::Waiting,
            (Equal, Phase::Ready) => StepState::Running,
            (Greater, Phase::Rejected { .. }) => StepState::Skipped,
            (Greater, _) => StepState::Pending,
        }
    }

    /// The machine after `input`; the same machine when the input is late, repeated or means nothing here. The one late input that
    /// counts is what the step under way did before a cancel reached it: the run stays cancelled, and the account says what was made.
    #[must_use]
    pub fn after(&self, input: Input) -> Self {
        let mut next = self.clone();
        match input {
            Input::Outcome { step, attempt, outcome } if self.expects(&step, attempt) => next.take(outcome),
            Input::Failure { step, attempt, message, retryable } if self.expects(&step, attempt) => {
                next.fail(message, retryable);
            }
            Input::TimerFired if matches!(self.phase, Phase::Sleeping { .. }) => next.call_again(),
            Input::Signal { name, value } if !self.state().is_over() => {
                let awaited = matches!(&self.phase, Phase::Waiting { signal } if *signal == name);
                next.mailbox.entry(name).or_insert(value);
                if awaited {
                    next.call_again();
                }
            }
            Input::Retry if matches!(self.phase, Phase::Stuck { .. }) => {
                next.attempts_since_retry = 0;
                next.call_again();
            }
            Input::Cancel if !self.state().is_over() => {
                next.cancelled_mid_call = self.phase == Phase::Ready;
                next.phase = Phase::Cancelled;
            }
            Input::Outcome { step, attempt, outcome: Outcome::Done { output } }
                if self.cancelled_mid_call && self.is_at(&step, attempt) =>
            {
                next.advance(output);
                next.phase = Phase::Cancelled;
                next.cancelled_mid_call = false;
            }
            _ => {}
        }
        next
    }

    fn expects(&self, step: &StepKey, attempt: u32) -> bool {
        self.phase == Phase::Ready && self.is_at(step, attempt)
    }

    fn is_at(&self, step: &StepKey, attempt: u32) -> bool {
        self.attempt == attempt && self.current().is_some_and(|s| s.key == *step)
    }

    fn take(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Done { output } => self.advance(output),
            Outcome::PollAgain { seconds } => {
                self.attempts_since_retry = 0;
                self.phase = Phase::Sleeping { seconds };
            }
            Outcome::Await { signal } => {
                self.attempts_since_retry = 0;
                if self.mailbox.contains_key(&signal) {
                    self.call_again();
                } else {
                    self.phase = Phase::Waiting { signal };
                }
            }
            Outcome::Rejected { reason } => self.phase = Phase::Rejected { reason },
        }
    }

    fn advance(&mut self, output: Value) {
        if let Some(step) = self.plan.steps.get(self.position) {
            self.outputs.insert(step.key.clone(), output);
        }
        self.position += 1;
        self.attempt = 1;
        self.attempts_since_retry = 1;
        self.phase = if self.position < self.plan.steps.len() { Phase::Ready } else { Phase::Completed };
    }

    fn fail(&mut self, message: String, retryable: bool) {
        let delay = self.current().and_then(|step| step.retry.delay_after(self.attempts_since_retry));
        self.phase = match delay {
            Some(seconds) if retryable => Phase::Sleeping { seconds },
            _ => Phase::Stuck { reason: message },
        };
    }

    fn call_again(&mut self) {
        self.attempt += 1;
        self.attempts_since_retry += 1;
        self.phase = Phase::Ready;
    }
}
