//! Deciding: what was seen is compared, the decision is kept, the request moves and an approval's run is made, in one transaction.
//! That nobody decides on their own work is checked here again, against what is stored.

use domain::policy::UserName;
use domain::request::{RequestEvent, RequestId, RequestState, Verdict};
use domain::run::RunId;
use serde_json::json;
use service::ports::store::{AuditRow, NewDecision, NewRun};

use super::error::{Result, broken, conflict};
use super::{SqliteStore, Tx, audit, claims, requests, row};

impl SqliteStore {
    pub(super) async fn keep_decision(&self, new: NewDecision, audit: AuditRow) -> Result<Option<RunId>> {
        let decision = &new.decision;
        requests::check(decision.verdict.event(), new.seen, new.to)?;
        if new.run.is_some() != (decision.verdict == Verdict::Approve) {
            return Err(broken("an approval launches a run, and nothing else does"));
        }
        let mut tx = self.write().await?;
        let request = requests::find(&mut tx, new.request).await?.ok_or_else(conflict)?;
        if (request.state, request.revision, &request.digest) != (new.seen, decision.revision, &decision.digest) {
            return Err(conflict());
        }
        refuse_own_work(&mut tx, &new).await?;
        sqlx::query(
            "INSERT INTO decisions (request, revision, digest, verdict, reason, decided_by, decided_at)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(new.request.0)
        .bind(decision.revision)
        .bind(&decision.digest)
        .bind(decision.verdict.word())
        .bind(&decision.reason)
        .bind(&decision.by.0)
        .bind(decision.at.0)
        .execute(&mut *tx)
        .await?;
        requests::step(&mut tx, new.request, new.seen, new.to, decision.at).await?;
        audit::add(&mut tx, &audit, || format!("request:{}", new.request.0)).await?;
        let run = match &new.run {
            Some(run) => {
                claims::claim(&mut tx, new.request, decision.revision).await?;
                Some(launch(&mut tx, &new, run, &audit).await?)
            }
            None => None,
        };
        tx.commit().await?;
        Ok(run)
    }

    pub(super) async fn step_request(
        &self,
        id: RequestId,
        seen: RequestState,
        to: RequestState,
        audit: AuditRow,
    ) -> Result<()> {
        requests::check(RequestEvent::Withdraw, seen, to)?;
        let mut tx = self.write().await?;
        requests::step(&mut tx, id, seen, to, audit.at).await?;
        audit::add(&mut tx, &audit, || format!("request:{}", id.0)).await?;
        tx.commit().await?;
        Ok(())
    }
}

async fn refuse_own_work(tx: &mut Tx, new: &NewDecision) -> Result<()> {
    let revision = sqlx::query("SELECT authors FROM revisions WHERE request = ? AND number = ?")
        .bind(new.request.0)
        .bind(new.decision.revision)
        .fetch_one(&mut **tx)
        .await?;
    let authors: Vec<UserName> = row::json(&revision, "authors")?;
    if authors.contains(&new.decision.by) {
        return Err(broken(format!("{} wrote part of {} and cannot decide on it", new.decision.by, new.request)));
    }
    Ok(())
}

async fn launch(tx: &mut Tx, new: &NewDecision, run: &NewRun, audit: &AuditRow) -> Result<RunId> {
    let decision = &new.decision;
    let id = sqlx::query(
        "INSERT INTO runs (request, revision, approver, state, machine, counter, due_at, started_at)
         VALUES (?, ?, ?, ?, ?, 0, ?, ?)",
    )
    .bind(new.request.0)
    .bind(decision.revision)
    .bind(&decision.by.0)
    .bind(run.machine.state().word())
    .bind(row::text(&run.machine)?)
    .bind(run.due_at.0)
    .bind(decision.at.0)
    .execute(&mut **tx)
    .await?
    .last_insert_rowid();
    let detail = json!({ "request": new.request.0, "revision": decision.revision, "digest": decision.digest });
    audit::add_consequence(tx, audit, "run-launched", &format!("run:{id}"), detail).await?;
    Ok(RunId(id))
}
