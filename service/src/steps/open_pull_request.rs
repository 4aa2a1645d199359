//! Proposes the branch to the forge.

use domain::run::Outcome;
use serde_json::json;

use super::{Handlers, StepError, Work};

pub async fn call(handlers: &Handlers, work: &Work) -> Result<Outcome, StepError> {
    let title = work.title(&*handlers.store).await?;
    let files: String = work.revision.artifacts.iter().map(|a| format!("- `{}`: {}\n", a.path, a.summary)).collect();
    let body = format!(
        "{} revision {}, asked for by {}.\n\n{files}\nDigest: `{}`\n",
        work.request.id, work.revision.number, work.request.requester, work.revision.digest
    );
    let pull_request = handlers.forge.open_pull_request(&work.branch(), &title, &body).await?;
    handlers.log(&work.call, &format!("pull request {} for {}", pull_request.label, work.branch())).await?;
    Ok(Outcome::Done { output: json!({ "number": pull_request.number, "pullRequest": pull_request.label }) })
}
