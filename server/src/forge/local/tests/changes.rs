//! Writing changes.

use service::ports::forge::{Change, Forge, ForgeError};

use super::{change, git, refusal, world};
use crate::forge::LocalForge;

#[tokio::test]
async fn a_new_repository_begins_with_a_commit_on_main() {
    let world = world().await;
    assert_eq!(world.git(&["symbolic-ref", "HEAD"]), "refs/heads/main");
    assert_eq!(world.git(&["log", "--format=%an <%ae> %s", "main"]), "Sluicegate <console@sluicegate.invalid> Begin");
    assert!(world.git(&["show", "main:README.md"]).starts_with("# Sluicegate"));
    let first = world.git(&["rev-parse", "main"]);
    LocalForge::open(world.path()).await.unwrap();
    assert_eq!(world.git(&["rev-parse", "main"]), first);
}

#[tokio::test]
async fn a_change_is_one_commit_on_top_of_main_with_its_author_and_files() {
    let world = world().await;
    let change =
        change("request-7/revision-2", &[("events/order/table.sql", "CREATE\n"), ("events/order/ü \"x\".tf", "")]);
    let commit = world.forge.write_change(&change).await.unwrap();
    assert_eq!(world.git(&["rev-parse", "request-7/revision-2"]), commit.0);
    assert_eq!(world.git(&["rev-parse", "request-7/revision-2^"]), world.git(&["rev-parse", "main"]));
    let shown = world.git(&["show", "--no-patch", "--format=%an|%ae|%cn|%s", &commit.0]);
    assert_eq!(shown, "Ada Lovelace|ada-lovelace@sluicegate.invalid|Sluicegate|Onboard request-7/revision-2");
    let files = world.git(&["-c", "core.quotePath=false", "ls-tree", "-r", "-z", "--name-only", &commit.0]);
    assert_eq!(files, "README.md\0events/order/table.sql\0events/order/ü \"x\".tf\0");
    assert_eq!(world.git(&["show", &format!("{}:events/order/table.sql", commit.0)]), "CREATE");
    world.git(&["fsck", "--strict"]);
}

#[tokio::test]
async fn the_same_change_again_gives_the_same_commit_even_after_main_moved() {
    let world = world().await;
    let (first, other) = (change("a", &[("a/x", "1")]), change("b", &[("b/x", "1")]));
    let commit = world.forge.write_change(&first).await.unwrap();
    assert_eq!(world.forge.write_change(&first).await.unwrap(), commit);
    world.merged(&other).await;
    assert_eq!(world.forge.write_change(&first).await.unwrap(), commit);
    world.merged(&first).await;
    assert_eq!(world.forge.write_change(&first).await.unwrap(), commit);
}

#[tokio::test]
async fn other_files_on_the_same_branch_replace_it_until_it_is_merged() {
    let world = world().await;
    world.forge.write_change(&change("a", &[("a/x", "1"), ("a/y", "1")])).await.unwrap();
    let second = world.forge.write_change(&change("a", &[("a/x", "2")])).await.unwrap();
    assert_eq!(world.git(&["rev-parse", "a"]), second.0);
    assert_eq!(world.git(&["ls-tree", "-r", "--name-only", "a"]), "README.md\na/x");
    world.merged(&change("a", &[("a/x", "2")])).await;
    let sentence = refusal(world.forge.write_change(&change("a", &[("a/x", "3")])).await);
    assert!(sentence.contains("merged with other files"), "{sentence}");
}

#[tokio::test]
async fn paths_that_lead_out_or_into_git_are_refused_and_leave_nothing() {
    let world = world().await;
    let long = "x".repeat(2000);
    let bad = [
        "",
        "/etc/passwd",
        "../x",
        "a/../../x",
        "a//b",
        "a/",
        "./a",
        "a/.",
        ".git/config",
        "a/.GIT/hooks/x",
        "a/.git ",
        "git~1/x",
        "a\\b",
        "a\nb",
        "a\0b",
        ".g\u{200c}it/config",
        &long,
    ];
    for path in bad {
        let sentence = refusal(world.forge.write_change(&change("a", &[("good", ""), (path, "")])).await);
        assert!(sentence.ends_with('.') && !sentence.contains(['\n', '\0']), "{path:?}: {sentence}");
    }
    refusal(world.forge.write_change(&change("a", &[("x", "1"), ("x", "2")])).await);
    refusal(world.forge.write_change(&change("a", &[("x", "1"), ("x/y", "2")])).await);
    assert_eq!(world.git(&["branch", "--list"]), "* main");
}

#[tokio::test]
async fn a_file_does_not_take_the_place_of_a_folder_on_main_nor_the_other_way_round() {
    let world = world().await;
    world.merged(&change("a", &[("a/x", "1")])).await;
    for path in ["a", "a/x/y", "README.md/x"] {
        assert!(refusal(world.forge.write_change(&change("b", &[(path, "")])).await).contains(path));
    }
}

#[tokio::test]
async fn branches_have_names_that_git_allows_and_none_is_main() {
    let world = world().await;
    for branch in ["", "main", "a b", "../main", "a..b", "a.lock", "-x", "@{", "a/", "a\nb", "HEAD"] {
        refusal(world.forge.write_change(&change(branch, &[("x", "")])).await);
    }
    let long = "x".repeat(300);
    refusal(world.forge.write_change(&change(&long, &[("x", "")])).await);
}

#[tokio::test]
async fn hostile_names_and_messages_cannot_forge_a_commit() {
    let world = world().await;
    let author = |branch: &str, name: &str| Change { author: name.into(), ..change(branch, &[("x", branch)]) };
    let hostile = Change { message: "a\0b\n\nparent 0000".into(), ..author("a", "Eve <eve@example.com>\nparent 1\0") };
    for (change, shown) in [
        (hostile, "Eve  eve@example.com  parent 1|eve--eve-example-com--parent-1@sluicegate.invalid"),
        (author("b", " <>\n"), "unknown|unknown@sluicegate.invalid"),
        (author("c", "Jürgen Müller"), "Jürgen Müller|j-rgen-m-ller@sluicegate.invalid"),
        (author("d", "李雷"), "李雷|unknown@sluicegate.invalid"),
    ] {
        let commit = world.forge.write_change(&change).await.unwrap();
        assert_eq!(world.git(&["show", "--no-patch", "--format=%an|%ae", &commit.0]), shown);
    }
    world.git(&["fsck", "--strict"]);
}

#[tokio::test]
async fn people_may_pack_the_repository() {
    let world = world().await;
    let first = change("a", &[("a/x", "1")]);
    let commit = world.forge.write_change(&first).await.unwrap();
    world.git(&["pack-refs", "--all"]);
    world.git(&["repack", "-adq"]);
    assert_eq!(world.forge.write_change(&first).await.unwrap(), commit);
    let merged = world.merged(&first).await;
    assert_eq!(world.git(&["rev-parse", "main"]), merged.0);
}

#[tokio::test]
async fn a_place_that_holds_something_else_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("notes.txt"), "mine").unwrap();
    let sentence = match LocalForge::open(folder.path()).await {
        Err(ForgeError::Refused(sentence)) => sentence,
        other => panic!("{other:?}"),
    };
    assert!(sentence.contains("not a git repository"), "{sentence}");
    let (empty, bare) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    LocalForge::open(empty.path()).await.unwrap();
    git(bare.path(), &["init", "--quiet", "--bare", "--initial-branch=main"]);
    LocalForge::open(bare.path()).await.unwrap();
    assert_eq!(git(bare.path(), &["log", "--format=%s", "main"]), "Begin");
}

#[tokio::test]
async fn a_file_that_goes_is_gone_after_the_merge_and_others_stay() {
    let world = world().await;
    world.merged(&change("a", &[("a/x", "1"), ("a/y", "1")])).await;
    let removal = Change { removed: vec!["a/x".into(), "a/none".into()], ..change("b", &[("a/z", "1")]) };
    let commit = world.forge.write_change(&removal).await.unwrap();
    assert_eq!(world.forge.write_change(&removal).await.unwrap(), commit);
    world.merged(&removal).await;
    assert_eq!(world.git(&["ls-tree", "-r", "--name-only", "main"]), "README.md\na/y\na/z");
}
