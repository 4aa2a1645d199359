//! The search over the registry as it was last read.

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use domain::schema::read;
use domain::search::{Entry, EntryVersion, Extract, Overlay, SearchPage, SearchRequest, extract, naive};
use domain::time::Timestamp;

use crate::error::Error;
use crate::snapshot::{Snapshot, StoredVersion, Subject};

/// The name of a registry that was configured without one.
pub const DEFAULT_REGISTRY: &str = "default";

/// Searches snapshots; what it reads out of one is kept for the next search of the same.
#[derive(Debug, Default)]
pub struct Searcher {
    read: ArcSwapOption<(Arc<Snapshot>, Vec<Entry>)>,
}

impl Searcher {
    /// One page of what a request finds.
    pub async fn search(
        self: &Arc<Self>,
        snapshot: Arc<Snapshot>,
        overlay: Overlay,
        request: SearchRequest,
        now: Timestamp,
    ) -> Result<SearchPage, Error> {
        let searcher = Arc::clone(self);
        let work = tokio::task::spawn_blocking(move || {
            let freshness = snapshot.freshness(now);
            let read = searcher.entries(snapshot);
            SearchPage { freshness, ..naive::search(&read.1, &overlay, &request) }
        });
        work.await.map_err(|broken| Error::Internal(Box::new(broken)))
    }

    fn entries(&self, snapshot: Arc<Snapshot>) -> Arc<(Arc<Snapshot>, Vec<Entry>)> {
        if let Some(known) = self.read.load_full().filter(|known| Arc::ptr_eq(&known.0, &snapshot)) {
            return known;
        }
        let entries = snapshot.subjects().map(|subject| entry(&snapshot, subject)).collect();
        let read = Arc::new((snapshot, entries));
        self.read.store(Some(Arc::clone(&read)));
        read
    }
}

fn entry(snapshot: &Snapshot, subject: &Subject) -> Entry {
    let version = |stored: &Arc<StoredVersion>| EntryVersion {
        version: stored.version,
        id: stored.id,
        schema_type: stored.schema_type,
        deleted: false,
    };
    let text = |stored: &Arc<StoredVersion>| match snapshot.schema_text(&subject.name, stored.version) {
        Some(Ok(text)) => extract(&read(&text)),
        _ => Extract::default(),
    };
    let (newest, older) = subject.versions.split_last().map_or((None, [].as_slice()), |(n, o)| (Some(n), o));
    Entry {
        registry: DEFAULT_REGISTRY.to_owned(),
        subject: subject.name.clone(),
        versions: subject.versions.iter().map(version).collect(),
        compatibility: None,
        newest: newest.map(text).unwrap_or_default(),
        older: older.iter().map(|stored| (stored.version, text(stored))).collect(),
    }
}
