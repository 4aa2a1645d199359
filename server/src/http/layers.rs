//! What every answer passes: limits, time-outs, security headers, compression, a caught panic.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::csrf::{CsrfLayer, ProtectionError};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use super::AppState;
use super::problem::Problem;

/// The largest request body: a schema of 4 MiB in JSON, with room for its design.
const MAX_BODY_MIB: usize = 10;
const TIME_OUT: Duration = Duration::from_secs(30);

/// For everything but streams.
pub fn quick(router: Router<AppState>) -> Router<AppState> {
    router
        .layer(DefaultBodyLimit::max(MAX_BODY_MIB << 20))
        .layer(middleware::from_fn(refuse_large))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIME_OUT))
}

/// For everything.
pub fn every(router: Router<AppState>) -> Router<AppState> {
    let header = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    router
        .layer(CatchPanicLayer::custom(caught))
        .layer(CsrfLayer::new().with_rejection_response(foreign))
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::REFERRER_POLICY, "same-origin"))
        .layer(header(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"))
        .layer(header(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        .layer(header(HeaderName::from_static("cross-origin-resource-policy"), "same-origin"))
        .layer(CompressionLayer::new().compress_when(compressible()))
        .layer(TraceLayer::new_for_http())
}

/// What is worth compressing on its way: no stream, which would wait for more, and no wasm, which release builds keep compressed and
/// which takes seconds while developing.
fn compressible() -> impl Predicate {
    let stream = NotForContentType::const_new("text/event-stream");
    DefaultPredicate::new().and(stream).and(NotForContentType::const_new("application/wasm"))
}

/// A body was larger than what is read.
pub fn too_large() -> Problem {
    Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        format!("The body is larger than {MAX_BODY_MIB} MiB, which is the most that is read. Send a smaller one."),
    )
}

/// Answers a body that says how large it is before any of it is read; whatever does not say so is cut off while it is read.
async fn refuse_large(request: Request, next: Next) -> Response {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if length.is_some_and(|bytes: usize| bytes > MAX_BODY_MIB << 20) {
        return too_large().into_response();
    }
    next.run(request).await
}

fn foreign(_: ProtectionError) -> Response {
    Problem::new(
        StatusCode::FORBIDDEN,
        "This was sent from another site, so nothing was done. Open the console itself and do it there.",
    )
    .into_response()
}

fn caught(_panic: Box<dyn std::any::Any + Send + 'static>) -> Response {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on the server. It is in the server's log.")
        .into_response()
}
