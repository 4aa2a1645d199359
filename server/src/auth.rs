//! Who calls: sessions in cookies for browsers, bearer tokens for scripts. Everything behind it sees a [`Caller`].

pub mod cookie;
pub mod forms;
pub mod secret;

use app::api::ctx::Caller;
use axum::extract::{Request, State};
use axum::http::header::AUTHORIZATION;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use service::Console;

use crate::http::problem::Problem;

/// Puts the caller of a browser request into its extensions; a bearer token is not looked at here.
pub async fn identify_session(State(console): State<Console>, mut request: Request, next: Next) -> Response {
    let actor = match cookie::read(request.headers(), cookie::SESSION) {
        None => None,
        Some(secret) => match console.actor_of_session(&secret).await {
            Ok(actor) => actor,
            Err(error) => return Problem::from(error).into_response(),
        },
    };
    request.extensions_mut().insert(Caller(actor));
    next.run(request).await
}

/// Puts the holder of the bearer token into an API request's extensions, or refuses it.
pub async fn require_token(State(console): State<Console>, mut request: Request, next: Next) -> Response {
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let secret =
        header.and_then(|value| value.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let Some((_, secret)) = secret else {
        return Problem::unauthorized(
            "This call needs a token. Make one on the API tokens page and send it as Authorization: Bearer sgt_….",
        )
        .into_response();
    };
    match console.actor_of_token(secret.trim()).await {
        Ok(Some(actor)) => {
            request.extensions_mut().insert(Caller(Some(actor)));
            next.run(request).await
        }
        Ok(None) => {
            Problem::unauthorized("This token is not known here. It may be revoked, or made for another console.")
                .into_response()
        }
        Err(error) => Problem::from(error).into_response(),
    }
}

/// Sends whoever is not signed in to the sign-in page, and back afterwards. Server functions answer for themselves.
pub async fn require_session(request: Request, next: Next) -> Response {
    let signed_in = request.extensions().get::<Caller>().is_some_and(|caller| caller.0.is_some());
    let path = request.uri().path();
    if signed_in || path == app::paths::SIGN_IN || path.starts_with("/api/") {
        return next.run(request).await;
    }
    let here = request.uri().path_and_query().map_or("/", |p| p.as_str());
    Redirect::to(&format!("{}?return_to={}", app::paths::SIGN_IN, app::paths::encode(here))).into_response()
}
