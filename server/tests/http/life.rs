//! The life of a live event over the façade, its pages and the API: a drained pipe ends, what an older console made goes on, and a
//! request that another one overtook says so before anybody clicks.

use axum::http::header::ACCEPT;
use domain::request::{RequestId, RequestState, Verdict};
use domain::run::RunState;
use domain::subject::{SubjectName, Version};
use serde_json::json;
use service::Error;
use service::console::{Review, Submission};
use sqlx::AssertSqlSafe;

use crate::html::text;
use crate::world::{World, actor};

const EVENT: &str = "courier_assigned-value";

async fn approve(world: &World, id: RequestId) -> Result<(), Error> {
    let digest = world.console.request(&actor("engineer"), id).await.unwrap().request.digest;
    let review = Review { verdict: Verdict::Approve, digest, reason: String::new() };
    let run = world.console.decide(&actor("platform-2"), id, review).await?.unwrap();
    assert_eq!(world.until_over(run).await, RunState::Completed);
    Ok(())
}

#[tokio::test]
async fn a_drained_pipe_is_offered_by_the_catalogue_and_ends_by_a_reviewed_change() {
    let world = World::new().await;
    world.live(EVENT).await;
    let engineer = world.as_engineer().await;
    assert!(!engineer.get("/events").await.body.contains("/api/ui/retire-pipe"), "there is one pipe");
    world.evolved(EVENT, 2).await;
    let page = engineer.get("/events").await;
    assert!(page.body.contains("/api/ui/retire-pipe") && text(&page.body).contains("v1, v2"), "{}", page.body);
    let page = engineer.clone().with(ACCEPT, "text/html");
    let answer = page.form("/api/ui/retire-pipe", &[("name", EVENT), ("version", "1")]).await;
    let review = answer.goes_to().to_owned();
    let id = review.trim_start_matches("/designs/").trim_end_matches("/review").parse().unwrap();
    let shown = text(&engineer.get(&review).await.body);
    assert!(shown.contains("PIPE_STATUS") && shown.contains("DROP PIPE IF EXISTS"), "{shown}");
    let submission = Submission::Draft { id: domain::draft::DraftId(id), saves: 1 };
    let submitted = world.console.submit(&actor("engineer"), submission).await.unwrap();
    approve(&world, submitted.request).await.unwrap();
    let events = engineer.get("/api/v1/events").await.json(200);
    assert_eq!((&events[0]["pipes"], &events[0]["version"]), (&json!([2]), &json!(2)));
    let page = text(&engineer.get("/events").await.body);
    assert!(page.contains("1 pipe") && !page.contains("Retire v1"), "{page}");
    let subject = SubjectName::parse(EVENT).unwrap();
    let again = world.console.create_draft(&actor("engineer"), &subject, Version(2)).await.unwrap();
    assert_eq!(again.design, domain::design::Design::default(), "it is done once");
    let gone = world.console.retire_pipe(&actor("engineer"), &subject, Version(1)).await.unwrap_err();
    assert!(matches!(&gone, Error::NotFound(sentence) if sentence.contains("has no pipe")), "{gone}");
    let newest = world.console.retire_pipe(&actor("engineer"), &subject, Version(2)).await.unwrap_err();
    assert!(matches!(&newest, Error::Invalid(sentence) if sentence.contains("Evolve the event first")), "{newest}");
}

/// Makes the event's revision one that an older console rendered and kept nothing of but its bytes.
async fn age(world: &World, request: RequestId) {
    let mut raw = world.raw().await;
    let was = r#""ORDER_ID" VARCHAR"#;
    for statement in [
        "DROP TRIGGER revisions_never_change".to_owned(),
        format!("UPDATE revisions SET makes = NULL, built_on = NULL WHERE request = {}", request.0),
        format!(
            "UPDATE revisions SET digest = 'sha256:old', artifacts = replace(artifacts, '{}', '{}') WHERE request = {}",
            was.replace('"', "\\\""),
            r#""ORDER_ID" VARCHAR(36)"#.replace('"', "\\\""),
            request.0
        ),
    ] {
        sqlx::query(AssertSqlSafe(statement)).execute(&mut raw).await.unwrap();
    }
}

#[tokio::test]
async fn an_event_of_an_older_console_is_evolved_and_the_reviewer_sees_what_comes_of_the_newer_one() {
    let world = World::new().await;
    let (request, _) = world.live(EVENT).await;
    age(&world, request).await;
    let engineer = actor("engineer");
    let subject = SubjectName::parse(EVENT).unwrap();
    let live = world.console.live(&engineer, &subject).await.unwrap();
    let column = live.columns.iter().find(|column| column.name == "ORDER_ID").unwrap();
    assert_eq!(column.column_type, "VARCHAR(36)", "what is live is what its bytes say");
    assert!(column.path.is_some() && !live.drift.is_empty());

    let next = world.asked(EVENT, 2, json!({})).await;
    let view = world.console.request(&engineer, next).await.unwrap();
    let told: Vec<String> = view
        .revision
        .diagnostics
        .iter()
        .filter(|found| found.code == "live-older-console")
        .map(|found| found.message.clone())
        .collect();
    assert!(told.iter().any(|told| told.contains("VARCHAR(36)")), "{told:?}");
    let page = text(&world.as_platform().await.get(&format!("/requests/{}", next.0)).await.body);
    assert!(page.contains("An older version of the console made"), "{page}");
    assert_eq!(view.obstacle(), None);
    approve(&world, next).await.unwrap();
    let live = world.console.live(&engineer, &subject).await.unwrap();
    assert_eq!((live.versions.as_slice(), live.drift.len()), (&[Version(1), Version(2)][..], 0));

    let third = world.asked(EVENT, 3, json!({})).await;
    approve(&world, third).await.unwrap();
}

#[tokio::test]
async fn what_is_live_does_not_depend_on_how_this_console_would_render_it() {
    let world = World::new().await;
    let (request, _) = world.live(EVENT).await;
    let subject = SubjectName::parse(EVENT).unwrap();
    let engineer = actor("engineer");
    let before = world.console.live(&engineer, &subject).await.unwrap();
    let mut raw = world.raw().await;
    for statement in [
        "DROP TRIGGER revisions_never_change".to_owned(),
        format!("UPDATE revisions SET artifacts = '[]', digest = 'sha256:old' WHERE request = {}", request.0),
    ] {
        sqlx::query(AssertSqlSafe(statement)).execute(&mut raw).await.unwrap();
    }
    assert_eq!(world.console.live(&engineer, &subject).await.unwrap(), before, "it was kept");
    let mut raw = world.raw().await;
    let forget = format!("UPDATE revisions SET makes = NULL WHERE request = {}", request.0);
    sqlx::query(AssertSqlSafe(forget)).execute(&mut raw).await.unwrap();
    let unreadable = world.console.live(&engineer, &subject).await.unwrap_err();
    assert!(matches!(&unreadable, Error::Invalid(sentence) if sentence.contains("cannot read")), "{unreadable}");
}

#[tokio::test]
async fn a_request_that_another_one_overtook_says_so_before_anybody_clicks() {
    let world = World::new().await;
    world.live(EVENT).await;
    let waits = world.asked(EVENT, 2, json!({ "table": { "comment": "waits" } })).await;
    let first = world.asked(EVENT, 2, json!({ "table": { "comment": "first" } })).await;
    let reviewer = world.as_platform().await;
    let path = format!("/requests/{}", waits.0);
    assert!(!text(&reviewer.get(&path).await.body).contains("same event"));
    approve(&world, first).await.unwrap();

    let sentence = format!("{first} of the same event went live after this was submitted");
    let page = reviewer.get(&path).await;
    assert!(text(&page.body).contains(&sentence), "{}", page.body);
    let approve_button = page.body.split("id=\"approve\"").nth(1).unwrap().split('>').next().unwrap();
    assert!(approve_button.contains("aria-disabled=\"true\""), "{approve_button}");
    let inbox = text(&reviewer.get("/requests?inbox=to_review").await.body);
    assert!(inbox.contains("Overtaken"), "{inbox}");
    let told = reviewer.get(&format!("/api/v1/requests/{}", waits.0)).await.json(200);
    assert!(told["overtaken"].as_str().unwrap().starts_with(&sentence), "{told}");
    let refused = approve(&world, waits).await.unwrap_err();
    assert!(matches!(&refused, Error::Conflict(told) if told.starts_with(&sentence)), "{refused}");

    let draft = world.console.revise(&actor("engineer"), waits).await.unwrap();
    let submission = Submission::Draft { id: draft, saves: 1 };
    let again = world.console.submit(&actor("engineer"), submission).await.unwrap();
    assert_eq!((again.request, again.revision), (waits, 2));
    approve(&world, waits).await.unwrap();
    let state = world.console.request(&actor("engineer"), waits).await.unwrap().request.state;
    assert_eq!(state, RequestState::Live);
}

#[tokio::test]
async fn a_request_for_what_another_event_has_says_so_before_anybody_clicks() {
    let world = World::new().await;
    let table = json!({ "table": { "name": "SHARED" } });
    let waits = world.asked("order_placed-value", 6, table.clone()).await;
    let first = world.asked(EVENT, 2, table).await;
    approve(&world, first).await.unwrap();
    let view = world.console.request(&actor("engineer"), waits).await.unwrap();
    let taken = view.taken.clone().unwrap();
    assert!(taken.contains("SHARED") && view.obstacle() == Some(taken.clone()), "{taken}");
    let page = text(&world.as_platform().await.get(&format!("/requests/{}", waits.0)).await.body);
    assert!(page.contains(&taken), "{page}");
    let refused = approve(&world, waits).await.unwrap_err();
    assert_eq!(refused.to_string(), taken, "the page says what the click would");
}
