//! A plan as data: the ordered steps that a run will carry out. Stored with the run, so a newer console cannot break a run under way.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The version of the plans that this console makes.
pub const PLAN_VERSION: u32 = 1;

/// What a run will do, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The version of the plan's meaning.
    pub version: u32,
    /// The steps in order; keys are unique.
    pub steps: Vec<Step>,
}

/// A step's name within its plan; with the run's id it is the idempotency key of everything the step does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StepKey(pub String);

impl fmt::Display for StepKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One action of a plan; delivered at least once, so it must be idempotent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Its key.
    pub key: StepKey,
    /// What it does.
    pub kind: StepKind,
    /// When to try again by itself.
    pub retry: Retry,
    /// After how many seconds an attempt counts as failed.
    pub timeout_seconds: u32,
}

/// What a step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// Renders the revision again and compares the digest; checks that the approval still holds.
    Validate,
    /// Commits the artifacts to a branch of the forge's repository.
    WriteChange,
    /// Opens a pull request for the branch.
    OpenPullRequest,
    /// Merges the pull request.
    MergePullRequest,
    /// Puts the event into the catalogue.
    RecordEvent,
}

impl StepKind {
    /// What the timeline calls it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Validate => "Re-check approval and digest",
            Self::WriteChange => "Write the change",
            Self::OpenPullRequest => "Open pull request",
            Self::MergePullRequest => "Merge pull request",
            Self::RecordEvent => "Record the event",
        }
    }
}

/// When a failed step is tried again without anybody asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Retry {
    /// Attempts in all before the run is stuck.
    pub max_attempts: u32,
    /// Seconds before the second attempt; doubles each time.
    pub first_delay_seconds: u32,
    /// The longest delay, in seconds.
    pub max_delay_seconds: u32,
}

impl Retry {
    /// Seconds to wait after this attempt (counted from 1) failed; `None` when it was the last.
    pub fn delay_after(self, attempt: u32) -> Option<u32> {
        (attempt < self.max_attempts).then(|| {
            let doubled = self.first_delay_seconds.saturating_mul(1u32.checked_shl(attempt - 1).unwrap_or(u32::MAX));
            doubled.min(self.max_delay_seconds)
        })
    }
}

impl Plan {
    /// The plan that onboards one event.
    pub fn onboarding() -> Self {
        let step = |key: &str, kind, timeout_seconds| Step {
            key: StepKey(key.to_owned()),
            kind,
            retry: Retry { max_attempts: 5, first_delay_seconds: 2, max_delay_seconds: 60 },
            timeout_seconds,
        };
        Self {
            version: PLAN_VERSION,
            steps: vec![
                step("validate", StepKind::Validate, 30),
                step("write-change", StepKind::WriteChange, 60),
                step("open-pull-request", StepKind::OpenPullRequest, 60),
                step("merge-pull-request", StepKind::MergePullRequest, 60),
                step("record-event", StepKind::RecordEvent, 30),
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_their_bound_and_end() {
        let retry = Retry { max_attempts: 40, first_delay_seconds: 2, max_delay_seconds: 60 };
        assert_eq!((1..7).filter_map(|n| retry.delay_after(n)).collect::<Vec<_>>(), [2, 4, 8, 16, 32, 60]);
        assert_eq!(retry.delay_after(39), Some(60));
        assert_eq!(retry.delay_after(40), None);
    }
}
