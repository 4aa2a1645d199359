//! How often and how many at a time a server is asked: calls a second, fewer at once while it refuses, none while it is down but one now
//! and then to see whether it is back.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

/// Calls a second when nobody says otherwise.
pub const CALLS_A_SECOND: u32 = 50;
/// So many calls may follow each other at once after a rest.
const BURST: u32 = 10;
const AT_ONCE_FIRST: f64 = 4.0;
const AT_ONCE_MOST: f64 = 8.0;
/// After so many failures in a row the server counts as down.
const FAILURES: u32 = 5;
const FIRST_REST: Duration = Duration::from_millis(500);
/// A server that is back is noticed after this at the latest.
const LONGEST_REST: Duration = Duration::from_secs(5);

/// One server's pace.
pub struct Pace {
    state: Mutex<State>,
    freed: Notify,
    calls_a_second: u32,
    calls: AtomicU64,
}

struct State {
    /// When the next call is due.
    next: Instant,
    /// How many calls may be under way.
    at_once: f64,
    busy: usize,
    failures: u32,
    /// Nothing is asked before, but by the one call that looks whether the server is back.
    down_until: Option<Instant>,
    looking: bool,
    why: String,
}

/// The right to one call; whoever has it says how it went.
pub struct Turn<'a> {
    pace: &'a Pace,
    looks: bool,
    told: bool,
}

impl Pace {
    pub fn new(calls_a_second: u32) -> Self {
        let state = State {
            next: Instant::now(),
            at_once: AT_ONCE_FIRST,
            busy: 0,
            failures: 0,
            down_until: None,
            looking: false,
            why: String::new(),
        };
        let (freed, calls) = (Notify::new(), AtomicU64::new(0));
        Self { state: Mutex::new(state), freed, calls_a_second: calls_a_second.max(1), calls }
    }

    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }

    pub fn calls_a_second(&self) -> u32 {
        self.calls_a_second
    }

    /// Waits until a call may be made; the error is why none is made now.
    pub async fn turn(&self) -> Result<Turn<'_>, String> {
        loop {
            let freed = self.freed.notified();
            if let Some((at, looks)) = self.try_take()? {
                let turn = Turn { pace: self, looks, told: false };
                tokio::time::sleep_until(at.into()).await;
                self.calls.fetch_add(1, Ordering::Relaxed);
                return Ok(turn);
            }
            freed.await;
        }
    }

    /// Lets nobody ask before the server wants to be asked again.
    pub fn wait(&self, pause: Duration) {
        let mut state = self.lock();
        state.next = state.next.max(Instant::now() + pause);
    }

    fn try_take(&self) -> Result<Option<(Instant, bool)>, String> {
        let (mut state, now) = (self.lock(), Instant::now());
        let looks = match state.down_until {
            Some(until) if now < until || state.looking => return Err(state.why.clone()),
            down => down.is_some(),
        };
        if state.busy as f64 >= state.at_once.floor() {
            return Ok(None);
        }
        state.busy += 1;
        state.looking = looks;
        let each = Duration::from_secs(1) / self.calls_a_second;
        let earliest = now.checked_sub(each * BURST).unwrap_or(now);
        let at = state.next.max(earliest);
        state.next = at + each;
        Ok(Some((at, looks)))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn<'_> {
    /// The server answered.
    pub fn went_well(mut self) {
        self.told = true;
        let mut state = self.pace.lock();
        (state.failures, state.down_until) = (0, None);
        state.at_once = (state.at_once + 1.0 / state.at_once).min(AT_ONCE_MOST);
    }

    /// The server answered that it is too much.
    pub fn was_too_much(mut self) {
        self.told = true;
        let mut state = self.pace.lock();
        state.at_once = (state.at_once / 2.0).max(1.0);
    }

    /// The server did not answer, or broke down over it.
    pub fn failed(mut self, why: &str) {
        self.told = true;
        let mut state = self.pace.lock();
        state.at_once = (state.at_once / 2.0).max(1.0);
        state.failures += 1;
        if state.failures >= FAILURES {
            let rest = backoff(FIRST_REST, state.failures - FAILURES, LONGEST_REST);
            state.down_until = Some(Instant::now() + rest);
            why.clone_into(&mut state.why);
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut state = self.pace.lock();
        state.busy = state.busy.saturating_sub(1);
        if self.looks {
            state.looking = false;
        }
        if !self.told && self.looks {
            // Whoever looked gave up; the next one may look at once.
            state.down_until = state.down_until.map(|_| Instant::now());
        }
        drop(state);
        self.pace.freed.notify_waiters();
    }
}

/// A wait that doubles, of which a random part is taken, so that many who failed together do not come back together.
pub fn backoff(first: Duration, attempt: u32, longest: Duration) -> Duration {
    let whole = first.saturating_mul(1 << attempt.min(16)).min(longest);
    let random = getrandom::u32().unwrap_or(u32::MAX / 2);
    whole.mul_f64(0.5 + 0.5 * f64::from(random) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn calls_are_spread_over_the_second_and_counted() {
        let (pace, started) = (Pace::new(100), Instant::now());
        for _ in 0..30 {
            pace.turn().await.unwrap().went_well();
        }
        assert!(started.elapsed() >= Duration::from_millis(180), "{:?}", started.elapsed());
        assert_eq!(pace.calls(), 30);
    }

    #[tokio::test]
    async fn a_server_that_refuses_is_asked_less_at_once_and_more_again_later() {
        let pace = Pace::new(100_000);
        let at_once = || pace.lock().at_once;
        for _ in 0..100 {
            pace.turn().await.unwrap().went_well();
        }
        assert_eq!(at_once(), 8.0);
        for _ in 0..9 {
            pace.turn().await.unwrap().was_too_much();
        }
        assert_eq!(at_once(), 1.0);
        let only = pace.turn().await.unwrap();
        assert!(tokio::time::timeout(Duration::from_millis(50), pace.turn()).await.is_err());
        only.went_well();
        pace.turn().await.unwrap().went_well();
        assert!(at_once() > 1.0);
    }

    #[tokio::test]
    async fn a_server_that_is_down_is_asked_by_one_at_a_time_until_it_is_back() {
        let pace = Pace::new(100_000);
        for _ in 0..FAILURES {
            pace.turn().await.unwrap().failed("It is down.");
        }
        let asked = pace.calls();
        assert_eq!(pace.turn().await.err().as_deref(), Some("It is down."));
        assert_eq!(pace.calls(), asked);
        tokio::time::sleep(FIRST_REST).await;
        let looking = pace.turn().await.unwrap();
        assert!(pace.turn().await.is_err());
        looking.went_well();
        pace.turn().await.unwrap().went_well();
    }

    #[tokio::test]
    async fn nobody_asks_before_the_server_wants_it() {
        let (pace, started) = (Pace::new(100_000), Instant::now());
        pace.wait(Duration::from_millis(120));
        pace.turn().await.unwrap().went_well();
        assert!(started.elapsed() >= Duration::from_millis(110));
    }
}
