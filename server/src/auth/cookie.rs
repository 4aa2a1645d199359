//! Cookies: read one, set one, clear one. Always `HttpOnly`, `SameSite=Lax`, for the whole site.

use axum::http::{HeaderMap, HeaderValue, header};

/// The session's secret.
pub const SESSION: &str = "sluicegate_session";
/// The chosen theme; not a secret, and scripts read it.
pub const THEME: &str = "theme";

/// The value of a cookie.
pub fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

/// The header that sets the session's cookie.
pub fn session(secret: &str, seconds: i64) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("{SESSION}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax")).ok()
}

/// The header that clears the session's cookie.
pub fn no_session() -> HeaderValue {
    HeaderValue::from_static("sluicegate_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")
}

/// The header that keeps a theme for a year, or forgets it.
pub fn theme(theme: &str) -> HeaderValue {
    HeaderValue::from_static(match theme {
        "light" => "theme=light; Path=/; Max-Age=31536000; SameSite=Lax",
        "dark" => "theme=dark; Path=/; Max-Age=31536000; SameSite=Lax",
        _ => "theme=; Path=/; Max-Age=0; SameSite=Lax",
    })
}
