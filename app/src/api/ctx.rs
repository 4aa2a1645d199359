//! The one file with `cfg`: how a server function reaches the console and the person who calls.

#[cfg(feature = "ssr")]
mod server {
    use domain::policy::Actor;
    use leptos::prelude::{expect_context, use_context};
    use service::{Console, Error};

    use crate::api::ApiError;

    /// Who calls; the server's middleware puts it into every request's extensions.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Caller(pub Option<Actor>);

    /// What the server tells pages about itself.
    #[derive(Debug, Clone, PartialEq, Eq, Default)]
    pub struct Surroundings {
        /// People whom the sign-in page offers; empty unless the server listens on loopback.
        pub people: Vec<Actor>,
        /// Where the registry is, for people.
        pub registry: String,
    }

    /// The person who calls.
    pub fn actor() -> Result<Actor, ApiError> {
        use_context::<axum::http::request::Parts>()
            .and_then(|parts| parts.extensions.get::<Caller>().cloned())
            .and_then(|caller| caller.0)
            .ok_or(ApiError::SignedOut)
    }

    /// The console, for the person who calls.
    pub fn console() -> Result<(Console, Actor), ApiError> {
        let actor = actor()?;
        Ok((expect_context::<Console>(), actor))
    }

    /// What the server tells pages about itself.
    pub fn surroundings() -> Surroundings {
        use_context().unwrap_or_default()
    }

    /// What the browser keeps under a name.
    pub fn kept(name: &str) -> Option<String> {
        let parts = use_context::<axum::http::request::Parts>()?;
        super::cookie(parts.headers.get("cookie")?.to_str().ok()?, name)
    }

    /// The theme that the person chose; `None` follows the system.
    pub fn theme() -> Option<&'static str> {
        match kept("theme")?.as_str() {
            "light" => Some("light"),
            "dark" => Some("dark"),
            _ => None,
        }
    }

    /// Sends the browser to another page after a change; to Explore when the path cannot stand in a header, where Leptos would panic.
    pub fn go_to(path: &str) {
        leptos_axum::redirect(if crate::paths::is_plain(path) { path } else { crate::paths::EXPLORE });
    }

    /// Sets the page's HTTP status.
    pub fn set_status(code: u16) {
        if let (Some(options), Ok(status)) =
            (use_context::<leptos_axum::ResponseOptions>(), axum::http::StatusCode::from_u16(code))
        {
            options.set_status(status);
        }
    }

    /// Forbids the page everything but its own scripts, styles and connections.
    pub fn set_content_security_policy() {
        let nonce = leptos::nonce::use_nonce().map(|n| format!(" 'nonce-{n}'")).unwrap_or_default();
        let policy = format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{nonce}; style-src 'self'; img-src 'self' data:; \
             font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        );
        if let (Some(options), Ok(value)) =
            (use_context::<leptos_axum::ResponseOptions>(), axum::http::HeaderValue::from_str(&policy))
        {
            options.insert_header(axum::http::header::CONTENT_SECURITY_POLICY, value);
        }
    }

    impl From<Error> for ApiError {
        fn from(error: Error) -> Self {
            let sentence = error.to_string();
            match error {
                Error::NotFound(_) => Self::NotFound(sentence),
                Error::Refused(_) => Self::Refused(sentence),
                Error::Conflict(_) => Self::Conflict(sentence),
                Error::Invalid(_) => Self::Invalid(sentence),
                Error::Unavailable { .. } => {
                    leptos::logging::error!("unavailable: {error:?}");
                    Self::Unavailable(sentence)
                }
                Error::Internal(_) => {
                    leptos::logging::error!("internal: {error:?}");
                    Self::Internal
                }
            }
        }
    }
}

#[cfg(feature = "ssr")]
pub use server::{Caller, Surroundings, actor, console, go_to, surroundings, theme};

/// Sets the page's HTTP status while it is rendered on the server; nothing in the browser.
pub fn set_status(code: u16) {
    #[cfg(feature = "ssr")]
    server::set_status(code);
    #[cfg(not(feature = "ssr"))]
    let _ = code;
}

/// The theme that the person chose: from the cookie on the server, from the document in the browser, so that both draw the same.
pub fn chosen_theme() -> Option<&'static str> {
    #[cfg(feature = "ssr")]
    return server::theme();
    #[cfg(not(feature = "ssr"))]
    match leptos::prelude::document().document_element()?.get_attribute("data-theme")?.as_str() {
        "light" => Some("light"),
        "dark" => Some("dark"),
        _ => None,
    }
}

/// A preference that the browser keeps under a name: from the cookie, in the browser as on the server, so that both draw the same.
pub fn kept(name: &str) -> Option<String> {
    #[cfg(feature = "ssr")]
    return server::kept(name);
    #[cfg(not(feature = "ssr"))]
    {
        use leptos::wasm_bindgen::JsCast as _;
        let document = leptos::prelude::document().dyn_into::<web_sys::HtmlDocument>().ok()?;
        cookie(&document.cookie().ok()?, name)
    }
}

/// Keeps a preference, of letters, digits, dots and dashes, for a year; in the browser only.
pub fn keep(name: &str, value: &str) {
    #[cfg(not(feature = "ssr"))]
    {
        use leptos::wasm_bindgen::JsCast as _;
        if let Ok(document) = leptos::prelude::document().dyn_into::<web_sys::HtmlDocument>() {
            // Where the browser keeps nothing, the address still says it.
            let _kept = document.set_cookie(&format!("{name}={value}; path=/; max-age=31536000; samesite=lax"));
        }
    }
    #[cfg(feature = "ssr")]
    let _ = (name, value);
}

/// The value of one cookie in a header of them.
fn cookie(header: &str, name: &str) -> Option<String> {
    header.split(';').find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('=').map(str::to_owned))
}

/// Sets the content security policy while the page is rendered on the server.
pub fn guard_page() {
    #[cfg(feature = "ssr")]
    server::set_content_security_policy();
}

/// The window's title. Leptos writes it into the document as it is and sets it in the browser as text, so only the server escapes it.
pub fn title(text: &str) -> String {
    let title = if text.is_empty() { "Sluicegate".to_owned() } else { format!("{text} · Sluicegate") };
    #[cfg(feature = "ssr")]
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    title
}
