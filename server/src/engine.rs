//! The embedded engine: claims runs that are due, does what their machines ask, and records what happened. Everything it knows is in
//! the store, so it can be killed at any point and started again; a step is then called again with the same key.

mod call;
mod crash;
mod record;
mod settings;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use domain::run::RunId;
use service::ports::clock::Clock;
use service::ports::store::{ClaimedRun, Store, StoreError};
use service::steps::Handlers;
use tokio::sync::{Notify, broadcast};
use tokio::task::{Id, JoinError, JoinHandle, JoinSet};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

pub use crash::{CrashPoint, When};
pub use settings::Settings;

/// What every task of the engine works with.
pub struct Engine {
    store: Arc<dyn Store>,
    handlers: Handlers,
    clock: Arc<dyn Clock>,
    changes: broadcast::Sender<RunId>,
    shutdown: CancellationToken,
    settings: Settings,
    notify: Arc<Notify>,
}

/// Tells the engine that a run may be due; any number of times, from anywhere.
#[derive(Debug, Clone)]
pub struct Waker(Arc<Notify>);

impl Waker {
    /// Makes the engine look now.
    pub fn wake(&self) {
        self.0.notify_one();
    }
}

/// An engine that has been started.
#[derive(Debug)]
pub struct EngineHandle {
    waker: Waker,
    task: JoinHandle<()>,
}

impl EngineHandle {
    /// Makes the engine look now.
    pub fn wake(&self) {
        self.waker.wake();
    }

    /// A waker to hand on.
    pub fn waker(&self) -> Waker {
        self.waker.clone()
    }

    /// Waits until the engine has stopped, after its shutdown token was cancelled.
    pub async fn join(self) {
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the engine did not stop in order");
        }
    }
}

/// The runs that are being worked on, by task.
struct Lanes {
    tasks: JoinSet<()>,
    runs: HashMap<Id, RunId>,
}

impl Engine {
    /// Starts the engine of this process; a crash point is taken from the environment.
    pub fn start(
        store: Arc<dyn Store>,
        handlers: Handlers,
        clock: Arc<dyn Clock>,
        changes: broadcast::Sender<RunId>,
        shutdown: CancellationToken,
    ) -> EngineHandle {
        let settings = Settings { crash_at: CrashPoint::from_environment(), ..Settings::default() };
        Self::start_with(settings, store, handlers, clock, changes, shutdown)
    }

    /// Starts an engine with other settings than a deployment has.
    pub fn start_with(
        settings: Settings,
        store: Arc<dyn Store>,
        handlers: Handlers,
        clock: Arc<dyn Clock>,
        changes: broadcast::Sender<RunId>,
        shutdown: CancellationToken,
    ) -> EngineHandle {
        let notify = Arc::new(Notify::new());
        let waker = Waker(notify.clone());
        let engine = Arc::new(Self { store, handlers, clock, changes, shutdown, settings, notify });
        EngineHandle { waker, task: tokio::spawn(engine.run()) }
    }

    async fn run(self: Arc<Self>) {
        if let Err(error) = self.insist("release its leases", || self.store.release_leases(&self.settings.owner)).await
        {
            tracing::error!(%error, "the engine could not release its leases; its runs go on when they run out");
        }
        let mut lanes = Lanes { tasks: JoinSet::new(), runs: HashMap::new() };
        while !self.shutdown.is_cancelled() {
            let pause = self.fill(&mut lanes).await;
            tokio::select! {
                () = self.shutdown.cancelled() => {}
                () = self.notify.notified() => {}
                Some(ended) = lanes.tasks.join_next_with_id() => lanes.forget(ended),
                () = sleep(pause) => {}
            }
        }
        self.drain(lanes).await;
    }

    /// Claims runs until none is due or every lane works, and says how long there is nothing more to do.
    async fn fill(self: &Arc<Self>, lanes: &mut Lanes) -> Duration {
        loop {
            lanes.join_ended();
            if lanes.tasks.len() >= self.settings.lanes {
                return self.settings.poll;
            }
            let now = self.clock.now();
            let until = self.settings.lease_from(now);
            // A run that its lane has just made due again is left until the lane has ended; its lease would be nobody's.
            match self.store.claim_run(&self.settings.owner, now, until, &lanes.held()).await {
                Ok(Some(claimed)) => lanes.take(self.clone(), claimed),
                Ok(None) => return self.until_due().await,
                Err(error) => {
                    tracing::warn!(error = %Told(&error), "the engine could not claim a run");
                    return self.settings.backoff;
                }
            }
        }
    }

    async fn until_due(&self) -> Duration {
        match self.store.next_due().await {
            Ok(Some(due)) => {
                let millis = u64::try_from(due.millis_since(self.clock.now())).unwrap_or_default();
                Duration::from_millis(millis).clamp(self.settings.shortest_pause, self.settings.poll)
            }
            Ok(None) => self.settings.poll,
            Err(error) => {
                tracing::warn!(error = %Told(&error), "the engine could not ask when the next run is due");
                self.settings.backoff
            }
        }
    }

    /// Lets the steps under way come to their end for a while; what is then cut off is called again after the next start.
    async fn drain(&self, mut lanes: Lanes) {
        let all = async { while lanes.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(self.settings.grace, all).await.is_err() {
            tracing::warn!("steps were still working when the server stopped; they will be called again");
            lanes.tasks.shutdown().await;
        }
        if let Err(error) = self.store.release_leases(&self.settings.owner).await {
            tracing::warn!(error = %Told(&error), "the engine could not release its leases");
        }
    }

    /// Calls the store until it answers or the server stops.
    async fn insist<T, F>(&self, what: &str, mut call: impl FnMut() -> F) -> Result<T, StoreError>
    where
        F: Future<Output = Result<T, StoreError>>,
    {
        loop {
            match call().await {
                Err(error @ StoreError::Unavailable(_)) if !self.shutdown.is_cancelled() => {
                    tracing::warn!(error = %Told(&error), "the engine could not {what} and tries again");
                }
                answer => return answer,
            }
            tokio::select! {
                () = self.shutdown.cancelled() => {}
                () = sleep(self.settings.backoff) => {}
            }
        }
    }

    /// Tells whoever listens that a run has changed; nobody may.
    fn announce(&self, run: RunId) {
        let _ = self.changes.send(run);
    }
}

impl Lanes {
    fn held(&self) -> Vec<RunId> {
        self.runs.values().copied().collect()
    }

    fn join_ended(&mut self) {
        while let Some(ended) = self.tasks.try_join_next_with_id() {
            self.forget(ended);
        }
    }

    fn take(&mut self, engine: Arc<Engine>, claimed: ClaimedRun) {
        let run = claimed.id;
        let task = self.tasks.spawn(async move { engine.advance(claimed).await });
        self.runs.insert(task.id(), run);
    }

    fn forget(&mut self, ended: Result<(Id, ()), JoinError>) {
        let id = match ended {
            Ok((id, ())) => id,
            Err(error) => {
                tracing::error!(%error, "a lane of the engine crashed; its run goes on when its lease runs out");
                error.id()
            }
        };
        self.runs.remove(&id);
    }
}

/// An error with its source, for the log.
struct Told<'a>(&'a StoreError);

impl std::fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)?;
        std::error::Error::source(self.0).map_or(Ok(()), |source| write!(f, ": {source}"))
    }
}
