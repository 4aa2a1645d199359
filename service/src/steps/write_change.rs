//! Commits every artifact of the revision to its own branch, and takes away the SQL application that the design no longer has and
//! the COPY of pipes that are taken out.

use domain::artifact::{ArtifactKind, copy_path};
use domain::run::Outcome;
use serde_json::json;

use super::{Handlers, StepError, Work};
use crate::live;
use crate::ports::forge::Change;

pub async fn call(handlers: &Handlers, work: &Work) -> Result<Outcome, StepError> {
    let change = Change {
        branch: work.branch(),
        message: message(handlers, work).await?,
        author: work.request.requester.0.clone(),
        files: work.revision.artifacts.iter().map(|a| (a.path.clone(), a.content.clone())).collect(),
        removed: removed(handlers, work).await?,
    };
    let commit = handlers.forge.write_change(&change).await?;
    handlers
        .log(&work.call, &format!("{} holds {} files, commit {}", change.branch, change.files.len(), commit.0))
        .await?;
    for path in &change.removed {
        handlers.log(&work.call, &format!("{path} is gone from {}", change.branch)).await?;
    }
    Ok(Outcome::Done { output: json!({ "branch": change.branch, "commit": commit.0, "files": change.files.len() }) })
}

/// The files of what goes on running until its file is gone, and the COPY of every pipe that is taken out. All others of a live event
/// stay: older pipes read theirs, and the steps of each change are its account.
async fn removed(handlers: &Handlers, work: &Work) -> Result<Vec<String>, StepError> {
    let revision = &work.revision;
    let live = live::revision(&*handlers.store, &work.request.subject).await?;
    let before = live.into_iter().flat_map(|revision| revision.artifacts);
    let paths = before.filter(|artifact| artifact.kind == ArtifactKind::SqlApplication).map(|artifact| artifact.path);
    let stay = live::made_by(revision).versions;
    let gone = revision.input.live.versions.iter().filter(|version| !stay.contains(version));
    let copies = gone.map(|version| copy_path(&revision.input.subject, *version));
    Ok(paths.chain(copies).filter(|path| revision.artifacts.iter().all(|artifact| artifact.path != *path)).collect())
}

async fn message(handlers: &Handlers, work: &Work) -> Result<String, StepError> {
    let title = work.title(&*handlers.store).await?;
    let (request, revision) = (work.request.id, &work.revision);
    Ok(format!("{title}\n\nRequest: {request}, revision {}\nDigest: {}\n", revision.number, revision.digest))
}
