//! Failures: retried by themselves as the plan says, then by a person, and never the end of the engine.

use std::time::Duration;

use domain::journal::AttemptResult;
use domain::plan::Plan;
use domain::request::RequestState;
use domain::run::{Input, Phase, RunState};
use service::ports::forge::ForgeError;
use sqlx::AssertSqlSafe;

use crate::forge::Mood;
use crate::world::*;

const FAILED: Option<AttemptResult> = Some(AttemptResult::Failed);
const DONE: Option<AttemptResult> = Some(AttemptResult::Done);

fn down() -> Mood {
    Mood::Fail(ForgeError::Unavailable("The forge does not answer.".into()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn failed_at_every_step_and_retried_a_run_goes_live_with_every_effect_once() {
    let world = World::new().await;
    let (request, run) = world.launch("orders").await;
    let mut raw = world.raw().await;
    // Each step logs after its effect; a log that refuses makes it fail with the effect already there.
    for (n, step) in Plan::onboarding().steps.iter().enumerate() {
        let sql = format!(
            "CREATE TRIGGER sabotage_{n} BEFORE INSERT ON run_log WHEN NEW.step = '{}'
             BEGIN SELECT RAISE(ABORT, 'sabotage'); END",
            step.key
        );
        sqlx::query(AssertSqlSafe(sql)).execute(&mut raw).await.unwrap();
    }
    let engine = world.engine();
    for (n, step) in Plan::onboarding().steps.iter().enumerate() {
        let view = world.until(run, RunState::Stuck).await;
        assert_eq!(view.machine.current().unwrap().key, step.key);
        assert_eq!(results(&view, &step.key.0), [FAILED]);
        assert_eq!(world.state(request).await, RequestState::Approved);
        sqlx::query(AssertSqlSafe(format!("DROP TRIGGER sabotage_{n}"))).execute(&mut raw).await.unwrap();
        world.act(run, Input::Retry).await.unwrap();
        engine.handle.wake();
        wait(async || (results(&world.view(run).await, &step.key.0) == [FAILED, DONE]).then_some(())).await;
    }
    world.until(run, RunState::Completed).await;
    world.assert_effects(1).await;
    assert_eq!(world.state(request).await, RequestState::Live);
    assert_eq!(world.actions("event:orders-value".into()).await, ["event-recorded"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_forge_that_is_down_for_a_while_is_asked_again_by_itself() {
    let world = World::new().await;
    let (_, run) = world.launch("orders").await;
    world.forge.next("merge", down());
    world.forge.next("merge", down());
    let _engine = world.engine();
    let view = world.until(run, RunState::Completed).await;
    assert_eq!(results(&view, "merge-pull-request"), [FAILED, FAILED, DONE]);
    let messages: Vec<_> = view.attempts.iter().filter(|a| a.result == FAILED).map(|a| a.message.as_str()).collect();
    assert_eq!(messages, ["The forge does not answer."; 2]);
    world.assert_effects(1).await;
    let actions = world.actions(format!("run:{run}")).await;
    assert_eq!(actions[4..7], ["step-failed", "step-called-again", "step-failed"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_retry_waits_for_its_time() {
    let world = World::new().await;
    let mut plan = quick(Plan::onboarding());
    plan.steps[1].retry.first_delay_seconds = 2;
    let (_, run) = world.launch_plan("orders", plan).await;
    world.forge.next("write_change", down());
    let _engine = world.engine();
    let view = world.until(run, RunState::Completed).await;
    let attempts: Vec<_> = view.attempts.iter().filter(|a| a.step.0 == "write-change").collect();
    assert_eq!(attempts.len(), 2);
    let pause = attempts[1].started_at.millis_since(attempts[0].ended_at.unwrap());
    assert!((2000..10_000).contains(&pause), "{pause} ms");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_is_stuck_after_the_last_attempt_or_at_once_when_trying_again_cannot_help() {
    let world = World::new().await;
    let (request, patient) = world.launch("orders").await;
    for _ in 0..3 {
        world.forge.next("merge", down());
    }
    let engine = world.engine();
    let view = world.until(patient, RunState::Stuck).await;
    assert_eq!(results(&view, "merge-pull-request"), [FAILED; 3]);

    world.forge.next("open_pull_request", Mood::Fail(ForgeError::Refused("x".repeat(5000))));
    let (_, refused) = world.launch("payments").await;
    engine.handle.wake();
    let view = world.until(refused, RunState::Stuck).await;
    assert_eq!(results(&view, "open-pull-request"), [FAILED]);
    assert!(view.attempts.iter().all(|attempt| attempt.message.chars().count() <= 2001), "messages are bounded");
    assert_eq!(world.state(request).await, RequestState::Approved);
    assert_eq!(world.store.next_due().await.unwrap(), None, "nobody but a person moves them");

    for run in [patient, refused] {
        world.act(run, Input::Retry).await.unwrap();
        engine.handle.wake();
        world.until(run, RunState::Completed).await;
    }
    world.assert_effects(2).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_panic_in_a_handler_makes_its_run_stuck_and_hurts_no_other() {
    let world = World::new().await;
    world.forge.next("write_change", Mood::Panic);
    let (_, run) = world.launch("orders").await;
    let engine = world.engine();
    let view = world.until(run, RunState::Stuck).await;
    let Phase::Stuck { reason } = view.machine.phase() else { panic!("{view:?}") };
    assert!(reason.contains("The step crashed"), "{reason}");

    let (_, other) = world.launch("payments").await;
    engine.handle.wake();
    world.until(other, RunState::Completed).await;
    world.act(run, Input::Retry).await.unwrap();
    engine.handle.wake();
    world.until(run, RunState::Completed).await;
    world.assert_effects(2).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_step_that_runs_out_of_time_is_called_again() {
    let world = World::new().await;
    let mut plan = quick(Plan::onboarding());
    plan.steps[3].timeout_seconds = 1;
    // On a busy machine an honest attempt can be late as well.
    plan.steps[3].retry.max_attempts = 30;
    let (_, run) = world.launch_plan("orders", plan).await;
    world.forge.next("merge", Mood::Slow(Duration::from_secs(3600)));
    let _engine = world.engine();
    let view = world.until(run, RunState::Completed).await;
    let results = results(&view, "merge-pull-request");
    assert_eq!((results.first(), results.last()), (Some(&FAILED), Some(&DONE)));
    let late = view.attempts.iter().find(|attempt| attempt.result == FAILED).unwrap();
    assert!(late.message.contains("within 1 seconds"), "{}", late.message);
    world.assert_effects(1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_step_did_is_recorded_once_the_store_answers_again() {
    let world = World::new().await;
    let (_, run) = world.launch("orders").await;
    world.forge.next("merge", Mood::Slow(Duration::from_millis(500)));
    let _engine = world.engine();
    world.until_called("merge", 1).await;
    let mut raw = world.raw().await;
    sqlx::query("BEGIN IMMEDIATE").execute(&mut raw).await.unwrap();
    // Longer than a writer waits for the lock, so that the engine is told that the store does not answer.
    tokio::time::sleep(Duration::from_secs(7)).await;
    sqlx::query("ROLLBACK").execute(&mut raw).await.unwrap();
    let view = world.until(run, RunState::Completed).await;
    assert_eq!(results(&view, "merge-pull-request"), [DONE]);
    assert_eq!(world.forge.calls("merge"), 1);
}
