//! Runs: list, open, retry, cancel.

use domain::journal::{RunSummary, RunView};
use domain::run::RunId;
use domain::time::Timestamp;
use leptos::prelude::*;

use super::ApiError;

/// The newest runs, newest first, and when the list was made.
#[server(prefix = "/api/ui", endpoint = "runs", input = leptos::server_fn::codec::GetUrl)]
pub async fn runs() -> Result<(Vec<RunSummary>, Timestamp), ApiError> {
    let (console, actor) = super::ctx::console()?;
    Ok((console.runs(&actor).await?, console.now()))
}

/// One run with its journal.
#[server(prefix = "/api/ui", endpoint = "run", input = leptos::server_fn::codec::GetUrl)]
pub async fn open_run(id: RunId) -> Result<RunView, ApiError> {
    let (console, actor) = super::ctx::console()?;
    Ok(console.run(&actor, id).await?)
}

/// Tries the failed step again.
#[server(prefix = "/api/ui", endpoint = "retry-run")]
pub async fn retry_run(id: RunId) -> Result<(), ApiError> {
    let (console, actor) = super::ctx::console()?;
    console.retry_run(&actor, id).await?;
    super::ctx::go_to(&crate::paths::run(id));
    Ok(())
}

/// Stops a run.
#[server(prefix = "/api/ui", endpoint = "cancel-run")]
pub async fn cancel_run(id: RunId) -> Result<(), ApiError> {
    let (console, actor) = super::ctx::console()?;
    console.cancel_run(&actor, id).await?;
    super::ctx::go_to(&crate::paths::run(id));
    Ok(())
}
