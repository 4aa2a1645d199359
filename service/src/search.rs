//! The search over the registries as they were read last: an index beside the snapshot, built in the background, and a few searches at
//! a time over whichever index is the newest.

mod export;
mod extract;
mod indexer;
mod pool;
mod standing;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::search::engine::{Answer, Answers, Asking, Standings};
use domain::search::export::Format;
use domain::search::index::Index;
use domain::search::{Overlay, SearchPage, SearchRequest};
use tokio::sync::Semaphore;

pub use export::{Cut, Export};

use self::indexer::Indexer;
use self::pool::Pool;
use crate::error::Error;
use crate::snapshot::SnapshotCell;

/// The most bytes of answers that are kept for further pages and for queries that are typed back.
const ANSWERS_BYTES: usize = 64 << 20;
/// How long one search may take; then it says how far it came.
const BUDGET: Duration = Duration::from_millis(250);
/// The same for an export.
const EXPORT_BUDGET: Duration = Duration::from_secs(10);
/// So many exports are written at a time.
const EXPORTS: usize = 4;
/// How long an export waits for its reader to take a piece.
const PATIENCE: Duration = Duration::from_secs(60);
/// An index of so few entries is waited for when the snapshot is newer.
const WAITED_FOR: usize = 20_000;
const WAIT: Duration = Duration::from_secs(2);

/// Searches.
#[derive(Debug)]
pub struct Searcher {
    indexer: Arc<Indexer>,
    pool: Pool,
    /// Each export under way holds a thread for as long as its reader takes.
    exports: Arc<Semaphore>,
    answers: Mutex<Answers>,
    standings: Mutex<Option<(u64, u64, Arc<Standings>)>>,
}

/// What a search found, with what it was looked for in.
pub(crate) struct Outcome {
    pub index: Arc<Index>,
    pub standings: Arc<Standings>,
    pub answer: Arc<Answer>,
}

impl Searcher {
    /// Over the snapshots of this cell.
    pub fn new(cell: Arc<SnapshotCell>) -> Self {
        Self {
            indexer: Arc::new(Indexer::new(cell)),
            pool: Pool::default(),
            exports: Arc::new(Semaphore::new(EXPORTS)),
            answers: Mutex::new(Answers::with_room(ANSWERS_BYTES)),
            standings: Mutex::default(),
        }
    }

    /// Builds the index anew whenever the snapshot changes, for as long as it is polled.
    pub async fn follow(&self) {
        self.indexer.follow().await;
    }

    /// Waits until the index is that of the newest snapshot.
    pub async fn bring_up_to_date(&self) {
        self.indexer.refresh().await;
    }

    /// One page of what a request finds. `caller` and the request's tab say whose newer search ends an older one.
    pub async fn page(&self, caller: &str, overlay: Overlay, request: SearchRequest) -> Result<SearchPage, Error> {
        match self.find(caller, overlay, &request, BUDGET).await? {
            Ok(outcome) => Ok(outcome.answer.page(&outcome.index, &outcome.standings, &request)),
            Err(problem) => {
                let total = self.indexer.index().len();
                Ok(SearchPage { total, problem: Some(problem), ..SearchPage::default() })
            }
        }
    }

    /// Everything that a request finds, as a file; the limit, the cursor and the offset of the request count too.
    pub async fn export(&self, overlay: Overlay, request: SearchRequest, format: Format) -> Result<Export, Error> {
        let Ok(room) = Arc::clone(&self.exports).try_acquire_owned() else {
            return Err(Error::Unavailable {
                message: "Too many exports are under way. Try again in a moment.".to_owned(),
                source: None,
            });
        };
        Ok(match self.find("", overlay, &request, EXPORT_BUDGET).await? {
            Ok(outcome) if !outcome.answer.is_whole() => {
                return Err(Error::Invalid("This search takes too long for an export. Narrow it down.".to_owned()));
            }
            Ok(outcome) => Export::Pieces(export::pieces(outcome, request, format, room, PATIENCE)),
            Err(problem) => Export::Problem(problem),
        })
    }

    /// Everything that a request finds within a time, or why its query cannot be used.
    pub(crate) async fn find(
        &self,
        caller: &str,
        overlay: Overlay,
        request: &SearchRequest,
        budget: Duration,
    ) -> Result<Result<Outcome, domain::search::PatternError>, Error> {
        self.catch_up().await;
        let index = self.indexer.index();
        let standings = self.standings(&index, overlay);
        let asking = Asking::of(request, index.generation(), standings.0);
        let standings = standings.1;
        if let Some(answer) = lock(&self.answers).get(&asking) {
            return Ok(Ok(Outcome { index, standings, answer }));
        }
        let ticket = self.pool.enter(caller, &request.tab, budget).await?;
        let work = (Arc::clone(&index), Arc::clone(&standings), request.clone());
        let answered = ticket.work(move |watch| Answer::of(&work.0, &work.1, &work.2, watch)).await?;
        let answer = match answered {
            Ok(answer) => Arc::new(answer),
            Err(problem) => return Ok(Err(problem)),
        };
        if !request.rows_only {
            lock(&self.answers).put(asking, Arc::clone(&answer));
        }
        Ok(Ok(Outcome { index, standings, answer }))
    }

    /// Waits for a small index to be as new as the snapshot; a large one is searched as it is, and replaced when it is ready.
    async fn catch_up(&self) {
        if self.indexer.is_current() {
            return;
        }
        let small = self.indexer.index().len() <= WAITED_FOR && self.indexer.snapshot_len() <= WAITED_FOR;
        if !small && self.indexer.is_followed() {
            return;
        }
        let indexer = Arc::clone(&self.indexer);
        let building = tokio::spawn(async move { indexer.refresh().await });
        if small {
            let _ = tokio::time::timeout(WAIT, building).await;
        }
    }

    /// What the console knows, by the places of an index; kept for the next search.
    fn standings(&self, index: &Index, overlay: Overlay) -> (u64, Arc<Standings>) {
        let generation = standing::generation(&overlay);
        let mut kept = lock(&self.standings);
        if let Some((of, under, standings)) = kept.as_ref()
            && (*of, *under) == (index.generation(), generation)
        {
            return (generation, Arc::clone(standings));
        }
        let standings = Arc::new(Standings::of(index, &overlay));
        *kept = Some((index.generation(), generation, Arc::clone(&standings)));
        (generation, standings)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
