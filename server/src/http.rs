//! The router: pages and server functions, the HTTP API, live streams, health and static files, behind one set of layers.

pub mod api;
mod guard;
mod health;
mod layers;
mod pages;
pub mod problem;
mod stream;

use std::path::Path;
use std::sync::Arc;

use app::api::ctx::Surroundings;
use axum::extract::FromRef;
use axum::routing::{any, get, post};
use axum::{Extension, Router, middleware};
use leptos::config::LeptosOptions;
use service::Console;
use service::ports::store::Store;
use tokio_util::sync::CancellationToken;

use crate::auth;

/// What handlers share.
#[derive(Clone, FromRef)]
pub struct AppState {
    /// The façade.
    pub console: Console,
    /// What Leptos needs to know.
    pub leptos: LeptosOptions,
    /// The store, for readiness.
    pub store: Arc<dyn Store>,
    /// What pages are told about the server.
    pub surroundings: Surroundings,
    /// Ends open streams.
    pub shutdown: CancellationToken,
}

/// Everything that the server answers.
pub fn router(state: AppState, site: &Path) -> Router {
    let seeded = auth::forms::SeededSignIn(!state.surroundings.people.is_empty());
    let identify = middleware::from_fn_with_state(state.console.clone(), auth::identify_session);
    let forms = Router::new()
        .route(app::paths::BEGIN_SESSION, post(auth::forms::begin))
        .route(app::paths::END_SESSION, post(auth::forms::end))
        .route(app::paths::THEME, post(auth::forms::theme))
        .layer(Extension(seeded));
    let browser = pages::router(&state)
        .merge(forms)
        .layer(identify.clone())
        .layer(middleware::from_fn(guard::refuse_foreign_answers));
    let streams = Router::new().route("/runs/{id}/stream", get(stream::run)).layer(identify);
    let quick = Router::new()
        .merge(browser)
        .nest("/api/v1", api::router(&state))
        .route("/api", any(api::missing))
        .route("/api/{*rest}", any(api::missing))
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready));
    let app = layers::quick(quick).merge(streams).fallback_service(pages::files(&state, site));
    layers::every(app).with_state(state)
}
