//! One reading of a registry, within limits: its list of subjects, then those that are wanted, in as few calls as it allows. What fails for
//! one subject is that subject's matter; a registry that stops answering ends the crawl, so that thousands of time-outs do not queue up.

mod buckets;
mod bulk;
mod lost;
mod one;
mod reading;
mod shelf;

use std::sync::Arc;

use domain::registry::Unreadable;
use domain::subject::SubjectName;
use futures::StreamExt as _;

use crate::ports::registry::{Abilities, Bulk, Registry, RegistryError};
use crate::ports::store::StoreError;
use bulk::BulkReader;
use lost::Lost;
use reading::Reading;

pub(super) use bulk::Manner;
pub(super) use one::One;
pub(super) use shelf::Shelf;

/// How many calls are under way at most; an adapter that paces itself allows fewer.
const CONCURRENCY: usize = 8;
/// About so many rows are in a bucket: two pages of a registry that gives a thousand at most, so that the last page of each, which is
/// never full, costs little, and the registry walks through no more than twice what it gives.
const ROWS_A_BUCKET: usize = 2_000;
/// Subjects of a bucket before anything is known of the registry's versions: three each.
const FIRST_BUCKET: usize = 300;
/// Up to so many wanted subjects of a bucket, or of everything, are read one by one.
const FEW: usize = 3;
/// How many readings are kept at a time, in the beginning and at most.
const KEPT_AT_ONCE: (usize, usize) = (16, 256);
const MAX_STRANGE: usize = 100_000;
const MAX_SHOWN_NAME: usize = 200;

/// How much of a registry is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Subjects.
    pub subjects: usize,
    /// Bytes of all names; four bytes count them in memory.
    pub name_bytes: usize,
    /// Versions of one subject; the newest are kept.
    pub versions: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { subjects: 10_000_000, name_bytes: 2 << 30, versions: 1000 }
    }
}

/// Why a crawl ended early.
#[derive(Debug, thiserror::Error)]
pub(super) enum CrawlError {
    /// The registry, in a sentence.
    #[error("{0}")]
    Registry(String),
    /// The store.
    #[error(
        "What was read of the registry cannot be kept. Check that the disk of the data folder is not full and can be written."
    )]
    Store(#[from] StoreError),
}

impl From<RegistryError> for CrawlError {
    fn from(error: RegistryError) -> Self {
        Self::Registry(error.to_string())
    }
}

/// What a registry lists.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// By name, in byte order, each once.
    pub names: Vec<SubjectName>,
    /// What cannot be a subject, with the reason.
    pub strange: Vec<Unreadable>,
    /// What to say when there is too much.
    pub trouble: Option<String>,
}

pub(super) struct Crawl<'a> {
    pub registry: &'a dyn Registry,
    pub abilities: &'a Abilities,
    pub manner: &'a Manner,
    pub shelf: Shelf<'a>,
    /// Whether versions that are known are read again.
    pub reread: bool,
    pub limits: Limits,
}

impl Crawl<'_> {
    /// Every name that the registry lists, soft-deleted ones included.
    pub async fn list(&self) -> Result<Listing, CrawlError> {
        let mut listed = self.registry.subjects().await?;
        if self.abilities.deleted {
            listed.extend(self.registry.deleted_subjects().await?);
        }
        Ok(self.names(listed))
    }

    /// The names that are subjects, the others with their reasons, and what to say when there are too many.
    fn names(&self, mut listed: Vec<String>) -> Listing {
        listed.sort_unstable();
        listed.dedup();
        let mut listing = Listing::default();
        let (all, mut bytes) = (listed.len(), 0);
        for text in listed {
            bytes += text.len();
            if listing.names.len() >= self.limits.subjects || bytes > self.limits.name_bytes {
                let shown = listing.names.len();
                listing.trouble = Some(format!(
                    "The registry has {all} subjects; the first {shown} by name are shown. Point the console at a registry with fewer."
                ));
                break;
            }
            match SubjectName::parse(text.as_str()) {
                Ok(name) => listing.names.push(name),
                Err(error) if listing.strange.len() < MAX_STRANGE => {
                    listing.strange.push(Unreadable { subject: shown(&text), reason: error.to_string() });
                }
                Err(_) => {}
            }
        }
        listing.strange.sort_unstable_by(|a, b| a.subject.cmp(&b.subject));
        listing
    }

    /// Reads the wanted ones of all names.
    pub async fn read(&self, names: &[SubjectName], wanted: &[bool]) -> Result<(), CrawlError> {
        let marked = names.iter().zip(wanted).filter(|(_, wanted)| **wanted).map(|(name, _)| name.clone());
        let marked: Vec<SubjectName> = marked.collect();
        match self.abilities.bulk {
            Bulk::Whole if marked.len() > FEW => self.whole(marked).await,
            Bulk::Buckets if marked.len() > FEW => self.buckets(names, wanted).await,
            _ => self.one_by_one(marked).await,
        }
    }

    fn bulk(&self) -> BulkReader<'_> {
        BulkReader {
            registry: self.registry,
            manner: self.manner,
            deleted: self.abilities.deleted,
            versions: self.limits.versions,
        }
    }

    async fn whole(&self, mut wanted: Vec<SubjectName>) -> Result<(), CrawlError> {
        let readings = match self.bulk().whole(&wanted, &self.shelf).await {
            Ok(readings) => readings?,
            Err(error @ RegistryError::Garbage(_)) => {
                tracing::warn!("{error} The registry is read one by one.");
                return self.one_by_one(wanted).await;
            }
            Err(error) => return Err(error.into()),
        };
        let read: std::collections::HashSet<&SubjectName> = readings.iter().map(|reading| &reading.name).collect();
        wanted.retain(|name| !read.contains(name));
        self.shelf.shelve(readings).await?;
        self.one_by_one(wanted).await
    }

    async fn buckets(&self, names: &[SubjectName], wanted: &[bool]) -> Result<(), CrawlError> {
        if self.manner.is_new() {
            // Without this, and when this page cannot be read, more pages are asked for than there are.
            let _ = self.bulk().learn().await;
        }
        let plan = futures::stream::iter(Plan { crawl: self, names, wanted, at: 0 });
        let mut read =
            std::pin::pin!(plan.map(|bucket| self.bucket(names, wanted, bucket)).buffer_unordered(CONCURRENCY));
        let mut left = Vec::new();
        while let Some(leftover) = read.next().await {
            left.extend(leftover?);
        }
        self.one_by_one(left).await
    }

    /// Reads and keeps a bucket; gives the wanted subjects that did not come with it.
    async fn bucket(
        &self,
        names: &[SubjectName],
        wanted: &[bool],
        bucket: buckets::Bucket,
    ) -> Result<Vec<SubjectName>, CrawlError> {
        let of_bucket = bucket.span.clone();
        let of_bucket =
            names.get(of_bucket.clone()).into_iter().flatten().zip(wanted.get(of_bucket).into_iter().flatten());
        let marked = || of_bucket.clone().filter(|(_, wanted)| **wanted).map(|(name, _)| name);
        let Some(prefix) = bucket.prefix.filter(|_| marked().count() > FEW.min(bucket.span.len() - 1)) else {
            return Ok(marked().cloned().collect());
        };
        let mut rows = match self.bulk().bucket(&prefix).await {
            Ok(rows) => rows,
            Err(RegistryError::Unreachable(reason)) => {
                // Whether only this page is too much for it is seen from a small question.
                return match marked().next() {
                    Some(name) if self.registry.versions(name).await.is_ok() => Ok(marked().cloned().collect()),
                    _ => Err(CrawlError::Registry(reason)),
                };
            }
            Err(RegistryError::Garbage(_)) => return Ok(marked().cloned().collect()),
            Err(error) => return Err(error.into()),
        };
        let (mut readings, mut left) = (Vec::new(), Vec::new());
        for (name, wanted) in of_bucket {
            match rows.remove(name.as_str()) {
                Some(rows) => readings.push(self.bulk().reading(name.clone(), rows)),
                None if *wanted => left.push(name.clone()),
                None => {}
            }
        }
        self.shelf.shelve(readings).await?;
        Ok(left)
    }

    /// Reads subjects call by call, some at a time, and keeps them in between.
    pub async fn one_by_one(&self, names: Vec<SubjectName>) -> Result<(), CrawlError> {
        let mut lost = Lost::of(names.len());
        let (mut waiting, mut at_once) = (Vec::new(), KEPT_AT_ONCE.0);
        let reading = futures::stream::iter(names).map(|name| self.one(name));
        let mut readings = std::pin::pin!(reading.buffer_unordered(CONCURRENCY));
        while let Some(reading) = readings.next().await {
            if lost.count(reading.is_lost(), self.registry).await {
                let reading::Outcome::Failed { reason, .. } = reading.outcome else { continue };
                waiting.retain(|reading: &Reading| !reading.is_lost());
                self.shelf.shelve(waiting).await?;
                return Err(CrawlError::Registry(reason));
            }
            waiting.push(reading);
            if waiting.len() >= at_once && !lost.is_silent() {
                self.shelf.shelve(std::mem::take(&mut waiting)).await?;
                at_once = (at_once + at_once / 4).min(KEPT_AT_ONCE.1);
            }
        }
        Ok(self.shelf.shelve(waiting).await?)
    }

    async fn one(&self, name: SubjectName) -> Reading {
        let snapshot = self.shelf.cell.snapshot();
        let known = snapshot.subject_of(self.shelf.registry, &name).and_then(|entry| entry.to_subject());
        let one = One {
            registry: self.registry,
            known: known.map(Arc::new),
            reread: self.reread,
            deleted: self.abilities.deleted,
            versions: self.limits.versions,
            new: usize::MAX,
        };
        one.read(name).await
    }
}

/// For tests: what a subject's rows are taken for.
#[cfg(test)]
pub(super) fn of_rows(
    name: SubjectName,
    rows: Vec<crate::ports::registry::BulkRow>,
    most: usize,
) -> (Vec<(u32, u32)>, Option<String>) {
    match Reading::of_rows(name, rows, most).outcome {
        reading::Outcome::Read { versions, gaps } => {
            (versions.iter().map(|read| (read.version.0, read.id.0)).collect(), gaps.sentence())
        }
        _ => (Vec::new(), None),
    }
}

/// The buckets that hold wanted subjects, cut while they are read, because their size follows from what was read.
struct Plan<'a> {
    crawl: &'a Crawl<'a>,
    names: &'a [SubjectName],
    wanted: &'a [bool],
    at: usize,
}

impl Iterator for Plan<'_> {
    type Item = buckets::Bucket;

    fn next(&mut self) -> Option<buckets::Bucket> {
        loop {
            let manner = self.crawl.manner;
            let most = if manner.is_new() { FIRST_BUCKET } else { ROWS_A_BUCKET / manner.versions_each() };
            let bucket = buckets::next(self.names, self.at, most.max(1))?;
            self.at = bucket.span.end;
            if self.wanted.get(bucket.span.clone()).is_some_and(|of_bucket| of_bucket.contains(&true)) {
                return Some(bucket);
            }
        }
    }
}

/// A name as it can be shown: control characters escaped. Names that are subjects are short enough and come out as they are.
fn shown(name: &str) -> String {
    let escape = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
    let mut shown: String = name.chars().take(MAX_SHOWN_NAME).map(escape).collect();
    if name.chars().count() > MAX_SHOWN_NAME {
        shown.push('…');
    }
    shown
}
