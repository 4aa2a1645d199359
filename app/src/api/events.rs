//! The catalogue, and the draft that takes a drained pipe out of an event's life.

use domain::event::OnboardedEvent;
use domain::time::Timestamp;
use leptos::prelude::*;

use super::ApiError;

/// Every onboarded event, and when the list was made.
#[server(prefix = "/api/ui", endpoint = "events", input = leptos::server_fn::codec::GetUrl)]
pub async fn events() -> Result<(Vec<OnboardedEvent>, Timestamp), ApiError> {
    let (console, actor) = super::ctx::console()?;
    Ok((console.events(&actor).await?, console.now()))
}

/// Begins a draft that takes the drained pipe of an older version out, and goes to its review.
#[server(prefix = "/api/ui", endpoint = "retire-pipe")]
pub async fn retire_pipe(name: String, version: u32) -> Result<(), ApiError> {
    let (console, actor) = super::ctx::console()?;
    let name = domain::subject::SubjectName::parse(name).map_err(|e| ApiError::Invalid(e.to_string()))?;
    let draft = console.retire_pipe(&actor, &name, domain::subject::Version(version)).await?;
    super::ctx::go_to(&crate::paths::review(draft.id));
    Ok(())
}
