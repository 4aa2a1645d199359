//! A request, its immutable revisions and the decisions on them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Overtaken, RequestState, Verdict};
use crate::artifact::Artifact;
use crate::diagnostic::Diagnostic;
use crate::draft::DraftId;
use crate::evolve::Live;
use crate::policy::UserName;
use crate::render::RenderInput;
use crate::run::{RunId, RunState};
use crate::subject::{SubjectName, Version};
use crate::time::Timestamp;

/// A request's number; people read it as `R-12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RequestId(pub i64);

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "R-{}", self.0)
    }
}

impl FromStr for RequestId {
    type Err = std::num::ParseIntError;

    /// Takes `12` and `R-12`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.strip_prefix("R-").unwrap_or(text).parse().map(Self)
    }
}

/// An onboarding asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    /// Its number.
    pub id: RequestId,
    /// The event's subject.
    pub subject: SubjectName,
    /// The version of its newest revision.
    pub version: Version,
    /// Where it stands.
    pub state: RequestState,
    /// Who asked.
    pub requester: UserName,
    /// Number of its newest revision, from 1.
    pub revision: u32,
    /// Digest of its newest revision.
    pub digest: String,
    /// The draft that it came from, if any.
    pub draft: Option<DraftId>,
    /// Its run, once approved.
    pub run: Option<RunId>,
    /// Which other request of the same event came before it, while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overtaken: Option<Overtaken>,
    /// When it was asked.
    pub created_at: Timestamp,
    /// When something last happened to it.
    pub updated_at: Timestamp,
}

/// One immutable state of a request: what it was rendered from and every byte that was rendered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Revision {
    /// The request.
    pub request: RequestId,
    /// Counted from 1.
    pub number: u32,
    /// Over every artifact; see [`crate::render::digest`].
    pub digest: String,
    /// What it was rendered from.
    pub input: RenderInput,
    /// What was rendered.
    pub artifacts: Vec<Artifact>,
    /// Warnings and notes that the reviewer has to see.
    pub diagnostics: Vec<Diagnostic>,
    /// Everyone who wrote a part of it; none of them decides on it.
    pub authors: Vec<UserName>,
    /// When it was submitted.
    pub submitted_at: Timestamp,
    /// The request that brought live what this changes; none for a new event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub built_on: Option<RequestId>,
    /// What is live once this is carried out, as the console that rendered it worked it out; unknown of revisions before it was kept.
    /// No page needs it.
    #[serde(skip)]
    pub makes: Option<Live>,
}

/// A revision without its contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RevisionSummary {
    /// Counted from 1.
    pub number: u32,
    /// Its digest.
    pub digest: String,
    /// Everyone who wrote a part of it.
    pub authors: Vec<UserName>,
    /// When it was submitted.
    pub submitted_at: Timestamp,
}

/// A decision on one revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// The revision's number.
    pub revision: u32,
    /// The revision's digest, as the reviewer saw it.
    pub digest: String,
    /// What was decided.
    pub verdict: Verdict,
    /// Why; may be empty for an approval.
    pub reason: String,
    /// Who decided.
    pub by: UserName,
    /// When.
    pub at: Timestamp,
}

/// A request with all that its page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestView {
    /// The request.
    pub request: Request,
    /// Its newest revision in full.
    pub revision: Revision,
    /// All revisions, oldest first.
    pub revisions: Vec<RevisionSummary>,
    /// All decisions, oldest first.
    pub decisions: Vec<Decision>,
    /// State of its run, once approved.
    pub run_state: Option<RunState>,
    /// Why an approval would be refused for what another event has, while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<String>,
    /// When this view was made.
    pub now: Timestamp,
}

impl RequestView {
    /// Why it cannot be approved as it is, and what to do; none where only a decision is missing.
    pub fn obstacle(&self) -> Option<String> {
        let overtaken = self.request.overtaken.map(|by| format!("{} {}", by.sentence(), by.remedy()));
        overtaken.or_else(|| self.taken.clone())
    }
}
