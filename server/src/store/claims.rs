//! What an approved or live request makes belongs to it: its topics, its table, the place of its files in the bucket, and its files
//! in the repository. A second approval that would make the same is refused in the transaction that records it; a run that is
//! cancelled before its merge was begun gives everything back, and later what it was built on (a trigger does that).

use domain::artifact::{Artifact, ArtifactKind};
use domain::request::RequestId;
use service::ports::store::StoreError;
use sqlx::Row as _;
use sqlx::sqlite::SqliteConnection;

use super::error::{Failure, Result};
use super::{SqliteStore, Tx, row};

impl SqliteStore {
    pub(super) async fn refuse_taken(&self, request: RequestId, revision: u32) -> Result<()> {
        let mut reader = self.readers.acquire().await?;
        claimable(&mut reader, request, revision).await.map(drop)
    }
}

/// Claims everything that the revision makes for its request.
pub async fn claim(tx: &mut Tx, request: RequestId, revision: u32) -> Result<()> {
    for name in claimable(tx, request, revision).await? {
        sqlx::query("INSERT INTO claims (name, request) VALUES (?, ?) ON CONFLICT (name) DO NOTHING")
            .bind(&name)
            .bind(request.0)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// The names of everything that the revision makes; taken if one of them belongs to another event.
async fn claimable(db: &mut SqliteConnection, request: RequestId, revision: u32) -> Result<Vec<String>> {
    let stored = sqlx::query("SELECT artifacts FROM revisions WHERE request = ? AND number = ?")
        .bind(request.0)
        .bind(revision)
        .fetch_one(&mut *db)
        .await?;
    let artifacts: Vec<Artifact> = row::json(&stored, "artifacts")?;
    let live = live_request(db, request).await?;
    // Of all that would change what a request made, one runs at a time: what it is built on is claimed too.
    let base = live.map(|RequestId(live)| format!("evolves:{live}"));
    let names: Vec<String> = artifacts.iter().flat_map(names).chain(base).collect();
    for name in &names {
        if let Some(overlapping) = overlapping(db, name, live).await? {
            return Err(taken(db, overlapping).await?);
        }
        if is_claimed(db, name).await? && !is_of_its_subject(db, name, live).await? {
            return Err(taken(db, name.clone()).await?);
        }
    }
    Ok(names)
}

async fn is_claimed(db: &mut SqliteConnection, name: &str) -> Result<bool> {
    let claims: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM claims WHERE name = ?").bind(name).fetch_one(&mut *db).await?;
    Ok(claims > 0)
}

/// The request that brought live what this one changes; none for a new event.
async fn live_request(db: &mut SqliteConnection, request: RequestId) -> Result<Option<RequestId>> {
    let live: Option<i64> = sqlx::query_scalar(
        "SELECT events.request FROM events JOIN requests ON requests.subject = events.subject
         WHERE requests.id = ? ORDER BY events.id DESC LIMIT 1",
    )
    .bind(request.0)
    .fetch_optional(&mut *db)
    .await?;
    Ok(live.map(RequestId))
}

/// Whether a name belongs to a request that brought this very event live, now or before, or was cancelled while it changed it: it
/// stays that request's, and this one changes what it made.
async fn is_of_its_subject(db: &mut SqliteConnection, name: &str, live: Option<RequestId>) -> Result<bool> {
    let Some(live) = live else { return Ok(false) };
    let own: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM claims JOIN requests AS owner ON owner.id = claims.request
         JOIN requests AS live ON live.subject = owner.subject
         WHERE claims.name = ? AND live.id = ? AND owner.state IN ('live', 'cancelled') AND claims.name NOT LIKE 'evolves:%'",
    )
    .bind(name)
    .bind(live.0)
    .fetch_one(&mut *db)
    .await?;
    Ok(own > 0)
}

/// Another event's place in the bucket that this one lies in or around: a pipe would load the files of both.
async fn overlapping(db: &mut SqliteConnection, name: &str, live: Option<RequestId>) -> Result<Option<String>> {
    if !name.starts_with("prefix:") {
        return Ok(None);
    }
    let names: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM claims WHERE name LIKE 'prefix:%' AND name <> ?1
         AND (substr(name, 1, length(?1)) = ?1 OR substr(?1, 1, length(name)) = name)",
    )
    .bind(name)
    .fetch_all(&mut *db)
    .await?;
    for name in names {
        if !is_of_its_subject(db, &name, live).await? {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// The topics, the table without regard to case, because a warehouse user may not see the difference, the place of the files, and
/// the file itself.
fn names(artifact: &Artifact) -> Vec<String> {
    let occupied = |what: &str| artifact.occupies.as_ref().map(|name| format!("{what}:{name}"));
    let made = match artifact.kind {
        ArtifactKind::Topic => Some(format!("topic:{}", artifact.makes)),
        ArtifactKind::Table => Some(artifact.makes.to_uppercase()),
        ArtifactKind::Stage => occupied("prefix"),
        ArtifactKind::SqlApplication | ArtifactKind::Connector => occupied("topic"),
        _ => None,
    };
    made.into_iter().chain([artifact.path.clone()]).collect()
}

async fn taken(db: &mut SqliteConnection, name: String) -> Result<Failure> {
    let owner = sqlx::query(
        "SELECT requests.id, requests.subject FROM claims JOIN requests ON requests.id = claims.request WHERE claims.name = ?",
    )
    .bind(&name)
    .fetch_one(&mut *db)
    .await?;
    let (request, subject) = (RequestId(owner.try_get("id")?), owner.try_get("subject")?);
    Ok(StoreError::Taken { name, request, subject }.into())
}
