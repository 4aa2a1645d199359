//! A run from its approval to the catalogue.

use domain::journal::AttemptResult;
use domain::plan::Plan;
use domain::request::RequestState;
use domain::run::RunState;

use crate::world::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_approved_request_goes_live_step_by_step() {
    let world = World::new().await;
    let (request, run) = world.launch("orders").await;
    let mut engine = world.engine();
    let view = world.until(run, RunState::Completed).await;

    let keys: Vec<_> = view.attempts.iter().map(|attempt| attempt.step.clone()).collect();
    assert_eq!(keys, Plan::onboarding().steps.into_iter().map(|step| step.key).collect::<Vec<_>>());
    assert!(view.attempts.iter().all(|a| a.number == 1 && a.result == Some(AttemptResult::Done)), "{view:?}");
    assert!(view.summary.ended_at.is_some());
    assert_eq!(view.log.len(), 5, "every step says what it did");
    world.assert_effects(1).await;
    assert_eq!(world.state(request).await, RequestState::Live);
    let event = &world.store.events().await.unwrap()[0];
    assert_eq!((event.run, event.request, event.pull_request.as_str()), (run, request, "#1"));

    let mut told = 0;
    while let Ok(changed) = engine.changes.try_recv() {
        assert_eq!(changed, run);
        told += 1;
    }
    assert!(told >= 10, "each begin and each end of five steps is told, not {told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_step_and_the_end_are_in_the_audit() {
    let world = World::new().await;
    let (request, run) = world.launch("orders").await;
    let _engine = world.engine();
    world.until(run, RunState::Completed).await;
    let done = ["run-launched", "step-done", "step-done", "step-done", "step-done", "step-done"];
    assert_eq!(world.actions(format!("run:{run}")).await, done);
    let of_request = world.actions(format!("request:{}", request.0)).await;
    assert_eq!(of_request, ["request-submitted", "request-approved", "request-live"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_woken_engine_does_not_wait_for_its_next_look() {
    let world = World::new().await;
    let sleepy = server::engine::Settings { poll: std::time::Duration::from_secs(3600), ..settings() };
    let engine = world.engine_with(sleepy);
    let (_, first) = world.launch("orders").await;
    engine.handle.wake();
    world.until(first, RunState::Completed).await;
    let (_, second) = world.launch("payments").await;
    engine.handle.waker().wake();
    world.until(second, RunState::Completed).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_without_an_approval_is_rejected_and_its_request_cancelled() {
    let world = World::new().await;
    let mut raw = world.raw().await;
    // A decision that is not there any more is the nearest thing to tampering that the file's own triggers let a test do.
    let (request, run) = world.launch("orders").await;
    sqlx::query("DROP TRIGGER decisions_never_go").execute(&mut raw).await.unwrap();
    sqlx::query("DELETE FROM decisions").execute(&mut raw).await.unwrap();
    let _engine = world.engine();
    let view = world.until(run, RunState::Rejected).await;
    assert_eq!(results(&view, "validate"), [Some(AttemptResult::Failed)]);
    assert!(view.attempts[0].message.contains("No approval holds"), "{view:?}");
    assert_eq!(world.state(request).await, RequestState::Cancelled);
    world.assert_effects(0).await;
    assert_eq!(world.actions(format!("run:{run}")).await, ["run-launched", "step-rejected"]);
}
