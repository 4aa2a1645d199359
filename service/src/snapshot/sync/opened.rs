//! A subject that somebody opens is read anew in the background, with at most four calls; the page shows what is known and waits for none.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::subject::SubjectName;
use tokio::sync::mpsc;

use super::Syncer;
use crate::snapshot::crawl::One;

/// A subject that was read less than this ago is not read again.
const AGAIN_AFTER: Duration = Duration::from_secs(10);
/// How many subjects are remembered for that.
const REMEMBERED: usize = 1_000;

impl Syncer {
    /// Reads the subjects that are opened, one after the other.
    pub(super) async fn follow(&self, mut opened: mpsc::Receiver<SubjectName>) {
        let mut read: HashMap<SubjectName, Instant> = HashMap::new();
        while let Some(subject) = opened.recv().await {
            if read.get(&subject).is_some_and(|at| at.elapsed() < AGAIN_AFTER) {
                continue;
            }
            if read.len() >= REMEMBERED {
                read.retain(|_, at| at.elapsed() < AGAIN_AFTER);
            }
            read.insert(subject.clone(), Instant::now());
            self.read_through(subject).await;
        }
        // The sender lives in the cell; this worker goes on without it.
        std::future::pending().await
    }

    /// Reads one subject now: its versions with the newest text if that is not known, its level and its mode. What fails leaves what is
    /// known, and so does a crawl that read it meanwhile; the next crawl says what is wrong.
    pub async fn read_through(&self, subject: SubjectName) {
        let snapshot = self.cell.snapshot();
        let known = snapshot.subject_of(&self.name, &subject).and_then(|entry| entry.to_subject()).map(Arc::new);
        let one = |deleted| One {
            registry: self.registry.as_ref(),
            known: known.clone(),
            reread: false,
            deleted,
            versions: self.limits.versions,
            new: 1,
        };
        let mut reading = one(false).read(subject.clone()).await;
        let seems_gone = reading.is_gone();
        if seems_gone {
            // It may be soft-deleted only; before anything is known of the registry, the crawl finds that out.
            let Some(abilities) = self.known_abilities() else { return };
            if abilities.deleted {
                reading = one(true).read(subject.clone()).await;
            }
        }
        if reading.is_lost()
            || !self.shelf().shelve_over(known.as_deref(), reading).await.unwrap_or(false)
            || seems_gone
        {
            return;
        }
        let level = self.registry.level(&subject).await.unwrap_or_default();
        let mode = self.registry.mode(&subject).await.unwrap_or_default();
        let _ = self.shelf().settle(&subject, level, mode).await;
    }
}
