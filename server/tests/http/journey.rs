//! The whole path by script: search, submit, refused own approval, approval by another, run, catalogue, commit.

use domain::request::Verdict;
use domain::subject::{SubjectName, Version};
use serde_json::json;
use service::console::Submission;

use crate::world::{World, actor};

/// What git says about the forge of this world.
fn git(world: &World, arguments: &[&str]) -> String {
    let forge = world.folder.path().join("forge.git");
    let output = std::process::Command::new("git").arg("-C").arg(forge).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test]
async fn a_subject_becomes_an_onboarded_event_through_the_api_alone() {
    let world = World::new().await;
    let (author, reviewer) = (world.as_platform().await, world.acting("platform-2").await);

    let found = author.get("/api/v1/subjects?pattern=%5Eorder_pl&limit=5").await.json(200);
    assert_eq!(found["subjects"][0]["subject"], "order_placed-value");
    assert_eq!(found["subjects"][0]["onboarding"], "none");

    let wanted = json!({ "subject": "order_placed-value", "version": 6 });
    let rendered = author.post("/api/v1/render", &wanted).await.json(200);
    let submitted = author.post("/api/v1/requests", &wanted).await.json(201);
    assert_eq!(submitted["digest"], rendered["digest"], "what was looked at is what is submitted");
    let request = format!("/api/v1/requests/{}", submitted["id"]);

    let decision = json!({ "decision": "approve", "digest": submitted["digest"] });
    let refused = author.post(&format!("{request}/decisions"), &decision).await.problem(403);
    assert_eq!(refused, "You wrote part of this revision, so someone else has to decide on it.");
    assert_eq!(author.get(&request).await.json(200)["state"], "in_review");

    let decided = reviewer.post(&format!("{request}/decisions"), &decision).await.json(200);
    assert_eq!(decided["state"], "approved");
    let run = decided["run"].as_i64().unwrap();
    world.until_over(domain::run::RunId(run)).await;

    let run = author.get(&format!("/api/v1/runs/{run}")).await.json(200);
    assert_eq!(run["state"], "completed", "{run:#}");
    let steps: Vec<_> =
        run["steps"].as_array().unwrap().iter().map(|s| (&s["key"], &s["state"], &s["attempts"])).collect();
    let done = |key| (json!(key), json!("done"), json!(1));
    let expected = ["validate", "write-change", "open-pull-request", "merge-pull-request", "record-event"].map(done);
    assert_eq!(steps, expected.iter().map(|(key, state, attempts)| (key, state, attempts)).collect::<Vec<_>>());

    let detail = author.get(&request).await.json(200);
    assert_eq!((&detail["state"], &detail["run"]), (&json!("live"), &run["id"]));
    let events = author.get("/api/v1/events").await.json(200);
    assert_eq!(events.as_array().unwrap().len(), 1);
    let event = &events[0];
    assert_eq!((&event["subject"], &event["version"]), (&json!("order_placed-value"), &json!(6)));
    assert_eq!((&event["run"], &event["request"]), (&run["id"], &submitted["id"]));

    let merges = git(&world, &["log", "--merges", "--format=%s", "main"]);
    assert_eq!(merges.lines().count(), 1, "{merges}");
    for file in detail["files"].as_array().unwrap() {
        let content = git(&world, &["show", &format!("main:{}", file["path"].as_str().unwrap())]);
        assert_eq!(content, file["content"].as_str().unwrap(), "{}", file["path"]);
    }
    assert_eq!(git(&world, &["fsck", "--strict"]), "");
}

#[tokio::test]
async fn the_same_submitted_twice_is_one_request() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    let wanted = json!({ "subject": "tip_adjusted-value", "version": 2 });
    let first = engineer.post("/api/v1/requests", &wanted).await.json(201);
    let second = engineer.post("/api/v1/requests", &wanted).await.json(200);
    assert_eq!(first, second);
    assert_eq!(engineer.get("/api/v1/requests").await.json(200).as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_same_submitted_at_the_same_moment_is_one_request() {
    let world = World::new().await;
    let engineer = world.as_engineer().await;
    let wanted = json!({ "subject": "tip_adjusted-value", "version": 2 });
    let submits = (0..8).map(|_| engineer.post("/api/v1/requests", &wanted));
    let answers = futures::future::join_all(submits).await;
    let created = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(created, 1);
    let ids: std::collections::BTreeSet<_> =
        answers.iter().map(|answer| answer.json(answer.status.as_u16())["id"].as_i64()).collect();
    assert_eq!(ids.len(), 1);
}

#[tokio::test]
async fn a_draft_of_a_live_events_next_version_has_its_edits_on_the_fields_they_were_made_for() {
    let world = World::new().await;
    let engineer = actor("engineer");
    let subject = SubjectName::parse("courier_assigned-value").unwrap();
    let edits =
        json!({ "columns": { "orderId": { "comment": "Gone in version 2." }, "courierId": { "comment": "Stays." } } });
    let design = Box::new(serde_json::from_value(edits).unwrap());
    let submission = Submission::Design { subject: subject.clone(), version: Version(1), design };
    let submitted = world.console.submit(&engineer, submission).await.unwrap();
    let run = world.decided("platform-2", submitted.request, Verdict::Approve).await.unwrap();
    world.until_over(run).await;
    let draft = world.console.create_draft(&engineer, &subject, Version(2)).await.unwrap();
    let kept = json!({ "columns": { "courierId": { "comment": "Stays." } } });
    assert_eq!(serde_json::to_value(&draft.design).unwrap(), kept);
}

#[tokio::test]
async fn an_sql_application_that_is_taken_out_of_the_design_is_gone_from_the_repository() {
    let world = World::new().await;
    let engineer = actor("engineer");
    let subject = SubjectName::parse("courier_assigned-value").unwrap();
    let edits = json!({ "sqlApplication": { "sql": "SELECT 1", "sinkTopic": "courier_sums" } });
    let designs = [Box::new(serde_json::from_value(edits).unwrap()), Box::default()];
    let mut found = vec![];
    for (version, design) in [Version(1), Version(2)].into_iter().zip(designs) {
        let submission = Submission::Design { subject: subject.clone(), version, design };
        let submitted = world.console.submit(&engineer, submission).await.unwrap();
        let run = world.decided("platform-2", submitted.request, Verdict::Approve).await.unwrap();
        world.until_over(run).await;
        let files = git(&world, &["ls-tree", "-r", "--name-only", "main"]);
        found.push(["sql-applications/", "_v1.copy.sql"].map(|part| files.contains(part)));
    }
    assert_eq!(found, [[true, true], [false, true]]);
}
