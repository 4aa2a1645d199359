//! A request's states and what moves it from one to the next.

mod overtaken;
mod record;

use serde::{Deserialize, Serialize};

pub use overtaken::Overtaken;
pub use record::{Decision, Request, RequestId, RequestView, Revision, RevisionSummary};

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    /// Its newest revision waits for a decision.
    InReview,
    /// The platform team asked for changes; a new revision brings it back.
    ChangesRequested,
    /// Approved; its run is under way or stuck.
    Approved,
    /// Refused for good.
    Rejected,
    /// Taken back by the person who asked.
    Withdrawn,
    /// Its run completed; the event is in the catalogue.
    Live,
    /// Its run was cancelled.
    Cancelled,
}

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestEvent {
    /// A new revision is submitted.
    Resubmit,
    /// The newest revision is approved.
    Approve,
    /// Changes are asked for.
    RequestChanges,
    /// It is rejected.
    Reject,
    /// The person who asked takes it back.
    Withdraw,
    /// The run completed.
    RunCompleted,
    /// The run was cancelled, or a step refused for good.
    RunCancelled,
}

/// An event that does not fit the state, as a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("This request is {}, so it cannot be {}.", .state.label(), .event.done())]
pub struct NoTransition {
    /// Where the request stands.
    pub state: RequestState,
    /// What was to happen.
    pub event: RequestEvent,
}

impl RequestState {
    /// All states.
    pub const ALL: [Self; 7] = [
        Self::InReview,
        Self::ChangesRequested,
        Self::Approved,
        Self::Rejected,
        Self::Withdrawn,
        Self::Live,
        Self::Cancelled,
    ];

    /// The state after `event`.
    pub fn after(self, event: RequestEvent) -> Result<Self, NoTransition> {
        use RequestEvent as E;
        match (self, event) {
            (Self::InReview | Self::ChangesRequested, E::Resubmit) => Ok(Self::InReview),
            (Self::InReview, E::Approve) => Ok(Self::Approved),
            (Self::InReview, E::RequestChanges) => Ok(Self::ChangesRequested),
            (Self::InReview, E::Reject) => Ok(Self::Rejected),
            (Self::InReview | Self::ChangesRequested, E::Withdraw) => Ok(Self::Withdrawn),
            (Self::Approved, E::RunCompleted) => Ok(Self::Live),
            (Self::Approved, E::RunCancelled) => Ok(Self::Cancelled),
            (state, event) => Err(NoTransition { state, event }),
        }
    }

    /// Whether it still waits for someone.
    pub fn is_open(self) -> bool {
        matches!(self, Self::InReview | Self::ChangesRequested)
    }

    /// The words that people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::InReview => "in review",
            Self::ChangesRequested => "waiting for changes",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Live => "live",
            Self::Cancelled => "cancelled",
        }
    }

    /// The word in the store and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::InReview => "in_review",
            Self::ChangesRequested => "changes_requested",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Live => "live",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state with this [`word`](Self::word).
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

impl RequestEvent {
    /// All events.
    pub const ALL: [Self; 7] = [
        Self::Resubmit,
        Self::Approve,
        Self::RequestChanges,
        Self::Reject,
        Self::Withdraw,
        Self::RunCompleted,
        Self::RunCancelled,
    ];

    fn done(self) -> &'static str {
        match self {
            Self::Resubmit => "submitted again",
            Self::Approve => "approved",
            Self::RequestChanges => "sent back",
            Self::Reject => "rejected",
            Self::Withdraw => "withdrawn",
            Self::RunCompleted => "made live",
            Self::RunCancelled => "cancelled",
        }
    }
}

/// What a reviewer decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Let it through.
    Approve,
    /// Send it back with a reason.
    RequestChanges,
    /// Refuse it for good with a reason.
    Reject,
}

impl Verdict {
    /// All verdicts.
    pub const ALL: [Self; 3] = [Self::Approve, Self::RequestChanges, Self::Reject];

    /// What it does to the request.
    pub fn event(self) -> RequestEvent {
        match self {
            Self::Approve => RequestEvent::Approve,
            Self::RequestChanges => RequestEvent::RequestChanges,
            Self::Reject => RequestEvent::Reject,
        }
    }

    /// Whether it needs a reason.
    pub fn needs_reason(self) -> bool {
        self != Self::Approve
    }

    /// The word in the store and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::RequestChanges => "request_changes",
            Self::Reject => "reject",
        }
    }

    /// The verdict with this [`word`](Self::word).
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.word() == word)
    }

    /// What it was, in an activity list: "approved".
    pub fn done(self) -> &'static str {
        match self {
            Self::Approve => "approved",
            Self::RequestChanges => "asked for changes to",
            Self::Reject => "rejected",
        }
    }
}

/// The longest reason or comment, in characters.
pub const MAX_REASON_CHARS: usize = 4000;

/// The reason as it is kept, or the sentence that says what it lacks.
pub fn reason(verdict: Verdict, text: &str) -> Result<String, String> {
    let text = text.trim();
    if verdict.needs_reason() && text.is_empty() {
        return Err("Say why, in a sentence that the author can act on.".into());
    }
    let length = text.chars().count();
    if length > MAX_REASON_CHARS {
        return Err(format!("A reason can have {MAX_REASON_CHARS} characters; this one has {length}."));
    }
    Ok(text.to_owned())
}
