//! Who may do what, and the sentence that says why not. The server asks before it acts and the pages ask before they draw a
//! button, so a disabled button shows the sentence that the server would refuse with.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::request::RequestState;
use crate::run::RunState;

/// A user's name: what people sign in as and what the audit records.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UserName(pub String);

impl fmt::Display for UserName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a person is to the platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Owns events: finds, designs, onboards.
    Engineer,
    /// Reads the warehouse: shapes tables.
    Analyst,
    /// Runs the platform: reviews and approves.
    Platform,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 3] = [Self::Engineer, Self::Analyst, Self::Platform];

    /// The word for people and for the store.
    pub fn word(self) -> &'static str {
        match self {
            Self::Engineer => "engineer",
            Self::Analyst => "analyst",
            Self::Platform => "platform",
        }
    }

    /// The role with this [`word`](Self::word).
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Who it is.
    pub name: UserName,
    /// What they are.
    pub role: Role,
}

/// What somebody wants to do, with the facts that decide it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action<'a> {
    /// Read anything that the console shows: subjects, drafts, requests, runs, events.
    Read,
    /// Make or change a draft.
    WriteDraft,
    /// Submit a request, or a new revision of one.
    Submit {
        /// Who asked first; `None` for a new request.
        requester: Option<&'a UserName>,
    },
    /// Approve, ask for changes or reject.
    Decide {
        /// Everyone who wrote a part of the revision.
        authors: &'a [UserName],
        /// Where the request stands.
        state: RequestState,
    },
    /// Take back a request that is not decided.
    Withdraw {
        /// Who asked.
        requester: &'a UserName,
        /// Where the request stands.
        state: RequestState,
    },
    /// Try the failed step of a run again.
    RetryRun {
        /// Who asked for what the run makes.
        requester: &'a UserName,
        /// Where the run stands.
        state: RunState,
    },
    /// Stop a run.
    CancelRun {
        /// Who asked for what the run makes.
        requester: &'a UserName,
        /// Where the run stands.
        state: RunState,
    },
    /// Make, list or revoke one's own API tokens.
    ManageOwnTokens,
    /// Keep, list or forget one's own searches.
    ManageOwnSearches,
}

/// Why not. Each is one sentence for the person who was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Only the platform team decides.
    #[error("Only the platform team decides on requests.")]
    NotPlatform,
    /// Nobody approves their own work.
    #[error("You wrote part of this revision, so someone else has to decide on it.")]
    OwnWork,
    /// The request is not in review.
    #[error("This request is not in review, so there is nothing to decide.")]
    NotInReview,
    /// Someone else's request.
    #[error("Only the person who asked, or the platform team, may do this.")]
    NotYours,
    /// It is decided already.
    #[error("This request is decided already, so it cannot be withdrawn.")]
    Decided,
    /// Nothing failed.
    #[error("No step of this run has failed, so there is nothing to try again.")]
    NotStuck,
    /// It is over.
    #[error("This run is over, so it cannot be cancelled.")]
    RunOver,
}

/// Whether `actor` may do `action`.
pub fn may(actor: &Actor, action: Action<'_>) -> Result<(), Refusal> {
    match action {
        Action::Read
        | Action::WriteDraft
        | Action::ManageOwnTokens
        | Action::ManageOwnSearches
        | Action::Submit { requester: None } => Ok(()),
        Action::Submit { requester: Some(requester) } => yours(actor, requester),
        Action::Decide { authors, state } => decide(actor, authors, state),
        Action::Withdraw { requester, state } => {
            yours(actor, requester)?;
            if state.is_open() { Ok(()) } else { Err(Refusal::Decided) }
        }
        Action::RetryRun { requester, state } => {
            yours(actor, requester)?;
            if state == RunState::Stuck { Ok(()) } else { Err(Refusal::NotStuck) }
        }
        Action::CancelRun { requester, state } => {
            yours(actor, requester)?;
            if state.is_over() { Err(Refusal::RunOver) } else { Ok(()) }
        }
    }
}

fn decide(actor: &Actor, authors: &[UserName], state: RequestState) -> Result<(), Refusal> {
    if actor.role != Role::Platform {
        return Err(Refusal::NotPlatform);
    }
    if authors.contains(&actor.name) {
        return Err(Refusal::OwnWork);
    }
    if state == RequestState::InReview { Ok(()) } else { Err(Refusal::NotInReview) }
}

fn yours(actor: &Actor, requester: &UserName) -> Result<(), Refusal> {
    if actor.role == Role::Platform || actor.name == *requester { Ok(()) } else { Err(Refusal::NotYours) }
}
