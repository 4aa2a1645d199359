//! Commits every artifact of the revision to its own branch.

use domain::run::Outcome;
use serde_json::json;

use super::{Handlers, StepError, Work};
use crate::ports::forge::Change;

pub async fn call(handlers: &Handlers, work: &Work) -> Result<Outcome, StepError> {
    let change = Change {
        branch: work.branch(),
        message: message(work),
        author: work.request.requester.0.clone(),
        files: work.revision.artifacts.iter().map(|a| (a.path.clone(), a.content.clone())).collect(),
    };
    let commit = handlers.forge.write_change(&change).await?;
    handlers
        .log(&work.call, &format!("{} holds {} files, commit {}", change.branch, change.files.len(), commit.0))
        .await?;
    Ok(Outcome::Done { output: json!({ "branch": change.branch, "commit": commit.0, "files": change.files.len() }) })
}

fn message(work: &Work) -> String {
    format!(
        "{}\n\nRequest: {}, revision {}\nDigest: {}\n",
        work.title(),
        work.request.id,
        work.revision.number,
        work.revision.digest
    )
}
