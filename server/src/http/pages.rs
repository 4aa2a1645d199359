//! Pages, server functions and static files.

use std::path::Path;

use app::app::{App, document};
use axum::routing::any;
use axum::{Router, middleware};
use leptos::prelude::provide_context;
use leptos_axum::{LeptosRoutes, generate_route_list, render_app_async_with_context};
use tower_http::services::ServeDir;

use super::AppState;
use crate::auth;

/// Pages for people who are signed in (and the sign-in page), and the server functions.
pub fn router(state: &AppState) -> Router<AppState> {
    let options = state.leptos.clone();
    Router::new()
        .leptos_routes_with_context(state, generate_route_list(App), context(state), move || document(options.clone()))
        .layer(middleware::from_fn(auth::require_session))
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
