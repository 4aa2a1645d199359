//! Drafts, requests, revisions, decisions, events and the audit.

use async_trait::async_trait;
use domain::design::Design;
use domain::draft::{Draft, DraftId};
use domain::event::OnboardedEvent;
use domain::policy::UserName;
use domain::request::{Decision, Request, RequestId, RequestState, Revision, RevisionSummary};
use domain::run::RunId;
use domain::subject::{SubjectName, Version};
use domain::time::Timestamp;
use serde_json::Value;

use super::{NewRun, StoreError};

/// Keeps what people make.
#[async_trait]
pub trait ConsoleStore: Send + Sync {
    /// Whether it takes writes now; for the readiness probe.
    async fn ping(&self) -> Result<(), StoreError>;

    /// Makes a draft; its first save is number 1 and its first author the owner.
    async fn create_draft(&self, draft: NewDraft, audit: AuditRow) -> Result<Draft, StoreError>;

    /// One draft.
    async fn draft(&self, id: DraftId) -> Result<Option<Draft>, StoreError>;

    /// The newest drafts that are not submitted, newest first.
    async fn drafts(&self, limit: u32) -> Result<Vec<Draft>, StoreError>;

    /// The subjects that have a draft that is not submitted, each once.
    async fn drafted_subjects(&self) -> Result<Vec<SubjectName>, StoreError>;

    /// Saves a design on top of the save that the caller saw; conflict when there is a newer one. The author joins the authors.
    async fn save_draft(&self, save: SavedDraft, audit: AuditRow) -> Result<Draft, StoreError>;

    /// Keeps a revision, as a new request or as the next one of a request in the state that the caller saw. The same digest
    /// submitted again for the same target gives what is there, with `created` false.
    async fn submit(&self, revision: NewRevision, audit: AuditRow) -> Result<Submitted, StoreError>;

    /// Requests, newest first.
    async fn requests(&self, filter: RequestFilter) -> Result<Vec<Request>, StoreError>;

    /// One request.
    async fn request(&self, id: RequestId) -> Result<Option<Request>, StoreError>;

    /// One revision in full.
    async fn revision(&self, id: RequestId, number: u32) -> Result<Option<Revision>, StoreError>;

    /// All revisions of a request, oldest first.
    async fn revisions(&self, id: RequestId) -> Result<Vec<RevisionSummary>, StoreError>;

    /// All decisions on a request, oldest first.
    async fn decisions(&self, id: RequestId) -> Result<Vec<Decision>, StoreError>;

    /// Records a decision, moves the request, and makes the run of an approval, all or nothing. Conflict unless the request is
    /// in the state, and at the revision and digest, that the reviewer saw; taken when an approval would make a table or file
    /// that an approved or live request has.
    async fn decide(&self, decision: NewDecision, audit: AuditRow) -> Result<Option<RunId>, StoreError>;

    /// Whether an approval of this revision would find what it makes with another request; taken if so. Nothing is changed.
    async fn check_claims(&self, id: RequestId, revision: u32) -> Result<(), StoreError>;

    /// Moves a request without a decision (withdrawal). Conflict unless it is in the state that the caller saw.
    async fn move_request(
        &self,
        id: RequestId,
        seen: RequestState,
        to: RequestState,
        audit: AuditRow,
    ) -> Result<(), StoreError>;

    /// The catalogue, by name. `newest` is left empty.
    async fn events(&self) -> Result<Vec<OnboardedEvent>, StoreError>;

    /// Puts an event into the catalogue, replacing an older version of the same subject; the same run twice changes nothing. Conflict
    /// when the run was cancelled.
    async fn record_event(&self, event: OnboardedEvent, audit: AuditRow) -> Result<(), StoreError>;

    /// The newest audit rows about an object (`request:12`), newest first.
    async fn audit(&self, object: &str, limit: u32) -> Result<Vec<AuditRow>, StoreError>;
}

/// One row of the audit: who did what to which object, when.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditRow {
    /// When.
    pub at: Timestamp,
    /// Who; the engine acts as `engine`.
    pub actor: String,
    /// What, a stable kebab-case word (`request-approved`).
    pub action: String,
    /// `request:12`, `draft:3`, `run:4`, `event:NAME`, `token:5`. Empty where the call makes the object: the store fills it in.
    pub object: String,
    /// What else is worth keeping; no secrets.
    pub detail: Value,
}

/// A draft to make.
#[derive(Debug, Clone, PartialEq)]
pub struct NewDraft {
    /// The event's subject.
    pub subject: SubjectName,
    /// The version to design.
    pub version: Version,
    /// The first design.
    pub design: Design,
    /// The owner.
    pub owner: UserName,
    /// The request that it revises, if it does.
    pub request: Option<RequestId>,
    /// The authors of the revision that it starts from; they stay authors.
    pub inherited_authors: Vec<UserName>,
    /// When.
    pub at: Timestamp,
}

/// A save of a draft.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedDraft {
    /// Which draft.
    pub id: DraftId,
    /// The save that it builds on.
    pub builds_on: u32,
    /// The whole design.
    pub design: Design,
    /// Who saves.
    pub author: UserName,
    /// When.
    pub at: Timestamp,
}

/// A draft and the save of it that is submitted; conflict when there is a newer one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenDraft {
    /// Which draft.
    pub id: DraftId,
    /// The save that was rendered.
    pub saves: u32,
}

/// What a submission is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubmitTarget {
    /// A new request; from a draft, if there is one, which is then tied to it (conflict if it is tied to another).
    New {
        /// The draft.
        draft: Option<SeenDraft>,
    },
    /// The next revision of a request.
    Revise {
        /// The request.
        request: RequestId,
        /// The state that the caller saw.
        seen: RequestState,
        /// The state after.
        to: RequestState,
        /// The draft that it comes from.
        draft: Option<SeenDraft>,
    },
}

/// A revision to keep; number and request id are the store's to give.
#[derive(Debug, Clone, PartialEq)]
pub struct NewRevision {
    /// What it is for.
    pub target: SubmitTarget,
    /// Who submits; requester of a new request.
    pub submitter: UserName,
    /// The contents. `request` and `number` are placeholders.
    pub revision: Revision,
}

/// What submitting gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submitted {
    /// The request.
    pub request: RequestId,
    /// The revision's number.
    pub revision: u32,
    /// Its digest.
    pub digest: String,
    /// False when the very same was submitted before.
    pub created: bool,
}

/// Which requests to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestFilter {
    /// Only those that this user asked for.
    pub requester: Option<UserName>,
    /// Only those in one of these states; empty for all.
    pub states: Vec<RequestState>,
    /// Only those of this subject.
    pub subject: Option<SubjectName>,
    /// At most so many.
    pub limit: u32,
}

/// A decision to record.
#[derive(Debug, Clone, PartialEq)]
pub struct NewDecision {
    /// The request.
    pub request: RequestId,
    /// The state that the reviewer saw.
    pub seen: RequestState,
    /// The state after.
    pub to: RequestState,
    /// The decision; revision number and digest have to be the newest.
    pub decision: Decision,
    /// The run that an approval launches.
    pub run: Option<NewRun>,
}
