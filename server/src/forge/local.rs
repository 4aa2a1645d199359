//! A forge in a bare git repository on this machine. Objects are written first and references last, one at a time, so that a process killed
//! between any two writes leaves something that the next call completes.

mod change;
mod merge;
mod pull;
mod repository;
#[cfg(test)]
mod tests;
mod tree;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use service::ports::forge::{Change, CommitId, Forge, ForgeError, PullRequest};
use tokio::sync::Mutex;

use repository::Repository;

/// The forge; calls are carried out one after the other.
#[derive(Debug)]
pub struct LocalForge {
    path: PathBuf,
    turn: Arc<Mutex<()>>,
}

impl LocalForge {
    /// The forge at this path, made with a first commit if there is nothing.
    pub async fn open(path: impl Into<PathBuf>) -> Result<Self, ForgeError> {
        let forge = Self { path: path.into(), turn: Arc::default() };
        forge.blocking(|_| Ok(())).await?;
        Ok(forge)
    }

    /// The repository's folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Does the work on a thread that may block. The turn goes with it, so that a caller who gives up does not let the next one in early.
    async fn blocking<T, W>(&self, work: W) -> Result<T, ForgeError>
    where
        T: Send + 'static,
        W: FnOnce(&Repository) -> Result<T, ForgeError> + Send + 'static,
    {
        let (turn, path) = (Arc::clone(&self.turn).lock_owned().await, self.path.clone());
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work(&Repository::open(&path)?)
        });
        done.await.unwrap_or_else(|_| {
            Err(ForgeError::Unavailable("The work on the local repository was interrupted. It is tried again.".into()))
        })
    }
}

#[async_trait]
impl Forge for LocalForge {
    fn describe(&self) -> String {
        format!("git repository {}", self.path.display())
    }

    async fn write_change(&self, change: &Change) -> Result<CommitId, ForgeError> {
        let change = change.clone();
        self.blocking(move |repository| change::write(repository, &change)).await
    }

    async fn open_pull_request(&self, branch: &str, title: &str, body: &str) -> Result<PullRequest, ForgeError> {
        let wanted = pull::Details { branch: branch.into(), title: title.into(), body: body.into() };
        self.blocking(move |repository| pull::open(repository, &wanted)).await
    }

    async fn merge(&self, number: u64) -> Result<CommitId, ForgeError> {
        self.blocking(move |repository| merge::merge(repository, number)).await
    }
}
