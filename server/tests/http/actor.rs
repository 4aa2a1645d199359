//! Somebody who calls: pages and forms with a session's cookie, the API with a token, as a browser and a script do.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderName, Request, header};
use serde_json::Value;
use tower::ServiceExt as _;

use crate::answer::Answer;
use crate::world::ROUTING;

pub const HOST: &str = "127.0.0.1:3000";
pub const ORIGIN: &str = "http://127.0.0.1:3000";
pub const FORM: &str = "application/x-www-form-urlencoded";

#[derive(Clone)]
pub struct Client {
    router: Router,
    session: Option<String>,
    token: Option<String>,
    headers: Vec<(HeaderName, String)>,
}

impl Client {
    pub fn new(router: Router) -> Self {
        Self { router, session: None, token: None, headers: Vec::new() }
    }

    pub fn signed_in(self, session: String, token: String) -> Self {
        Self { session: Some(session), token: Some(token), ..self }
    }

    pub fn with_session(self, secret: &str) -> Self {
        Self { session: Some(secret.to_owned()), ..self }
    }

    pub fn with_token(self, secret: &str) -> Self {
        Self { token: Some(secret.to_owned()), ..self }
    }

    pub fn with(mut self, name: HeaderName, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub fn session(&self) -> &str {
        self.session.as_deref().unwrap()
    }

    pub fn token(&self) -> &str {
        self.token.as_deref().unwrap()
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "", String::new()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, "application/json", body.to_string()).await
    }

    /// A form as a browser sends it.
    pub async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send("POST", path, FORM, body).await
    }

    pub async fn send(&self, method: &str, path: &str, content_type: &str, body: impl Into<Body>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if self.headers.iter().all(|(name, _)| *name != header::HOST) {
            request = request.header(header::HOST, HOST);
        }
        if !content_type.is_empty() {
            request = request.header(header::CONTENT_TYPE, content_type);
        }
        let secret = if path.starts_with("/api/v1") {
            self.token.as_ref().map(|token| (header::AUTHORIZATION, format!("Bearer {token}")))
        } else {
            self.session.as_ref().map(|session| (header::COOKIE, format!("sluicegate_session={session}")))
        };
        for (name, value) in secret.iter().chain(&self.headers) {
            request = request.header(name, value);
        }
        let _together = ROUTING.read().await;
        let response = self.router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
        Answer::read(response).await
    }
}
