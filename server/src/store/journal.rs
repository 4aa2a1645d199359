//! The journal of runs: attempts, log lines, and the views that pages show.

use domain::journal::{Attempt, AttemptResult, LogLine, RunSummary, RunView};
use domain::plan::StepKey;
use domain::request::RequestId;
use domain::run::{RunId, RunState};
use domain::subject::Version;
use domain::time::Timestamp;
use service::ports::store::{AttemptEnd, RunStep};
use sqlx::sqlite::SqliteRow;

use super::error::{Result, conflict};
use super::{SqliteStore, Tx, row};

const INTERRUPTED: &str = "The server stopped in the middle of this attempt, so the step is called again.";

/// The version is the revision's own: the request may have gone on to another.
const SELECT: &str = "SELECT r.*, q.subject, q.requester, v.digest, json_extract(v.input, '$.version') AS version
     FROM runs r JOIN requests q ON q.id = r.request JOIN revisions v ON v.request = r.request AND v.number = r.revision
     WHERE r.id = ?";

const SELECT_NEWEST: &str =
    "SELECT r.id, r.request, r.state, r.started_at, r.ended_at, q.subject, json_extract(v.input, '$.version') AS version
     FROM runs r JOIN requests q ON q.id = r.request JOIN revisions v ON v.request = r.request AND v.number = r.revision
     ORDER BY r.id DESC LIMIT ?";

const SELECT_ATTEMPTS: &str = "SELECT * FROM step_attempts WHERE run = ? ORDER BY id";

impl SqliteStore {
    pub(super) async fn newest_runs(&self, limit: u32) -> Result<Vec<RunSummary>> {
        let rows = sqlx::query(SELECT_NEWEST).bind(limit).fetch_all(&self.readers).await?;
        rows.iter().map(summary).collect()
    }

    pub(super) async fn view_run(&self, id: RunId, now: Timestamp) -> Result<Option<RunView>> {
        let mut tx = self.read().await?;
        let Some(run) = sqlx::query(SELECT).bind(id.0).fetch_optional(&mut *tx).await? else { return Ok(None) };
        let attempts = sqlx::query(SELECT_ATTEMPTS).bind(id.0).fetch_all(&mut *tx).await?;
        let log =
            sqlx::query("SELECT * FROM run_log WHERE run = ? ORDER BY number").bind(id.0).fetch_all(&mut *tx).await?;
        Ok(Some(RunView {
            summary: summary(&run)?,
            revision: row::get(&run, "revision")?,
            digest: row::get(&run, "digest")?,
            requester: row::user(&run, "requester")?,
            approver: row::user(&run, "approver")?,
            machine: row::json(&run, "machine")?,
            attempts: attempts.iter().map(attempt).collect::<Result<_>>()?,
            log: log.iter().map(line).collect::<Result<_>>()?,
            now,
        }))
    }

    pub(super) async fn find_attempts(&self, id: RunId) -> Result<Vec<Attempt>> {
        let rows = sqlx::query(SELECT_ATTEMPTS).bind(id.0).fetch_all(&self.readers).await?;
        rows.iter().map(attempt).collect()
    }

    /// Refuses for a run that was cancelled since it was claimed: what a cancelled run gives back depends on the attempts that there are.
    pub(super) async fn open_attempt(&self, step: RunStep, at: Timestamp) -> Result<()> {
        let mut tx = self.write().await?;
        let begun = sqlx::query(
            "INSERT INTO step_attempts (run, step, number, started_at, message)
             SELECT id, ?2, ?3, ?4, '' FROM runs WHERE id = ?1 AND state = 'running'
             ON CONFLICT (run, step, number) DO UPDATE
                SET started_at = excluded.started_at, ended_at = NULL, result = NULL, message = ''
                WHERE result = 'interrupted'",
        )
        .bind(step.run.0)
        .bind(&step.step.0)
        .bind(step.attempt)
        .bind(at.0)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        if begun.rows_affected() == 0 { Err(conflict()) } else { Ok(()) }
    }

    pub(super) async fn write_line(&self, run: RunId, step: &StepKey, at: Timestamp, text: &str) -> Result<LogLine> {
        let mut tx = self.write().await?;
        let number: i64 = sqlx::query_scalar(
            "INSERT INTO run_log (run, number, at, step, text)
             VALUES (?1, (SELECT COALESCE(MAX(number), 0) + 1 FROM run_log WHERE run = ?1), ?2, ?3, ?4) RETURNING number",
        )
        .bind(run.0)
        .bind(at.0)
        .bind(&step.0)
        .bind(text)
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(LogLine { number, at, step: step.clone(), text: text.to_owned() })
    }
}

/// Closes the attempts of a run that nobody ended.
pub async fn interrupt(tx: &mut Tx, run: RunId, at: Timestamp) -> Result<()> {
    sqlx::query("UPDATE step_attempts SET ended_at = ?, result = ?, message = ? WHERE run = ? AND ended_at IS NULL")
        .bind(at.0)
        .bind(AttemptResult::Interrupted.word())
        .bind(INTERRUPTED)
        .bind(run.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Ends an attempt; conflict when it never began or has ended already.
pub async fn end(tx: &mut Tx, end: &AttemptEnd, at: Timestamp) -> Result<()> {
    let ended = sqlx::query(
        "UPDATE step_attempts SET ended_at = ?, result = ?, message = ?
         WHERE run = ? AND step = ? AND number = ? AND (result IS NULL OR result = 'interrupted')",
    )
    .bind(at.0)
    .bind(end.result.word())
    .bind(&end.message)
    .bind(end.step.run.0)
    .bind(&end.step.step.0)
    .bind(end.step.attempt)
    .execute(&mut **tx)
    .await?;
    if ended.rows_affected() == 0 { Err(conflict()) } else { Ok(()) }
}

fn summary(r: &SqliteRow) -> Result<RunSummary> {
    Ok(RunSummary {
        id: RunId(row::get(r, "id")?),
        request: RequestId(row::get(r, "request")?),
        subject: row::name(r, "subject")?,
        version: Version(row::get(r, "version")?),
        state: row::word(r, "state", RunState::from_word)?,
        started_at: row::time(r, "started_at")?,
        ended_at: row::time_if(r, "ended_at")?,
    })
}

fn attempt(r: &SqliteRow) -> Result<Attempt> {
    let result = match row::get::<Option<&str>>(r, "result")? {
        Some(_) => Some(row::word(r, "result", AttemptResult::from_word)?),
        None => None,
    };
    Ok(Attempt {
        step: StepKey(row::get(r, "step")?),
        number: row::get(r, "number")?,
        started_at: row::time(r, "started_at")?,
        ended_at: row::time_if(r, "ended_at")?,
        result,
        message: row::get(r, "message")?,
    })
}

fn line(r: &SqliteRow) -> Result<LogLine> {
    Ok(LogLine {
        number: row::get(r, "number")?,
        at: row::time(r, "at")?,
        step: StepKey(row::get(r, "step")?),
        text: row::get(r, "text")?,
    })
}
