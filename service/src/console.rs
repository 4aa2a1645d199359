//! The one façade that pages and the HTTP API see. Every method takes the actor first and authorises first.

mod about;
mod bulk;
mod designs;
mod events;
mod explore;
mod rebase;
mod registries;
mod requests;
mod runs;
mod search;
mod searches;
mod sessions;
mod submit;
mod tokens;

use std::sync::Arc;

use domain::platform::Platform;
use domain::policy::{self, Action, Actor};
use domain::run::RunId;
use domain::time::Timestamp;
use serde_json::Value;
use tokio::sync::broadcast;

pub use bulk::BulkPick;
pub use requests::Review;
pub use sessions::SESSION_SECONDS;
pub use submit::Submission;
pub use tokens::TOKEN_PREFIX;

use crate::error::Error;
use crate::ports::clock::Clock;
use crate::ports::secret::SecretSource;
use crate::ports::store::{AuditRow, Store};
use crate::search::Searcher;
use crate::snapshot::{SnapshotCell, Syncer};

/// Everything that people and scripts can do.
#[derive(Clone)]
pub struct Console {
    parts: Arc<Parts>,
    searcher: Arc<Searcher>,
}

/// What a console is made of.
pub struct Parts {
    /// Keeps what people make.
    pub store: Arc<dyn Store>,
    /// The registry as it was last read.
    pub snapshot: Arc<SnapshotCell>,
    /// What reads the registries, in the order of the configuration.
    pub registries: Vec<Arc<Syncer>>,
    /// The deployment's defaults.
    pub platform: Platform,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes secrets.
    pub secrets: Arc<dyn SecretSource>,
    /// Wakes the engine.
    pub wake_engine: Box<dyn Fn() + Send + Sync>,
    /// Says which run changed.
    pub changes: broadcast::Sender<RunId>,
}

impl Console {
    /// A console over these parts.
    pub fn new(parts: Parts) -> Self {
        let searcher = Arc::new(Searcher::new(Arc::clone(&parts.snapshot)));
        Self { parts: Arc::new(parts), searcher }
    }

    /// The deployment's defaults.
    pub fn platform(&self) -> &Platform {
        &self.parts.platform
    }

    fn store(&self) -> &dyn Store {
        self.parts.store.as_ref()
    }

    /// The present.
    pub fn now(&self) -> Timestamp {
        self.parts.clock.now()
    }

    fn audit(&self, actor: &Actor, action: &str, object: impl Into<String>, detail: Value) -> AuditRow {
        AuditRow {
            at: self.now(),
            actor: actor.name.0.clone(),
            action: action.to_owned(),
            object: object.into(),
            detail,
        }
    }
}

fn authorise(actor: &Actor, action: Action<'_>) -> Result<(), Error> {
    policy::may(actor, action).map_err(Error::from)
}
