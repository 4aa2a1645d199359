//! Pages, server functions and static files.

use std::path::Path;

use app::api::ApiError;
use app::app::{App, document};
use axum::body::{Body, to_bytes};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use axum::{Router, middleware};
use leptos::prelude::provide_context;
use leptos_axum::{LeptosRoutes, generate_route_list, render_app_async_with_context};
use tower_http::services::ServeDir;

use super::AppState;
use crate::auth;

/// More than any error's sentence needs.
const MAX_ERROR_BYTES: usize = 1 << 20;

/// Pages for people who are signed in (and the sign-in page), and the server functions.
pub fn router(state: &AppState) -> Router<AppState> {
    let options = state.leptos.clone();
    Router::new()
        .leptos_routes_with_context(state, generate_route_list(App), context(state), move || document(options.clone()))
        .layer(middleware::from_fn(auth::require_session))
        .layer(middleware::map_response(with_status))
}

/// Gives a server function's error the status that it stands for; Leptos answers all of them with 500.
async fn with_status(response: Response) -> Response {
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, MAX_ERROR_BYTES).await else { return parts.status.into_response() };
    let status = serde_json::from_slice::<ApiError>(&body).ok().map(|error| error.status());
    parts.status = status.and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or(parts.status);
    Response::from_parts(parts, Body::from(body))
}

/// Static files of the site folder; whatever is not there is answered with the page that says so.
pub fn files(state: &AppState, site: &Path) -> ServeDir<axum::routing::MethodRouter> {
    let options = state.leptos.clone();
    let not_found = render_app_async_with_context(context(state), move || document(options.clone()));
    let identify = middleware::from_fn_with_state(state.console.clone(), auth::identify_session);
    ServeDir::new(site)
        .precompressed_br()
        .precompressed_gzip()
        .append_index_html_on_directories(false)
        .call_fallback_on_method_not_allowed(true)
        .fallback(any(not_found).layer(identify))
}

fn context(state: &AppState) -> impl Fn() + Clone + Send + Sync + 'static {
    let (console, surroundings) = (state.console.clone(), state.surroundings.clone());
    move || {
        provide_context(console.clone());
        provide_context(surroundings.clone());
    }
}
