//! Between two crawls: a registry that tells its largest id is asked for it every few seconds, and what is new is read at once.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use domain::subject::{SchemaId, SubjectName};

use super::{PEEK_EVERY, POLL_EVERY, Progress, Syncer};
use crate::ports::registry::{Abilities, RegistryError};
use crate::snapshot::crawl::{Crawl, CrawlError};

/// The most new ids that are asked for in one look; the others are left to the next ones.
const MAX_NEW_IDS: u32 = 50;
/// With more new ids than this, everything is read again instead of asking for each.
const MAX_BEHIND: u32 = 5_000;

impl Syncer {
    /// Waits for the next crawl, or until somebody wants one, and looks for new ids meanwhile.
    pub(super) async fn peek_until(&self, rest: Duration) {
        let mut end = Instant::now() + rest;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            tokio::select! {
                () = tokio::time::sleep(left.min(PEEK_EVERY)) => {}
                () = self.nudged.notified() => return,
            }
            let Some(abilities) = self.known_abilities().filter(|abilities| abilities.newest_id) else { continue };
            match self.peek(&abilities).await {
                Ok(true) => {}
                // Too much is new.
                Ok(false) => return,
                // Something is wrong, and the crawl says what; not at once, since it may be one id that always fails.
                Err(_) => end = end.min(Instant::now() + POLL_EVERY),
            }
        }
    }

    /// Reads what has a new id, some at a time; false when that is so much that a crawl is better.
    pub(in crate::snapshot) async fn peek(&self, abilities: &Abilities) -> Result<bool, CrawlError> {
        let mut progress = self.progress.lock().await;
        let (mut names, mut reached, mut left) = (BTreeSet::new(), Vec::new(), MAX_NEW_IDS);
        for (context, subject, id) in self.known_ids(abilities) {
            let Some(newest) = self.registry.newest_id(&subject, id).await? else { continue };
            let old = progress.newest.get(&context).copied().unwrap_or(newest);
            let behind = newest.0.saturating_sub(old.0);
            if behind > MAX_BEHIND {
                progress.newest.insert(context, newest);
                progress.whole = true;
                return Ok(false);
            }
            let taken = behind.min(left);
            left -= taken;
            for id in (old.0..newest.0).take(taken as usize).map(|before| before + 1) {
                match self.registry.uses(&subject, SchemaId(id)).await {
                    Ok(uses) => names.extend(uses.into_iter().filter_map(|name| SubjectName::parse(name).ok())),
                    Err(error @ RegistryError::Unreachable(_)) => return Err(error.into()),
                    // Ids can be left out; and one that always fails must not keep the others from being asked for.
                    Err(_) => {}
                }
            }
            // A registry that was begun anew counts from one again.
            reached.push((context, if taken < behind { SchemaId(old.0 + taken) } else { newest }));
        }
        let crawl = Crawl {
            registry: self.registry.as_ref(),
            abilities,
            manner: &self.manner,
            shelf: self.shelf(),
            reread: false,
            limits: self.limits,
        };
        crawl.one_by_one(names.into_iter().collect()).await?;
        progress.newest.extend(reached);
        self.cell.touch(&self.name, |sync| sync.traffic = self.registry.traffic());
        Ok(true)
    }

    /// Remembers the largest ids after a crawl, which has read what they stand for.
    pub(super) async fn newest_ids(&self, abilities: &Abilities, progress: &mut Progress) {
        if !abilities.newest_id {
            return;
        }
        for (context, subject, id) in self.known_ids(abilities) {
            if progress.newest.contains_key(&context) {
                continue;
            }
            if let Ok(Some(newest)) = self.registry.newest_id(&subject, id).await {
                progress.newest.insert(context, newest);
            }
        }
    }

    /// A subject and id of each context, to ask by.
    fn known_ids(&self, abilities: &Abilities) -> Vec<(String, SubjectName, SchemaId)> {
        let snapshot = self.cell.snapshot();
        let Some(part) = snapshot.part(&self.name) else { return Vec::new() };
        let contexts = std::iter::once("").chain(abilities.contexts.iter().map(String::as_str));
        let known = |context: &str| {
            let from = if context.is_empty() { String::new() } else { format!(":{context}:") };
            let mut entries = part.entries_from(&from).filter_map(|entry| Some((entry.subject()?, entry.newest()?.id)));
            let (subject, id) = entries.find(|(subject, _)| subject.context().unwrap_or_default() == context)?;
            Some((context.to_owned(), subject, id))
        };
        contexts.filter_map(known).collect()
    }
}
