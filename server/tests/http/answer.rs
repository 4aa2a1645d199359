//! What came back, and the assertions that every test makes of it.

use axum::body::to_bytes;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use serde_json::Value;

use crate::actor::ORIGIN;

const LARGEST: usize = 64 << 20;

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub async fn read(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let body = String::from_utf8(to_bytes(body, LARGEST).await.unwrap().to_vec()).unwrap();
        Self { status: parts.status, headers: parts.headers, body }
    }

    pub fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body of an answer that is as it should be.
    #[track_caller]
    pub fn json(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.body);
        assert!(self.header(header::CONTENT_TYPE).starts_with("application/json"), "{:?}", self.headers);
        serde_json::from_str(&self.body).unwrap()
    }

    /// The sentence of a problem with this status; checks its shape.
    #[track_caller]
    pub fn problem(&self, status: u16) -> String {
        assert_eq!(self.status, status, "{}", self.body);
        assert_eq!(self.header(header::CONTENT_TYPE), "application/problem+json");
        let problem: Value = serde_json::from_str(&self.body).unwrap();
        let keys: Vec<_> = problem.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["status", "title", "detail"], "{problem}");
        assert_eq!(problem["status"], status);
        assert_eq!(problem["title"], self.status.canonical_reason().unwrap());
        let sentence = problem["detail"].as_str().unwrap().to_owned();
        assert!(sentence.trim() == sentence && sentence.ends_with(['.', '?', '…']), "{sentence}");
        sentence
    }

    /// Where it sends the browser: a path of this console and nothing else.
    #[track_caller]
    pub fn goes_to(&self) -> &str {
        assert!(self.status.is_redirection(), "{}: {}", self.status, self.body);
        let location = self.header(header::LOCATION);
        assert_own(location);
        location
    }
}

/// Asserts that a browser that is sent to `location` stays on this console.
#[track_caller]
pub fn assert_own(location: &str) {
    let origin: url::Url = ORIGIN.parse().unwrap();
    let there = origin.join(location).unwrap();
    assert_eq!(there.origin(), origin.origin(), "{location:?}");
}
