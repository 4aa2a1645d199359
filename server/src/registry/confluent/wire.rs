//! One request to a registry server: what it takes to get a value out of an answer that may be late, endless, or about something
//! else.

use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode, redirect};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use service::ports::registry::RegistryError;
use url::{Host, Url};

use crate::registry::location::Auth;

const MAX_BODY_BYTES: usize = 8 << 20;
const MAX_RETRY_AFTER: Duration = Duration::from_secs(30);
const MAX_REASON_CHARS: usize = 1_000;
const POSTED: &str = "application/vnd.schemaregistry.v1+json";
const ACCEPTED: &str = "application/vnd.schemaregistry.v1+json, application/json";

/// How long a server is waited for.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Until the connection stands.
    pub connect: Duration,
    /// Until the answer is there, connecting included.
    pub total: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), total: Duration::from_secs(15) }
    }
}

pub struct Wire {
    client: Client,
    auth: Auth,
    patience: Patience,
    /// For sentences.
    server: String,
}

/// The error object of the API; codes from 40401 to 40499 say that something is not there.
#[derive(Deserialize)]
struct ApiError {
    error_code: i64,
}

/// The same with its sentence.
#[derive(Deserialize)]
struct Disagreement {
    message: String,
}

impl Wire {
    pub fn new(url: &Url, auth: Auth, patience: Patience) -> Result<Self, String> {
        if let Auth::Bearer(token) = &auth
            && HeaderValue::from_str(&token.0).is_err()
        {
            return Err("The registry's token holds characters that HTTP cannot carry. Check for a line break.".into());
        }
        // A second installation is refused, and the first stays: this is the one provider of the process.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = Client::builder()
            .connect_timeout(patience.connect)
            .timeout(patience.total)
            .redirect(redirect::Policy::none())
            .user_agent(concat!("sluicegate/", env!("CARGO_PKG_VERSION")));
        let builder = if is_loopback(url) { builder.no_proxy() } else { builder };
        let client = builder.build().map_err(|error| {
            format!(
                "Connections to the registry cannot be set up: {}. Check the machine's certificates.",
                cause(&error)
            )
        })?;
        let server = format!("The registry at {}", url.as_str().trim_end_matches('/'));
        Ok(Self { client, auth, patience, server })
    }

    /// Gets a value; `what` names it in sentences.
    pub async fn get<T: DeserializeOwned>(&self, url: Url, what: &str) -> Result<T, RegistryError> {
        self.ask(url, None, what).await
    }

    /// Posts JSON for a value; what is posted may be posted twice. `what` names the value in sentences.
    pub async fn post<T: DeserializeOwned>(&self, url: Url, body: &Value, what: &str) -> Result<T, RegistryError> {
        self.ask(url, Some(body.to_string()), what).await
    }

    async fn ask<T: DeserializeOwned>(&self, url: Url, posted: Option<String>, what: &str) -> Result<T, RegistryError> {
        let mut response = self.send(&url, posted.clone()).await?;
        if response.status() == StatusCode::TOO_MANY_REQUESTS {
            tokio::time::sleep(self.retry_after(&response)?).await;
            response = self.send(&url, posted.clone()).await?;
        }
        let status = response.status();
        let html = response.headers().get(CONTENT_TYPE).is_some_and(|of| of.as_bytes().starts_with(b"text/html"));
        if posted.is_some() && matches!(status, StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY) {
            return Err(self.disagreed(response, what).await);
        }
        if !status.is_success() {
            return Err(self.refused(response, html, what).await);
        }
        let body = self.body(response, what).await?;
        if html || body.trim_ascii_start().starts_with(b"<") {
            return Err(self.html());
        }
        serde_json::from_slice(&body).map_err(|_| {
            RegistryError::Garbage(format!(
                "{} answered with something that is not {what}. Is this a schema registry's address?",
                self.server
            ))
        })
    }

    /// That there is a server, and that it is not a registry.
    pub fn no_registry(&self) -> RegistryError {
        RegistryError::Garbage(format!(
            "{} answered 404 Not Found for its list of subjects. Is this the registry's address, with the whole path?",
            self.server
        ))
    }

    fn html(&self) -> RegistryError {
        RegistryError::Garbage(format!(
            "{} answered with HTML instead of JSON. Is this the registry's address, and not that of its web page or a sign-in page?",
            self.server
        ))
    }

    async fn send(&self, url: &Url, posted: Option<String>) -> Result<Response, RegistryError> {
        let request = match posted {
            None => self.client.get(url.clone()),
            Some(body) => self.client.post(url.clone()).header(CONTENT_TYPE, POSTED).body(body),
        };
        let request = request.header(ACCEPT, ACCEPTED);
        let request = match &self.auth {
            Auth::None => request,
            Auth::Basic { user, password } => request.basic_auth(user, Some(&password.0)),
            Auth::Bearer(token) => request.bearer_auth(&token.0),
        };
        request.send().await.map_err(|error| self.unreachable(&error))
    }

    fn unreachable(&self, error: &reqwest::Error) -> RegistryError {
        let server = &self.server;
        RegistryError::Unreachable(if error.is_timeout() {
            format!(
                "{server} did not answer within {} seconds. Check that it runs well.",
                self.patience.total.as_secs()
            )
        } else if error.is_connect() {
            format!("{server} cannot be reached: {}. Check its address and that it runs.", cause(error))
        } else {
            format!("{server} broke off: {}. Check that it runs well.", cause(error))
        })
    }

    fn retry_after(&self, response: &Response) -> Result<Duration, RegistryError> {
        let header = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
        let seconds = header.map_or(Some(1), |text| text.trim().parse().ok()).unwrap_or(u64::MAX);
        let wait = Duration::from_secs(seconds);
        if wait > MAX_RETRY_AFTER {
            return Err(self.too_many());
        }
        Ok(wait)
    }

    fn too_many(&self) -> RegistryError {
        RegistryError::Unreachable(format!(
            "{} says that it is asked too often. It is asked again later; allow the console more requests there.",
            self.server
        ))
    }

    async fn refused(&self, response: Response, html: bool, what: &str) -> RegistryError {
        let (status, server) = (response.status(), &self.server);
        match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => RegistryError::Forbidden(self.forbidden(status)),
            StatusCode::TOO_MANY_REQUESTS => self.too_many(),
            StatusCode::NOT_FOUND => {
                let error = self.body(response, what).await.ok().and_then(|body| serde_json::from_slice(&body).ok());
                match error {
                    Some(ApiError { error_code: 40401..=40499 }) => {
                        RegistryError::NotFound(format!("{server} does not have {what}."))
                    }
                    _ if html => self.html(),
                    _ => RegistryError::Garbage(format!(
                        "{server} answered 404 Not Found for {what}. Is something between here and it that changes addresses?"
                    )),
                }
            }
            _ if status.is_redirection() => RegistryError::Garbage(format!(
                "{server} sends elsewhere ({status}), which is not followed. Give the address where it ends."
            )),
            _ if status.is_server_error() => {
                RegistryError::Unreachable(format!("{server} answered {status}. Look at its log."))
            }
            _ => {
                RegistryError::Garbage(format!("{server} answered {status} for {what}. Is this a registry's address?"))
            }
        }
    }

    /// That the registry refused what was posted, in its own words as far as they are some.
    async fn disagreed(&self, response: Response, what: &str) -> RegistryError {
        let body = self.body(response, what).await.unwrap_or_default();
        let why = serde_json::from_slice::<Disagreement>(&body).map(|answer| answer.message).unwrap_or_default();
        let why: String = why.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MAX_REASON_CHARS).collect();
        let why = if why.is_empty() { "it gives no reason".to_owned() } else { why };
        RegistryError::Refused(format!("{} refused {what}: {}.", self.server, why.trim_end_matches('.')))
    }

    fn forbidden(&self, status: StatusCode) -> String {
        let server = &self.server;
        match self.auth {
            Auth::None => {
                format!("{server} asks for credentials ({status}). Configure a user and password or a token.")
            }
            _ => {
                format!("{server} refused the credentials ({status}). Check that they are right and may read subjects.")
            }
        }
    }

    async fn body(&self, mut response: Response, what: &str) -> Result<Vec<u8>, RegistryError> {
        let too_large = || {
            RegistryError::Garbage(format!(
                "{} answered with more than {} MiB for {what}, which is not read.",
                self.server,
                MAX_BODY_BYTES >> 20
            ))
        };
        if response.content_length().is_some_and(|length| length > MAX_BODY_BYTES as u64) {
            return Err(too_large());
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.unreachable(&error))? {
            if body.len() + chunk.len() > MAX_BODY_BYTES {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// The innermost reason, which names neither URL nor credentials.
fn cause(error: &reqwest::Error) -> String {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    let text = if std::ptr::addr_eq(innermost, error) { "the connection failed".into() } else { innermost.to_string() };
    text.trim_end_matches('.').chars().filter(|c| !c.is_control()).take(200).collect()
}
