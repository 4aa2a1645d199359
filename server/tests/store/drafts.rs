//! Drafts: numbered saves, authors that stay, and what counts as not submitted.

use domain::draft::DraftId;
use service::ports::store::{NewDraft, NewRevision, RequestFilter, SavedDraft, SeenDraft, StoreError, SubmitTarget};

use crate::world::*;

fn save(id: DraftId, builds_on: u32, author: &str, name: &str) -> SavedDraft {
    SavedDraft { id, builds_on, design: design(name), author: user(author), at: at(5) }
}

#[tokio::test]
async fn a_draft_begins_with_save_one_and_its_owner_as_author() {
    let world = world().await;
    let made = draft(&*world.store, "ann").await;
    assert_eq!((made.saves, made.authors.as_slice(), made.request), (1, &[user("ann")][..], None));
    assert_eq!(world.store.draft(made.id).await.unwrap(), Some(made.clone()));
    assert_eq!(world.store.draft(DraftId(99)).await.unwrap(), None);
    assert_eq!(actions(&*world.store, &format!("draft:{}", made.id)).await, ["draft-created"]);
}

#[tokio::test]
async fn a_draft_that_starts_from_a_revision_keeps_its_authors_after_the_owner() {
    let world = world().await;
    let request = submit(&*world.store, "one").await.request;
    let new = NewDraft {
        request: Some(request),
        inherited_authors: vec![user("bob"), user("ann"), user("zoe")],
        ..new_draft("ann")
    };
    let made = world.store.create_draft(new, audit("draft-created", "")).await.unwrap();
    assert_eq!(made.authors, [user("ann"), user("bob"), user("zoe")]);
    assert_eq!(made.request, Some(request));
    assert_eq!(world.store.drafts(10).await.unwrap(), [made], "it is not submitted yet");
}

#[tokio::test]
async fn a_save_builds_on_the_save_that_was_seen_and_its_author_joins() {
    let world = world().await;
    let id = draft(&*world.store, "ann").await.id;
    let saved = world.store.save_draft(save(id, 1, "bob", "B"), audit("draft-saved", "")).await.unwrap();
    assert_eq!((saved.saves, &saved.design, saved.updated_at), (2, &design("B"), at(5)));
    let saved = world.store.save_draft(save(id, 2, "bob", "C"), audit("draft-saved", "")).await.unwrap();
    assert_eq!(saved.authors, [user("ann"), user("bob")]);
    assert_eq!(actions(&*world.store, &format!("draft:{id}")).await, ["draft-created", "draft-saved", "draft-saved"]);
}

#[tokio::test]
async fn a_save_on_an_older_save_is_a_conflict_and_leaves_no_trace() {
    let world = world().await;
    let id = draft(&*world.store, "ann").await.id;
    let newest = world.store.save_draft(save(id, 1, "bob", "B"), audit("draft-saved", "")).await.unwrap();
    for stale in [0, 1, 3] {
        assert!(is_conflict(world.store.save_draft(save(id, stale, "eve", "E"), audit("draft-saved", "")).await));
    }
    assert!(is_conflict(world.store.save_draft(save(DraftId(99), 1, "eve", "E"), audit("draft-saved", "")).await));
    assert_eq!(world.store.draft(id).await.unwrap(), Some(newest));
    assert_eq!(actions(&*world.store, &format!("draft:{id}")).await.len(), 2);
}

#[tokio::test]
async fn a_submitted_draft_leaves_the_list_until_it_is_changed_again() {
    let world = world().await;
    let (first, second) = (draft(&*world.store, "ann").await, draft(&*world.store, "ann").await);
    let list = async || world.store.drafts(10).await.unwrap().into_iter().map(|d| d.id).collect::<Vec<_>>();
    assert_eq!(list().await, [second.id, first.id], "newest first");
    assert_eq!(world.store.drafts(1).await.unwrap().len(), 1);

    let sent = submission(Some(second.id), "one", "ann");
    let request = world.store.submit(sent, audit("request-submitted", "")).await.unwrap().request;
    assert_eq!(list().await, [first.id]);
    assert_eq!(world.store.draft(second.id).await.unwrap().unwrap().request, Some(request));

    world.store.save_draft(save(second.id, 1, "ann", "B"), audit("draft-saved", "")).await.unwrap();
    assert_eq!(list().await, [second.id, first.id]);
}

#[tokio::test]
async fn a_save_that_meets_a_submission_of_the_save_before_is_not_taken_for_submitted() {
    let world = world().await;
    let id = draft(&*world.store, "ann").await.id;
    let newest = world.store.save_draft(save(id, 1, "bob", "B"), audit("draft-saved", "")).await.unwrap();
    let sent = submission(Some(id), "one", "ann");
    assert!(is_conflict(world.store.submit(sent.clone(), audit("request-submitted", "")).await));
    assert_eq!(world.store.drafts(10).await.unwrap(), [newest]);
    let all = RequestFilter { limit: 10, ..Default::default() };
    assert_eq!(world.store.requests(all).await.unwrap(), [], "all or nothing");

    let target = SubmitTarget::New { draft: Some(SeenDraft { id, saves: 2 }) };
    world.store.submit(NewRevision { target, ..sent }, audit("request-submitted", "")).await.unwrap();
    assert_eq!(world.store.drafts(10).await.unwrap(), []);
}

#[tokio::test]
async fn a_draft_for_a_request_that_is_not_there_is_refused() {
    let world = world().await;
    let new = NewDraft { request: Some(domain::request::RequestId(77)), ..new_draft("ann") };
    let made = world.store.create_draft(new, audit("draft-created", "")).await;
    assert!(matches!(made, Err(StoreError::Broken(_))));
    assert_eq!(world.store.drafts(10).await.unwrap(), []);
}
