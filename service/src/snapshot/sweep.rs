//! Texts that no version says any more go when the console starts, while nothing is being read.

use std::collections::HashSet;

use super::SnapshotCell;
use crate::ports::snapshot::ContentKey;
use crate::ports::store::StoreError;

/// Keys that are looked at together.
const AT_A_TIME: u32 = 20_000;
/// The most texts that go at once, so that the start does not wait for more; the others go with the next one.
const MOST: usize = 100_000;

impl SnapshotCell {
    /// Forgets texts that nothing in the snapshot says, and gives how many. Only for when every registry was restored and none is being
    /// read: what is just being read is not in the snapshot yet.
    pub async fn sweep(&self) -> Result<usize, StoreError> {
        let snapshot = self.snapshot();
        let used: HashSet<ContentKey> =
            snapshot.entries().flat_map(|entry| entry.versions).map(|v| v.content).collect();
        let store = self.contents().store();
        let (mut after, mut swept) = (ContentKey::default(), 0);
        while swept < MOST {
            let keys = store.content_keys(after, AT_A_TIME).await?;
            let Some(last) = keys.last().copied() else { break };
            after = last;
            let unused: Vec<ContentKey> = keys.into_iter().filter(|key| !used.contains(key)).collect();
            swept += unused.len();
            if !unused.is_empty() {
                store.forget_contents(&unused).await?;
            }
        }
        Ok(swept)
    }
}
