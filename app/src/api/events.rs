//! The catalogue.

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
