//! Many at once: nothing is busy, nothing is lost, nothing is made twice.

use std::sync::Arc;

use domain::plan::StepKey;
use domain::request::Verdict;
use futures::future::join_all;
use server::store::SqliteStore;
use service::ports::store::{RequestFilter, SavedDraft, Store, StoreError};

use crate::world::*;

/// Runs `many` tasks at the same time on several threads and gives what each said.
async fn at_once<T, F>(many: usize, task: impl Fn(usize) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    join_all((0..many).map(|n| tokio::spawn(task(n)))).await.into_iter().map(Result::unwrap).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_writers_and_readers_at_once_all_get_through() {
    let world = world().await;
    let (_, run) = approved(&*world.store, "one").await;
    let results = at_once(50, |n| {
        let store = world.store.clone();
        async move {
            let key = StepKey("validate".into());
            store.log(run, &key, at(0), &format!("line {n}")).await?;
            store.submit(submission(None, &format!("content {n}"), "ann"), audit("request-submitted", "")).await?;
            store.run(run, at(0)).await?;
            store.log(run, &key, at(0), "again").await
        }
    })
    .await;
    let numbers: std::collections::BTreeSet<i64> =
        results.into_iter().map(|line: Result<_, StoreError>| line.unwrap().number).collect();
    assert_eq!(numbers.len(), 50);
    let log = world.store.run(run, at(0)).await.unwrap().unwrap().log;
    assert_eq!(log.iter().map(|line| line.number).collect::<Vec<_>>(), (1..=100).collect::<Vec<_>>());
    assert_eq!(world.store.requests(RequestFilter { limit: 100, ..Default::default() }).await.unwrap().len(), 51);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_processes_on_one_file_wait_for_each_other() {
    let world = world().await;
    let other: Arc<dyn Store> = Arc::new(SqliteStore::open(world.folder.path().join("sluicegate.db")).await.unwrap());
    let results = at_once(50, |n| {
        let store = if n % 2 == 0 { world.store.clone() } else { other.clone() };
        async move { store.create_draft(new_draft("ann"), audit("draft-created", "")).await }
    })
    .await;
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!(world.store.drafts(100).await.unwrap().len(), 50);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_approvals_at_once_make_one_run() {
    let world = world().await;
    let submitted = submit(&*world.store, "one").await;
    let results = at_once(20, |n| {
        let (store, mut decision) = (world.store.clone(), decision(&submitted, Verdict::Approve));
        decision.decision.by = user(&format!("platform-{n}"));
        async move { decide(&*store, decision).await }
    })
    .await;
    assert_eq!(results.iter().filter(|result| matches!(result, Ok(Some(_)))).count(), 1);
    assert_eq!(results.iter().filter(|result| matches!(result, Err(StoreError::Conflict))).count(), 19);
    assert_eq!(world.store.runs(100).await.unwrap().len(), 1);
    assert_eq!(world.store.decisions(submitted.request).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_button_pressed_twenty_times_at_once_submits_one_request() {
    let world = world().await;
    let id = draft(&*world.store, "ann").await.id;
    for (target, count) in [(Some(id), 1), (None, 2)] {
        let results = at_once(20, |_| {
            let store = world.store.clone();
            async move { store.submit(submission(target, "one", "ann"), audit("request-submitted", "")).await.unwrap() }
        })
        .await;
        assert_eq!(results.iter().filter(|submitted| submitted.created).count(), 1);
        assert!(results.iter().all(|submitted| submitted.request == results[0].request));
        let all = world.store.requests(RequestFilter { limit: 100, ..Default::default() }).await.unwrap();
        assert_eq!(all.len(), count);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_twenty_saves_on_one_save_one_wins() {
    let world = world().await;
    let id = draft(&*world.store, "ann").await.id;
    let results = at_once(20, |n| {
        let store = world.store.clone();
        let name = format!("user-{n}");
        let save = SavedDraft { id, builds_on: 1, design: design(&name), author: user(&name), at: at(1) };
        async move { store.save_draft(save, audit("draft-saved", "")).await }
    })
    .await;
    let won: Vec<_> = results.into_iter().filter_map(Result::ok).collect();
    assert_eq!(won.len(), 1);
    assert_eq!(world.store.draft(id).await.unwrap(), won.into_iter().next());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_twenty_claims_of_one_run_one_wins() {
    let world = world().await;
    approved(&*world.store, "one").await;
    let results = at_once(20, |n| {
        let store = world.store.clone();
        async move { store.claim_run(&format!("engine-{n}"), at(20), at(80), &[]).await.unwrap() }
    })
    .await;
    assert_eq!(results.iter().flatten().count(), 1);
}
