//! `GET /runs/{id}`.

use app::api::ctx::Caller;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::{Extension, Json};
use domain::journal::RunView;
use domain::run::RunId;

use super::requests::caller;
use super::types::{Run, Step, word};
use crate::http::AppState;
use crate::http::problem::Problem;

/// One run with its steps.
#[utoipa::path(get, path = "/runs/{id}", params(("id" = i64, Path)), responses(
    (status = 200, body = Run), (status = 404, body = Problem)
))]
pub async fn open(
    State(state): State<AppState>,
    Extension(who): Extension<Caller>,
    id: Result<Path<String>, PathRejection>,
) -> Result<Json<Run>, Problem> {
    let Path(id) = id?;
    let id = id.parse().ok().filter(|id| *id > 0).map(RunId);
    let id = id.ok_or_else(|| Problem::bad_request("A run's number is written as 12. Take it from its request."))?;
    Ok(Json(Run::from(&state.console.run(&caller(who)?, id).await?)))
}

impl From<&RunView> for Run {
    fn from(view: &RunView) -> Self {
        let steps = view.machine.plan().steps.iter().enumerate().map(|(index, step)| {
            let mut attempts = view.attempts.iter().filter(|a| a.step == step.key);
            Step {
                key: step.key.to_string(),
                state: word(&view.machine.step_state(index)),
                attempts: attempts.clone().count(),
                output: view.machine.outputs().get(&step.key).cloned(),
                message: attempts.next_back().map(|a| a.message.clone()).unwrap_or_default(),
            }
        });
        Self {
            id: view.summary.id.0,
            request: view.summary.request.0,
            subject: view.summary.subject.to_string(),
            state: view.summary.state.word().to_owned(),
            steps: steps.collect(),
            started_at: view.summary.started_at.to_string(),
            ended_at: view.summary.ended_at.map(|t| t.to_string()),
        }
    }
}
