//! A live event becomes its next version, and what was designed for something else than what is live changes nothing.

use std::time::Duration;

use domain::journal::AttemptResult;
use domain::plan::Plan;
use domain::render::{RenderInput, render};
use domain::request::RequestState;
use domain::run::{Input, RunState};
use domain::subject::Version;
use service::ports::store::StoreError;

use crate::forge::Mood;
use crate::world::*;

/// The next version of a live event, with one more field.
fn next(old: &RenderInput, version: u32, field: &str) -> RenderInput {
    let mut new = RenderInput { version: Version(version), live: render(old).live(), ..old.clone() };
    let added = format!(r#"{{"name":"{field}","type":["null","string"],"default":null}},{{"name":"id""#);
    new.schema.text = new.schema.text.replacen(r#"{"name":"id""#, &added, 1);
    new
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_live_event_evolves_to_its_next_version_and_to_the_one_after() {
    let world = World::new().await;
    let (_, first) = world.launch("orders").await;
    let _engine = world.engine();
    world.until(first, RunState::Completed).await;
    let second = next(&input("orders"), 2, "note");
    let third = next(&second, 3, "channel");
    assert_eq!(render(&third).live().columns.len(), render(&input("orders")).live().columns.len() + 2);
    for (version, wanted) in [(2, second), (3, third)] {
        let columns = render(&wanted).live().columns.len();
        let (request, run) = world.launch_input(wanted, quick(Plan::onboarding())).await.unwrap();
        world.until(run, RunState::Completed).await;
        assert_eq!(world.state(request).await, RequestState::Live);
        let events = world.store.events().await.unwrap();
        assert_eq!(events.len(), 1, "one event a subject");
        assert_eq!((events[0].version, events[0].columns, events[0].request), (Version(version), columns, request));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_evolutions_of_the_same_event_one_is_approved() {
    let world = World::new().await;
    let (_, first) = world.launch("orders").await;
    let engine = world.engine();
    world.until(first, RunState::Completed).await;
    drop(engine);
    let old = input("orders");
    world.launch_input(next(&old, 2, "note"), quick(Plan::onboarding())).await.unwrap();
    let refused = world.launch_input(next(&old, 3, "channel"), quick(Plan::onboarding())).await.unwrap_err();
    assert!(matches!(&refused, StoreError::Taken { .. }), "{refused}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_evolution_that_was_cancelled_in_its_merge_leaves_the_event_to_the_next_one() {
    let world = World::new().await;
    let (_, first) = world.launch("orders").await;
    let _engine = world.engine();
    world.until(first, RunState::Completed).await;
    world.forge.next("merge", Mood::Slow(Duration::from_millis(700)));
    let (_, second) = world.launch_input(next(&input("orders"), 2, "note"), quick(Plan::onboarding())).await.unwrap();
    world.until_called("merge", 2).await;
    world.act(second, Input::Cancel).await.unwrap();
    world.until(second, RunState::Cancelled).await;
    let (_, third) = world.launch_input(next(&input("orders"), 2, "channel"), quick(Plan::onboarding())).await.unwrap();
    world.until(third, RunState::Completed).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_events_share_no_place_in_the_bucket_and_no_topic() {
    let world = World::new().await;
    let with = |name: &str, design: &str| RenderInput { design: serde_json::from_str(design).unwrap(), ..input(name) };
    let launch = async |input: RenderInput| world.launch_input(input, quick(Plan::onboarding())).await;
    launch(with("orders", r#"{"load":{"stagePrefix":"shared"}}"#)).await.unwrap();
    let inner = launch(with("payments", r#"{"load":{"stagePrefix":"shared/payments"}}"#)).await.unwrap_err();
    assert!(matches!(&inner, StoreError::Taken { name, .. } if name.starts_with("prefix:")), "{inner}");
    let sink = r#"{"sqlApplication":{"sql":"SELECT 1","sinkTopic":"orders"}}"#;
    let sink = launch(with("refunds", sink)).await.unwrap_err();
    assert!(matches!(&sink, StoreError::Taken { name, .. } if name == "topic:orders"), "{sink}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_evolution_of_what_is_no_longer_live_is_rejected_before_it_writes() {
    let world = World::new().await;
    let (_, first) = world.launch("orders").await;
    let _engine = world.engine();
    world.until(first, RunState::Completed).await;
    let (_, second) = world.launch_input(next(&input("orders"), 2, "note"), quick(Plan::onboarding())).await.unwrap();
    world.until(second, RunState::Completed).await;
    let stale = next(&input("orders"), 3, "channel");
    let (request, run) = world.launch_input(stale, quick(Plan::onboarding())).await.unwrap();
    let view = world.until(run, RunState::Rejected).await;
    assert_eq!(results(&view, "validate"), [Some(AttemptResult::Failed)]);
    assert!(view.attempts[0].message.contains("What is live changed"), "{view:?}");
    assert_eq!(world.state(request).await, RequestState::Cancelled);
}
