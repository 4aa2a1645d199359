//! Where changes are proposed and merged. Every call is idempotent: it looks before it makes, by names the caller derives.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

/// Branches, pull requests and merges of one repository.
#[async_trait]
pub trait Forge: Send + Sync {
    /// What and where it is, for people.
    fn describe(&self) -> String;

    /// Makes one commit with these files, and without those that go, on top of the main line, as `branch`. When the branch already
    /// holds exactly this, nothing is done and its commit is given.
    async fn write_change(&self, change: &Change) -> Result<CommitId, ForgeError>;

    /// Opens a pull request for the branch, or gives the one that is there.
    async fn open_pull_request(&self, branch: &str, title: &str, body: &str) -> Result<PullRequest, ForgeError>;

    /// Merges a pull request into the main line, or gives the merge that is there.
    async fn merge(&self, number: u64) -> Result<CommitId, ForgeError>;
}

/// Files to commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The branch, derived from request and revision.
    pub branch: String,
    /// The commit message.
    pub message: String,
    /// Name of the author of record.
    pub author: String,
    /// Path and content, paths relative and normal.
    pub files: Vec<(String, String)>,
    /// Paths of files that go; one that is not there is gone already.
    pub removed: Vec<String>,
}

/// A commit's hash in hex.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CommitId(pub String);

/// A pull request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullRequest {
    /// Its number in the repository.
    pub number: u64,
    /// What people read: `#12`.
    pub label: String,
    /// The commit at its head.
    pub head: CommitId,
    /// Whether it is merged.
    pub merged: bool,
}

/// Why the forge did not do it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ForgeError {
    /// Trying again can help.
    #[error("{0}")]
    Unavailable(String),
    /// Trying again cannot help: someone has to look.
    #[error("{0}")]
    Refused(String),
}
