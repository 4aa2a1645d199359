//! Merges the pull request that the step before opened.

use domain::run::Outcome;
use serde_json::json;

use super::{Handlers, StepError, Work};

pub async fn call(handlers: &Handlers, work: &Work) -> Result<Outcome, StepError> {
    let number = work.output("open-pull-request", "number")?.as_u64().unwrap_or_default();
    let commit = handlers.forge.merge(number).await?;
    handlers.log(&work.call, &format!("pull request #{number} is merged as {}", commit.0)).await?;
    Ok(Outcome::Done { output: json!({ "number": number, "commit": commit.0 }) })
}
