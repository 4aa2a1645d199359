//! Submitting: keeps a revision once, however often it is sent. A button pressed twice and a POST sent again give the request that is
//! there; the lookups run under the write lock, and unique indexes would refuse a second one even so.

use domain::policy::UserName;
use domain::request::{Request, RequestEvent, RequestId, RequestState, Revision};
use service::ports::store::{AuditRow, NewRevision, SeenDraft, SubmitTarget, Submitted};

use super::error::{Result, broken, conflict};
use super::{SqliteStore, Tx, audit, drafts, requests, row};

impl SqliteStore {
    pub(super) async fn keep_revision(&self, new: NewRevision, audit: AuditRow) -> Result<Submitted> {
        let mut tx = self.write().await?;
        let submitted = match &new.target {
            SubmitTarget::New { draft } => submit_new(&mut tx, &new, *draft).await?,
            SubmitTarget::Revise { request, seen, to, draft } => {
                revise(&mut tx, &new, (*request, *seen, *to), *draft).await?
            }
        };
        if submitted.created {
            audit::add(&mut tx, &audit, || format!("request:{}", submitted.request.0)).await?;
        }
        tx.commit().await?;
        Ok(submitted)
    }
}

async fn submit_new(tx: &mut Tx, new: &NewRevision, draft: Option<SeenDraft>) -> Result<Submitted> {
    let sent_before = match draft {
        Some(draft) => request_of_draft(tx, draft).await?,
        None => request_sent(tx, new).await?,
    };
    if let Some(request) = sent_before {
        return again(tx, new, &request).await?.ok_or_else(conflict);
    }
    let revision = &new.revision;
    let id = sqlx::query(
        "INSERT INTO requests (subject, version, state, requester, revision, digest, draft, created_at, updated_at)
         VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?)",
    )
    .bind(revision.input.subject.as_str())
    .bind(revision.input.version.0)
    .bind(RequestState::InReview.word())
    .bind(&new.submitter.0)
    .bind(&revision.digest)
    .bind(draft.map(|draft| draft.id.0))
    .bind(revision.submitted_at.0)
    .bind(revision.submitted_at.0)
    .execute(&mut **tx)
    .await?
    .last_insert_rowid();
    keep(tx, new, RequestId(id), 1, draft).await
}

async fn revise(
    tx: &mut Tx,
    new: &NewRevision,
    (id, seen, to): (RequestId, RequestState, RequestState),
    draft: Option<SeenDraft>,
) -> Result<Submitted> {
    let request = requests::find(tx, id).await?.ok_or_else(conflict)?;
    if let Some(submitted) = again(tx, new, &request).await? {
        return Ok(submitted);
    }
    requests::check(RequestEvent::Resubmit, seen, to)?;
    if request.subject != new.revision.input.subject {
        return Err(broken(format!("a revision of {id} is about another subject")));
    }
    requests::step(tx, id, seen, to, new.revision.submitted_at).await?;
    let number = request.revision + 1;
    sqlx::query("UPDATE requests SET revision = ?, digest = ?, version = ?, draft = COALESCE(?, draft) WHERE id = ?")
        .bind(number)
        .bind(&new.revision.digest)
        .bind(new.revision.input.version.0)
        .bind(draft.map(|draft| draft.id.0))
        .bind(id.0)
        .execute(&mut **tx)
        .await?;
    keep(tx, new, id, number, draft).await
}

/// What is there, if the request's newest revision is the very same, by the same person, and still stands.
async fn again(tx: &mut Tx, new: &NewRevision, request: &Request) -> Result<Option<Submitted>> {
    let stands = request.state.is_open() || request.state == RequestState::Approved;
    let same = request.digest == new.revision.digest
        && request.version == new.revision.input.version
        && request.subject == new.revision.input.subject;
    if !stands || !same {
        return Ok(None);
    }
    let submitter: String = sqlx::query_scalar("SELECT submitter FROM revisions WHERE request = ? AND number = ?")
        .bind(request.id.0)
        .bind(request.revision)
        .fetch_one(&mut **tx)
        .await?;
    Ok((submitter == new.submitter.0).then(|| Submitted {
        request: request.id,
        revision: request.revision,
        digest: request.digest.clone(),
        created: false,
    }))
}

/// The request that a draft is tied to; conflict when there is no such draft.
async fn request_of_draft(tx: &mut Tx, draft: SeenDraft) -> Result<Option<Request>> {
    match drafts::find(tx, draft.id).await?.ok_or_else(conflict)?.request {
        Some(id) => requests::find(tx, id).await,
        None => Ok(None),
    }
}

/// The untouched request that the same person sent with the same contents and without a draft.
async fn request_sent(tx: &mut Tx, new: &NewRevision) -> Result<Option<Request>> {
    let id: Option<i64> = sqlx::query_scalar(
        "SELECT id FROM requests WHERE requester = ? AND subject = ? AND version = ? AND digest = ?
            AND draft IS NULL AND state = 'in_review' AND revision = 1",
    )
    .bind(&new.submitter.0)
    .bind(new.revision.input.subject.as_str())
    .bind(new.revision.input.version.0)
    .bind(&new.revision.digest)
    .fetch_optional(&mut **tx)
    .await?;
    match id {
        Some(id) => requests::find(tx, RequestId(id)).await,
        None => Ok(None),
    }
}

async fn keep(
    tx: &mut Tx,
    new: &NewRevision,
    request: RequestId,
    number: u32,
    draft: Option<SeenDraft>,
) -> Result<Submitted> {
    let revision = &new.revision;
    sqlx::query(
        "INSERT INTO revisions
            (request, number, digest, submitter, authors, input, artifacts, diagnostics, submitted_at, built_on, makes)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(request.0)
    .bind(number)
    .bind(&revision.digest)
    .bind(&new.submitter.0)
    .bind(row::text(&authors(revision, &new.submitter))?)
    .bind(row::text(&revision.input)?)
    .bind(row::text(&revision.artifacts)?)
    .bind(row::text(&revision.diagnostics)?)
    .bind(revision.submitted_at.0)
    .bind(revision.built_on.map(|request| request.0))
    .bind(revision.makes.as_ref().map(row::text).transpose()?)
    .execute(&mut **tx)
    .await?;
    if let Some(draft) = draft {
        drafts::tie(tx, draft, request).await?;
    }
    Ok(Submitted { request, revision: number, digest: revision.digest.clone(), created: true })
}

/// Whoever submits answers for it, so they count as an author even where the caller forgot them.
fn authors(revision: &Revision, submitter: &UserName) -> Vec<UserName> {
    let mut authors = revision.authors.clone();
    if !authors.contains(submitter) {
        authors.push(submitter.clone());
    }
    authors
}
