//! Live updates of a run as server-sent events. Every event is the whole view, so a reconnect misses nothing.

use std::convert::Infallible;
use std::time::Duration;

use app::api::ctx::Caller;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::journal::{RunId, RunView};
use domain::policy::Actor;
use futures::stream::{self, Stream};
use service::Console;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio_util::sync::CancellationToken;

use super::AppState;
use super::problem::Problem;

/// What a stream goes on from.
struct Following {
    console: Console,
    actor: Actor,
    id: RunId,
    changes: Receiver<RunId>,
    shutdown: CancellationToken,
    started: bool,
    over: bool,
}

/// Sends the run's view now and at every change, until the run is over.
pub async fn run(State(state): State<AppState>, Extension(caller): Extension<Caller>, Path(id): Path<i64>) -> Response {
    let Some(actor) = caller.0 else {
        return Problem::unauthorized("Sign in to follow a run.").into_response();
    };
    let id = RunId(id);
    let changes = match state.console.follow_runs(&actor) {
        Ok(changes) => changes,
        Err(error) => return Problem::from(error).into_response(),
    };
    if let Err(error) = state.console.run(&actor, id).await {
        return Problem::from(error).into_response();
    }
    let following =
        Following { console: state.console, actor, id, changes, shutdown: state.shutdown, started: false, over: false };
    let alive = KeepAlive::new().interval(Duration::from_secs(15));
    Sse::new(events(following)).keep_alive(alive).into_response()
}

fn events(following: Following) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(following, |mut f| async move {
        if f.over || (f.started && !f.changed().await) {
            return None;
        }
        f.started = true;
        let view = f.console.run(&f.actor, f.id).await.ok()?;
        f.over = view.is_settled();
        Some((Ok(event(&view)?), f))
    })
}

fn event(view: &RunView) -> Option<Event> {
    Event::default().event("run").json_data(view).ok()
}

impl Following {
    /// Waits until this run changes; false when the server stops.
    async fn changed(&mut self) -> bool {
        loop {
            tokio::select! {
                () = self.shutdown.cancelled() => return false,
                change = self.changes.recv() => match change {
                    Ok(id) if id == self.id => return true,
                    Ok(_) => {}
                    Err(RecvError::Lagged(_)) => return true,
                    Err(RecvError::Closed) => return false,
                },
            }
        }
    }
}
