//! The forms that change cookies: sign in, sign out, theme. Plain posts, so they work without scripts.

use app::api::ctx::Caller;
use axum::Form;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use service::Console;
use service::console::SESSION_SECONDS;

use super::cookie;
use crate::http::problem::Problem;

/// Whether the seeded people may sign in: only while the server listens on loopback.
#[derive(Debug, Clone, Copy)]
pub struct SeededSignIn(pub bool);

/// The sign-in form.
#[derive(Debug, Deserialize)]
pub struct SignIn {
    user: String,
    #[serde(default)]
    return_to: String,
}

/// A form that only says where to go back to, and perhaps a theme.
#[derive(Debug, Deserialize)]
pub struct Preference {
    #[serde(default)]
    theme: String,
    #[serde(default)]
    return_to: String,
}

/// Begins a session for a seeded person; ends the one that the browser had.
pub async fn begin(
    State(console): State<Console>,
    Extension(SeededSignIn(offered)): Extension<SeededSignIn>,
    headers: HeaderMap,
    Form(form): Form<SignIn>,
) -> Response {
    if !offered || !is_loopback_host(&headers) {
        return Problem::new(
            StatusCode::FORBIDDEN,
            "Signing in as a seeded user is offered only on a loopback address. Open the console as http://127.0.0.1 or http://localhost.",
        )
        .into_response();
    }
    let before = cookie::read(&headers, cookie::SESSION);
    match console.begin_session(&form.user, before.as_deref()).await {
        Ok(secret) => go(&form.return_to, cookie::session(&secret, SESSION_SECONDS)),
        Err(error) => Problem::from(error).into_response(),
    }
}

/// Ends the session.
pub async fn end(State(console): State<Console>, Extension(caller): Extension<Caller>, headers: HeaderMap) -> Response {
    if let (Some(actor), Some(secret)) = (caller.0, cookie::read(&headers, cookie::SESSION))
        && let Err(error) = console.end_session(&actor, &secret).await
    {
        return Problem::from(error).into_response();
    }
    go(app::paths::SIGN_IN, Some(cookie::no_session()))
}

/// Keeps the chosen theme.
pub async fn theme(headers: HeaderMap, Form(form): Form<Preference>) -> Response {
    let back = if form.return_to.is_empty() { referer_path(&headers) } else { form.return_to };
    go(&back, Some(cookie::theme(&form.theme)))
}

/// Whether the browser believes to talk to this machine; another name that resolves to it is a trap of someone else's page.
fn is_loopback_host(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match url::Url::parse(&format!("http://{host}/")).ok().and_then(|url| url.host().map(|host| host.to_owned())) {
        Some(url::Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

fn go(to: &str, cookie: Option<HeaderValue>) -> Response {
    let mut response = Redirect::to(local_path(to)).into_response();
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

fn referer_path(headers: &HeaderMap) -> String {
    let referer = headers.get(header::REFERER).and_then(|v| v.to_str().ok()).and_then(|v| url::Url::parse(v).ok());
    referer.map_or_else(|| "/".into(), |url| url[url::Position::BeforePath..].to_owned())
}

/// The path if it is one of ours, else the first page: one leading slash, no other slash or backslash after it, no control characters.
pub fn local_path(path: &str) -> &str {
    let mut chars = path.chars();
    let local = chars.next() == Some('/') && !matches!(chars.next(), Some('/' | '\\'));
    if local && !path.chars().any(|c| c.is_control() || c == '\\') { path } else { app::paths::EXPLORE }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::{is_loopback_host, local_path};

    #[test]
    fn only_this_machine_signs_seeded_people_in() {
        let host = |name: &'static str| HeaderMap::from_iter([(header::HOST, HeaderValue::from_static(name))]);
        for name in ["127.0.0.1:3000", "localhost", "LOCALHOST:80", "[::1]:3000", "127.8.8.8"] {
            assert!(is_loopback_host(&host(name)), "{name}");
        }
        for name in ["evil.example", "localhost.evil.example", "10.0.0.1", "", "127.0.0.1.evil.example:3000"] {
            assert!(!is_loopback_host(&host(name)), "{name}");
        }
    }

    #[test]
    fn only_paths_of_ours_are_gone_back_to() {
        for bad in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "",
            "/a\r\nb",
            "/\t/evil",
            "\\\\evil",
        ] {
            assert_eq!(local_path(bad), "/", "{bad:?}");
        }
        for good in ["/", "/requests/3?x=//y", "/subject?name=a%2Fb"] {
            assert_eq!(local_path(good), good);
        }
    }
}
