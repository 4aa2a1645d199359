//! Many subjects a call, from a registry that lists schemas: a bucket by pages, or everything in one answer.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use domain::subject::{SubjectName, Version};
use tokio::sync::mpsc;

use super::reading::{Outcome, ReadVersion, Reading};
use super::shelf::Shelf;
use crate::ports::registry::{BulkAsk, BulkRow, Registry, RegistryError};
use crate::ports::store::StoreError;

/// A bucket with more pages than this is not read to its end: the registry goes in circles.
const MAX_PAGES: usize = 2_000;
/// The most rows of one page, and the most bytes of their texts: a registry that sends more than it is asked for is not read to the end.
const MAX_PAGE_ROWS: usize = 50_000;
const MAX_PAGE_BYTES: usize = 128 << 20;
/// How many rows wait between whoever reads and whoever sorts.
const ROWS_WAITING: usize = 256;
/// How many versions of the one big answer are kept at a time.
const KEPT_AT_ONCE: usize = 500;

/// What a registry's pages taught so far.
#[derive(Debug, Default)]
pub struct Manner {
    /// The most rows of one page. A page that does not end the listing has as many rows as the registry gives at most, which is never
    /// less than the longest page so far; so a shorter one is the last.
    longest: AtomicUsize,
    /// Whether rows say that they are soft-deleted.
    marks: AtomicBool,
    rows: AtomicUsize,
    subjects: AtomicUsize,
}

impl Manner {
    /// Versions of a subject, on average, as far as is known.
    pub fn versions_each(&self) -> usize {
        let subjects = self.subjects.load(Ordering::Relaxed).max(1);
        self.rows.load(Ordering::Relaxed).div_ceil(subjects).max(1)
    }

    /// Whether anything was read yet.
    pub fn is_new(&self) -> bool {
        self.subjects.load(Ordering::Relaxed) == 0
    }
}

/// Reads many subjects at once.
pub struct BulkReader<'a> {
    pub registry: &'a dyn Registry,
    pub manner: &'a Manner,
    pub deleted: bool,
    pub versions: usize,
}

impl BulkReader<'_> {
    /// The rows of every subject that begins with the prefix, by subject, without those of names that cannot be subjects.
    pub async fn bucket(&self, prefix: &str) -> Result<BTreeMap<String, Vec<BulkRow>>, RegistryError> {
        let mut rows = self.pages(prefix, self.deleted).await?;
        if rows.iter().any(|row| row.deleted.is_some()) {
            self.manner.marks.store(true, Ordering::Relaxed);
        }
        if self.deleted && !self.manner.marks.load(Ordering::Relaxed) {
            let live = self.pages(prefix, false).await?;
            let live: HashSet<(&str, Version)> = live.iter().map(|row| (row.subject.as_str(), row.version)).collect();
            for row in &mut rows {
                row.deleted = Some(!live.contains(&(row.subject.as_str(), row.version)));
            }
        }
        let mut subjects: BTreeMap<String, Vec<BulkRow>> = BTreeMap::new();
        self.manner.rows.fetch_add(rows.len(), Ordering::Relaxed);
        for mut row in rows {
            let name = std::mem::take(&mut row.subject);
            subjects.entry(name).or_default().push(row);
        }
        self.manner.subjects.fetch_add(subjects.len(), Ordering::Relaxed);
        Ok(subjects)
    }

    /// Learns how long a page can be from the longest that the default context has, so that shorter ones are known to be the last.
    pub async fn learn(&self) -> Result<(), RegistryError> {
        let ask = BulkAsk { prefix: String::new(), offset: 0, deleted: self.deleted };
        let (sender, mut receiver) = mpsc::channel::<BulkRow>(ROWS_WAITING);
        let (received, ()) =
            tokio::join!(self.registry.bulk(&ask, sender), async { while receiver.recv().await.is_some() {} });
        self.manner.longest.fetch_max(received?, Ordering::Relaxed);
        Ok(())
    }

    /// The subject's reading from its rows.
    pub fn reading(&self, name: SubjectName, rows: Vec<BulkRow>) -> Reading {
        Reading::of_rows(name, rows, self.versions)
    }

    async fn pages(&self, prefix: &str, deleted: bool) -> Result<Vec<BulkRow>, RegistryError> {
        let mut rows = Vec::new();
        let mut offset = 0;
        for _ in 0..MAX_PAGES {
            let ask = BulkAsk { prefix: prefix.to_owned(), offset, deleted };
            let (sender, mut receiver) = mpsc::channel::<BulkRow>(ROWS_WAITING);
            let take = async {
                let (mut count, mut bytes) = (0, 0);
                while let Some(row) = receiver.recv().await {
                    (count, bytes) = (count + 1, bytes + row.schema.as_ref().map_or(0, |schema| schema.text.len()));
                    if count > MAX_PAGE_ROWS || bytes > MAX_PAGE_BYTES {
                        receiver.close();
                        return true;
                    }
                    rows.push(row);
                }
                false
            };
            let (received, too_much) = tokio::join!(self.registry.bulk(&ask, sender), take);
            let received = received?;
            if too_much {
                return Err(endless(prefix));
            }
            let longest = self.manner.longest.fetch_max(received, Ordering::Relaxed);
            if received < longest || received == 0 {
                return Ok(rows);
            }
            offset += received;
        }
        Err(endless(prefix))
    }

    /// Everything in one answer, kept as it comes. Whether the flag for soft-deleted versions means what it says is seen from the answers:
    /// the one with more in it has them.
    pub async fn whole(
        &self,
        wanted: &[SubjectName],
        shelf: &Shelf<'_>,
    ) -> Result<Result<Vec<Reading>, StoreError>, RegistryError> {
        let wanted: HashSet<&str> = wanted.iter().map(SubjectName::as_str).collect();
        let mut with = match self.everything(true, &wanted, shelf).await? {
            Ok(all) => all,
            Err(error) => return Ok(Err(error)),
        };
        let mut without = HashMap::new();
        if self.deleted {
            without = match self.everything(false, &wanted, shelf).await? {
                Ok(all) => all,
                Err(error) => return Ok(Err(error)),
            };
            let count = |all: &HashMap<String, Vec<Row>>| all.values().map(Vec::len).sum::<usize>();
            if count(&without) > count(&with) {
                std::mem::swap(&mut with, &mut without);
            }
        }
        let mut readings = Vec::new();
        for (subject, rows) in with {
            let Ok(name) = SubjectName::parse(subject.as_str()) else { continue };
            let live = without.get(&subject).map(Vec::as_slice).unwrap_or_default();
            readings.push(self.of_whole(name, rows, live));
        }
        Ok(Ok(readings))
    }

    fn of_whole(&self, name: SubjectName, rows: Vec<Row>, live: &[Row]) -> Reading {
        let live: HashSet<Version> = live.iter().map(Row::version).collect();
        let (mut read, mut gaps) = (Vec::new(), Vec::new());
        for row in rows {
            match row {
                Row::Read(mut version) => {
                    version.deleted = self.deleted && !live.contains(&version.version);
                    read.push(version);
                }
                Row::Spoilt(version, reason) => gaps.push((version, reason)),
            }
        }
        let mut reading = Reading::of_rows(name, Vec::new(), self.versions);
        read.sort_by_key(|version| version.version);
        read.dedup_by_key(|version| version.version);
        let skipped = read.len().saturating_sub(self.versions);
        read.drain(..skipped);
        if let Outcome::Read { versions, gaps: told } = &mut reading.outcome {
            *versions = read;
            told.missing = gaps;
            told.missing.truncate(super::reading::MAX_MISSING);
            told.reason = (skipped > 0).then(|| super::reading::skipped_sentence(self.versions, skipped));
        }
        reading
    }

    async fn everything(
        &self,
        deleted: bool,
        wanted: &HashSet<&str>,
        shelf: &Shelf<'_>,
    ) -> Result<Result<HashMap<String, Vec<Row>>, StoreError>, RegistryError> {
        let ask = BulkAsk { prefix: String::new(), offset: 0, deleted };
        let (sender, mut receiver) = mpsc::channel::<BulkRow>(ROWS_WAITING);
        let take = async {
            let mut all: HashMap<String, Vec<Row>> = HashMap::new();
            let mut waiting = Vec::new();
            while receiver.recv_many(&mut waiting, KEPT_AT_ONCE).await > 0 {
                // What nobody lists, or is listed again and again, is not kept.
                let few = |row: &BulkRow| all.get(&row.subject).is_none_or(|of| of.len() <= 2 * self.versions);
                let rows = waiting.drain(..).filter(|row: &BulkRow| wanted.contains(row.subject.as_str()) && few(row));
                let (names, mut rows): (Vec<String>, Vec<Row>) = rows.map(Row::of).unzip();
                let versions = rows.iter_mut().filter_map(|row| match row {
                    Row::Read(version) => Some(version),
                    Row::Spoilt(..) => None,
                });
                shelf.keep_versions(versions.collect()).await?;
                for (name, row) in names.into_iter().zip(rows) {
                    all.entry(name).or_default().push(row);
                }
            }
            Ok(all)
        };
        let (received, all) = tokio::join!(self.registry.bulk(&ask, sender), take);
        received?;
        Ok(all)
    }
}

fn endless(prefix: &str) -> RegistryError {
    RegistryError::Garbage(format!(
        "The registry's listing of the subjects that begin with {prefix:?} does not end. They are read one by one."
    ))
}

/// A row whose text is kept.
enum Row {
    Read(ReadVersion),
    Spoilt(Version, String),
}

impl Row {
    fn of(row: BulkRow) -> (String, Self) {
        let kept = match row.schema {
            Ok(schema) => Self::Read(ReadVersion::new(row.version, false, schema)),
            Err(reason) => Self::Spoilt(row.version, reason),
        };
        (row.subject, kept)
    }

    fn version(&self) -> Version {
        match self {
            Self::Read(read) => read.version,
            Self::Spoilt(version, _) => *version,
        }
    }
}
