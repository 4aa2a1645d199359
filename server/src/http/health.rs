//! Liveness and readiness. A registry that is gone leaves the console ready: the last snapshot serves.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::AppState;
use super::problem::Problem;

/// The process answers.
pub async fn live() -> &'static str {
    "ok\n"
}

/// The store answers, to those who read and to those who write.
pub async fn ready(State(state): State<AppState>) -> Response {
    let writes = state.store.ping().await;
    let reads = state.store.next_due().await;
    match writes.and(reads) {
        Ok(_) => "ready\n".into_response(),
        Err(error) => {
            tracing::error!(?error, "not ready");
            let sentence = "The console's database does not answer. Look at the server's log and at the disk.";
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, sentence).into_response()
        }
    }
}
