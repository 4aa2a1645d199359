//! Submitting: one request however often it is sent, and a new revision only on what was seen.

use domain::draft::DraftId;
use domain::request::{RequestId, RequestState, Verdict};
use domain::subject::Version;
use service::ports::store::{NewRevision, RequestFilter, SeenDraft, Store, SubmitTarget, Submitted};

use crate::world::*;

async fn send(store: &dyn Store, new: NewRevision) -> Submitted {
    store.submit(new, audit("request-submitted", "")).await.unwrap()
}

async fn refused(store: &dyn Store, new: NewRevision) -> bool {
    is_conflict(store.submit(new, audit("request-submitted", "")).await)
}

#[tokio::test]
async fn a_submission_makes_a_request_in_review_with_its_first_revision() {
    let world = world().await;
    let submitted = submit(&*world.store, "one").await;
    let request = world.store.request(submitted.request).await.unwrap().unwrap();
    assert!(submitted.created);
    assert_eq!((request.state, request.revision, request.version), (RequestState::InReview, 1, Version(3)));
    assert_eq!((&request.requester, request.run, request.draft), (&user("ann"), None, None));
    assert_eq!(request.digest, revision("one", "ann").digest);
    assert_eq!(actions(&*world.store, &format!("request:{}", request.id.0)).await, ["request-submitted"]);
    assert_eq!(world.store.request(RequestId(99)).await.unwrap(), None);
}

#[tokio::test]
async fn a_revision_comes_back_byte_for_byte() {
    let world = world().await;
    let submitted = submit(&*world.store, "one").await;
    let kept = world.store.revision(submitted.request, 1).await.unwrap().unwrap();
    let mut sent = revision("one", "ann");
    (sent.request, sent.number) = (submitted.request, 1);
    assert_eq!(kept, sent);
    assert_eq!(domain::render::digest(&kept.artifacts), submitted.digest);
    assert_eq!(world.store.revision(submitted.request, 2).await.unwrap(), None);
}

#[tokio::test]
async fn the_same_submission_sent_again_without_a_draft_gives_the_request_that_is_there() {
    let world = world().await;
    let first = submit(&*world.store, "one").await;
    let again = submit(&*world.store, "one").await;
    assert_eq!(again, Submitted { created: false, ..first.clone() });
    assert_eq!(actions(&*world.store, &format!("request:{}", first.request.0)).await.len(), 1);

    let others = [submission(None, "two", "ann"), submission(None, "one", "bob")];
    for other in others {
        assert!(send(&*world.store, other).await.created);
    }
    let mut newer = submission(None, "one", "ann");
    newer.revision.input.version = Version(4);
    assert!(send(&*world.store, newer).await.created);
}

#[tokio::test]
async fn after_a_decision_the_same_contents_without_a_draft_are_a_new_request() {
    let world = world().await;
    let first = submit(&*world.store, "one").await;
    decide(&*world.store, decision(&first, Verdict::Reject)).await.unwrap();
    let second = submit(&*world.store, "one").await;
    assert!(second.created);
    assert_ne!(second.request, first.request);
}

#[tokio::test]
async fn a_draft_sent_twice_is_one_request_while_it_stands() {
    let world = world().await;
    let id = draft(&*world.store, "ann").await.id;
    let first = send(&*world.store, submission(Some(id), "one", "ann")).await;
    let again = Submitted { created: false, ..first.clone() };
    assert_eq!(send(&*world.store, submission(Some(id), "one", "ann")).await, again);

    decide(&*world.store, decision(&first, Verdict::Approve)).await.unwrap();
    assert_eq!(send(&*world.store, submission(Some(id), "one", "ann")).await, again, "approved stands");
    assert!(refused(&*world.store, submission(Some(id), "two", "ann")).await, "other contents");
    assert!(refused(&*world.store, submission(Some(id), "one", "bob")).await, "someone else");
    assert_eq!(world.store.requests(RequestFilter { limit: 10, ..Default::default() }).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_draft_of_a_request_that_is_over_is_a_conflict() {
    let world = world().await;
    let id = draft(&*world.store, "ann").await.id;
    let first = send(&*world.store, submission(Some(id), "one", "ann")).await;
    decide(&*world.store, decision(&first, Verdict::Reject)).await.unwrap();
    assert!(refused(&*world.store, submission(Some(id), "one", "ann")).await);
    assert!(refused(&*world.store, submission(Some(DraftId(99)), "one", "ann")).await, "no such draft");
}

#[tokio::test]
async fn a_new_revision_goes_on_top_and_back_into_review() {
    let world = world().await;
    let first = submit(&*world.store, "one").await;
    decide(&*world.store, decision(&first, Verdict::RequestChanges)).await.unwrap();
    let new = resubmission(first.request, RequestState::ChangesRequested, "two", "ann");
    let second = send(&*world.store, new.clone()).await;
    assert_eq!((second.request, second.revision, second.created), (first.request, 2, true));
    let request = world.store.request(first.request).await.unwrap().unwrap();
    assert_eq!((request.state, request.revision, &request.digest), (RequestState::InReview, 2, &second.digest));
    let numbers: Vec<u32> =
        world.store.revisions(first.request).await.unwrap().into_iter().map(|revision| revision.number).collect();
    assert_eq!(numbers, [1, 2]);

    assert_eq!(send(&*world.store, new).await, Submitted { created: false, ..second }, "the POST sent again");
    assert_eq!(world.store.revisions(first.request).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_revision_on_another_state_than_was_seen_is_a_conflict() {
    let world = world().await;
    let first = submit(&*world.store, "one").await;
    let seen = RequestState::ChangesRequested;
    assert!(refused(&*world.store, resubmission(first.request, seen, "two", "ann")).await, "it is in review");
    assert!(refused(&*world.store, resubmission(RequestId(99), seen, "two", "ann")).await, "no such request");
    decide(&*world.store, decision(&first, Verdict::Approve)).await.unwrap();
    let stale = resubmission(first.request, RequestState::InReview, "two", "ann");
    assert!(refused(&*world.store, stale).await, "it was approved in the meantime");
    assert_eq!(world.store.revisions(first.request).await.unwrap().len(), 1);
    assert_eq!(actions(&*world.store, &format!("request:{}", first.request.0)).await.len(), 2);
}

#[tokio::test]
async fn a_revision_from_a_draft_that_belongs_to_another_request_is_a_conflict() {
    let world = world().await;
    let id = draft(&*world.store, "ann").await.id;
    send(&*world.store, submission(Some(id), "one", "ann")).await;
    let other = submit(&*world.store, "two").await.request;
    let mut new = resubmission(other, RequestState::InReview, "three", "ann");
    new.target = SubmitTarget::Revise {
        request: other,
        seen: RequestState::InReview,
        to: RequestState::InReview,
        draft: Some(SeenDraft { id, saves: 1 }),
    };
    assert!(refused(&*world.store, new).await);
    assert_eq!(world.store.request(other).await.unwrap().unwrap().revision, 1, "all or nothing");
}

#[tokio::test]
async fn a_revision_about_another_subject_or_towards_a_wrong_state_is_broken() {
    let world = world().await;
    let first = submit(&*world.store, "one").await.request;
    let mut other = resubmission(first, RequestState::InReview, "two", "ann");
    other.revision.input.subject = subject("payments-value");
    assert!(is_broken(world.store.submit(other, audit("request-submitted", "")).await));
    let mut sly = resubmission(first, RequestState::InReview, "two", "ann");
    sly.target =
        SubmitTarget::Revise { request: first, seen: RequestState::InReview, to: RequestState::Approved, draft: None };
    assert!(is_broken(world.store.submit(sly, audit("request-submitted", "")).await));
}

#[tokio::test]
async fn whoever_submits_is_an_author_even_if_the_caller_forgot_them() {
    let world = world().await;
    let mut new = submission(None, "one", "ann");
    new.revision.authors = vec![user("bob")];
    let id = send(&*world.store, new).await.request;
    let kept = world.store.revision(id, 1).await.unwrap().unwrap();
    assert_eq!(kept.authors, [user("bob"), user("ann")]);
}

#[tokio::test]
async fn requests_are_listed_newest_first_by_requester_state_and_subject() {
    let world = world().await;
    let one = submit(&*world.store, "one").await;
    let two = send(&*world.store, submission(None, "two", "bob")).await;
    let mut other = submission(None, "three", "ann");
    other.revision.input.subject = subject("ü/%?#-value");
    let three = send(&*world.store, other).await;
    decide(&*world.store, decision(&one, Verdict::Approve)).await.unwrap();

    let all = RequestFilter { limit: 10, ..Default::default() };
    let list = async |filter: RequestFilter| -> Vec<RequestId> {
        world.store.requests(filter).await.unwrap().into_iter().map(|request| request.id).collect()
    };
    assert_eq!(list(all.clone()).await, [three.request, two.request, one.request]);
    assert_eq!(list(RequestFilter { limit: 1, ..all.clone() }).await, [three.request]);
    assert_eq!(list(RequestFilter { requester: Some(user("bob")), ..all.clone() }).await, [two.request]);
    assert_eq!(list(RequestFilter { subject: Some(subject("ü/%?#-value")), ..all.clone() }).await, [three.request]);
    let states = vec![RequestState::Approved, RequestState::Live];
    assert_eq!(list(RequestFilter { states, ..all.clone() }).await, [one.request]);
    let mine_in_review =
        RequestFilter { requester: Some(user("ann")), states: vec![RequestState::InReview], ..all.clone() };
    assert_eq!(list(mine_in_review).await, [three.request]);
}
