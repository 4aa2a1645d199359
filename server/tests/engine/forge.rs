//! A forge that counts. Its state is a file, so that it outlives a process that is killed, and it can be told to misbehave.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use service::ports::forge::{Change, CommitId, Forge, ForgeError, PullRequest};

/// What was asked and what came of it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Calls by method.
    pub calls: BTreeMap<String, u32>,
    /// Effects by method: calls that found nothing and made something.
    pub effects: BTreeMap<String, u32>,
    branches: BTreeMap<String, Vec<(String, String)>>,
    pull_requests: Vec<(String, bool)>,
    titles: Vec<String>,
    removed: Vec<String>,
}

/// What a call does instead of answering at once.
#[derive(Debug, Clone)]
pub enum Mood {
    /// It fails before its effect.
    Fail(ForgeError),
    /// It panics before its effect.
    Panic,
    /// It has its effect, then takes this long.
    Slow(Duration),
}

#[derive(Debug, Default)]
struct Now {
    moods: BTreeMap<&'static str, VecDeque<Mood>>,
    active: usize,
    most_active: usize,
}

pub struct FakeForge {
    file: PathBuf,
    now: Mutex<Now>,
}

impl FakeForge {
    pub fn new(file: PathBuf) -> Self {
        Self { file, now: Mutex::default() }
    }

    /// The next call of `method` behaves like this, and the one after that like the next mood.
    pub fn next(&self, method: &'static str, mood: Mood) {
        self.now().moods.entry(method).or_default().push_back(mood);
    }

    pub fn counts(&self) -> Counts {
        std::fs::read(&self.file).map(|bytes| serde_json::from_slice(&bytes).unwrap()).unwrap_or_default()
    }

    pub fn calls(&self, method: &str) -> u32 {
        self.counts().calls.get(method).copied().unwrap_or_default()
    }

    pub fn effects(&self, method: &str) -> u32 {
        self.counts().effects.get(method).copied().unwrap_or_default()
    }

    /// The files that were written, and not what became of them.
    pub fn files(&self) -> BTreeSet<String> {
        self.counts().branches.into_values().flatten().map(|(path, _)| path).collect()
    }

    /// The files that were to be removed, in order.
    pub fn removed(&self) -> Vec<String> {
        self.counts().removed
    }

    /// The titles of what was proposed, in order.
    pub fn titles(&self) -> Vec<String> {
        self.counts().titles
    }

    /// The most calls that were under way at the same time.
    pub fn most_active(&self) -> usize {
        self.now().most_active
    }

    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    async fn act<T>(
        &self,
        method: &'static str,
        effect: impl FnOnce(&mut Counts) -> (bool, T),
    ) -> Result<T, ForgeError> {
        let (answer, slow) = {
            let mut now = self.now();
            let mood = now.moods.get_mut(method).and_then(VecDeque::pop_front);
            let mut counts = self.counts();
            *counts.calls.entry(method.into()).or_default() += 1;
            self.keep(&counts);
            match &mood {
                Some(Mood::Fail(error)) => return Err(error.clone()),
                Some(Mood::Panic) => panic!("the forge's adapter has a fault"),
                _ => {}
            }
            let (made, answer) = effect(&mut counts);
            if made {
                *counts.effects.entry(method.into()).or_default() += 1;
            }
            self.keep(&counts);
            now.active += 1;
            now.most_active = now.most_active.max(now.active);
            (answer, mood)
        };
        if let Some(Mood::Slow(time)) = slow {
            tokio::time::sleep(time).await;
        }
        self.now().active -= 1;
        Ok(answer)
    }

    fn keep(&self, counts: &Counts) {
        // Renamed into place, for those who read it at the same time.
        let next = self.file.with_extension("next");
        std::fs::write(&next, serde_json::to_vec(counts).unwrap()).unwrap();
        std::fs::rename(next, &self.file).unwrap();
    }
}

#[async_trait]
impl Forge for FakeForge {
    fn describe(&self) -> String {
        "a forge that counts".into()
    }

    async fn write_change(&self, change: &Change) -> Result<CommitId, ForgeError> {
        self.act("write_change", |counts| {
            counts.removed.extend(change.removed.iter().cloned());
            let old = counts.branches.insert(change.branch.clone(), change.files.clone());
            (old.as_ref() != Some(&change.files), CommitId(format!("commit-of-{}", change.branch)))
        })
        .await
    }

    async fn open_pull_request(&self, branch: &str, title: &str, _body: &str) -> Result<PullRequest, ForgeError> {
        self.act("open_pull_request", |counts| {
            let found = counts.pull_requests.iter().position(|(of, _)| of == branch);
            let index = found.unwrap_or_else(|| {
                counts.pull_requests.push((branch.to_owned(), false));
                counts.titles.push(title.to_owned());
                counts.pull_requests.len() - 1
            });
            let number = u64::try_from(index).unwrap() + 1;
            let head = CommitId(format!("commit-of-{branch}"));
            let merged = counts.pull_requests[index].1;
            (found.is_none(), PullRequest { number, label: format!("#{number}"), head, merged })
        })
        .await
    }

    async fn merge(&self, number: u64) -> Result<CommitId, ForgeError> {
        self.act("merge", |counts| {
            let pull_request = &mut counts.pull_requests[usize::try_from(number).unwrap() - 1];
            let made = !std::mem::replace(&mut pull_request.1, true);
            (made, CommitId(format!("merge-of-{number}")))
        })
        .await
    }
}
