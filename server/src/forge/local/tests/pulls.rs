//! Opening pull requests.

use service::ports::forge::Forge;

use super::{change, refusal, world};

#[tokio::test]
async fn pull_requests_are_numbered_and_asking_again_gives_the_same() {
    let world = world().await;
    let commit = world.forge.write_change(&change("a", &[("a/x", "1")])).await.unwrap();
    world.forge.write_change(&change("b", &[("b/x", "1")])).await.unwrap();
    let first = world.forge.open_pull_request("a", "Onboard a", "**body** \u{1f600}").await.unwrap();
    let second = world.forge.open_pull_request("b", "Onboard b", "").await.unwrap();
    assert_eq!((first.number, first.label.as_str(), second.number), (1, "#1", 2));
    assert_eq!((&first.head, first.merged), (&commit, false));
    assert_eq!(world.forge.open_pull_request("a", "Another title", "").await.unwrap(), first);
    assert_eq!(world.git(&["rev-parse", "refs/pull/1/head"]), commit.0);
    let notes: serde_json::Value = serde_json::from_str(&world.git(&["cat-file", "blob", "refs/pull/1/meta"])).unwrap();
    assert_eq!(notes, serde_json::json!({"branch": "a", "title": "Onboard a", "body": "**body** \u{1f600}"}));
}

#[tokio::test]
async fn an_open_pull_request_follows_its_branch_and_a_merged_one_does_not() {
    let world = world().await;
    world.forge.write_change(&change("a", &[("a/x", "1")])).await.unwrap();
    world.forge.open_pull_request("a", "", "").await.unwrap();
    let newer = world.forge.write_change(&change("a", &[("a/x", "2")])).await.unwrap();
    assert_eq!(world.forge.open_pull_request("a", "", "").await.unwrap().head, newer);
    world.forge.merge(1).await.unwrap();
    let tree = world.git(&["rev-parse", "main^{tree}"]);
    let by_hand = world.git(&["commit-tree", "-p", "main", "-m", "by hand", &tree]);
    world.git(&["update-ref", "refs/heads/a", &by_hand]);
    let after = world.forge.open_pull_request("a", "", "").await.unwrap();
    assert_eq!((after.number, after.head, after.merged), (1, newer, true));
}

#[tokio::test]
async fn a_branch_that_is_not_there_has_no_pull_request() {
    let world = world().await;
    assert!(refusal(world.forge.open_pull_request("nothing", "", "").await).contains("no branch nothing"));
    assert!(refusal(world.forge.open_pull_request("main", "", "").await).contains("cannot be the name"));
}

#[tokio::test]
async fn calls_at_the_same_time_take_turns() {
    let world = std::sync::Arc::new(world().await);
    let onboard = |number: usize| {
        let world = world.clone();
        tokio::spawn(async move {
            let (branch, path) = (format!("r{number}"), format!("events/e{number}/x"));
            world.merged(&change(&branch, &[(&path, "1")])).await
        })
    };
    let all: Vec<_> = (0..12).map(onboard).collect();
    for task in all {
        task.await.unwrap();
    }
    assert_eq!(world.git(&["rev-list", "--count", "--merges", "main"]), "12");
    assert_eq!(world.git(&["ls-tree", "--name-only", "main:events"]).lines().count(), 12);
    let heads = world.git(&["for-each-ref", "--format=%(refname)", "refs/pull/*/merged"]);
    assert_eq!(heads.lines().count(), 12);
}
