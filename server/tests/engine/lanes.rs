//! Several runs at once, and the stop.

use std::time::Duration;

use domain::journal::AttemptResult;
use domain::run::RunState;
use server::engine::Settings;
use service::ports::clock::{Clock, SystemClock};

use crate::forge::Mood;
use crate::world::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn runs_go_beside_each_other_but_never_more_than_there_are_lanes() {
    let world = World::new().await;
    let mut runs = vec![];
    for n in 0..7 {
        world.forge.next("write_change", Mood::Slow(Duration::from_millis(600)));
        runs.push(world.launch(&format!("event{n}")).await.1);
    }
    let _engine = world.engine_with(Settings { lanes: 3, ..settings() });
    for run in runs {
        world.until(run, RunState::Completed).await;
    }
    let most = world.forge.most_active();
    assert!((2..=3).contains(&most), "{most} at the same time");
    world.assert_effects(7).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_engine_that_is_woken_all_the_time_never_leases_a_run_to_nobody() {
    let world = World::new().await;
    let engine = world.engine();
    let waker = engine.handle.waker();
    let waking = tokio::spawn(async move {
        loop {
            waker.wake();
            tokio::task::yield_now().await;
        }
    });
    let mut runs = vec![];
    for n in 0..6 {
        runs.push(world.launch(&format!("event{n}")).await.1);
    }
    let all = async {
        for run in runs {
            world.until(run, RunState::Completed).await;
        }
    };
    let half_a_lease = Settings::default().lease / 2;
    let done = tokio::time::timeout(half_a_lease, all).await;
    waking.abort();
    assert!(done.is_ok(), "a run stood still under a lease that no lane held");
    world.assert_effects(6).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_waits_for_the_step_under_way_and_gives_its_lease_up() {
    let world = World::new().await;
    let (_, run) = world.launch("orders").await;
    world.forge.next("write_change", Mood::Slow(Duration::from_millis(500)));
    let engine = world.engine();
    world.until_called("write_change", 1).await;
    drop(engine.stop);
    engine.handle.join().await;
    let view = world.view(run).await;
    assert_eq!(results(&view, "write-change"), [Some(AttemptResult::Done)]);
    assert_eq!(world.forge.calls("open_pull_request"), 0, "nothing more is begun");
    let now = SystemClock.now();
    assert!(world.store.claim_run("next", now, now, &[]).await.unwrap().is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_does_not_wait_for_ever_and_the_next_start_goes_on_at_once() {
    let world = World::new().await;
    let (_, run) = world.launch("orders").await;
    world.forge.next("write_change", Mood::Slow(Duration::from_secs(3600)));
    let engine = world.engine_with(Settings { grace: Duration::from_millis(100), ..settings() });
    world.until_called("write_change", 1).await;
    drop(engine.stop);
    engine.handle.join().await;
    assert_eq!(results(&world.view(run).await, "write-change"), [None]);
    let _next = world.engine();
    world.until(run, RunState::Completed).await;
    assert_eq!(world.forge.calls("write_change"), 2);
    world.assert_effects(1).await;
}
