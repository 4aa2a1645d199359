//! Runs as an engine takes and moves them. A lease that has not run out keeps everybody else away, its owner's other tasks too;
//! what people do (retry, cancel) leaves the lease alone, so a step that still works is not begun a second time beside it.

use async_trait::async_trait;
use domain::journal::{Attempt, LogLine, RunSummary, RunView};
use domain::plan::StepKey;
use domain::request::{RequestEvent, RequestId, RequestState};
use domain::run::{Machine, RunId};
use domain::time::Timestamp;
use serde_json::json;
use service::ports::store::{AuditRow, ClaimedRun, RunStep, RunStore, StepCommit, StoreError};

use super::error::{Result, broken, conflict};
use super::{SqliteStore, Tx, audit, journal, requests, row};

#[async_trait]
impl RunStore for SqliteStore {
    async fn runs(&self, limit: u32) -> Result<Vec<RunSummary>, StoreError> {
        Ok(self.newest_runs(limit).await?)
    }

    async fn run(&self, id: RunId, now: Timestamp) -> Result<Option<RunView>, StoreError> {
        Ok(self.view_run(id, now).await?)
    }

    async fn claim_run(
        &self,
        owner: &str,
        now: Timestamp,
        until: Timestamp,
        held: &[RunId],
    ) -> Result<Option<ClaimedRun>, StoreError> {
        Ok(self.lease(owner, now, until, held).await?)
    }

    async fn prolong_lease(&self, id: RunId, owner: &str, until: Timestamp) -> Result<(), StoreError> {
        Ok(self.prolong(id, owner, until).await?)
    }

    async fn release_leases(&self, owner: &str) -> Result<(), StoreError> {
        Ok(self.release(owner).await?)
    }

    async fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.soonest_due().await?)
    }

    async fn begin_attempt(&self, step: RunStep, at: Timestamp) -> Result<(), StoreError> {
        Ok(self.open_attempt(step, at).await?)
    }

    async fn log(&self, run: RunId, step: &StepKey, at: Timestamp, text: &str) -> Result<LogLine, StoreError> {
        Ok(self.write_line(run, step, at, text).await?)
    }

    async fn commit_run(&self, commit: StepCommit, audit: AuditRow) -> Result<(), StoreError> {
        Ok(self.advance(commit, audit).await?)
    }

    async fn machine(&self, id: RunId) -> Result<Option<(Machine, u64)>, StoreError> {
        Ok(self.find_machine(id).await?)
    }

    async fn attempts(&self, id: RunId) -> Result<Vec<Attempt>, StoreError> {
        Ok(self.find_attempts(id).await?)
    }
}

impl SqliteStore {
    async fn lease(&self, owner: &str, now: Timestamp, until: Timestamp, held: &[RunId]) -> Result<Option<ClaimedRun>> {
        let held: Vec<i64> = held.iter().map(|run| run.0).collect();
        let mut tx = self.write().await?;
        let found = sqlx::query(
            "UPDATE runs SET lease_owner = ?1, lease_until = ?2 WHERE id =
                (SELECT id FROM runs WHERE due_at <= ?3 AND (lease_until IS NULL OR lease_until <= ?3)
                    AND id NOT IN (SELECT value FROM json_each(?4)) ORDER BY due_at, id LIMIT 1)
             RETURNING id, machine, counter",
        )
        .bind(owner)
        .bind(until.0)
        .bind(now.0)
        .bind(row::text(&held)?)
        .fetch_optional(&mut *tx)
        .await?;
        let Some(found) = found else { return Ok(None) };
        let id = RunId(row::get(&found, "id")?);
        journal::interrupt(&mut tx, id, now).await?;
        // Before the machine is read: a run that this version cannot read stays leased, and so does not keep the others waiting.
        tx.commit().await?;
        Ok(Some(ClaimedRun {
            id,
            machine: row::json(&found, "machine")?,
            counter: counter(row::get(&found, "counter")?)?,
        }))
    }

    async fn prolong(&self, id: RunId, owner: &str, until: Timestamp) -> Result<()> {
        let mut tx = self.write().await?;
        let prolonged = sqlx::query("UPDATE runs SET lease_until = ? WHERE id = ? AND lease_owner = ?")
            .bind(until.0)
            .bind(id.0)
            .bind(owner)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        if prolonged.rows_affected() == 0 { Err(conflict()) } else { Ok(()) }
    }

    async fn release(&self, owner: &str) -> Result<()> {
        let mut tx = self.write().await?;
        sqlx::query("UPDATE runs SET lease_owner = NULL, lease_until = NULL WHERE lease_owner = ?")
            .bind(owner)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// A run under lease is not due before the lease runs out; otherwise an engine would ask for it again and again.
    async fn soonest_due(&self) -> Result<Option<Timestamp>> {
        let due: Option<i64> = sqlx::query_scalar(
            "SELECT MIN(MAX(due_at, COALESCE(lease_until, due_at))) FROM runs WHERE due_at IS NOT NULL",
        )
        .fetch_one(&self.readers)
        .await?;
        Ok(due.map(Timestamp))
    }

    async fn advance(&self, commit: StepCommit, audit: AuditRow) -> Result<()> {
        let mut tx = self.write().await?;
        let request = update(&mut tx, &commit).await?;
        if commit.request.is_some_and(|(_, to)| to == RequestState::Cancelled) {
            refuse_live(&mut tx, commit.run).await?;
        }
        if let Some(end) = &commit.attempt {
            journal::end(&mut tx, end, commit.at).await?;
        }
        audit::add(&mut tx, &audit, || format!("run:{}", commit.run)).await?;
        if let Some((from, to)) = commit.request {
            let completed = to == RequestState::Live;
            requests::check(if completed { RequestEvent::RunCompleted } else { RequestEvent::RunCancelled }, from, to)?;
            requests::step(&mut tx, request, from, to, commit.at).await?;
            let action = format!("request-{}", to.word().replace('_', "-"));
            let object = format!("request:{}", request.0);
            audit::add_consequence(&mut tx, &audit, &action, &object, json!({ "run": commit.run })).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    async fn find_machine(&self, id: RunId) -> Result<Option<(Machine, u64)>> {
        let found = sqlx::query("SELECT machine, counter FROM runs WHERE id = ?")
            .bind(id.0)
            .fetch_optional(&self.readers)
            .await?;
        found.map(|found| Ok((row::json(&found, "machine")?, counter(row::get(&found, "counter")?)?))).transpose()
    }
}

/// Sets the machine where counter and owner match, and gives the run's request. An owner's commit ends its lease.
async fn update(tx: &mut Tx, commit: &StepCommit) -> Result<RequestId> {
    let state = commit.machine.state();
    let seen = i64::try_from(commit.counter).map_err(|_| broken("a run's counter is out of range"))?;
    let request: Option<i64> = sqlx::query_scalar(
        "UPDATE runs SET machine = ?1, state = ?2, counter = counter + 1, due_at = ?3,
                ended_at = CASE WHEN ?4 THEN COALESCE(ended_at, ?5) ELSE NULL END,
                lease_owner = CASE WHEN ?6 IS NULL THEN lease_owner END,
                lease_until = CASE WHEN ?6 IS NULL THEN lease_until END
         WHERE id = ?7 AND counter = ?8 AND (?6 IS NULL OR lease_owner = ?6)
         RETURNING request",
    )
    .bind(row::text(&commit.machine)?)
    .bind(state.word())
    .bind(commit.due_at.map(|at| at.0))
    .bind(state.is_over())
    .bind(commit.at.0)
    .bind(commit.owner.as_deref())
    .bind(commit.run.0)
    .bind(seen)
    .fetch_optional(&mut **tx)
    .await?;
    request.map(RequestId).ok_or_else(conflict)
}

/// What is in the catalogue is live; its run ends by completing.
async fn refuse_live(tx: &mut Tx, run: RunId) -> Result<()> {
    let live: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM events WHERE run = ?").bind(run.0).fetch_one(&mut **tx).await?;
    if live > 0 { Err(conflict()) } else { Ok(()) }
}

fn counter(stored: i64) -> Result<u64> {
    u64::try_from(stored).map_err(|_| broken("a run's counter is negative"))
}
