//! One reading of the whole registry, within limits. What fails for one subject is that subject's matter; a registry that stops
//! answering ends the crawl, so that thousands of time-outs do not queue up.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use domain::registry::Unreadable;
use domain::subject::{SubjectName, Version};
use futures::StreamExt as _;

use super::{Snapshot, StoredVersion, Subject};
use crate::ports::registry::{Registry, RegistryError};

const CONCURRENCY: usize = 8;
/// After so many subjects in a row without an answer, the registry is asked for its list again to see whether it is still there.
const LOST_IN_A_ROW: usize = CONCURRENCY;
/// When it still is, so many times are enough all the same.
const MAX_LOST_ROWS: usize = 4;
/// From so many subjects on, the first crawl shows what it has.
const SHOW_FROM: usize = 16;
/// Rough cost of a version beside its text, so that many empty ones count too.
const VERSION_OVERHEAD: usize = 256;
const MAX_UNREADABLE: usize = 200;
const MAX_SHOWN_NAME: usize = 200;

/// How much of a registry is kept in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Subjects.
    pub subjects: usize,
    /// Versions of one subject; the newest are kept.
    pub versions: usize,
    /// Bytes of schema text altogether.
    pub text_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { subjects: 50_000, versions: 1000, text_bytes: 512 << 20 }
    }
}

pub(super) struct Crawl<'a> {
    pub registry: &'a dyn Registry,
    pub old: &'a Snapshot,
    /// Whether versions that are known are read again.
    pub reread: bool,
    pub limits: Limits,
}

pub(super) struct Crawled {
    pub subjects: Vec<Arc<Subject>>,
    pub unreadable: Vec<Unreadable>,
    pub trouble: Option<String>,
}

/// What became of one subject.
struct Reading {
    name: SubjectName,
    /// What can be shown of it; `None` when there is nothing or it is gone.
    subject: Option<Arc<Subject>>,
    reason: Option<String>,
    /// The registry did not answer at all.
    lost: bool,
}

/// Tells a registry that is gone from a few subjects that hang.
struct Lost {
    in_a_row: usize,
    rows: usize,
    total: usize,
}

impl Lost {
    /// Counts one subject; true when there is no point in going on.
    async fn count(&mut self, no_answer: bool, registry: &dyn Registry) -> bool {
        if !no_answer {
            self.in_a_row = 0;
            return false;
        }
        self.in_a_row += 1;
        if self.in_a_row == self.total {
            return true;
        }
        if !self.in_a_row.is_multiple_of(LOST_IN_A_ROW) {
            return false;
        }
        self.rows += 1;
        self.rows >= MAX_LOST_ROWS || registry.subjects().await.is_err()
    }
}

impl Crawl<'_> {
    /// Reads everything; on the first crawl, `show` is given what is there so far now and then. The error is a sentence.
    pub async fn run(&self, show: &(dyn Fn(Snapshot) + Send + Sync)) -> Result<Crawled, String> {
        let listed = self.registry.subjects().await.map_err(|error| error.to_string())?;
        let (names, mut unreadable, mut trouble) = self.names(listed);
        let used = AtomicUsize::new(0);
        let (mut subjects, mut show_at) = (Vec::new(), SHOW_FROM.max(self.old.len() + 1));
        let mut lost = Lost { in_a_row: 0, rows: 0, total: names.len() };
        let used = &used;
        let reading = futures::stream::iter(names).map(|name| async move { self.read(name, used).await });
        let mut readings = std::pin::pin!(reading.buffer_unordered(CONCURRENCY));
        while let Some(Reading { name, subject, reason, lost: no_answer }) = readings.next().await {
            let gone = lost.count(no_answer, self.registry).await;
            subjects.extend(subject);
            if let Some(reason) = reason {
                if gone {
                    return Err(reason);
                }
                unreadable.push(Unreadable { subject: shown(name.as_str()), reason });
            }
            if self.old.synced_at.is_none() && subjects.len() >= show_at {
                show_at = subjects.len() + subjects.len() / 4;
                show(early(&subjects, &unreadable));
            }
        }
        if used.load(Ordering::Relaxed) > self.limits.text_bytes {
            trouble.get_or_insert(format!(
                "The registry holds more than {} MiB of schemas; the rest is not shown. Point the console at a registry with less.",
                self.limits.text_bytes >> 20
            ));
        }
        sort(&mut subjects);
        Ok(Crawled { subjects, unreadable: capped(unreadable), trouble })
    }

    /// The names that are subjects, the others with their reasons, and what to say when there are too many.
    fn names(&self, mut listed: Vec<String>) -> (Vec<SubjectName>, Vec<Unreadable>, Option<String>) {
        listed.sort_unstable();
        listed.dedup();
        let trouble = (listed.len() > self.limits.subjects).then(|| {
            format!(
                "The registry has {} subjects; the first {} by name are shown. Point the console at a registry with fewer.",
                listed.len(),
                self.limits.subjects
            )
        });
        listed.truncate(self.limits.subjects);
        let mut unreadable = Vec::new();
        let parse = |text: String| match SubjectName::parse(text.clone()) {
            Ok(name) => Some(name),
            Err(error) => {
                unreadable.push(Unreadable { subject: shown(&text), reason: error.to_string() });
                None
            }
        };
        let names = listed.into_iter().filter_map(parse).collect();
        (names, unreadable, trouble)
    }

    async fn read(&self, name: SubjectName, used: &AtomicUsize) -> Reading {
        let known = self.old.subject(&name);
        let versions = match self.registry.versions(&name).await {
            Ok(versions) => versions,
            Err(error) => return failed(name, known, &error),
        };
        let skipped = versions.len().saturating_sub(self.limits.versions);
        let mut subject = Subject { name, versions: Vec::new(), missing: Vec::new() };
        for version in versions.into_iter().skip(skipped).rev() {
            if used.load(Ordering::Relaxed) > self.limits.text_bytes {
                break;
            }
            match self.version(&subject.name, known, version).await {
                Ok(stored) => {
                    used.fetch_add(stored.text.len() + VERSION_OVERHEAD, Ordering::Relaxed);
                    subject.versions.push(stored);
                }
                Err(RegistryError::NotFound(_)) => {}
                Err(error @ (RegistryError::Unreachable(_) | RegistryError::Forbidden(_))) => {
                    return failed(subject.name, known, &error);
                }
                Err(error) => {
                    subject.missing.push((version, error.to_string()));
                    subject.versions.extend(known.and_then(|known| known.stored(version)).cloned());
                }
            }
        }
        subject.versions.reverse();
        subject.missing.reverse();
        self.finished(subject, known, skipped)
    }

    async fn version(
        &self,
        name: &SubjectName,
        known: Option<&Arc<Subject>>,
        version: Version,
    ) -> Result<Arc<StoredVersion>, RegistryError> {
        let known = known.and_then(|known| known.stored(version));
        if let Some(known) = known.filter(|_| !self.reread) {
            return Ok(Arc::clone(known));
        }
        let read = self.registry.schema(name, version).await?;
        let read = StoredVersion {
            version,
            id: read.id,
            schema_type: read.schema_type,
            text: read.text.into(),
            references: read.references,
            tags: read.tags,
        };
        Ok(known.filter(|known| ***known == read).cloned().unwrap_or_else(|| Arc::new(read)))
    }

    fn finished(&self, subject: Subject, known: Option<&Arc<Subject>>, skipped: usize) -> Reading {
        let reason = match subject.missing.as_slice() {
            [] if skipped == 0 => None,
            [] => Some(format!(
                "Only the newest {} versions are shown; {skipped} older ones are not.",
                self.limits.versions
            )),
            [(_, reason)] => Some(reason.clone()),
            [(_, reason), rest @ ..] => Some(format!("{reason} Other versions that cannot be read: {}.", rest.len())),
        };
        let name = subject.name.clone();
        let subject = (!subject.versions.is_empty()).then(|| match known {
            Some(known) if **known == subject => Arc::clone(known),
            _ => Arc::new(subject),
        });
        Reading { name, subject, reason, lost: false }
    }
}

/// A subject that could not be read at all: what was known of it stays, unless it is gone or not ours to see any more.
fn failed(name: SubjectName, known: Option<&Arc<Subject>>, error: &RegistryError) -> Reading {
    let (keep, told, lost) = match error {
        RegistryError::NotFound(_) => (false, false, false),
        RegistryError::Forbidden(_) => (false, true, false),
        RegistryError::Unreachable(_) => (true, true, true),
        RegistryError::Garbage(_) | RegistryError::Refused(_) => (true, true, false),
    };
    Reading { name, subject: known.filter(|_| keep).cloned(), reason: told.then(|| error.to_string()), lost }
}

fn early(subjects: &[Arc<Subject>], unreadable: &[Unreadable]) -> Snapshot {
    let mut subjects = subjects.to_vec();
    sort(&mut subjects);
    Snapshot { subjects, unreadable: capped(unreadable.to_vec()), synced_at: None, trouble: None }
}

fn sort(subjects: &mut [Arc<Subject>]) {
    subjects.sort_unstable_by(|a, b| a.name.cmp(&b.name));
}

/// Every page carries this list, so it must stay short however broken the registry is.
fn capped(mut unreadable: Vec<Unreadable>) -> Vec<Unreadable> {
    unreadable.sort_unstable_by(|a, b| a.subject.cmp(&b.subject));
    let rest = unreadable.len().saturating_sub(MAX_UNREADABLE);
    unreadable.truncate(MAX_UNREADABLE);
    if rest > 0 {
        let reason = format!("Only the first {MAX_UNREADABLE} are listed.");
        unreadable.push(Unreadable { subject: format!("… and {rest} more"), reason });
    }
    unreadable
}

/// A name as it can be shown: control characters escaped. Names that are subjects are short enough and come out as they are.
fn shown(name: &str) -> String {
    if SubjectName::parse(name).is_ok() {
        return name.to_owned();
    }
    let escape = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
    let mut shown: String = name.chars().take(MAX_SHOWN_NAME).map(escape).collect();
    if name.chars().count() > MAX_SHOWN_NAME {
        shown.push('…');
    }
    shown
}
