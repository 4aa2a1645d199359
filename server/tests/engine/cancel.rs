//! Cancelling: nothing more is begun, and what was under way is told as it ended.

use std::time::Duration;

use domain::journal::AttemptResult;
use domain::request::RequestState;
use domain::run::{Input, RunState, StepState};
use serde_json::json;
use service::ports::forge::ForgeError;

use crate::forge::Mood;
use crate::world::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_that_is_cancelled_while_a_step_works_ends_with_an_account_of_that_step() {
    let world = World::new().await;
    let (request, run) = world.launch("orders").await;
    world.forge.next("open_pull_request", Mood::Slow(Duration::from_millis(700)));
    let engine = world.engine();
    world.until_called("open_pull_request", 1).await;
    world.act(run, Input::Cancel).await.unwrap();
    assert_eq!(world.view(run).await.summary.state, RunState::Cancelled);

    let ended = async || {
        let view = world.view(run).await;
        (results(&view, "open-pull-request") == [Some(AttemptResult::Done)]).then_some(view)
    };
    let view = wait(ended).await;
    assert_eq!(view.summary.state, RunState::Cancelled);
    assert_eq!((view.machine.step_state(2), view.machine.step_state(3)), (StepState::Done, StepState::Skipped));
    assert_eq!(world.forge.calls("merge"), 0);
    assert_eq!(world.state(request).await, RequestState::Cancelled);
    assert_eq!(world.store.next_due().await.unwrap(), None);

    let (_, other) = world.launch("payments").await;
    engine.handle.wake();
    world.until(other, RunState::Completed).await;
    assert_eq!(world.forge.calls("merge"), 1, "only the other run's");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stuck_run_that_is_cancelled_stays_so() {
    let world = World::new().await;
    world.forge.next("write_change", Mood::Fail(ForgeError::Refused("No.".into())));
    let (request, run) = world.launch("orders").await;
    let engine = world.engine();
    world.until(run, RunState::Stuck).await;
    world.act(run, Input::Cancel).await.unwrap();
    engine.handle.wake();
    assert_eq!(world.state(request).await, RequestState::Cancelled);
    let (_, other) = world.launch("payments").await;
    engine.handle.wake();
    world.until(other, RunState::Completed).await;
    assert_eq!(world.view(run).await.summary.state, RunState::Cancelled);
    assert_eq!(world.forge.calls("write_change"), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signal_that_comes_while_a_step_works_does_not_lose_what_the_step_did() {
    let world = World::new().await;
    let (_, run) = world.launch("orders").await;
    world.forge.next("merge", Mood::Slow(Duration::from_millis(700)));
    let _engine = world.engine();
    world.until_called("merge", 1).await;
    world.act(run, Input::Signal { name: "checked".into(), value: json!(true) }).await.unwrap();
    let view = world.until(run, RunState::Completed).await;
    assert_eq!(world.forge.calls("merge"), 1, "the step is not called a second time beside itself");
    assert_eq!(view.machine.mailbox()["checked"], json!(true));
}
