//! What an approved request makes is its own until its run is cancelled.

use domain::artifact::ArtifactKind;
use domain::plan::StepKey;
use domain::request::{RequestId, RequestState, Verdict};
use domain::run::Input;
use service::ports::store::{RunStep, StepCommit, Store, StoreError, Submitted};

use crate::world::*;

/// A second request that would make the same table and file as the one with this content, in other bytes.
async fn rival(store: &dyn Store, content: &str) -> Submitted {
    let mut new = submission(None, content, "bob");
    new.revision.artifacts[0].content = "other bytes\n".into();
    new.revision.artifacts[0].makes = new.revision.artifacts[0].makes.to_lowercase();
    new.revision.digest = domain::render::digest(&new.revision.artifacts);
    store.submit(new, audit("request-submitted", "")).await.unwrap()
}

#[tokio::test]
async fn a_second_approval_of_the_same_table_is_refused_and_changes_nothing() {
    let world = crate::world::world().await;
    let store = &*world.store;
    let (first, _) = approved(store, "orders").await;
    let second = rival(store, "orders").await;
    let refused = decide(store, decision(&second, Verdict::Approve)).await.unwrap_err();
    assert!(matches!(&refused, StoreError::Taken { request, .. } if *request == first.request), "{refused}");
    assert_eq!(store.request(second.request).await.unwrap().unwrap().state, RequestState::InReview);
    assert!(store.decisions(second.request).await.unwrap().is_empty());
    assert_eq!(store.runs(10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_second_approval_of_the_same_topic_is_refused_though_table_and_files_are_others() {
    let world = crate::world::world().await;
    let store = &*world.store;
    let topic = async |content: &str| {
        let mut new = submission(None, content, "ann");
        new.revision.artifacts[0].kind = ArtifactKind::Topic;
        new.revision.artifacts[0].makes = "order_placed".into();
        new.revision.digest = domain::render::digest(&new.revision.artifacts);
        store.submit(new, audit("request-submitted", "")).await.unwrap()
    };
    let (first, second) = (topic("one").await, topic("two").await);
    decide(store, decision(&first, Verdict::Approve)).await.unwrap();
    let refused = decide(store, decision(&second, Verdict::Approve)).await.unwrap_err();
    assert!(matches!(&refused, StoreError::Taken { name, .. } if name == "topic:order_placed"), "{refused}");
}

#[tokio::test]
async fn what_one_may_write_to_and_read_below_belongs_to_one() {
    let world = crate::world::world().await;
    let store = &*world.store;
    let occupying = async |content: &str, kind, place: &str| {
        let mut new = submission(None, content, "ann");
        new.revision.artifacts[0].kind = kind;
        new.revision.artifacts[0].occupies = Some(place.into());
        new.revision.digest = domain::render::digest(&new.revision.artifacts);
        let submitted = store.submit(new, audit("request-submitted", "")).await.unwrap();
        decide(store, decision(&submitted, Verdict::Approve)).await
    };
    let taken = |result: Result<_, StoreError>| match result {
        Err(StoreError::Taken { name, .. }) => name,
        other => panic!("{other:?}"),
    };
    occupying("one", ArtifactKind::Stage, "s3://lake/orders/new/").await.unwrap();
    for (content, url) in
        [("same", "s3://lake/orders/new/"), ("inner", "s3://lake/orders/new/a/"), ("outer", "s3://lake/orders/")]
    {
        assert_eq!(taken(occupying(content, ArtifactKind::Stage, url).await), "prefix:s3://lake/orders/new/", "{url}");
    }
    occupying("beside", ArtifactKind::Stage, "s3://lake/orders/new2/").await.unwrap();
    occupying("sums", ArtifactKind::SqlApplication, "orders_sums").await.unwrap();
    assert_eq!(taken(occupying("more", ArtifactKind::SqlApplication, "orders_sums").await), "topic:orders_sums");
}

#[tokio::test]
async fn a_cancelled_run_gives_its_table_back() {
    let world = crate::world::world().await;
    let store = &*world.store;
    let (first, run) = approved(store, "orders").await;
    let second = rival(store, "orders").await;
    cancel(store, run, first.request).await;
    assert!(decide(store, decision(&second, Verdict::Approve)).await.unwrap().is_some());
}

#[tokio::test]
async fn a_run_that_is_cancelled_after_its_merge_was_begun_keeps_its_table() {
    let world = crate::world::world().await;
    let store = &*world.store;
    let (first, run) = approved(store, "orders").await;
    store.begin_attempt(merge(run), at(25)).await.unwrap();
    let second = rival(store, "orders").await;
    cancel(store, run, first.request).await;
    let refused = decide(store, decision(&second, Verdict::Approve)).await.unwrap_err();
    assert!(matches!(&refused, StoreError::Taken { request, .. } if *request == first.request), "{refused}");
}

#[tokio::test]
async fn a_run_that_was_cancelled_begins_no_merge() {
    let world = crate::world::world().await;
    let store = &*world.store;
    let (first, run) = approved(store, "orders").await;
    cancel(store, run, first.request).await;
    assert!(is_conflict(store.begin_attempt(merge(run), at(35)).await));
    assert!(store.attempts(run).await.unwrap().is_empty());
}

fn merge(run: domain::run::RunId) -> RunStep {
    RunStep { run, step: StepKey("merge-pull-request".into()), attempt: 1 }
}

async fn cancel(store: &dyn Store, run: domain::run::RunId, request: RequestId) {
    let (machine, counter) = store.machine(run).await.unwrap().unwrap();
    let commit = StepCommit {
        run,
        owner: None,
        counter,
        machine: machine.after(Input::Cancel),
        due_at: None,
        attempt: None,
        request: Some((RequestState::Approved, RequestState::Cancelled)),
        at: at(30),
    };
    store.commit_run(commit, audit("run-cancelled", &format!("request:{}", request.0))).await.unwrap();
}
