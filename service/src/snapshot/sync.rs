//! Keeps the snapshot near the registry: one crawl at a time, each incremental. A crawl that fails leaves what is known and says so.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{Mutex, Notify};
use tokio_util::sync::CancellationToken;

use super::crawl::{Crawl, Crawled, Limits};
use super::{Snapshot, SnapshotCell};
use crate::ports::clock::Clock;
use crate::ports::registry::Registry;

/// How long to wait between two crawls of a registry that is asked over the network.
pub const POLL_EVERY: Duration = Duration::from_secs(30);
/// How long to wait between two crawls of a folder, where people want to see what they just saved.
pub const POLL_FOLDER_EVERY: Duration = Duration::from_secs(5);

/// Each so many crawls, versions that are known are read again too: a subject deleted for good and registered anew counts from 1 again.
const REREAD_EACH: u32 = 20;

/// A crawl that took long is followed by a rest of so many times its length, so that a huge registry is not read all the time.
const REST: u32 = 4;

/// Reads the registry into a [`SnapshotCell`].
pub struct Syncer {
    registry: Arc<dyn Registry>,
    cell: Arc<SnapshotCell>,
    clock: Arc<dyn Clock>,
    limits: Limits,
    nudged: Notify,
    crawls: Mutex<u32>,
}

impl Syncer {
    /// A worker that has not read anything yet.
    pub fn new(registry: Arc<dyn Registry>, cell: Arc<SnapshotCell>, clock: Arc<dyn Clock>) -> Self {
        Self { registry, cell, clock, limits: Limits::default(), nudged: Notify::new(), crawls: Mutex::new(0) }
    }

    /// The same with other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// How often [`run`](Self::run) should read this registry when nobody says otherwise.
    pub fn default_interval(&self) -> Duration {
        if self.registry.rewrites() { POLL_FOLDER_EVERY } else { POLL_EVERY }
    }

    /// Reads the registry now and publishes what it found; waits when another call is reading already.
    pub async fn refresh(&self) {
        let mut crawls = self.crawls.lock().await;
        let old = self.cell.snapshot();
        let crawl = Crawl {
            registry: self.registry.as_ref(),
            reread: self.registry.rewrites() || crawls.is_multiple_of(REREAD_EACH),
            limits: self.limits,
            old: &old,
        };
        *crawls = crawls.wrapping_add(1);
        let result = crawl.run(&|early| self.cell.publish(early)).await;
        let new = match result {
            Ok(Crawled { subjects, unreadable, trouble }) => {
                Snapshot { subjects, unreadable, synced_at: Some(self.clock.now()), trouble }
            }
            Err(trouble) => Snapshot { trouble: Some(trouble), ..self.cell.snapshot().as_ref().clone() },
        };
        tell(&self.registry.describe(), &old, &new);
        self.cell.publish(new);
    }

    /// Reads the registry again and again until `shutdown`; a crawl under way then is abandoned.
    pub async fn run(&self, interval: Duration, shutdown: CancellationToken) {
        let reading = async {
            loop {
                let started = Instant::now();
                self.refresh().await;
                tokio::select! {
                    () = tokio::time::sleep(interval.max(started.elapsed() * REST)) => {}
                    () = self.nudged.notified() => {}
                }
            }
        };
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = reading => {}
        }
    }

    /// Makes [`run`](Self::run) read again without waiting for its interval; many calls count as one.
    pub fn nudge(&self) {
        self.nudged.notify_one();
    }
}

/// Logs changes only: a registry that is down for a night is one line, not a thousand.
fn tell(registry: &str, old: &Snapshot, new: &Snapshot) {
    match (&old.trouble, &new.trouble) {
        (before, Some(trouble)) if before.as_ref() != Some(trouble) => tracing::warn!(registry, "{trouble}"),
        (Some(_), None) => tracing::info!(registry, subjects = new.len(), "the registry can be read again"),
        (None, None) if old.synced_at.is_none() => {
            tracing::info!(registry, subjects = new.len(), unreadable = new.unreadable.len(), "read the registry");
        }
        _ => {}
    }
}
