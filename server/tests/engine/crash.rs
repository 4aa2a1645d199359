//! The process is really killed: a child of this test runs the engine on the same folder and ends in the middle of a step.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use domain::journal::AttemptResult;
use domain::plan::Plan;
use domain::request::RequestState;
use domain::run::{RunId, RunState};
use server::engine::Engine;
use service::ports::clock::SystemClock;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

use crate::world::*;

const FOLDER: &str = "SLUICEGATE_TEST_FOLDER";

/// What the child does: the deployment's own start, until the only run is over.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the process that the tests below start and crash"]
async fn child() {
    let folder = std::env::var(FOLDER).expect("only started by the tests below");
    let (store, forge) = parts(Path::new(&folder)).await;
    let handlers = handlers(store.clone(), forge);
    let (changes, _) = broadcast::channel(100);
    let shutdown = CancellationToken::new();
    let engine = Engine::start(store.clone(), handlers, Arc::new(SystemClock), changes, shutdown.clone());
    wait(async || store.runs(1).await.unwrap()[0].state.is_over().then_some(())).await;
    shutdown.cancel();
    engine.join().await;
}

/// Starts the child and gives its exit code.
fn child_exits(folder: &Path, crash_at: Option<&str>) -> Option<i32> {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "crash::child", "--ignored"]).env(FOLDER, folder).env_remove("SLUICEGATE_CRASH_AT");
    if let Some(point) = crash_at {
        command.env("SLUICEGATE_CRASH_AT", point);
    }
    command.output().unwrap().status.code()
}

fn steps() -> Vec<String> {
    Plan::onboarding().steps.into_iter().map(|step| step.key.0).collect()
}

async fn assert_live(world: &World, run: RunId) {
    let view = world.view(run).await;
    assert_eq!(view.summary.state, RunState::Completed);
    assert_eq!(world.state(view.summary.request).await, RequestState::Live);
    assert!(view.attempts.iter().all(|a| a.number == 1 && a.result == Some(AttemptResult::Done)), "{view:?}");
    assert_eq!(view.attempts.len(), 5);
    world.assert_effects(1).await;
    assert_eq!(world.actions("event:orders-value".into()).await, ["event-recorded"]);
}

#[tokio::test]
async fn killed_after_the_effect_of_every_step_a_run_goes_live_with_every_effect_once() {
    let world = World::new().await;
    let (_, run) = world.launch("orders").await;
    for step in steps() {
        assert_eq!(child_exits(world.folder.path(), Some(&format!("{step}:after"))), Some(137), "{step}");
        let view = world.view(run).await;
        assert_eq!(view.machine.current().unwrap().key.0, step, "nothing about the step is recorded");
        assert_eq!(results(&view, &step), [None], "its attempt never ended");
    }
    assert_eq!(child_exits(world.folder.path(), None), Some(0));
    assert_live(&world, run).await;
    for method in ["write_change", "open_pull_request", "merge"] {
        assert_eq!(world.forge.calls(method), 2, "{method} is called again");
    }
}

#[tokio::test]
async fn killed_before_every_step_a_run_goes_live_and_no_step_is_called_twice() {
    let world = World::new().await;
    let (_, run) = world.launch("orders").await;
    for step in steps() {
        assert_eq!(child_exits(world.folder.path(), Some(&format!("{step}:before"))), Some(137), "{step}");
    }
    assert_eq!(child_exits(world.folder.path(), None), Some(0));
    assert_live(&world, run).await;
    for method in ["write_change", "open_pull_request", "merge"] {
        assert_eq!(world.forge.calls(method), 1, "{method}");
    }
}

#[tokio::test]
async fn an_interrupted_attempt_says_so_until_it_is_called_again() {
    let world = World::new().await;
    let (_, run) = world.launch("orders").await;
    child_exits(world.folder.path(), Some("merge-pull-request:after"));
    world.store.release_leases("embedded").await.unwrap();
    let now = service::ports::clock::Clock::now(&SystemClock);
    world.store.claim_run("someone", now, now, &[]).await.unwrap().unwrap();
    let view = world.view(run).await;
    assert_eq!(results(&view, "merge-pull-request"), [Some(AttemptResult::Interrupted)]);
}
