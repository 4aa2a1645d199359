//! Two engines on one store, and leases that are lost.

use std::time::Duration;

use domain::run::RunState;
use server::engine::Settings;

use crate::forge::Mood;
use crate::world::*;

fn owned_by(owner: &str) -> Settings {
    Settings {
        owner: owner.into(),
        lease: Duration::from_secs(2),
        heartbeat: Duration::from_millis(200),
        poll: Duration::from_millis(50),
        ..settings()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_engines_on_one_store_call_every_step_once_even_when_it_outlasts_its_lease() {
    let world = World::new().await;
    let mut runs = vec![];
    for n in 0..4 {
        world.forge.next("merge", Mood::Slow(Duration::from_secs(3)));
        runs.push(world.launch(&format!("event{n}")).await.1);
    }
    let _engines = [world.engine_with(owned_by("one")), world.engine_with(owned_by("two"))];
    for run in runs {
        let view = world.until(run, RunState::Completed).await;
        assert_eq!(view.attempts.len(), 5, "{view:?}");
    }
    for method in ["write_change", "open_pull_request", "merge"] {
        assert_eq!(world.forge.calls(method), 4, "{method}");
    }
    world.assert_effects(4).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_engine_that_loses_its_lease_lets_go_of_the_step() {
    let world = World::new().await;
    let (_, run) = world.launch("orders").await;
    world.forge.next("merge", Mood::Slow(Duration::from_secs(1)));
    let engine = world.engine_with(owned_by("one"));
    world.until_called("merge", 1).await;
    let mut raw = world.raw().await;
    sqlx::query("UPDATE runs SET lease_owner = 'thief', lease_until = 9000000000000").execute(&mut raw).await.unwrap();
    drop(engine.stop);
    engine.handle.join().await;
    let view = world.view(run).await;
    assert_eq!(results(&view, "merge-pull-request"), [None], "its end is the new owner's to tell");
    assert_eq!(view.machine.current().unwrap().key.0, "merge-pull-request");

    sqlx::query("UPDATE runs SET lease_until = 0").execute(&mut raw).await.unwrap();
    let _next = world.engine_with(owned_by("two"));
    world.until(run, RunState::Completed).await;
    world.assert_effects(1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_engine_that_starts_again_takes_up_the_runs_of_its_last_life_at_once() {
    let world = World::new().await;
    let (_, run) = world.launch("orders").await;
    let now = service::ports::clock::Clock::now(&service::ports::clock::SystemClock);
    world.store.claim_run("embedded", now, now.plus_millis(3_600_000), &[]).await.unwrap().unwrap();
    let _engine = world.engine();
    world.until(run, RunState::Completed).await;
}
