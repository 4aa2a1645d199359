//! stub (replaced by branch registry)
use std::sync::Arc;

use domain::registry::{ExplorePage, ExploreQuery, Freshness, Onboarding, VersionSummary};
use domain::schema::SchemaText;
use domain::subject::{SubjectName, Version};
use domain::time::Timestamp;

#[derive(Default)]
pub struct Snapshot;
#[derive(Default)]
pub struct SnapshotCell;
impl SnapshotCell {
    pub fn load(&self) -> Arc<Snapshot> {
        Arc::new(Snapshot)
    }
}
impl Snapshot {
    pub fn explore(&self, _q: &ExploreQuery, _o: &dyn Fn(&SubjectName) -> Onboarding, _now: Timestamp) -> ExplorePage {
        ExplorePage::default()
    }
    pub fn versions(&self, _s: &SubjectName) -> Option<Vec<VersionSummary>> {
        None
    }
    pub fn schema_text(&self, _s: &SubjectName, _v: Version) -> Option<Result<SchemaText, String>> {
        None
    }
    pub fn freshness(&self, _now: Timestamp) -> Freshness {
        Freshness::default()
    }
}
