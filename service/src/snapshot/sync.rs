//! Keeps the snapshot of one registry near it: one crawl at a time, each incremental. A crawl that fails leaves what is known and says so.

mod kept;
mod opened;
mod peek;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::registry::RegistryName;
use domain::subject::{SchemaId, SubjectName};
use domain::time::Timestamp;
use tokio::sync::{Mutex, Notify, Semaphore, SemaphorePermit};
use tokio_util::sync::CancellationToken;

use super::SnapshotCell;
use super::crawl::{Crawl, CrawlError, Limits, Listing, Manner, Shelf};
use super::part::SyncState;
use crate::ports::clock::Clock;
use crate::ports::registry::{Abilities, Bulk, Registry};

/// How long to wait between two crawls of a registry that is asked over the network.
pub const POLL_EVERY: Duration = Duration::from_secs(30);
/// How long to wait between two crawls of a folder, where people want to see what they just saved.
pub const POLL_FOLDER_EVERY: Duration = Duration::from_secs(5);
/// How often a registry that tells its largest id is asked for it.
const PEEK_EVERY: Duration = Duration::from_secs(5);

/// Each so many crawls, versions that are known are read again too: a subject deleted for good and registered anew counts from 1 again.
const REREAD_EACH: u32 = 20;
/// Each so many crawls, the registry is asked again what it can do, and for its global settings.
const PROBE_EACH: u32 = 20;

/// A crawl that took long is followed by a rest of so many times its length, so that a huge registry is not read all the time; but not by
/// a longer one than this.
const REST: u32 = 4;
const LONGEST_REST: Duration = Duration::from_secs(300);

/// How many subjects are read again in each crawl where that takes calls for each of them, and where it does not; in sixty crawls all are.
const SCRUBBED_ONE_BY_ONE: usize = 200;
const SCRUBBED_IN_BULK: usize = 2_000;
const SCRUB_CRAWLS: usize = 60;
/// How many unreadable subjects are tried again in each crawl.
const RETRIED: usize = 200;

/// Reads a registry into a [`SnapshotCell`].
pub struct Syncer {
    name: RegistryName,
    registry: Arc<dyn Registry>,
    cell: Arc<SnapshotCell>,
    clock: Arc<dyn Clock>,
    limits: Limits,
    nudged: Notify,
    /// Held by the crawl under way.
    progress: Mutex<Progress>,
    /// What the registry can do, as far as it is known; whoever reads a single subject looks here without waiting for a crawl.
    abilities: std::sync::Mutex<Option<Arc<Abilities>>>,
    manner: Manner,
    /// Held by the test of the connection that is under way.
    test: Semaphore,
}

/// What a crawl knows of those before it.
#[derive(Default)]
struct Progress {
    crawls: u32,
    /// The last subject that was read again; none when the next pass begins.
    scrubbed: Option<String>,
    pass_began: Option<Timestamp>,
    /// Whether the next crawl reads all subjects again.
    whole: bool,
    /// The largest id of each context, the default one being empty.
    newest: BTreeMap<String, SchemaId>,
}

impl Syncer {
    /// A worker for the only registry that has not read anything yet.
    pub fn new(registry: Arc<dyn Registry>, cell: Arc<SnapshotCell>, clock: Arc<dyn Clock>) -> Self {
        Self::named(RegistryName::default(), registry, cell, clock)
    }

    /// A worker for the registry of this name.
    pub fn named(
        name: RegistryName,
        registry: Arc<dyn Registry>,
        cell: Arc<SnapshotCell>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        cell.enter(&name, &registry.describe());
        Self {
            name,
            registry,
            cell,
            clock,
            limits: Limits::default(),
            nudged: Notify::new(),
            progress: Mutex::default(),
            abilities: std::sync::Mutex::default(),
            manner: Manner::default(),
            test: Semaphore::new(1),
        }
    }

    /// What the registry is called here.
    pub fn name(&self) -> &RegistryName {
        &self.name
    }

    /// The registry itself, for a test of the connection; pages never call it.
    pub fn registry(&self) -> &dyn Registry {
        self.registry.as_ref()
    }

    /// The turn of a test of the connection, for as long as it is held; none while there is another, as each takes calls from the crawl.
    pub fn test(&self) -> Option<SemaphorePermit<'_>> {
        self.test.try_acquire().ok()
    }

    /// The same with other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// How often [`run`](Self::run) should read this registry when nobody says otherwise.
    pub fn default_interval(&self) -> Duration {
        if self.registry.rewrites() { POLL_FOLDER_EVERY } else { POLL_EVERY }
    }

    /// Reads the registry now and publishes what it found; waits when another call is reading already.
    pub async fn refresh(&self) {
        let mut progress = self.progress.lock().await;
        let before = self.sync_state();
        if progress.crawls == 0 {
            // What is read from here on belongs to this place, also when the process ends before the crawl does.
            self.keep_state(&progress).await;
        }
        let result = self.crawl(&mut progress).await;
        progress.crawls = progress.crawls.wrapping_add(1);
        let trouble = match result {
            Ok(trouble) => trouble,
            Err(error) => {
                if let CrawlError::Store(error) = &error {
                    tracing::error!(registry = %self.name, error = error as &dyn std::error::Error, "cannot keep what was read");
                }
                Some(error.to_string())
            }
        };
        self.cell.touch(&self.name, |sync| {
            sync.trouble = trouble;
            sync.traffic = self.registry.traffic();
        });
        self.keep_state(&progress).await;
        self.tell(&before);
    }

    /// Lists, reads what is new or due, and gives what is wrong all the same.
    async fn crawl(&self, progress: &mut Progress) -> Result<Option<String>, CrawlError> {
        let began = self.clock.now();
        let probing = progress.crawls.is_multiple_of(PROBE_EACH);
        // Of a registry that was empty nothing could be found out.
        let abilities = self.find_abilities(probing || self.sync_state().listed == 0).await?;
        let crawl = Crawl {
            registry: self.registry.as_ref(),
            abilities: &abilities,
            manner: &self.manner,
            shelf: self.shelf(),
            reread: self.registry.rewrites() || progress.crawls.is_multiple_of(REREAD_EACH),
            limits: self.limits,
        };
        let Listing { names, strange, trouble } = crawl.list().await?;
        self.list(&names, strange).await?;
        let (wanted, pass) = self.wanted(&names, &abilities, progress, began);
        crawl.read(&names, &wanted).await?;
        progress.whole = false;
        if probing {
            self.settings().await;
        }
        self.newest_ids(&abilities, progress).await;
        let now = self.clock.now();
        self.cell.touch(&self.name, |sync| {
            sync.synced_at = Some(now);
            sync.details_at = pass.or(sync.details_at);
        });
        Ok(trouble)
    }

    async fn find_abilities(&self, again: bool) -> Result<Arc<Abilities>, CrawlError> {
        if let Some(known) = self.known_abilities().filter(|_| !again) {
            return Ok(known);
        }
        let found = match self.registry.abilities().await {
            Ok(found) => Arc::new(found),
            // What could be found out before holds until it is found out anew; a registry that is gone has no list either.
            Err(error) => return self.known_abilities().ok_or_else(|| error.into()),
        };
        *self.abilities.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(found.clone());
        self.cell.touch(&self.name, |sync| sync.driver = self.driver(&found));
        Ok(found)
    }

    fn known_abilities(&self) -> Option<Arc<Abilities>> {
        self.abilities.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    fn driver(&self, abilities: &Abilities) -> &'static str {
        match abilities.bulk {
            _ if self.registry.rewrites() => "every file each time",
            Bulk::None => "subject by subject",
            Bulk::Whole => "all schemas in one answer",
            Bulk::Buckets => "in bulk by prefix",
        }
    }

    /// Takes the names that are listed now for the names of the snapshot: those that are new wait for being read.
    async fn list(&self, names: &[SubjectName], strange: Vec<domain::registry::Unreadable>) -> Result<(), CrawlError> {
        let gone = self.cell.snapshot().part(&self.name).map(|part| part.not_among(names)).unwrap_or_default();
        self.shelf().forget(gone).await?;
        self.cell.touch(&self.name, |sync| {
            sync.listed = names.len() + strange.len();
            sync.strange = Arc::new(strange);
            sync.traffic = self.registry.traffic();
        });
        let new = self.cell.snapshot().part(&self.name).map(|part| part.new_among(names)).unwrap_or_default();
        if !new.is_empty() {
            self.cell.update(&self.name, |part| part.expect(&new));
        }
        Ok(())
    }

    /// Which of the names to read now: new ones, some that could not be read, and some of all in turn. When that ends a pass over all,
    /// when it began.
    fn wanted(
        &self,
        names: &[SubjectName],
        abilities: &Abilities,
        progress: &mut Progress,
        began: Timestamp,
    ) -> (Vec<bool>, Option<Timestamp>) {
        let snapshot = self.cell.snapshot();
        let mut entries = snapshot.part(&self.name).into_iter().flat_map(|part| part.entries()).peekable();
        let mut retried = 0;
        // Both are in order, so one walk finds each name's entry.
        let want = |name: &SubjectName| {
            while entries.next_if(|entry| entry.name < name.as_str()).is_some() {}
            match entries.peek().filter(|entry| entry.name == name.as_str()) {
                None => true,
                Some(entry) => {
                    let retry = entry.gaps.is_some() && retried < RETRIED;
                    retried += usize::from(retry);
                    retry || entry.is_pending()
                }
            }
        };
        let mut wanted: Vec<bool> = names.iter().map(want).collect();
        let slice = match abilities.bulk {
            _ if self.registry.rewrites() || progress.whole => names.len(),
            Bulk::None => SCRUBBED_ONE_BY_ONE,
            Bulk::Whole if progress.crawls.is_multiple_of(SCRUB_CRAWLS as u32) => names.len(),
            Bulk::Whole => 0,
            Bulk::Buckets => SCRUBBED_IN_BULK.max(names.len() / SCRUB_CRAWLS),
        };
        let all_new = wanted.iter().all(|wanted| *wanted);
        let from = match &progress.scrubbed {
            Some(last) if !progress.whole => names.partition_point(|name| name.as_str() <= last.as_str()),
            _ => 0,
        };
        if from == 0 {
            progress.pass_began = Some(began);
        }
        let to = (from + slice).min(names.len());
        wanted.get_mut(from..to).into_iter().flatten().for_each(|wanted| *wanted = true);
        progress.scrubbed =
            (to < names.len()).then(|| names.get(to.wrapping_sub(1)).map(|name| name.to_string())).flatten();
        let ended = if all_new { Some(began) } else { progress.pass_began.filter(|_| to == names.len()) };
        (wanted, ended)
    }

    /// What holds where a subject says nothing else. That a registry does not tell is no trouble.
    async fn settings(&self) {
        let level = self.registry.global_level().await.unwrap_or_default();
        let mode = self.registry.global_mode().await.unwrap_or_default();
        self.cell.touch(&self.name, |sync| {
            sync.level = level.or(sync.level);
            sync.mode = mode.or(sync.mode);
        });
    }

    /// Reads the registry again and again until `shutdown`; a crawl under way then is abandoned, and goes on where it was after a restart.
    pub async fn run(&self, interval: Duration, shutdown: CancellationToken) {
        let opened = self.cell.listen(&self.name);
        let reading = async {
            loop {
                let started = Instant::now();
                self.refresh().await;
                let rest = (started.elapsed() * REST).min(LONGEST_REST);
                self.peek_until(interval.max(rest)).await;
            }
        };
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = reading => {}
            () = self.follow(opened) => {}
        }
    }

    /// Makes [`run`](Self::run) read again without waiting for its interval; many calls count as one.
    pub fn nudge(&self) {
        self.nudged.notify_one();
    }

    fn shelf(&self) -> Shelf<'_> {
        Shelf { cell: &self.cell, registry: &self.name }
    }

    fn sync_state(&self) -> SyncState {
        self.cell.snapshot().part(&self.name).map(|part| part.sync.clone()).unwrap_or_default()
    }

    /// Logs changes only: a registry that is down for a night is one line, not a thousand.
    fn tell(&self, old: &SyncState) {
        let snapshot = self.cell.snapshot();
        let Some(part) = snapshot.part(&self.name) else { return };
        let (registry, subjects) = (self.name.as_str(), part.len());
        match (&old.trouble, &part.sync.trouble) {
            (before, Some(trouble)) if before.as_ref() != Some(trouble) => tracing::warn!(registry, "{trouble}"),
            (Some(_), None) => tracing::info!(registry, subjects, "the registry can be read again"),
            (None, None) if old.synced_at.is_none() => {
                let unreadable = part.unreadable_count();
                tracing::info!(registry, subjects, unreadable, calls = part.sync.traffic.calls, "read the registry");
            }
            _ => {}
        }
    }
}
