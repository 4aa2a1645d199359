//! Liveness and readiness. A registry that is gone leaves the console ready: the last snapshot serves.

use axum::extract::State;
use axum::response::{IntoResponse, Response};

use super::AppState;
use super::problem::Problem;

/// The process answers.
pub async fn live() -> &'static str {
    "ok\n"
}

/// The store answers.
pub async fn ready(State(state): State<AppState>) -> Response {
    match state.store.next_due().await {
        Ok(_) => "ready\n".into_response(),
        Err(error) => Problem::from(service::Error::from(error)).into_response(),
    }
}
