//! The engine's times and bounds. The lease is far longer than the longest wait for the store's lock, because that is what keeps a
//! step from being called twice at the same time.

use std::time::Duration;

use domain::time::Timestamp;

use super::CrashPoint;

/// How an engine works; [`Settings::default`] is what deployments have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The name that leases are taken under. The same at every start, so that an engine knows the leases of its last life; one
    /// process a data folder at a time.
    pub owner: String,
    /// How many runs are worked on at the same time.
    pub lanes: usize,
    /// How long a run is leased.
    pub lease: Duration,
    /// How often the lease is prolonged while a step works.
    pub heartbeat: Duration,
    /// How often listeners are told about a run whose step works, for the lines of its log.
    pub pulse: Duration,
    /// The longest pause between two looks, should nobody wake the engine.
    pub poll: Duration,
    /// The shortest pause between two looks that found nothing.
    pub shortest_pause: Duration,
    /// The pause after the store did not answer.
    pub backoff: Duration,
    /// How long a stop waits for the steps under way.
    pub grace: Duration,
    /// Where to crash, in tests.
    pub crash_at: Option<CrashPoint>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            owner: "embedded".into(),
            lanes: 4,
            lease: Duration::from_secs(60),
            heartbeat: Duration::from_secs(15),
            pulse: Duration::from_secs(1),
            poll: Duration::from_secs(30),
            shortest_pause: Duration::from_millis(20),
            backoff: Duration::from_secs(1),
            grace: Duration::from_secs(10),
            crash_at: None,
        }
    }
}

impl Settings {
    /// When a lease that is taken now runs out.
    pub fn lease_from(&self, now: Timestamp) -> Timestamp {
        now.plus_millis(i64::try_from(self.lease.as_millis()).unwrap_or(i64::MAX))
    }
}
