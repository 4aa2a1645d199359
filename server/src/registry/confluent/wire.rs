//! One request to a registry server: what it takes to get a value out of an answer that may be late, endless, or about something
//! else.

mod list;

use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode, redirect};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use service::ports::registry::{RegistryError, Traffic};
use url::{Host, Url};

pub use list::List;

use super::pace::{Pace, Turn, backoff};

use crate::registry::location::Auth;

/// The most of one answer that is a value.
const MAX_BODY_BYTES: usize = 8 << 20;
/// A list may take so many times as long as a value, as long as it does not stop in between.
const LISTS_TAKE: u32 = 20;
/// How often a call is made again that the server had no time for.
const AGAIN: u32 = 2;
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
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
    pace: Pace,
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
    pub fn new(url: &Url, auth: Auth, patience: Patience, calls_a_second: u32) -> Result<Self, String> {
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
        Ok(Self { client, auth, patience, pace: Pace::new(calls_a_second), server })
    }

    /// Gets a value; `what` names it in sentences.
    pub async fn get<T: DeserializeOwned>(&self, url: Url, what: &str) -> Result<T, RegistryError> {
        self.ask(url, None, what).await
    }

    /// Posts JSON for a value; what is posted may be posted twice. `what` names the value in sentences.
    pub async fn post<T: DeserializeOwned>(&self, url: Url, body: &Value, what: &str) -> Result<T, RegistryError> {
        self.ask(url, Some(body.to_string()), what).await
    }

    /// Opens a list; its elements have at most so many bytes. `what` names it in sentences.
    pub async fn list(&self, url: Url, longest: usize, what: &str) -> Result<List<'_>, RegistryError> {
        let total = self.patience.total * LISTS_TAKE;
        let (response, turn) = self.answer(&url, None, Some(total)).await?;
        let (status, html) = (response.status(), is_html(&response));
        if !status.is_success() {
            return Err(self.refused(response, html, what).await);
        }
        if html {
            return Err(self.html());
        }
        Ok(List::new(self, response, turn, longest, what))
    }

    /// What was asked so far, and how often it may be.
    pub fn traffic(&self) -> Traffic {
        Traffic { calls: self.pace.calls(), pace: self.pace.calls_a_second() }
    }

    async fn ask<T: DeserializeOwned>(&self, url: Url, posted: Option<String>, what: &str) -> Result<T, RegistryError> {
        let (response, turn) = self.answer(&url, posted.as_deref(), None).await?;
        let (status, html) = (response.status(), is_html(&response));
        if posted.is_some() && matches!(status, StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY) {
            return Err(self.disagreed(response, what).await);
        }
        if !status.is_success() {
            return Err(self.refused(response, html, what).await);
        }
        let body = match self.body(response, what).await {
            Err(RegistryError::Unreachable(why)) => {
                turn.failed(&why);
                return Err(RegistryError::Unreachable(why));
            }
            body => body?,
        };
        turn.went_well();
        if html || body.trim_ascii_start().starts_with(b"<") {
            return Err(self.html());
        }
        serde_json::from_slice(&body).map_err(|_| self.not_that(what))
    }

    /// The answer's beginning, asked for again while the server has no time; and the turn, for whoever reads the rest.
    async fn answer(
        &self,
        url: &Url,
        posted: Option<&str>,
        total: Option<Duration>,
    ) -> Result<(Response, Turn<'_>), RegistryError> {
        for attempt in 0.. {
            let turn = self.pace.turn().await.map_err(RegistryError::Unreachable)?;
            let response = match self.send(url, posted, total).await {
                Ok(response) => response,
                Err(error) => {
                    turn.failed(&error.to_string());
                    return Err(error);
                }
            };
            let status = response.status();
            let too_much = matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE);
            if too_much && attempt < AGAIN {
                let asked = self.retry_after(&response)?;
                self.pace.wait(asked.unwrap_or_else(|| backoff(FIRST_PAUSE, attempt, LONGEST_PAUSE)));
                turn.was_too_much();
            } else if status == StatusCode::TOO_MANY_REQUESTS {
                turn.was_too_much();
                return Err(self.too_many());
            } else if status.is_server_error() && status != StatusCode::NOT_IMPLEMENTED {
                turn.failed(&self.down(status));
                return Err(RegistryError::Unreachable(self.down(status)));
            } else {
                return Ok((response, turn));
            }
        }
        Err(self.too_many())
    }

    fn down(&self, status: StatusCode) -> String {
        format!("{} answered {status}. Look at its log.", self.server)
    }

    fn not_that(&self, what: &str) -> RegistryError {
        RegistryError::Garbage(format!(
            "{} answered with something that is not {what}. Is this a schema registry's address?",
            self.server
        ))
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

    async fn send(&self, url: &Url, posted: Option<&str>, total: Option<Duration>) -> Result<Response, RegistryError> {
        let request = match posted {
            None => self.client.get(url.clone()),
            Some(body) => self.client.post(url.clone()).header(CONTENT_TYPE, POSTED).body(body.to_owned()),
        };
        let request = match total {
            Some(total) => request.timeout(total),
            None => request,
        };
        let request = request.header(ACCEPT, ACCEPTED);
        let request = match &self.auth {
            Auth::None => request,
            Auth::Basic { user, password } => request.basic_auth(user, Some(&password.0)),
            Auth::Bearer(token) => request.bearer_auth(&token.0),
        };
        // The answer has to begin as soon as that of any other call, however long the rest may take.
        match tokio::time::timeout(self.patience.total, request.send()).await {
            Ok(sent) => sent.map_err(|error| self.unreachable(&error)),
            Err(_) => Err(self.too_slow()),
        }
    }

    fn too_slow(&self) -> RegistryError {
        RegistryError::Unreachable(format!(
            "{} did not answer within {} seconds. Check that it runs well.",
            self.server,
            self.patience.total.as_secs()
        ))
    }

    fn unreachable(&self, error: &reqwest::Error) -> RegistryError {
        let server = &self.server;
        if error.is_timeout() {
            return self.too_slow();
        }
        RegistryError::Unreachable(if error.is_connect() {
            format!("{server} cannot be reached: {}. Check its address and that it runs.", cause(error))
        } else {
            format!("{server} broke off: {}. Check that it runs well.", cause(error))
        })
    }

    /// How long the server wants to be left alone, if it says so.
    fn retry_after(&self, response: &Response) -> Result<Option<Duration>, RegistryError> {
        let Some(header) = response.headers().get(RETRY_AFTER) else { return Ok(None) };
        let seconds = header.to_str().ok().and_then(|text| text.trim().parse().ok()).unwrap_or(u64::MAX);
        let wait = Duration::from_secs(seconds);
        if wait > MAX_RETRY_AFTER {
            return Err(self.too_many());
        }
        Ok(Some(wait))
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

fn is_html(response: &Response) -> bool {
    response.headers().get(CONTENT_TYPE).is_some_and(|of| of.as_bytes().starts_with(b"text/html"))
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
