//! Deciding: on what was seen or not at all, by someone else, with one run for an approval.

use domain::request::{RequestId, RequestState, Verdict};
use service::ports::store::RequestFilter;

use crate::world::*;

#[tokio::test]
async fn an_approval_moves_the_request_and_makes_its_run_with_audit_rows_for_both() {
    let world = world().await;
    let (submitted, run) = approved(&*world.store, "one").await;
    let request = world.store.request(submitted.request).await.unwrap().unwrap();
    assert_eq!((request.state, request.run, request.updated_at), (RequestState::Approved, Some(run), at(20)));
    let kept = world.store.decisions(submitted.request).await.unwrap();
    assert_eq!(kept, [decision(&submitted, Verdict::Approve).decision]);
    let object = format!("request:{}", submitted.request.0);
    assert_eq!(actions(&*world.store, &object).await, ["request-submitted", "request-decided"]);
    assert_eq!(actions(&*world.store, &format!("run:{run}")).await, ["run-launched"]);
}

#[tokio::test]
async fn sending_back_and_rejecting_move_the_request_and_launch_nothing() {
    let world = world().await;
    for (content, verdict, state) in [
        ("one", Verdict::RequestChanges, RequestState::ChangesRequested),
        ("two", Verdict::Reject, RequestState::Rejected),
    ] {
        let submitted = submit(&*world.store, content).await;
        assert_eq!(decide(&*world.store, decision(&submitted, verdict)).await.unwrap(), None);
        let request = world.store.request(submitted.request).await.unwrap().unwrap();
        assert_eq!((request.state, request.run), (state, None));
    }
    assert_eq!(world.store.runs(10).await.unwrap(), []);
}

#[tokio::test]
async fn a_decision_on_another_revision_digest_or_state_than_is_there_is_a_conflict() {
    let world = world().await;
    let first = submit(&*world.store, "one").await;
    let second = resubmission(first.request, RequestState::InReview, "two", "ann");
    let second = world.store.submit(second, audit("request-submitted", "")).await.unwrap();

    let replaced = decision(&first, Verdict::Approve);
    let mut wrong_digest = decision(&second, Verdict::Approve);
    wrong_digest.decision.digest = first.digest.clone();
    let mut wrong_number = decision(&second, Verdict::Approve);
    wrong_number.decision.revision = 1;
    let mut nowhere = decision(&second, Verdict::Approve);
    nowhere.request = RequestId(99);
    for stale in [replaced, wrong_digest, wrong_number, nowhere] {
        assert!(is_conflict(decide(&*world.store, stale).await));
    }
    assert_eq!(world.store.decisions(first.request).await.unwrap(), []);
    assert_eq!(world.store.runs(10).await.unwrap(), []);

    decide(&*world.store, decision(&second, Verdict::Reject)).await.unwrap();
    assert!(is_conflict(decide(&*world.store, decision(&second, Verdict::Approve)).await), "it is rejected");
}

#[tokio::test]
async fn an_author_cannot_decide_whatever_the_caller_has_checked() {
    let world = world().await;
    let submitted = submit(&*world.store, "one").await;
    for verdict in Verdict::ALL {
        let mut own = decision(&submitted, verdict);
        own.decision.by = user("ann");
        assert!(is_broken(decide(&*world.store, own).await), "{verdict:?}");
    }
    let request = world.store.request(submitted.request).await.unwrap().unwrap();
    assert_eq!((request.state, request.run), (RequestState::InReview, None));
    assert_eq!(actions(&*world.store, &format!("request:{}", request.id.0)).await, ["request-submitted"]);
}

#[tokio::test]
async fn an_approval_without_a_run_and_a_rejection_with_one_are_refused() {
    let world = world().await;
    let submitted = submit(&*world.store, "one").await;
    let mut idle = decision(&submitted, Verdict::Approve);
    let run = idle.run.take();
    let mut busy = decision(&submitted, Verdict::Reject);
    busy.run = run;
    let mut sly = decision(&submitted, Verdict::Reject);
    sly.to = RequestState::Approved;
    for wrong in [idle, busy, sly] {
        assert!(is_broken(decide(&*world.store, wrong).await));
    }
    assert_eq!(world.store.decisions(submitted.request).await.unwrap(), []);
}

#[tokio::test]
async fn a_request_is_withdrawn_from_the_state_that_was_seen_and_nothing_else_moves_this_way() {
    let world = world().await;
    let id = submit(&*world.store, "one").await.request;
    let (seen, to) = (RequestState::InReview, RequestState::Withdrawn);
    let row = || audit("request-withdrawn", "");
    assert!(is_conflict(world.store.move_request(id, RequestState::ChangesRequested, to, row()).await));
    assert!(is_conflict(world.store.move_request(RequestId(99), seen, to, row()).await));
    assert!(is_broken(world.store.move_request(id, seen, RequestState::Approved, row()).await), "not past a decision");
    world.store.move_request(id, seen, to, row()).await.unwrap();
    assert!(is_conflict(world.store.move_request(id, seen, to, row()).await), "once");
    let object = format!("request:{}", id.0);
    assert_eq!(actions(&*world.store, &object).await, ["request-submitted", "request-withdrawn"]);
    let withdrawn = RequestFilter { states: vec![to], limit: 10, ..Default::default() };
    assert_eq!(world.store.requests(withdrawn).await.unwrap().len(), 1);
}
