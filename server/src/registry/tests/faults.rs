//! Every way in which a registry server can fail, and the sentence that says so without repeating what it sent or what it was sent.

use std::time::{Duration, Instant};

use domain::subject::Version;
use service::ports::registry::{BulkAsk, RegisteredSchema, Registry, RegistryError};

use super::name;
use super::wire::{Answer, RawServer, http};
use crate::registry::confluent::{Confluent, Patience};
use crate::registry::location::{Auth, Secret};

const MARKER: &str = "what-the-server-sent";

fn client(url: &str) -> Confluent {
    let patience = Patience { connect: Duration::from_secs(1), total: Duration::from_millis(700) };
    let auth = Auth::Basic { user: "user".into(), password: Secret("password-of-ours".into()) };
    Confluent::with_patience(url.parse().unwrap(), auth, patience).unwrap()
}

async fn schema(answer: Answer) -> Result<RegisteredSchema, RegistryError> {
    let server = RawServer::start(vec![answer]).await;
    client(&server.url).schema(&name("a"), Version(1)).await
}

async fn sentence(answer: Answer) -> (&'static str, String) {
    let error = schema(answer).await.unwrap_err();
    let sentence = error.to_string();
    assert!(sentence.ends_with(['.', '?']) && sentence.starts_with("The registry at http://127.0.0.1:"), "{sentence}");
    assert!(!sentence.contains(MARKER) && !sentence.contains("password"), "{sentence}");
    let kind = match error {
        RegistryError::NotFound(_) => "not found",
        RegistryError::Forbidden(_) => "forbidden",
        RegistryError::Unreachable(_) => "unreachable",
        RegistryError::Refused(_) => "refused",
        RegistryError::Garbage(_) => "garbage",
    };
    (kind, sentence)
}

async fn says(answer: Answer, kind: &str, word: &str) {
    let (found, sentence) = sentence(answer).await;
    assert!(found == kind && sentence.contains(word), "{found}: {sentence}");
}

#[tokio::test]
async fn a_refusal_is_told_apart_from_a_failure() {
    says(http("401 Unauthorized", "", MARKER), "forbidden", "refused the credentials").await;
    says(http("403 Forbidden", "", MARKER), "forbidden", "refused the credentials").await;
    says(http("500 Internal Server Error", "", MARKER), "unreachable", "500").await;
    says(http("503 Service Unavailable", "content-type: text/html\r\n", MARKER), "unreachable", "503").await;
    says(http("422 Unprocessable Entity", "", MARKER), "garbage", "422").await;
    let missing = format!("{{\"error_code\": 40402, \"message\": \"{MARKER}\"}}");
    says(http("404 Not Found", "", &missing), "not found", "version 1 of a").await;
    says(http("404 Not Found", "", "{\"error_code\": 404}"), "garbage", "changes addresses").await;
    says(http("404 Not Found", "content-type: text/html\r\n", "<h1>"), "garbage", "HTML").await;
}

#[tokio::test]
async fn a_server_that_wants_credentials_and_gets_none_asks_for_them() {
    let server = RawServer::start(vec![http("401 Unauthorized", "", "")]).await;
    let registry = Confluent::new(server.url.parse().unwrap(), Auth::None).unwrap();
    let sentence = registry.subjects().await.unwrap_err().to_string();
    assert!(sentence.contains("asks for credentials"), "{sentence}");
}

#[tokio::test]
async fn an_answer_that_is_not_the_api_is_recognised() {
    says(http("200 OK", "", &format!("<!doctype html>{MARKER}")), "garbage", "HTML instead of JSON").await;
    says(http("200 OK", "content-type: text/html\r\n", "{}"), "garbage", "HTML instead of JSON").await;
    says(http("200 OK", "", &format!("{{{MARKER}")), "garbage", "something that is not version 1 of a").await;
    says(http("200 OK", "", &format!("{{\"id\": \"{MARKER}\"}}")), "garbage", "something that is not").await;
    says(http("200 OK", "", &"[".repeat(100_000)), "garbage", "something that is not").await;
    says(http("200 OK", "", ""), "garbage", "something that is not").await;
    says(http("204 No Content", "", ""), "garbage", "something that is not").await;
    says(Answer::Bytes(format!("220 {MARKER} ESMTP\r\n").into()), "unreachable", "broke off").await;
}

#[tokio::test]
async fn a_server_without_the_list_of_subjects_is_no_registry() {
    let server = RawServer::start(vec![http("404 Not Found", "", "{\"error_code\": 40401}")]).await;
    let error = client(&server.url).subjects().await.unwrap_err();
    assert!(matches!(&error, RegistryError::Garbage(sentence) if sentence.contains("with the whole path")), "{error}");
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let elsewhere = RawServer::start(vec![http("200 OK", "", "[]")]).await;
    let location = format!("location: {}/{MARKER}\r\n", elsewhere.url);
    says(http("302 Found", &location, ""), "garbage", "not followed").await;
    assert!(elsewhere.requests.lock().unwrap().is_empty());
}

#[tokio::test]
async fn an_answer_cut_short_is_not_taken_for_a_whole_one() {
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\": 1, \"schema\": \"{}\"}";
    says(Answer::Bytes(cut.into()), "unreachable", "broke off").await;
    says(Answer::Bytes(Vec::new()), "unreachable", "broke off").await;
}

#[tokio::test]
async fn a_server_that_is_down_cannot_be_reached() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = client(&url).subjects().await.unwrap_err();
    assert!(
        matches!(&error, RegistryError::Unreachable(sentence) if sentence.contains("cannot be reached")),
        "{error}"
    );
}

#[tokio::test]
async fn a_slow_server_is_waited_for_once_and_not_per_byte() {
    let started = Instant::now();
    says(Answer::Silence(Vec::new()), "unreachable", "did not answer within").await;
    says(Answer::Silence(b"HTTP/1.1 200 OK\r\n\r\n{".into()), "unreachable", "did not answer within").await;
    says(Answer::Drip(b"HTTP/1.1 200 OK\r\n\r\n".into()), "unreachable", "did not answer within").await;
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn an_endless_answer_is_left_after_a_few_mebibytes() {
    let start = |text: &str| format!("HTTP/1.1 200 OK\r\n\r\n{text}").into_bytes();
    says(Answer::Endless(start("{"), vec![b' '; 65_536]), "garbage", "more than 8 MiB").await;
    let name = "x".repeat(1000);
    let endless = [("", " ".repeat(65_536), "blanks"), ("[\"", "x".repeat(65_536), "64 KiB for one element")];
    for (begin, again, word) in endless {
        let server = RawServer::start(vec![Answer::Endless(start(begin), again.into_bytes())]).await;
        let registry = Confluent::new(server.url.parse().unwrap(), Auth::None).unwrap();
        let error = registry.subjects().await.unwrap_err();
        assert!(matches!(&error, RegistryError::Garbage(sentence) if sentence.contains(word)), "{error}");
        drop(registry);
        assert!(*server.sent.lock().unwrap() < 64 << 20);
    }
    let row = format!("{{\"subject\":\"{name}\",\"version\":1,\"id\":1,\"schema\":\"\"}},");
    let server = RawServer::start(vec![Answer::Endless(start("["), row.repeat(50).into_bytes())]).await;
    let registry = Confluent::new(server.url.parse().unwrap(), Auth::None).unwrap();
    let (sender, mut rows) = tokio::sync::mpsc::channel(1);
    let ask = BulkAsk { prefix: String::new(), offset: 0, deleted: false };
    let some = async {
        for _ in 0..100 {
            rows.recv().await.unwrap();
        }
        drop(rows);
    };
    let (count, ()) = tokio::join!(registry.bulk(&ask, sender), some);
    assert!(count.unwrap() >= 100);
}

#[tokio::test]
async fn an_answer_that_says_it_is_huge_is_not_even_begun() {
    let start = b"HTTP/1.1 200 OK\r\ncontent-length: 104857600\r\n\r\n".to_vec();
    says(Answer::Silence(start), "garbage", "more than 8 MiB").await;
}

#[tokio::test]
async fn a_server_that_asks_for_a_pause_is_asked_again_once() {
    let busy = || http("429 Too Many Requests", "retry-after: 0\r\n", MARKER);
    let server = RawServer::start(vec![busy(), http("200 OK", "", "[\"a\"]")]).await;
    assert_eq!(client(&server.url).subjects().await.unwrap(), ["a"]);
    says(busy(), "unreachable", "too often").await;
    let started = Instant::now();
    says(http("429 Too Many Requests", "retry-after: 3600\r\n", ""), "unreachable", "too often").await;
    says(http("429 Too Many Requests", "retry-after: soon\r\n", ""), "unreachable", "too often").await;
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn an_answer_may_leave_out_what_is_not_needed_and_hold_more_than_is_known() {
    let body = r#"{"id": 7, "schema": "\"string\"", "guid": "x", "references": [
        {"name": "b", "subject": "b", "version": 2}, {"name": "c", "subject": "c", "version": -1}]}"#;
    let read = schema(http("200 OK", "", body)).await.unwrap();
    assert_eq!((read.id.0, read.schema_type.word(), read.references.len()), (7, "avro", 1));
    let other = schema(http("200 OK", "", r#"{"id": 7, "schema": "", "schemaType": "THRIFT"}"#)).await.unwrap_err();
    assert!(other.to_string().contains("language that is not understood"), "{other}");
}
