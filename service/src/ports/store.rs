//! What the console keeps. Every writing call is one transaction that also writes its audit rows, and compares before it sets: a
//! caller says what it saw, and gets [`StoreError::Conflict`] when that is not so any more.

mod console;
mod identity;
mod runs;
mod searches;

pub use console::{
    AuditRow, ConsoleStore, NewDecision, NewDraft, NewRevision, RequestFilter, SavedDraft, SeenDraft, SubmitTarget,
    Submitted,
};
pub use identity::{ApiToken, IdentityStore, Session};
pub use runs::{AttemptEnd, ClaimedRun, NewRun, RunStep, RunStore, StepCommit};
pub use searches::{NewSearch, SavedSearch, SearchStore};

/// Everything that the console keeps, in one adapter.
pub trait Store: ConsoleStore + IdentityStore + RunStore + SearchStore {}

impl<T: ConsoleStore + IdentityStore + RunStore + SearchStore> Store for T {}

/// Why the store did not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// What the caller saw is not so any more.
    #[error("changed in the meantime")]
    Conflict,
    /// What an approval would make belongs to another request.
    #[error("{name} belongs to {subject} ({request}) already")]
    Taken {
        /// The table or file.
        name: String,
        /// Whose it is.
        request: domain::request::RequestId,
        /// The subject of that request.
        subject: String,
    },
    /// It does not answer; nothing was written.
    #[error("the store does not answer")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It answered something that cannot be.
    #[error("the store is broken")]
    Broken(#[source] Box<dyn std::error::Error + Send + Sync>),
}
