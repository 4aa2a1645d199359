//! Puts what was read into the store and then into the snapshot. The texts go first: a record never names a content that is not there.

use std::collections::HashMap;
use std::sync::Arc;

use domain::compare::Level;
use domain::registry::{Mode, RegistryName};
use domain::subject::SubjectName;
use sha2::{Digest as _, Sha256};

use super::super::SnapshotCell;
use super::super::entry::{Gaps, StoredVersion, Subject};
use super::super::record;
use super::reading::{Outcome, ReadText, ReadVersion, Reading};
use crate::ports::snapshot::{Content, ContentKey, Digest};
use crate::ports::store::StoreError;

/// Where readings of one registry go.
#[derive(Clone, Copy)]
pub struct Shelf<'a> {
    pub cell: &'a SnapshotCell,
    pub registry: &'a RegistryName,
}

/// What changed: the subjects as they are now, and `None` for those that are gone.
type Changes = Vec<(String, Option<Arc<Subject>>)>;

impl Shelf<'_> {
    /// Keeps and publishes readings; those that say what is known already cost nothing.
    pub async fn shelve(&self, mut readings: Vec<Reading>) -> Result<(), StoreError> {
        self.keep_texts(&mut readings).await?;
        let _alone = self.cell.shelving.lock().await;
        let snapshot = self.cell.snapshot();
        let mut changes = Changes::new();
        for reading in readings {
            let known = snapshot.subject_of(self.registry, &reading.name);
            let known = known.and_then(|entry| entry.to_subject());
            let name = reading.name.as_str().to_owned();
            let now = settled(reading, known.as_ref());
            if now != known {
                changes.push((name, now.map(Arc::new)));
            }
        }
        self.publish(changes).await
    }

    /// Keeps and publishes one reading if what was known before it is known still; false when it was overtaken and is dropped.
    pub async fn shelve_over(&self, before: Option<&Subject>, reading: Reading) -> Result<bool, StoreError> {
        let mut readings = [reading];
        self.keep_texts(&mut readings).await?;
        let [reading] = readings;
        let _alone = self.cell.shelving.lock().await;
        let snapshot = self.cell.snapshot();
        let known = snapshot.subject_of(self.registry, &reading.name).and_then(|entry| entry.to_subject());
        if known.as_ref() != before {
            return Ok(false);
        }
        let name = reading.name.to_string();
        let now = settled(reading, known.as_ref());
        if now != known {
            self.publish(vec![(name, now.map(Arc::new))]).await?;
        }
        Ok(true)
    }

    /// Forgets subjects.
    pub async fn forget(&self, names: Vec<SubjectName>) -> Result<(), StoreError> {
        let _alone = self.cell.shelving.lock().await;
        self.publish(names.into_iter().map(|name| (String::from(name), None)).collect()).await
    }

    /// Remembers a subject's level and mode.
    pub async fn settle(&self, name: &SubjectName, level: Option<Level>, mode: Option<Mode>) -> Result<(), StoreError> {
        let _alone = self.cell.shelving.lock().await;
        let snapshot = self.cell.snapshot();
        let known = snapshot.subject_of(self.registry, name).and_then(|entry| entry.to_subject());
        let Some(known) = known else { return Ok(()) };
        let now = Subject { level: level.or(known.level), mode: mode.or(known.mode), ..known.clone() };
        let changes = if now == known { Vec::new() } else { vec![(name.to_string(), Some(Arc::new(now)))] };
        self.publish(changes).await
    }

    /// Only while `shelving` is held since what is known was looked at.
    async fn publish(&self, changes: Changes) -> Result<(), StoreError> {
        if changes.is_empty() {
            return Ok(());
        }
        let (mut kept, mut gone) = (Vec::new(), Vec::new());
        for (name, subject) in &changes {
            match subject {
                Some(subject) => kept.push((subject.name.clone(), record::encode(subject))),
                None => gone.extend(SubjectName::parse(name.as_str()).ok()),
            }
        }
        self.cell.contents().store().keep_subjects(self.registry, kept, gone).await?;
        self.cell.update(self.registry, |part| part.patch(changes));
        Ok(())
    }

    /// Puts the key in the place of every text.
    pub async fn keep_texts(&self, readings: &mut [Reading]) -> Result<(), StoreError> {
        let versions = readings.iter_mut().filter_map(|reading| match &mut reading.outcome {
            Outcome::Read { versions, .. } => Some(versions),
            _ => None,
        });
        self.keep_versions(versions.flatten().collect()).await
    }

    /// The same for versions by themselves.
    pub async fn keep_versions(&self, mut versions: Vec<&mut ReadVersion>) -> Result<(), StoreError> {
        let mut taken = Vec::new();
        for (at, version) in versions.iter_mut().enumerate() {
            if let ReadText::New(_) = version.text
                && let ReadText::New(content) = std::mem::replace(&mut version.text, ReadText::Known(ContentKey(0)))
            {
                taken.push((at, *content));
            }
        }
        let places: Vec<usize> = taken.iter().map(|(at, _)| *at).collect();
        let contents: Vec<Content> = taken.into_iter().map(|(_, content)| content).collect();
        let digested = digest_all(contents).await;
        let (mut new, mut numbers, mut keys) = (Vec::new(), HashMap::new(), Vec::with_capacity(places.len()));
        for (digest, content) in digested {
            let key = self.cell.contents().key_of(digest).ok_or_else(|| {
                *numbers.entry(digest).or_insert_with(|| {
                    new.push((digest, content));
                    new.len() - 1
                })
            });
            keys.push(key);
        }
        let kept = self.cell.contents().keep(new).await?;
        for (at, key) in places.into_iter().zip(keys) {
            let key = key.unwrap_or_else(|number: usize| kept.get(number).copied().unwrap_or_default());
            if let Some(version) = versions.get_mut(at) {
                version.text = ReadText::Known(key);
            }
        }
        Ok(())
    }
}

/// The subject as it is now; `None` when it is gone.
fn settled(reading: Reading, known: Option<&Subject>) -> Option<Subject> {
    let mut subject = known.cloned().unwrap_or_else(|| Subject::new(reading.name));
    match reading.outcome {
        Outcome::Gone => return None,
        Outcome::Failed { reason, keep, .. } => {
            if !keep {
                subject.versions.clear();
            }
            subject.gaps = Gaps { reason: Some(reason), missing: Vec::new() };
        }
        Outcome::Read { versions, gaps } => {
            let read: Vec<StoredVersion> = versions.iter().filter_map(stored).collect();
            let unreadable = gaps.missing.iter().map(|(version, _)| *version);
            let old =
                unreadable.filter_map(|version| subject.versions.iter().find(|old| old.version == version)).copied();
            let mut all: Vec<StoredVersion> =
                old.filter(|old| read.iter().all(|new| new.version != old.version)).collect();
            all.extend(read);
            all.sort_unstable_by_key(|stored| stored.version);
            if all.is_empty() && gaps.is_empty() {
                return None;
            }
            (subject.versions, subject.gaps) = (all, gaps);
        }
    }
    Some(subject)
}

fn stored(read: &ReadVersion) -> Option<StoredVersion> {
    let ReadText::Known(content) = read.text else { return None };
    let ReadVersion { version, id, schema_type, deleted, .. } = *read;
    Some(StoredVersion { version, id, content, schema_type, deleted })
}

/// Hashing some megabytes is work for another thread.
async fn digest_all(contents: Vec<Content>) -> Vec<(Digest, Content)> {
    if contents.is_empty() {
        return Vec::new();
    }
    let work = move || contents.into_iter().map(|content| (digest(&content), content)).collect();
    tokio::task::spawn_blocking(work).await.unwrap_or_default()
}

/// Parts are counted, so that no two contents are written as the same bytes.
fn digest(content: &Content) -> Digest {
    let mut hash = Sha256::new();
    let mut add = |part: &str| {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    };
    add(content.schema_type.word());
    add(&content.text);
    for reference in &content.references {
        add(&reference.name);
        add(reference.subject.as_str());
        add(&reference.version.to_string());
    }
    if !content.extra.is_null() {
        add(&content.extra.to_string());
    }
    let all = hash.finalize();
    let mut half = [0; 16];
    half.iter_mut().zip(all).for_each(|(to, from)| *to = from);
    Digest(half)
}
