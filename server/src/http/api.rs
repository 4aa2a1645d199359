//! The HTTP API for scripts, over the same façade as the pages. Its contract is the OpenAPI document beside it.

mod events;
mod render;
mod requests;
mod runs;
pub mod search;
mod subjects;
pub mod types;

use axum::extract::OriginalUri;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router, middleware};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::AppState;
use super::layers::too_large;
use super::problem::Problem;
use crate::auth;

/// The API below `/api/v1`.
pub fn router(state: &AppState) -> Router<AppState> {
    let guarded = Router::new()
        .route("/subjects", get(subjects::list))
        .route("/subjects/{subject}/versions/{version}", get(subjects::version))
        .route("/search", get(search::list))
        .route("/search/export", get(search::export))
        .route("/render", post(render::render))
        .route("/requests", get(requests::list).post(requests::submit))
        .route("/requests/{id}", get(requests::open))
        .route("/requests/{id}/decisions", post(requests::decide))
        .route("/runs/{id}", get(runs::open))
        .route("/events", get(events::list))
        .route_layer(middleware::from_fn_with_state(state.console.clone(), auth::require_token));
    guarded
        .route("/openapi.json", get(|| async { Json(document()) }))
        .fallback(missing)
        .method_not_allowed_fallback(wrong_method)
}

/// The OpenAPI document.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

#[derive(OpenApi)]
#[openapi(
    info(title = "Sluicegate", description = "From a schema in a registry to an onboarded event. Errors are application/problem+json."),
    servers((url = "/api/v1")),
    paths(
        subjects::list, subjects::version, search::list, search::export, render::render, requests::list, requests::submit, requests::open, requests::decide,
        runs::open, events::list
    ),
    security(("token" = [])),
    modifiers(&BearerToken)
)]
struct Document;

struct BearerToken;

impl Modify for BearerToken {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
        document.components.get_or_insert_default().add_security_scheme("token", scheme);
    }
}

/// Says that there is no such call.
pub async fn missing(OriginalUri(uri): OriginalUri) -> impl IntoResponse {
    Problem::new(
        StatusCode::NOT_FOUND,
        format!("There is nothing at {}. The calls are listed in /api/v1/openapi.json.", uri.path()),
    )
}

async fn wrong_method(OriginalUri(uri): OriginalUri) -> impl IntoResponse {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        format!("{} does not take this method. The calls are listed in /api/v1/openapi.json.", uri.path()),
    )
}

impl From<JsonRejection> for Problem {
    fn from(rejection: JsonRejection) -> Self {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            return too_large();
        }
        Self::new(rejection.status(), format!("The body cannot be used: {}.", rejection.body_text()))
    }
}

impl From<QueryRejection> for Problem {
    fn from(rejection: QueryRejection) -> Self {
        Self::new(rejection.status(), format!("The query cannot be used: {}.", rejection.body_text()))
    }
}

impl From<PathRejection> for Problem {
    fn from(rejection: PathRejection) -> Self {
        Self::new(rejection.status(), format!("The path cannot be used: {}.", rejection.body_text()))
    }
}
