//! The journal of a run: its attempts and log lines, and the view that the run's page shows.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::plan::StepKey;
use crate::policy::UserName;
use crate::request::RequestId;
use crate::run::{Machine, RunState};
use crate::subject::{SubjectName, Version};
use crate::time::Timestamp;

/// A run's number, as in its URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RunId(pub i64);

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttemptResult {
    /// The step is done.
    Done,
    /// The step wants to be called again, later or after a signal.
    Waiting,
    /// It failed.
    Failed,
    /// The server stopped in the middle; the step is called again.
    Interrupted,
}

impl AttemptResult {
    /// All results.
    pub const ALL: [Self; 4] = [Self::Done, Self::Waiting, Self::Failed, Self::Interrupted];

    /// The word in the store and on the timeline.
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Waiting => "waiting",
            Self::Failed => "failed",
            Self::Interrupted => "interrupted",
        }
    }

    /// The result with this [`word`](Self::word).
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|result| result.word() == word)
    }
}

/// One try of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attempt {
    /// The step.
    pub step: StepKey,
    /// Counted from 1 within the step.
    pub number: u32,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended; `None` while it runs.
    pub ended_at: Option<Timestamp>,
    /// How it ended.
    pub result: Option<AttemptResult>,
    /// What it said, one sentence.
    pub message: String,
}

/// One line of a run's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LogLine {
    /// Counted from 1 within the run.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// The step that wrote it.
    pub step: StepKey,
    /// What it says.
    pub text: String,
}

/// A run in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RunSummary {
    /// Its number.
    pub id: RunId,
    /// What it carries out.
    pub request: RequestId,
    /// The event's subject.
    pub subject: SubjectName,
    /// The version that goes live.
    pub version: Version,
    /// Where it stands.
    pub state: RunState,
    /// When it began.
    pub started_at: Timestamp,
    /// When it was over, if it is.
    pub ended_at: Option<Timestamp>,
}

impl RunView {
    /// Whether nothing about it will change any more: it is over, and no step that a cancel overtook is still at work.
    pub fn is_settled(&self) -> bool {
        self.summary.state.is_over() && self.attempts.iter().all(|attempt| attempt.ended_at.is_some())
    }
}

/// A run with all that its page shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RunView {
    /// Number, request, subject, state, times.
    #[serde(flatten)]
    pub summary: RunSummary,
    /// The approved revision.
    pub revision: u32,
    /// Its digest.
    pub digest: String,
    /// Who asked.
    pub requester: UserName,
    /// Who approved.
    pub approver: UserName,
    /// The machine: plan, position, outputs, phase.
    pub machine: Machine,
    /// Every attempt, oldest first.
    pub attempts: Vec<Attempt>,
    /// The log, oldest first.
    pub log: Vec<LogLine>,
    /// When this view was made.
    pub now: Timestamp,
}
