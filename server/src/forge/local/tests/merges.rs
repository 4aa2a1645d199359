//! Merging.

use service::ports::forge::Forge;

use super::{change, refusal, world};

#[tokio::test]
async fn a_merge_has_two_parents_and_both_sides_files() {
    let world = world().await;
    let head = world.forge.write_change(&change("a", &[("events/a/table.sql", "CREATE a\n")])).await.unwrap();
    world.forge.open_pull_request("a", "Onboard a", "").await.unwrap();
    let other = world.merged(&change("b", &[("events/b/table.sql", "CREATE b\n")])).await;
    let merge = world.forge.merge(1).await.unwrap();
    assert_eq!(world.git(&["rev-parse", "main"]), merge.0);
    assert_eq!(world.git(&["show", "--no-patch", "--format=%P", "main"]), format!("{} {}", other.0, head.0));
    assert_eq!(world.git(&["show", "--no-patch", "--format=%B", "main"]), "Merge pull request #1 from a\n\nOnboard a");
    let files = world.git(&["ls-tree", "-r", "--name-only", "main"]);
    assert_eq!(files, "README.md\nevents/a/table.sql\nevents/b/table.sql");
    let log = world.git(&["log", "--stat", "--format=%s", "main"]);
    assert!(log.contains("events/a/table.sql | 1 +") && log.contains("Onboard a"), "{log}");
    world.git(&["fsck", "--strict"]);
}

#[tokio::test]
async fn merging_again_gives_the_same_commit_and_moves_nothing() {
    let world = world().await;
    let merge = world.merged(&change("a", &[("a/x", "1")])).await;
    world.merged(&change("b", &[("b/x", "1")])).await;
    let main = world.git(&["rev-parse", "main"]);
    assert_eq!(world.forge.merge(1).await.unwrap(), merge);
    assert_eq!(world.git(&["rev-parse", "main"]), main);
    assert!(world.forge.open_pull_request("a", "", "").await.unwrap().merged);
}

#[tokio::test]
async fn the_same_path_changed_on_both_sides_is_refused_by_name_unless_the_content_is_equal() {
    let world = world().await;
    for (branch, content) in [("a", "1"), ("b", "2"), ("c", "1")] {
        world.forge.write_change(&change(branch, &[("events/x", content), (branch, "")])).await.unwrap();
        world.forge.open_pull_request(branch, "", "").await.unwrap();
    }
    world.forge.merge(1).await.unwrap();
    let main = world.git(&["rev-parse", "main"]);
    let sentence = refusal(world.forge.merge(2).await);
    assert!(sentence.starts_with("events/x was changed on the main line since #2"), "{sentence}");
    assert_eq!(world.git(&["rev-parse", "main"]), main);
    world.forge.merge(3).await.unwrap();
    assert_eq!(world.git(&["show", "main:events/x"]), "1");
}

#[tokio::test]
async fn a_file_and_a_folder_of_one_name_from_two_sides_are_refused() {
    for (first, second) in [("x", "x/y"), ("x/y", "x")] {
        let world = world().await;
        for (branch, path) in [("a", first), ("b", second)] {
            world.forge.write_change(&change(branch, &[(path, "1")])).await.unwrap();
            world.forge.open_pull_request(branch, "", "").await.unwrap();
        }
        world.forge.merge(1).await.unwrap();
        assert!(refusal(world.forge.merge(2).await).starts_with(second));
    }
}

#[tokio::test]
async fn a_newer_version_of_merged_files_merges() {
    let world = world().await;
    world.merged(&change("a1", &[("a/x", "1"), ("a/y", "1")])).await;
    world.merged(&change("a2", &[("a/x", "2"), ("a/y", "1")])).await;
    assert_eq!(world.git(&["show", "main:a/x"]), "2");
    assert_eq!(world.git(&["diff", "--name-only", "main^", "main"]), "a/x");
}

#[tokio::test]
async fn what_people_merged_with_git_counts_as_merged() {
    let world = world().await;
    for (branch, number) in [("a", 1), ("b", 2)] {
        let head = world.forge.write_change(&change(branch, &[(branch, "1")])).await.unwrap();
        world.forge.open_pull_request(branch, "", "").await.unwrap();
        let by_hand = match number {
            1 => head.0.clone(),
            _ => {
                world.git(&["commit-tree", "-p", "main", "-p", branch, "-m", "by hand", &format!("{branch}^{{tree}}")])
            }
        };
        world.git(&["update-ref", "refs/heads/main", &by_hand]);
        assert_eq!(world.forge.merge(number).await.unwrap().0, by_hand);
        assert_eq!(world.git(&["rev-parse", "main"]), by_hand);
    }
}

#[tokio::test]
async fn commits_that_people_add_to_the_branch_are_merged_with_it_deletions_too() {
    let world = world().await;
    world.merged(&change("old", &[("old/x", "1")])).await;
    world.forge.write_change(&change("a", &[("a/x", "1")])).await.unwrap();
    let tree = world.git(&["rev-parse", "a:a"]);
    let tree = world.git(&["-c", "core.bare=true", "ls-tree", &tree]).replace("\tx", "\ty");
    let by_hand = commit_with(&world, &tree);
    world.git(&["update-ref", "refs/heads/a", &by_hand]);
    world.forge.open_pull_request("a", "", "").await.unwrap();
    world.forge.merge(1 + 1).await.unwrap();
    assert_eq!(world.git(&["ls-tree", "-r", "--name-only", "main"]), "y");
    assert_eq!(world.git(&["show", "--no-patch", "--format=%P", "main"]).split(' ').nth(1), Some(by_hand.as_str()));
}

/// A commit on top of branch `a` with exactly this tree.
fn commit_with(world: &super::World, entries: &str) -> String {
    let file = world.folder.path().join("entries");
    std::fs::write(&file, format!("{entries}\n")).unwrap();
    let index = std::process::Command::new("git")
        .arg("-C")
        .arg(world.path())
        .arg("mktree")
        .stdin(std::fs::File::open(&file).unwrap())
        .output()
        .unwrap();
    let tree = String::from_utf8(index.stdout).unwrap();
    world.git(&["commit-tree", "-p", "a", "-m", "by hand", tree.trim()])
}

#[tokio::test]
async fn a_history_of_its_own_and_a_number_nobody_has_are_refused() {
    let world = world().await;
    world.forge.write_change(&change("a", &[("a/x", "1")])).await.unwrap();
    let orphan = world.git(&["commit-tree", "-m", "orphan", "a^{tree}"]);
    world.git(&["update-ref", "refs/heads/a", &orphan]);
    world.forge.open_pull_request("a", "", "").await.unwrap();
    assert!(refusal(world.forge.merge(1).await).contains("does not begin on the main line"));
    assert_eq!(refusal(world.forge.merge(99).await), "There is no pull request #99.");
}
