//! The live stream of a run.

use axum::http::header::CONTENT_TYPE;
use domain::request::Verdict;

use crate::world::World;

#[tokio::test]
async fn only_who_is_signed_in_follows_a_run_that_is_there() {
    let world = World::new().await;
    let (_, run) = world.live("tip_adjusted-value").await;
    assert_eq!(world.as_nobody().get(&format!("/runs/{run}/stream")).await.problem(401), "Sign in to follow a run.");
    assert_eq!(world.as_engineer().await.get("/runs/77/stream").await.problem(404), "There is no run 77.");
}

#[tokio::test]
async fn the_stream_of_a_run_that_is_over_gives_its_view_and_ends() {
    let world = World::new().await;
    let (_, run) = world.live("tip_adjusted-value").await;
    let stream = world.as_engineer().await.get(&format!("/runs/{run}/stream")).await;
    assert_eq!(stream.header(CONTENT_TYPE), "text/event-stream");
    let events: Vec<_> = stream.body.lines().filter_map(|line| line.strip_prefix("data: ")).collect();
    assert_eq!(events.len(), 1);
    let view: domain::journal::RunView = serde_json::from_str(events[0]).unwrap();
    assert_eq!((view.summary.id, view.summary.state), (run, domain::run::RunState::Completed));
}

#[tokio::test]
async fn a_stream_that_is_open_while_the_run_works_ends_with_its_end() {
    let world = World::new().await;
    let (request, _) = world.submitted("engineer", "tip_adjusted-value").await;
    let run = world.decided("platform-1", request, Verdict::Approve).await.unwrap();
    let stream = world.as_engineer().await.get(&format!("/runs/{run}/stream")).await;
    let last = stream.body.lines().filter_map(|line| line.strip_prefix("data: ")).next_back().unwrap();
    let view: domain::journal::RunView = serde_json::from_str(last).unwrap();
    assert!(view.summary.state.is_over());
    assert_eq!(view.attempts.len(), 5);
}
