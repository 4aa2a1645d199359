//! The server dies in the middle of a run, at every step and on both sides of its effect; the next one finishes the run, and everything
//! is there once.

use std::os::unix::process::ExitStatusExt as _;

use domain::plan::Plan;
use serde_json::{Value, json};

use crate::server::{Place, Script};

/// Submits, and approves as somebody else; gives the request's path. The server may end before it answers the approval.
async fn launch(engineer: &Script, reviewer: &Script) -> String {
    engineer.until_read().await;
    let submitted = engineer.post("/requests", &json!({ "subject": "order_placed-value", "version": 6 })).await;
    let request = format!("/requests/{}", submitted["id"]);
    let approval = json!({ "decision": "approve", "digest": submitted["digest"] });
    reviewer.post_perhaps(&format!("{request}/decisions"), &approval).await;
    request
}

/// The run completed, and each of its effects is there exactly once.
async fn assert_live_once(place: &Place, script: &Script, request: &str) -> Value {
    let detail = script.until(request, |request| request["state"] == "live").await;
    let run = script.get(&format!("/runs/{}", detail["run"])).await;
    assert_eq!(run["state"], "completed", "{run:#}");
    assert!(run["steps"].as_array().unwrap().iter().all(|step| step["state"] == "done"), "{run:#}");
    let events = script.get("/events").await;
    assert_eq!(events.as_array().unwrap().len(), 1, "{events:#}");

    let merges = place.git(&["log", "--merges", "--format=%H", "main"]);
    assert_eq!(merges.lines().count(), 1, "{merges}");
    let commits = place.git(&["rev-list", "--no-merges", "--count", "--all"]);
    assert!(commits.trim() == "1" || commits.trim() == "2", "the change, and perhaps the first commit: {commits}");
    for file in detail["files"].as_array().unwrap() {
        let content = place.git(&["show", &format!("main:{}", file["path"].as_str().unwrap())]);
        assert_eq!(content, file["content"].as_str().unwrap());
    }
    let pulls = place.git(&["for-each-ref", "--format=%(refname)"]);
    let pulls: Vec<_> = pulls.lines().filter(|name| name.starts_with("refs/pull")).collect();
    assert!(pulls.iter().all(|name| name.starts_with("refs/pull/1")), "one pull request: {pulls:?}");
    run
}

async fn survives(step: &str, side: &str) {
    let place = Place::new();
    let mut doomed = place.start_with(Some(&format!("{step}:{side}")));
    let (engineer, reviewer) = (place.token("engineer"), place.token("platform-1"));
    let request = launch(&doomed.script(&engineer), &doomed.script(&reviewer)).await;
    assert_eq!(doomed.ends().await.code(), Some(137), "{step}:{side}");

    let server = place.start();
    let run = assert_live_once(&place, &server.script(&engineer), &request).await;
    for told in run["steps"].as_array().unwrap() {
        assert_eq!(told["attempts"], 1, "an interrupted attempt is taken up again: {told:#}");
    }
}

#[tokio::test]
async fn a_run_survives_a_crash_before_every_step() {
    for step in Plan::onboarding().steps {
        survives(&step.key.0, "before").await;
    }
}

#[tokio::test]
async fn a_run_survives_a_crash_after_the_effect_of_every_step() {
    for step in Plan::onboarding().steps {
        survives(&step.key.0, "after").await;
    }
}

#[tokio::test]
async fn a_server_that_is_killed_at_any_moment_leaves_nothing_half_done() {
    for pause in [0, 3, 7, 15, 30, 60] {
        let place = Place::new();
        let mut server = place.start();
        let (engineer, reviewer) = (place.token("engineer"), place.token("platform-1"));
        let request = launch(&server.script(&engineer), &server.script(&reviewer)).await;
        tokio::time::sleep(std::time::Duration::from_millis(pause)).await;
        server.child.kill().unwrap();
        assert_eq!(server.ends().await.signal(), Some(9));

        let server = place.start();
        assert_live_once(&place, &server.script(&engineer), &request).await;
    }
}
