//! One call of one step: in a task of its own, so that a panic is only a failure; under the step's time-out; with the lease prolonged
//! for as long as it works.

use domain::plan::Step;
use domain::run::Outcome;
use service::ports::store::{ClaimedRun, StoreError};
use service::steps::{Call, StepError};
use tokio::task::{JoinError, JoinSet};
use tokio::time::{Duration, Instant, interval_at, sleep};

use super::{Engine, Told, When};

impl Engine {
    /// What the step said; `None` when the lease was lost and somebody else calls it.
    pub(super) async fn call(&self, claimed: &ClaimedRun, step: &Step) -> Option<Result<Outcome, StepError>> {
        self.crash(step, When::Before);
        // Dropping the set stops the task, whichever way this function is left.
        let mut task = JoinSet::new();
        task.spawn({
            let (handlers, call) = (self.handlers.clone(), call_of(claimed, step));
            async move { handlers.call(call).await }
        });
        let deadline = sleep(Duration::from_secs(step.timeout_seconds.into()));
        tokio::pin!(deadline);
        let start = Instant::now();
        let mut heartbeat = interval_at(start + self.settings.heartbeat, self.settings.heartbeat);
        let mut pulse = interval_at(start + self.settings.pulse, self.settings.pulse);
        let said = loop {
            tokio::select! {
                biased;
                Some(ended) = task.join_next() => break ended.unwrap_or_else(|error| Err(crashed(step, &error))),
                () = &mut deadline => break Err(late(step)),
                _ = heartbeat.tick() => if !self.keeps_lease(claimed).await { return None },
                _ = pulse.tick() => self.announce(claimed.id),
            }
        };
        if said.is_ok() {
            self.crash(step, When::After);
        }
        Some(said)
    }

    async fn keeps_lease(&self, claimed: &ClaimedRun) -> bool {
        let until = self.settings.lease_from(self.clock.now());
        match self.store.prolong_lease(claimed.id, &self.settings.owner, until).await {
            Ok(()) => true,
            Err(StoreError::Conflict) => false,
            Err(error) => {
                tracing::warn!(run = %claimed.id, error = %Told(&error), "a lease could not be prolonged");
                true
            }
        }
    }

    fn crash(&self, step: &Step, when: When) {
        if let Some(point) = &self.settings.crash_at {
            point.reached(&step.key, when);
        }
    }
}

fn call_of(claimed: &ClaimedRun, step: &Step) -> Call {
    Call { run: claimed.id, step: step.key.clone(), kind: step.kind, outputs: claimed.machine.outputs().clone() }
}

fn late(step: &Step) -> StepError {
    StepError {
        message: format!("The step did not answer within {} seconds and was stopped.", step.timeout_seconds),
        retryable: true,
    }
}

fn crashed(step: &Step, error: &JoinError) -> StepError {
    tracing::error!(step = %step.key, %error, "a step's handler panicked");
    StepError {
        message: "The step crashed, which is a fault of the console. The server's log says where; report it.".into(),
        retryable: false,
    }
}
