//! The catalogue: one row for each run that went live, of which the newest of a subject is shown.

use domain::event::OnboardedEvent;
use domain::request::RequestId;
use domain::run::{RunId, RunState};
use domain::subject::Version;
use service::ports::store::AuditRow;
use sqlx::sqlite::SqliteRow;

use super::error::{Result, broken, conflict};
use super::{SqliteStore, Tx, audit, row};

impl SqliteStore {
    pub(super) async fn keep_event(&self, event: OnboardedEvent, audit: AuditRow) -> Result<()> {
        let columns = i64::try_from(event.columns).map_err(|_| broken("a table has too many columns to count"))?;
        let mut tx = self.write().await?;
        refuse_cancelled(&mut tx, event.run).await?;
        let kept = sqlx::query(
            "INSERT INTO events
                (name, subject, version, table_name, columns, pipes, topic, owner, request, run, pull_request, live_since)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run) DO NOTHING",
        )
        .bind(&event.name)
        .bind(event.subject.as_str())
        .bind(event.version.0)
        .bind(&event.table)
        .bind(columns)
        .bind(row::text(&event.pipes)?)
        .bind(&event.topic)
        .bind(&event.owner.0)
        .bind(event.request.0)
        .bind(event.run.0)
        .bind(&event.pull_request)
        .bind(event.live_since.0)
        .execute(&mut *tx)
        .await?;
        if kept.rows_affected() > 0 {
            audit::add(&mut tx, &audit, || format!("event:{}", event.subject)).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    pub(super) async fn catalogue(&self) -> Result<Vec<OnboardedEvent>> {
        let rows = sqlx::query(
            "SELECT * FROM events WHERE id IN (SELECT MAX(id) FROM events GROUP BY subject) ORDER BY name, subject",
        )
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(event).collect()
    }
}

/// A run that was cancelled brings nothing live, however late its step is.
async fn refuse_cancelled(tx: &mut Tx, run: RunId) -> Result<()> {
    let state: Option<String> =
        sqlx::query_scalar("SELECT state FROM runs WHERE id = ?").bind(run.0).fetch_optional(&mut **tx).await?;
    if state.as_deref() == Some(RunState::Cancelled.word()) { Err(conflict()) } else { Ok(()) }
}

fn event(r: &SqliteRow) -> Result<OnboardedEvent> {
    Ok(OnboardedEvent {
        name: row::get(r, "name")?,
        subject: row::name(r, "subject")?,
        version: Version(row::get(r, "version")?),
        newest: None,
        table: row::get(r, "table_name")?,
        columns: usize::try_from(row::get::<u32>(r, "columns")?).unwrap_or(usize::MAX),
        pipes: row::json(r, "pipes")?,
        topic: row::get(r, "topic")?,
        owner: row::user(r, "owner")?,
        request: RequestId(row::get(r, "request")?),
        run: RunId(row::get(r, "run")?),
        pull_request: row::get(r, "pull_request")?,
        live_since: row::time(r, "live_since")?,
    })
}
