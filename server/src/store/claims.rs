//! What an approved or live request makes belongs to it: its topic, its table and its files. A second approval that would make the same is refused
//! in the transaction that records it; a run that is cancelled before its merge was begun gives everything back (a
//! trigger does that).

use domain::artifact::{Artifact, ArtifactKind};
use domain::request::RequestId;
use service::ports::store::StoreError;
use sqlx::Row as _;

use super::Tx;
use super::error::{Failure, Result};
use super::row;

/// Claims everything that the revision makes for its request.
pub async fn claim(tx: &mut Tx, request: RequestId, revision: u32) -> Result<()> {
    let stored = sqlx::query("SELECT artifacts FROM revisions WHERE request = ? AND number = ?")
        .bind(request.0)
        .bind(revision)
        .fetch_one(&mut **tx)
        .await?;
    let artifacts: Vec<Artifact> = row::json(&stored, "artifacts")?;
    for name in artifacts.iter().flat_map(names) {
        let claimed = sqlx::query("INSERT INTO claims (name, request) VALUES (?, ?) ON CONFLICT (name) DO NOTHING")
            .bind(&name)
            .bind(request.0)
            .execute(&mut **tx)
            .await?;
        if claimed.rows_affected() == 0 {
            return Err(taken(tx, name).await?);
        }
    }
    Ok(())
}

/// The topic, the table without regard to case, because a warehouse user may not see the difference, and the file.
fn names(artifact: &Artifact) -> Vec<String> {
    let made = match artifact.kind {
        ArtifactKind::Topic => Some(format!("topic:{}", artifact.makes)),
        ArtifactKind::Table => Some(artifact.makes.to_uppercase()),
        _ => None,
    };
    made.into_iter().chain([artifact.path.clone()]).collect()
}

async fn taken(tx: &mut Tx, name: String) -> Result<Failure> {
    let owner = sqlx::query(
        "SELECT requests.id, requests.subject FROM claims JOIN requests ON requests.id = claims.request WHERE claims.name = ?",
    )
    .bind(&name)
    .fetch_one(&mut **tx)
    .await?;
    let (request, subject) = (RequestId(owner.try_get("id")?), owner.try_get("subject")?);
    Ok(StoreError::Taken { name, request, subject }.into())
}
