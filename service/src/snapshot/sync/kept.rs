//! What the last process read: served at once after a restart, with its age, while the registry is read again.

use domain::compare::Level;
use domain::registry::Mode;
use domain::subject::SubjectName;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::super::catalog::Catalog;
use super::super::record;
use super::{Progress, Syncer};
use crate::ports::store::StoreError;

/// Records that are read at a time.
const AT_A_TIME: u32 = 10_000;

/// The state of a registry as it is kept.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Kept {
    /// Where it was; a registry that is somewhere else now is another one.
    place: String,
    synced_at: Option<Timestamp>,
    details_at: Option<Timestamp>,
    listed: usize,
    level: Option<Level>,
    mode: Option<Mode>,
    /// Where the pass over all subjects is.
    scrubbed: Option<String>,
    pass_began: Option<Timestamp>,
}

impl Syncer {
    /// Puts what is kept of the registry into the snapshot; true when there is something. What is kept of another place is forgotten.
    pub async fn restore(&self) -> Result<bool, StoreError> {
        let mut progress = self.progress.lock().await;
        let store = self.cell.contents().store();
        let Some(state) = store.state(&self.name).await? else { return Ok(false) };
        let kept: Kept = serde_json::from_str(&state).unwrap_or_default();
        if kept.place != self.registry.describe() {
            store.forget(&self.name).await?;
            return Ok(false);
        }
        let mut catalog = Catalog::default();
        let mut after: Option<SubjectName> = None;
        loop {
            let records = store.subjects(&self.name, after.as_ref(), AT_A_TIME).await?;
            let Some((last, _)) = records.last() else { break };
            after = Some(last.clone());
            for (name, bytes) in records {
                if let Some(subject) = record::decode(name, &bytes) {
                    catalog.push(&subject.entry(&self.name));
                }
            }
        }
        (progress.scrubbed, progress.pass_began) = (kept.scrubbed, kept.pass_began);
        let any = catalog.len() > 0;
        self.cell.update(&self.name, |part| {
            let mut restored = std::mem::take(part).with_catalog(catalog);
            restored.sync.synced_at = kept.synced_at;
            restored.sync.details_at = kept.details_at;
            restored.sync.listed = kept.listed;
            restored.sync.level = kept.level;
            restored.sync.mode = kept.mode;
            *part = restored;
        });
        Ok(any)
    }

    /// Keeps how far the reading is. That it cannot be kept costs a reading after a restart and is no more than a line in the log.
    pub(super) async fn keep_state(&self, progress: &Progress) {
        let sync = self.sync_state();
        let kept = Kept {
            place: sync.place,
            synced_at: sync.synced_at,
            details_at: sync.details_at,
            listed: sync.listed,
            level: sync.level,
            mode: sync.mode,
            scrubbed: progress.scrubbed.clone(),
            pass_began: progress.pass_began,
        };
        let Ok(text) = serde_json::to_string(&kept) else { return };
        if let Err(error) = self.cell.contents().store().keep_state(&self.name, &text).await {
            tracing::warn!(registry = %self.name, error = &error as &dyn std::error::Error, "cannot keep the registry's state");
        }
    }
}
