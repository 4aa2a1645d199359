//! Other sites cannot make a signed-in browser change anything: every way to post, every header that tells a foreign request.

use std::collections::BTreeSet;

use axum::http::header::{HeaderName, ORIGIN};
use axum::http::{Method, header};
use leptos::server_fn::axum::server_fn_paths;

use crate::actor::{Client, ORIGIN as OWN};
use crate::answer::Answer;
use crate::stage::{CASES, Call, Stage};

const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

const FOREIGN: [(HeaderName, &str); 7] = [
    (SITE, "cross-site"),
    (SITE, "same-site"),
    (ORIGIN, "https://evil.example"),
    (ORIGIN, "null"),
    (ORIGIN, "http://127.0.0.1:3000.evil.example"),
    (ORIGIN, "http://localhost:3000"),
    (ORIGIN, "http://127.0.0.1:8080"),
];

/// What a browser would do on purpose: every changing function, and the forms beside them.
async fn posts(stage: &Stage) -> Vec<Call> {
    let mut calls = Vec::new();
    for case in CASES {
        let call = stage.call(case).await;
        if !matches!(call, Call::Get(_)) {
            calls.push(call);
        }
    }
    let form = |path: &str, name, value: &str| Call::Form(path.to_owned(), vec![(name, value.to_owned())]);
    calls.push(form(app::paths::BEGIN_SESSION, "user", "platform-1"));
    calls.push(form(app::paths::END_SESSION, "return_to", "/"));
    calls.push(form(app::paths::THEME, "theme", "dark"));
    calls
}

#[track_caller]
fn assert_refused(answer: &Answer, what: &str) {
    let sentence = answer.problem(403);
    assert!(sentence.starts_with("This was sent from another site, so nothing was done."), "{what}: {sentence}");
    assert!(answer.headers.get(header::SET_COOKIE).is_none(), "{what}");
}

#[tokio::test]
async fn every_way_to_post_is_tried() {
    let stage = Stage::new().await;
    let tried: BTreeSet<_> = posts(&stage).await.iter().map(|call| call.path().to_owned()).collect();
    let mut expected: BTreeSet<_> =
        server_fn_paths().filter(|(_, method)| *method == Method::POST).map(|(path, _)| path.to_owned()).collect();
    let source = include_str!("../../src/http.rs");
    let forms = source.split(".route(app::paths::").skip(1).map(|rest| rest.split(',').next().unwrap());
    let forms: Vec<_> = forms.collect();
    assert_eq!(forms, ["BEGIN_SESSION", "END_SESSION", "THEME"], "the forms of the router");
    expected.extend([app::paths::BEGIN_SESSION, app::paths::END_SESSION, app::paths::THEME].map(str::to_owned));
    assert_eq!(tried, expected);
}

#[tokio::test]
async fn what_another_site_posts_is_refused_and_changes_nothing() {
    let stage = Stage::new().await;
    let calls = posts(&stage).await;
    for name in ["engineer", "platform-1"] {
        let who = stage.world.acting(name).await;
        let before = stage.world.dump().await;
        for (header, value) in FOREIGN {
            let browser = who.clone().with(header, value);
            for call in &calls {
                assert_refused(&call.by(&browser).await, call.path());
            }
        }
        assert_eq!(stage.world.dump().await, before);
    }
}

#[tokio::test]
async fn a_form_of_another_site_cannot_pass_for_json() {
    let stage = Stage::new().await;
    let who = stage.world.as_platform().await;
    let before = stage.world.dump().await;
    for (header, value) in FOREIGN {
        let browser = who.clone().with(header, value);
        for content_type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
            let body = r#"{"id":1,"builds_on":2,"design":{}}"#;
            assert_refused(&browser.send("POST", "/api/ui/save-draft", content_type, body).await, content_type);
        }
    }
    assert_eq!(stage.world.dump().await, before);
}

#[tokio::test]
async fn another_site_cannot_use_other_methods_either() {
    let stage = Stage::new().await;
    let who = stage.world.as_platform().await;
    let before = stage.world.dump().await;
    for method in ["PUT", "PATCH", "DELETE"] {
        for path in ["/api/ui/decide", "/session/end", "/requests/1", "/"] {
            let foreign: Client = who.clone().with(SITE, "cross-site");
            assert_refused(&foreign.send(method, path, "", "").await, path);
            assert!(who.send(method, path, "", "").await.status.is_client_error(), "{method} {path}");
        }
    }
    assert_eq!(stage.world.dump().await, before);
}

#[tokio::test]
async fn what_the_console_itself_posts_is_done() {
    let stage = Stage::new().await;
    for (header, value) in [(SITE, "same-origin"), (SITE, "none"), (ORIGIN, OWN)] {
        let who = stage.world.as_platform().await.with(header, value);
        for case in
            ["create-draft", "create-token", "decide on engineer's", "withdraw engineer's", "save-draft of engineer"]
        {
            let call = stage.call(case).await;
            let before = stage.world.dump().await;
            assert_eq!(call.by(&who).await.status, 200, "{case}");
            assert_ne!(stage.world.dump().await, before, "{case}");
        }
    }
}

#[tokio::test]
async fn another_site_may_link_to_a_page() {
    let stage = Stage::new().await;
    let who = stage.world.as_engineer().await.with(SITE, "cross-site");
    assert_eq!(who.get("/requests/1").await.status, 200);
}
