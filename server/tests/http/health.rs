//! Liveness, readiness, and what every answer carries.

use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use sqlx::Connection as _;

use crate::world::World;

#[tokio::test]
async fn a_registry_that_is_gone_leaves_the_console_ready() {
    let gone = server::registry::parse_location("http://127.0.0.1:9/").unwrap();
    let world = World::over(gone).await;
    let nobody = world.as_nobody();
    assert_eq!(
        (nobody.get("/healthz").await.body.as_str(), nobody.get("/readyz").await.body.as_str()),
        ("ok\n", "ready\n")
    );
    let page = world.as_engineer().await.get("/").await;
    assert_eq!(page.status, 200);
}

#[tokio::test]
async fn a_database_that_is_gone_makes_the_console_alive_but_not_ready() {
    let world = World::new().await;
    let nobody = world.as_nobody();
    assert_eq!(nobody.get("/readyz").await.status, 200);
    let mut raw = world.raw().await;
    sqlx::query("ALTER TABLE runs RENAME TO lost").execute(&mut raw).await.unwrap();
    raw.close().await.unwrap();
    assert_eq!(nobody.get("/healthz").await.status, 200);
    let sentence = nobody.get("/readyz").await.problem(503);
    assert!(sentence.contains("database"), "{sentence}");
}

#[tokio::test]
async fn every_answer_is_guarded() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    for path in [
        "/",
        "/nothing",
        "/requests/1",
        "/healthz",
        "/api/v1/events",
        "/api/v1/nothing",
        "/api/ui/session",
        "/pkg/sluicegate.css",
    ] {
        let answer = engineer.get(path).await;
        assert_eq!(answer.header(X_CONTENT_TYPE_OPTIONS), "nosniff", "{path}");
        assert_eq!(answer.header(REFERRER_POLICY), "same-origin", "{path}");
        let policy = answer.header(CONTENT_SECURITY_POLICY);
        assert!(
            policy.starts_with("default-src 'none'; ") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}: {policy}");
        let html = answer.header(CONTENT_TYPE).starts_with("text/html");
        assert_eq!(html, policy.contains("script-src"), "{path}: {policy}");
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_with_a_sentence_everywhere() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    let before = world.dump().await;
    for path in ["/api/ui/save-draft", "/api/ui/create-token", "/session/begin", "/api/v1/render"] {
        let body = "x".repeat((10 << 20) + 1);
        let who = engineer.clone().with(axum::http::header::CONTENT_LENGTH, &body.len().to_string());
        let sentence = who.send("POST", path, "application/json", body).await.problem(413);
        assert_eq!(sentence, "The body is larger than 10 MiB, which is the most that is read. Send a smaller one.");
    }
    assert_eq!(world.dump().await, before);
}

#[tokio::test]
async fn files_outside_the_site_are_not_served() {
    let world = World::new().await;
    std::fs::write(world.folder.path().join("secret.txt"), "secret").unwrap();
    let nobody = world.as_nobody();
    assert_eq!(nobody.get("/pkg/sluicegate.css").await.body, "body{}");
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/pkg/../../secret.txt",
        "/pkg/..%5c..%5csecret.txt",
        "//secret.txt",
        "/sluicegate.db",
    ] {
        let answer = nobody.get(path).await;
        assert!(!answer.body.contains("secret\n") && answer.body != "secret", "{path}");
        assert_ne!(answer.status, 200, "{path}");
    }
}
