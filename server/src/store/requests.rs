//! Requests with their revisions and decisions, as they are read; how they are written is in `submit` and `decide`.

use domain::draft::DraftId;
use domain::request::{
    Decision, Overtaken, Request, RequestEvent, RequestId, RequestState, Revision, RevisionSummary, Verdict,
};
use domain::run::RunId;
use domain::subject::Version;
use domain::time::Timestamp;
use service::ports::store::RequestFilter;
use sqlx::sqlite::SqliteRow;

use super::error::{Failure, Result, broken, conflict};
use super::{SqliteStore, Tx, row};

/// Each request with its newest run and what can overtake it. Revisions of before it was kept were built on what was live when they
/// were submitted.
macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT r.*, (SELECT MAX(id) FROM runs WHERE request = r.id) AS run,
                (SELECT e.request FROM events e WHERE e.subject = r.subject ORDER BY e.id DESC LIMIT 1) AS live,
                (SELECT MIN(o.id) FROM requests o
                 WHERE o.subject = r.subject AND o.state = 'approved' AND o.id <> r.id) AS under_way,
                (SELECT CASE WHEN v.makes IS NOT NULL THEN v.built_on ELSE (
                     SELECT e.request FROM events e WHERE e.subject = r.subject AND e.live_since <= v.submitted_at
                     ORDER BY e.id DESC LIMIT 1) END
                 FROM revisions v WHERE v.request = r.id AND v.number = r.revision) AS built_on
             FROM requests r ",
            $which
        )
    };
}

const SELECT: &str = select!("WHERE r.id = ?");

const SELECT_SOME: &str = select!(
    "WHERE (?1 IS NULL OR r.requester = ?1)
       AND (?2 IS NULL OR r.subject = ?2)
       AND (?3 = '[]' OR r.state IN (SELECT value FROM json_each(?3)))
     ORDER BY r.id DESC LIMIT ?4"
);

impl SqliteStore {
    pub(super) async fn find_requests(&self, filter: RequestFilter) -> Result<Vec<Request>> {
        let states: Vec<&str> = filter.states.iter().map(|state| state.word()).collect();
        let rows = sqlx::query(SELECT_SOME)
            .bind(filter.requester.map(|user| user.0))
            .bind(filter.subject.map(String::from))
            .bind(row::text(&states)?)
            .bind(filter.limit)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(request).collect()
    }

    pub(super) async fn find_request(&self, id: RequestId) -> Result<Option<Request>> {
        let found = sqlx::query(SELECT).bind(id.0).fetch_optional(&self.readers).await?;
        found.as_ref().map(request).transpose()
    }

    pub(super) async fn find_revision(&self, id: RequestId, number: u32) -> Result<Option<Revision>> {
        let found = sqlx::query("SELECT * FROM revisions WHERE request = ? AND number = ?")
            .bind(id.0)
            .bind(number)
            .fetch_optional(&self.readers)
            .await?;
        found.as_ref().map(revision).transpose()
    }

    pub(super) async fn find_revisions(&self, id: RequestId) -> Result<Vec<RevisionSummary>> {
        let rows = sqlx::query(
            "SELECT number, digest, authors, submitted_at FROM revisions WHERE request = ? ORDER BY number",
        )
        .bind(id.0)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(summary).collect()
    }

    pub(super) async fn find_decisions(&self, id: RequestId) -> Result<Vec<Decision>> {
        let rows = sqlx::query("SELECT * FROM decisions WHERE request = ? ORDER BY id")
            .bind(id.0)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(decision).collect()
    }
}

/// One request, as the transaction sees it.
pub async fn find(tx: &mut Tx, id: RequestId) -> Result<Option<Request>> {
    let found = sqlx::query(SELECT).bind(id.0).fetch_optional(&mut **tx).await?;
    found.as_ref().map(request).transpose()
}

/// Moves a request; conflict unless it is in the state that the caller saw.
pub async fn step(tx: &mut Tx, id: RequestId, seen: RequestState, to: RequestState, at: Timestamp) -> Result<()> {
    let moved = sqlx::query("UPDATE requests SET state = ?, updated_at = ? WHERE id = ? AND state = ?")
        .bind(to.word())
        .bind(at.0)
        .bind(id.0)
        .bind(seen.word())
        .execute(&mut **tx)
        .await?;
    if moved.rows_affected() == 0 { Err(conflict()) } else { Ok(()) }
}

/// Refuses a move that the domain does not know, whoever asks for it.
pub fn check(event: RequestEvent, seen: RequestState, to: RequestState) -> Result<()> {
    match seen.after(event) {
        Ok(state) if state == to => Ok(()),
        _ => Err(broken(format!("a request cannot go from {} to {} by {event:?}", seen.word(), to.word()))),
    }
}

fn request(r: &SqliteRow) -> Result<Request> {
    let state = row::word(r, "state", RequestState::from_word)?;
    let number = |column| Ok::<_, Failure>(row::get::<Option<i64>>(r, column)?.map(RequestId));
    Ok(Request {
        overtaken: Overtaken::of(state, number("built_on")?, number("live")?, number("under_way")?),
        id: RequestId(row::get(r, "id")?),
        subject: row::name(r, "subject")?,
        version: Version(row::get(r, "version")?),
        state,
        requester: row::user(r, "requester")?,
        revision: row::get(r, "revision")?,
        digest: row::get(r, "digest")?,
        draft: row::get::<Option<i64>>(r, "draft")?.map(DraftId),
        run: row::get::<Option<i64>>(r, "run")?.map(RunId),
        created_at: row::time(r, "created_at")?,
        updated_at: row::time(r, "updated_at")?,
    })
}

fn revision(r: &SqliteRow) -> Result<Revision> {
    Ok(Revision {
        request: RequestId(row::get(r, "request")?),
        number: row::get(r, "number")?,
        digest: row::get(r, "digest")?,
        input: row::json(r, "input")?,
        artifacts: row::json(r, "artifacts")?,
        diagnostics: row::json(r, "diagnostics")?,
        authors: row::json(r, "authors")?,
        submitted_at: row::time(r, "submitted_at")?,
        built_on: row::get::<Option<i64>>(r, "built_on")?.map(RequestId),
        makes: row::json_if(r, "makes")?,
    })
}

fn summary(r: &SqliteRow) -> Result<RevisionSummary> {
    Ok(RevisionSummary {
        number: row::get(r, "number")?,
        digest: row::get(r, "digest")?,
        authors: row::json(r, "authors")?,
        submitted_at: row::time(r, "submitted_at")?,
    })
}

fn decision(r: &SqliteRow) -> Result<Decision> {
    Ok(Decision {
        revision: row::get(r, "revision")?,
        digest: row::get(r, "digest")?,
        verdict: row::word(r, "verdict", Verdict::from_word)?,
        reason: row::get(r, "reason")?,
        by: row::user(r, "decided_by")?,
        at: row::time(r, "decided_at")?,
    })
}
