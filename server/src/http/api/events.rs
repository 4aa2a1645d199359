//! `GET /events`: the catalogue.

use app::api::ctx::Caller;
use axum::extract::State;
use axum::{Extension, Json};
use domain::event::OnboardedEvent;

use super::requests::caller;
use super::types::Event;
use crate::http::AppState;
use crate::http::problem::Problem;

/// Every onboarded event, by name.
#[utoipa::path(get, path = "/events", responses((status = 200, body = Vec<Event>)))]
pub async fn list(
    State(state): State<AppState>,
    Extension(who): Extension<Caller>,
) -> Result<Json<Vec<Event>>, Problem> {
    let events = state.console.events(&caller(who)?).await?;
    Ok(Json(events.iter().map(Event::from).collect()))
}

impl From<&OnboardedEvent> for Event {
    fn from(e: &OnboardedEvent) -> Self {
        Self {
            name: e.name.clone(),
            subject: e.subject.to_string(),
            version: e.version.0,
            newest: e.newest.map(|v| v.0),
            table: e.table.clone(),
            pipes: e.pipes.iter().map(|version| version.0).collect(),
            topic: e.topic.clone(),
            owner: e.owner.to_string(),
            request: e.request.0,
            run: e.run.0,
            pull_request: e.pull_request.clone(),
            live_since: e.live_since.to_string(),
        }
    }
}
