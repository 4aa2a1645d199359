//! A plain HTTP call, as a script makes it: no cookies, no browser, one connection.

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Result;

/// What a server answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: String,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Result<Value> {
        Ok(serde_json::from_str(&self.body).map_err(|error| format!("{error} in {:?}", self.body))?)
    }
}

/// Reads a path of the server at `base` (`http://host:port`), with a bearer token if one is given.
pub async fn get(base: &str, path: &str, token: Option<&str>) -> Result<Answer> {
    call(base, "GET", path, &token.map(bearer).unwrap_or_default(), "").await
}

/// Reads a path with one more header.
pub async fn get_with(base: &str, path: &str, header: &str, value: &str) -> Result<Answer> {
    call(base, "GET", path, &format!("{header}: {value}\r\n"), "").await
}

/// Posts JSON to a path of the server at `base`, with a bearer token if one is given.
pub async fn post(base: &str, path: &str, token: Option<&str>, body: &Value) -> Result<Answer> {
    call(base, "POST", path, &token.map(bearer).unwrap_or_default(), &body.to_string()).await
}

fn bearer(token: &str) -> String {
    format!("Authorization: Bearer {token}\r\n")
}

async fn call(base: &str, method: &str, path: &str, headers: &str, body: &str) -> Result<Answer> {
    let host = base.trim_start_matches("http://");
    // HTTP/1.0: the answer then comes in one piece and ends with the connection.
    let request = format!(
        "{method} {path} HTTP/1.0\r\nHost: {host}\r\n{headers}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(host).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or("the answer has no end of its head")?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or("the answer has no status")?;
    Ok(Answer { status, body: body.to_owned() })
}
