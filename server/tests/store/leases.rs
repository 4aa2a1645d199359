//! Leases: one owner at a time, until the time that was asked for.

use domain::run::{Input, RunId};
use domain::time::Timestamp;
use service::ports::store::{AuditRow, ClaimedRun, StepCommit, Store};

use crate::world::*;

async fn claim(store: &dyn Store, owner: &str, now: i64) -> Option<ClaimedRun> {
    store.claim_run(owner, at(now), at(now + 60), &[]).await.unwrap()
}

fn commit(claimed: &ClaimedRun, owner: Option<&str>, due_at: Option<Timestamp>) -> StepCommit {
    StepCommit {
        run: claimed.id,
        owner: owner.map(str::to_owned),
        counter: claimed.counter,
        machine: claimed.machine.clone(),
        due_at,
        attempt: None,
        request: None,
        at: at(30),
    }
}

fn row() -> AuditRow {
    audit("step-done", "")
}

#[tokio::test]
async fn a_run_is_claimed_once_it_is_due_and_by_one_owner() {
    let world = world().await;
    assert_eq!(claim(&*world.store, "a", 100).await, None, "there is none");
    let (_, run) = approved(&*world.store, "one").await;
    assert_eq!(claim(&*world.store, "a", 19).await, None, "it is due at 20");
    let claimed = claim(&*world.store, "a", 20).await.unwrap();
    assert_eq!((claimed.id, claimed.counter), (run, 0));
    assert_eq!(claim(&*world.store, "b", 79).await, None, "leased until 80");
    assert_eq!(claim(&*world.store, "a", 79).await, None, "its own lease counts as well");
    assert_eq!(claim(&*world.store, "b", 80).await.map(|c| c.id), Some(run), "it ran out");
}

#[tokio::test]
async fn a_run_that_its_owner_still_works_on_is_not_claimed_again() {
    let world = world().await;
    let (_, first) = approved(&*world.store, "one").await;
    let (_, second) = approved(&*world.store, "two").await;
    let claim = async |held: &[RunId]| {
        let claimed = world.store.claim_run("a", at(20), at(80), held).await.unwrap();
        claimed.map(|claimed| claimed.id)
    };
    assert_eq!(claim(&[first, second]).await, None);
    assert_eq!(claim(&[first]).await, Some(second));
    assert_eq!(claim(&[second]).await, Some(first), "it was not leased by the claim that left it out");
}

#[tokio::test]
async fn the_run_that_is_due_longest_comes_first() {
    let world = world().await;
    let (_, first) = approved(&*world.store, "one").await;
    let (_, second) = approved(&*world.store, "two").await;
    let claimed = claim(&*world.store, "a", 20).await.unwrap();
    world.store.commit_run(commit(&claimed, Some("a"), Some(at(25))), row()).await.unwrap();
    assert_eq!(claimed.id, first);
    let order = [claim(&*world.store, "a", 30).await.unwrap().id, claim(&*world.store, "a", 30).await.unwrap().id];
    assert_eq!(order, [second, first]);
}

#[tokio::test]
async fn a_lease_is_prolonged_by_its_owner_only() {
    let world = world().await;
    let (_, run) = approved(&*world.store, "one").await;
    claim(&*world.store, "a", 20).await.unwrap();
    world.store.prolong_lease(run, "a", at(200)).await.unwrap();
    assert_eq!(claim(&*world.store, "b", 199).await, None);
    assert!(is_conflict(world.store.prolong_lease(run, "b", at(300)).await));
    assert!(is_conflict(world.store.prolong_lease(RunId(99), "a", at(300)).await));
    claim(&*world.store, "b", 200).await.unwrap();
    assert!(is_conflict(world.store.prolong_lease(run, "a", at(300)).await), "it is lost");
}

#[tokio::test]
async fn an_owner_that_starts_again_gives_up_its_own_leases_and_no_others() {
    let world = world().await;
    let (_, first) = approved(&*world.store, "one").await;
    approved(&*world.store, "two").await;
    claim(&*world.store, "a", 20).await.unwrap();
    claim(&*world.store, "b", 20).await.unwrap();
    world.store.release_leases("a").await.unwrap();
    assert_eq!(claim(&*world.store, "c", 21).await.map(|c| c.id), Some(first));
    assert_eq!(claim(&*world.store, "c", 21).await, None);
}

#[tokio::test]
async fn an_owners_commit_ends_its_lease_and_a_persons_commit_leaves_it() {
    let world = world().await;
    approved(&*world.store, "one").await;
    let claimed = claim(&*world.store, "a", 20).await.unwrap();
    world.store.commit_run(commit(&claimed, None, Some(at(20))), row()).await.unwrap();
    assert_eq!(claim(&*world.store, "b", 30).await, None, "a step may still work");
    let claimed = ClaimedRun { counter: 1, ..claimed };
    world.store.commit_run(commit(&claimed, Some("a"), Some(at(20))), row()).await.unwrap();
    assert_eq!(claim(&*world.store, "b", 30).await.map(|c| c.counter), Some(2));
}

#[tokio::test]
async fn a_commit_on_another_counter_or_lease_is_a_conflict_and_changes_nothing() {
    let world = world().await;
    let (submitted, run) = approved(&*world.store, "one").await;
    let claimed = claim(&*world.store, "a", 20).await.unwrap();
    let mut cancelled = commit(&claimed, Some("a"), None);
    cancelled.machine = claimed.machine.after(Input::Cancel);
    let wrong_owner = StepCommit { owner: Some("b".into()), ..cancelled.clone() };
    let wrong_counter = StepCommit { counter: 1, ..cancelled.clone() };
    let no_such_run = StepCommit { run: RunId(99), ..cancelled };
    for wrong in [wrong_owner, wrong_counter, no_such_run] {
        assert!(is_conflict(world.store.commit_run(wrong, row()).await));
    }
    assert_eq!(world.store.machine(run).await.unwrap(), Some((claimed.machine, 0)));
    assert_eq!(actions(&*world.store, &format!("run:{run}")).await, ["run-launched"]);
    assert_eq!(actions(&*world.store, &format!("request:{}", submitted.request.0)).await.len(), 2);
}

#[tokio::test]
async fn the_next_due_time_minds_leases_and_runs_that_wait_for_someone() {
    let world = world().await;
    assert_eq!(world.store.next_due().await.unwrap(), None);
    approved(&*world.store, "one").await;
    assert_eq!(world.store.next_due().await.unwrap(), Some(at(20)));
    let claimed = claim(&*world.store, "a", 20).await.unwrap();
    assert_eq!(world.store.next_due().await.unwrap(), Some(at(80)), "when the lease runs out");
    approved(&*world.store, "two").await;
    assert_eq!(world.store.next_due().await.unwrap(), Some(at(20)));
    world.store.commit_run(commit(&claimed, Some("a"), None), row()).await.unwrap();
    claim(&*world.store, "a", 25).await.unwrap();
    assert_eq!(world.store.next_due().await.unwrap(), Some(at(85)), "the first waits for someone");
}
