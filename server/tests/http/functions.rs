//! Every server function and every kind of caller, whole: what each may do, and that reading changes nothing. A new function fails
//! here until it is staged and classified.

use std::collections::BTreeSet;

use axum::http::Method;
use domain::run::RunId;
use leptos::server_fn::axum::server_fn_paths;

use crate::answer::Answer;
use crate::stage::{CASES, Call, Stage};

/// The functions that answer to GET, which no site is kept from sending: they read and change nothing.
const READ_ONLY: [&str; 17] = [
    "about-subject",
    "bulk-report",
    "draft",
    "drafts",
    "events",
    "preview",
    "registries",
    "request",
    "requests",
    "run",
    "runs",
    "search",
    "searches",
    "session",
    "subject",
    "tokens",
    "unreadable",
];

const CALLERS: [&str; 4] = ["nobody", "engineer", "analyst", "platform-1"];

fn endpoints(method: &Method) -> BTreeSet<String> {
    let paths = server_fn_paths().filter(|(_, of)| of == method);
    paths.map(|(path, _)| path.strip_prefix("/api/ui/").expect("a stable prefix").to_owned()).collect()
}

fn endpoint(case: &str) -> String {
    case.split(' ').next().unwrap().to_owned()
}

#[tokio::test]
async fn every_server_function_is_staged() {
    let functions: BTreeSet<_> = endpoints(&Method::GET).union(&endpoints(&Method::POST)).cloned().collect();
    assert_eq!(functions.len(), server_fn_paths().count(), "all are called with GET or POST");
    assert_eq!(CASES.map(endpoint).into_iter().collect::<BTreeSet<_>>(), functions);
    let stage = Stage::new().await;
    for case in CASES {
        let call = stage.call(case).await;
        assert_eq!(call.path(), format!("/api/ui/{}", endpoint(case)));
        assert_eq!(matches!(call, Call::Get(_)), endpoints(&Method::GET).contains(&endpoint(case)), "{case}");
    }
}

#[tokio::test]
async fn functions_that_answer_to_get_are_those_that_only_read() {
    assert_eq!(endpoints(&Method::GET), READ_ONLY.map(str::to_owned).into());
    let stage = Stage::new().await;
    for name in CALLERS {
        let who = if name == "nobody" { stage.world.as_nobody() } else { stage.world.acting(name).await };
        let before = stage.world.dump().await;
        for endpoint in READ_ONLY {
            let answer = stage.call(endpoint).await.by(&who).await;
            assert!(name == "nobody" || answer.status == 200, "{endpoint} as {name}: {}", answer.body);
            assert_eq!(stage.world.dump().await, before, "{endpoint} as {name}");
        }
    }
}

#[tokio::test]
async fn a_function_that_changes_something_does_not_answer_to_get() {
    let stage = Stage::new().await;
    let who = stage.world.as_platform().await;
    let before = stage.world.dump().await;
    for endpoint in endpoints(&Method::POST) {
        let answer =
            who.get(&format!("/api/ui/{endpoint}?id=1&name=x&version=1&saves=2&digest=x&verdict=reject")).await;
        assert_eq!(answer.status, 405, "{endpoint}: {}", answer.body);
    }
    assert_eq!(stage.world.dump().await, before);
}

/// `yes`, or the name of the error that a page gets.
fn verdict(answer: &Answer) -> String {
    if answer.status == 200 {
        return "yes".to_owned();
    }
    let error: serde_json::Value = serde_json::from_str(&answer.body).expect(&answer.body);
    match error {
        serde_json::Value::String(name) => name,
        other => other.as_object().unwrap().keys().next().unwrap().clone(),
    }
}

#[tokio::test]
async fn every_function_does_for_every_caller_what_the_table_says_and_changes_nothing_when_it_refuses() {
    let stage = Stage::new().await;
    let mut table = format!("{:38} {:12} {:12} {:12} {}\n", "", CALLERS[0], CALLERS[1], CALLERS[2], CALLERS[3]);
    let mut callers = Vec::new();
    for name in CALLERS {
        callers.push(if name == "nobody" { stage.world.as_nobody() } else { stage.world.acting(name).await });
    }
    for case in CASES {
        table.push_str(&format!("{case:38}"));
        for who in &callers {
            let call = stage.call(case).await;
            let before = stage.world.dump().await;
            let answer = call.by(who).await;
            let changed = stage.world.dump().await != before;
            let verdict = verdict(&answer);
            let changes = verdict == "yes" && !READ_ONLY.contains(&endpoint(case).as_str());
            assert!(!changed || changes, "{case} is answered with {verdict} and changes something");
            if verdict == "yes" && endpoint(case) == "retry-run" {
                // The engine goes on with it, and the next call has to meet a store at rest.
                stage.world.until_over(RunId(call.id())).await;
            }
            table.push_str(&format!(" {verdict:12}"));
        }
        table.truncate(table.trim_end().len());
        table.push('\n');
    }
    insta::assert_snapshot!(table);
}

#[tokio::test]
async fn a_refusal_tells_the_page_what_the_policy_says() {
    let stage = Stage::new().await;
    let mut told = String::new();
    let refusals = [
        ("platform-1", "decide on platform-1's"),
        ("engineer", "decide on engineer's"),
        ("analyst", "withdraw engineer's"),
        ("platform-1", "withdraw what is decided"),
        ("platform-1", "retry-run that runs"),
        ("engineer", "cancel-run that is over"),
        ("engineer", "save-draft that is stale"),
        ("analyst", "revoke-token of engineer"),
    ];
    for (name, case) in refusals {
        let who = stage.world.acting(name).await;
        let answer = stage.call(case).await.by(&who).await;
        told.push_str(&format!("{name}, {case}\n    {} {}\n", answer.status, answer.body));
    }
    insta::assert_snapshot!(told);
}

#[tokio::test]
async fn arguments_that_cannot_be_read_are_an_error_of_the_page_and_not_of_the_server() {
    let stage = Stage::new().await;
    let who = stage.world.as_engineer().await;
    let before = stage.world.dump().await;
    let calls = [
        Call::Get("/api/ui/draft".into()),
        Call::Get("/api/ui/draft?id=one".into()),
        Call::Get("/api/ui/requests?inbox=theirs".into()),
        Call::Form("/api/ui/decide".into(), vec![("id", "1".into())]),
        Call::Form(
            "/api/ui/decide".into(),
            vec![("id", "1".into()), ("digest", "x".into()), ("verdict", "launch".into())],
        ),
        Call::Json(
            "/api/ui/save-draft".into(),
            serde_json::json!({ "id": 1, "builds_on": 1, "design": { "colums": {} } }),
        ),
    ];
    for call in calls {
        let answer = call.by(&who).await;
        assert!(["Invalid", "Outdated"].contains(&verdict(&answer).as_str()), "{}: {}", call.path(), answer.body);
    }
    assert_eq!(stage.world.dump().await, before);
}

#[tokio::test]
async fn a_function_that_is_not_there_any_more_is_told_as_such() {
    let stage = Stage::new().await;
    let who = stage.world.as_engineer().await;
    for call in [Call::Get("/api/ui/gone".into()), Call::Form("/api/ui/gone".into(), vec![("id", "1".into())])] {
        assert!(call.by(&who).await.problem(404).contains("/api/ui/gone"));
    }
}
