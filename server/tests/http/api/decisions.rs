//! Decisions: what is refused, and with which words.

use domain::request::Verdict;
use serde_json::{Value, json};
use service::console::Submission;

use crate::actor::Client;
use crate::answer::Answer;
use crate::world::{World, actor};

async fn decide(who: &Client, id: i64, body: Value) -> Answer {
    who.post(&format!("/api/v1/requests/{id}/decisions"), &body).await
}

#[tokio::test]
async fn a_decision_on_a_revision_that_was_replaced_is_a_conflict_and_changes_nothing() {
    let world = World::new().await;
    let (engineer, reviewer) = (world.as_engineer().await, world.as_platform().await);
    let (request, digest) = world.submitted("engineer", "order_cancelled-value").await;
    let who = actor("engineer");
    let draft = world.console.revise(&who, request).await.unwrap();
    let design = serde_json::from_value(json!({ "table": { "comment": "Orders that nobody got." } })).unwrap();
    let saved = world.console.save_draft(&who, draft, 1, design).await.unwrap();
    let again = Submission::Draft { id: draft, saves: saved.saves };
    let newer = world.console.submit(&who, again).await.unwrap();
    assert_eq!((newer.request, newer.revision), (request, 2));
    assert_ne!(newer.digest, digest);

    let before = world.dump().await;
    for decision in ["approve", "request_changes", "reject"] {
        let body = json!({ "decision": decision, "digest": digest, "reason": "Because." });
        let sentence = decide(&reviewer, request.0, body).await.problem(409);
        assert_eq!(
            sentence,
            "R-1 is in review at revision 2 by now, which is not what you looked at. Reload, look at the newest revision, \
             and decide on that."
        );
    }
    assert_eq!(world.dump().await, before);
    let body = json!({ "decision": "approve", "digest": newer.digest });
    assert_eq!(decide(&reviewer, request.0, body).await.json(200)["state"], "approved");
    assert_eq!(engineer.get("/api/v1/requests/1").await.json(200)["revision"], 2);
}

#[tokio::test]
async fn a_decision_names_the_digest_that_was_seen() {
    let world = World::new().await;
    let reviewer = world.as_platform().await;
    let (request, digest) = world.submitted("engineer", "tip_adjusted-value").await;
    for wrong in ["", "0", &digest[1..], &digest.to_uppercase()] {
        let body = json!({ "decision": "approve", "digest": wrong });
        assert!(decide(&reviewer, request.0, body).await.problem(409).contains("not what you looked at"), "{wrong:?}");
    }
    let missing = decide(&reviewer, request.0, json!({ "decision": "approve" })).await.problem(422);
    assert!(missing.contains("digest"), "{missing}");
    assert_eq!(reviewer.get("/api/v1/requests/1").await.json(200)["decisions"], json!([]));
}

#[tokio::test]
async fn whoever_sends_back_or_rejects_says_why() {
    let world = World::new().await;
    let reviewer = world.as_platform().await;
    let (request, digest) = world.submitted("engineer", "tip_adjusted-value").await;
    for decision in ["request_changes", "reject"] {
        for reason in [json!(""), json!("  \n")] {
            let body = json!({ "decision": decision, "digest": digest, "reason": reason });
            let sentence = decide(&reviewer, request.0, body).await.problem(422);
            assert_eq!(sentence, "Say why, in a sentence that the author can act on.");
        }
        let body = json!({ "decision": decision, "digest": digest, "reason": "x".repeat(4001) });
        assert!(decide(&reviewer, request.0, body).await.problem(422).contains("4000"));
    }
    let body = json!({ "decision": "request_changes", "digest": digest, "reason": " Mask the address. " });
    assert_eq!(
        decide(&reviewer, request.0, body).await.json(200),
        json!({ "state": "changes_requested", "run": null })
    );
    let decisions = reviewer.get("/api/v1/requests/1").await.json(200)["decisions"].clone();
    assert_eq!((&decisions[0]["reason"], &decisions[0]["by"]), (&json!("Mask the address."), &json!("platform-1")));
}

#[tokio::test]
async fn only_the_platform_team_decides() {
    let world = World::new().await;
    let (request, digest) = world.submitted("engineer", "tip_adjusted-value").await;
    for name in ["engineer", "analyst"] {
        let body = json!({ "decision": "approve", "digest": digest });
        let sentence = decide(&world.acting(name).await, request.0, body).await.problem(403);
        assert_eq!(sentence, "Only the platform team decides on requests.");
    }
}

#[tokio::test]
async fn a_request_is_decided_once() {
    let world = World::new().await;
    let reviewer = world.as_platform().await;
    let (request, digest) = world.submitted("engineer", "tip_adjusted-value").await;
    world.decided("platform-2", request, Verdict::Reject).await;
    let body = json!({ "decision": "approve", "digest": digest });
    let sentence = decide(&reviewer, request.0, body).await.problem(403);
    assert_eq!(sentence, "This request is not in review, so there is nothing to decide.");
}

#[tokio::test]
async fn of_many_approvals_at_the_same_moment_one_launches_the_only_run() {
    let world = World::new().await;
    let (one, two) = (world.as_platform().await, world.acting("platform-2").await);
    let (request, digest) = world.submitted("engineer", "tip_adjusted-value").await;
    let body = json!({ "decision": "approve", "digest": digest });
    let all = (0..12).map(|n| decide(if n % 2 == 0 { &one } else { &two }, request.0, body.clone()));
    let answers = futures::future::join_all(all).await;
    let won: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
    assert_eq!(won.len(), 1);
    for lost in answers.iter().filter(|answer| answer.status != 200) {
        let sentence = lost.problem(lost.status.as_u16());
        assert!(lost.status == 409 || lost.status == 403, "{sentence}");
    }
    assert_eq!(world.console.runs(&actor("engineer")).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_decision_that_is_none_is_told_what_there_is() {
    let world = World::new().await;
    let reviewer = world.as_platform().await;
    let (request, digest) = world.submitted("engineer", "tip_adjusted-value").await;
    let unknown = decide(&reviewer, request.0, json!({ "decision": "launch", "digest": digest })).await.problem(422);
    assert!(unknown.contains("approve") && unknown.contains("request_changes"), "{unknown}");
    let more = json!({ "decision": "approve", "digest": digest, "force": true });
    assert!(decide(&reviewer, request.0, more).await.problem(422).contains("force"));
    let none = decide(&reviewer, 77, json!({ "decision": "approve", "digest": digest })).await.problem(404);
    assert_eq!(none, "There is no request R-77.");
}
