//! Sessions that rotate and expire, tokens that are used and revoked.

use service::ports::store::Session;

use crate::world::*;

fn session(name: &str, from: i64, to: i64) -> Session {
    Session { user: user(name), begun_at: at(from), expires_at: at(to) }
}

#[tokio::test]
async fn a_session_holds_until_it_expires() {
    let world = world().await;
    let ann = session("ann", 0, 100);
    world.store.begin_session(ann.clone(), "digest", None, audit("signed-in", "")).await.unwrap();
    assert_eq!(world.store.session("digest", at(99)).await.unwrap(), Some(ann));
    assert_eq!(world.store.session("digest", at(100)).await.unwrap(), None);
    assert_eq!(world.store.session("other", at(0)).await.unwrap(), None);
    assert_eq!(actions(&*world.store, "user:ann").await, ["signed-in"]);
}

#[tokio::test]
async fn a_new_session_ends_the_one_it_replaces_and_no_other() {
    let world = world().await;
    for (digest, replaces) in [("one", None), ("two", None), ("three", Some("one"))] {
        let row = audit("signed-in", "user:ann");
        world.store.begin_session(session("ann", 0, 100), digest, replaces, row).await.unwrap();
    }
    let there = async |digest| world.store.session(digest, at(1)).await.unwrap().is_some();
    assert_eq!((there("one").await, there("two").await, there("three").await), (false, true, true));
    let row = audit("signed-in", "user:eve");
    assert!(is_conflict(world.store.begin_session(session("eve", 0, 100), "two", None, row).await));
}

#[tokio::test]
async fn ending_a_session_is_told_once_and_ending_none_is_no_error() {
    let world = world().await;
    world.store.begin_session(session("ann", 0, 100), "digest", None, audit("signed-in", "")).await.unwrap();
    for _ in 0..2 {
        world.store.end_session("digest", audit("signed-out", "")).await.unwrap();
    }
    assert_eq!(world.store.session("digest", at(1)).await.unwrap(), None);
    assert_eq!(actions(&*world.store, "user:ann").await, ["signed-in", "signed-out"]);
}

#[tokio::test]
async fn a_token_is_found_by_its_digest_and_notes_its_use_to_the_minute() {
    let world = world().await;
    let made = world.store.create_token(&user("ann"), "ci", "digest", at(0), audit("token-created", "")).await.unwrap();
    assert_eq!((made.user.clone(), made.name.as_str(), made.used_at), (user("ann"), "ci", None));
    assert_eq!(world.store.use_token("other", at(1)).await.unwrap(), None);
    for (now, noted) in [(1, 1), (60, 1), (61, 61)] {
        let used = world.store.use_token("digest", at(now)).await.unwrap().unwrap();
        assert_eq!((used.id, used.used_at), (made.id, Some(at(noted))));
    }
    assert_eq!(world.store.tokens(&user("ann")).await.unwrap()[0].used_at, Some(at(61)));
    assert_eq!(actions(&*world.store, &format!("token:{}", made.id)).await, ["token-created"]);
}

#[tokio::test]
async fn a_token_is_listed_and_revoked_by_its_user_only() {
    let world = world().await;
    let mut ids = vec![];
    for (owner, digest) in [("ann", "one"), ("ann", "two"), ("bob", "three")] {
        let row = audit("token-created", "");
        ids.push(world.store.create_token(&user(owner), "ci", digest, at(0), row).await.unwrap().id);
    }
    let list = async |name| world.store.tokens(&user(name)).await.unwrap().iter().map(|t| t.id).collect::<Vec<_>>();
    assert_eq!(list("ann").await, [ids[1], ids[0]], "newest first");
    let revoke = async |name, id| world.store.revoke_token(&user(name), id, audit("token-revoked", "")).await.unwrap();
    assert!(!revoke("bob", ids[0]).await);
    assert!(revoke("ann", ids[0]).await);
    assert!(!revoke("ann", ids[0]).await, "it is revoked already");
    assert_eq!(world.store.use_token("one", at(1)).await.unwrap(), None);
    assert!(world.store.use_token("two", at(1)).await.unwrap().is_some());
    assert_eq!(list("ann").await, [ids[1]]);
    assert_eq!(actions(&*world.store, &format!("token:{}", ids[0])).await, ["token-created", "token-revoked"]);
    let again = world.store.create_token(&user("ann"), "ci", "one", at(2), audit("token-created", "")).await;
    assert!(is_conflict(again), "a revoked secret does not come back");
}
