//! A few searches at a time, off the threads that serve requests. Whoever types on ends their own older search, and so does whoever
//! goes away.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use domain::search::engine::Watch;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::lock;
use crate::error::Error;

/// How long a search waits for its turn.
const PATIENCE: Duration = Duration::from_secs(5);
/// So many tabs are remembered; it is forgotten who they are when there are more.
const TABS: usize = 4096;
/// So much of a tab's word tells it from others.
const TAB_BYTES: usize = 64;

/// Room for as many searches as there are cores.
#[derive(Debug)]
pub struct Pool {
    room: Arc<Semaphore>,
    /// What ends the newest search of each tab.
    tabs: Mutex<HashMap<(String, String), Arc<AtomicBool>>>,
}

/// A search's turn; it is told to stop when this is dropped.
#[derive(Debug)]
pub struct Ticket {
    _room: OwnedSemaphorePermit,
    stop: Stop,
    budget: Duration,
}

#[derive(Debug)]
struct Stop(Arc<AtomicBool>);

impl Drop for Stop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Default for Pool {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self { room: Arc::new(Semaphore::new(cores)), tabs: Mutex::default() }
    }
}

impl Pool {
    /// Waits for a turn; a search of the same caller and tab that is under way is ended. An empty tab ends nothing.
    pub async fn enter(&self, caller: &str, tab: &str, budget: Duration) -> Result<Ticket, Error> {
        let stop = Stop(Arc::default());
        if !tab.is_empty() {
            let mut tabs = lock(&self.tabs);
            if tabs.len() >= TABS {
                tabs.clear();
            }
            let tab = &tab[..tab.floor_char_boundary(TAB_BYTES)];
            let older = tabs.insert((caller.to_owned(), tab.to_owned()), Arc::clone(&stop.0));
            older.iter().for_each(|older| older.store(true, Ordering::Relaxed));
        }
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.room).acquire_owned()).await;
        match turn {
            Ok(Ok(room)) => Ok(Ticket { _room: room, stop, budget }),
            _ => Err(Error::Unavailable {
                message: "Too many searches are under way. Try again in a moment.".to_owned(),
                source: None,
            }),
        }
    }
}

impl Ticket {
    /// Works on a thread of its own, watched.
    pub async fn work<T: Send + 'static>(self, work: impl FnOnce(Watch<'_>) -> T + Send + 'static) -> Result<T, Error> {
        let (stop, budget) = (Arc::clone(&self.stop.0), self.budget);
        let work = tokio::task::spawn_blocking(move || {
            let started = Instant::now();
            let keep_going = || !stop.load(Ordering::Relaxed) && started.elapsed() < budget;
            let nanos = || u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX);
            work(Watch::new(&keep_going, &nanos))
        });
        work.await.map_err(|broken| Error::Internal(Box::new(broken)))
    }
}
