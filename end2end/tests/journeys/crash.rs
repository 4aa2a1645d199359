//! The server dies in the middle of a run: the worst moment is when a merge has happened and nobody has written that down.

use std::path::{Path, PathBuf};
use std::process::Command;

use end2end::pages::onboarding::asked;
use end2end::{RequestPage, Result, Settings, journey, seen};

#[test]
fn a_server_killed_in_the_middle_of_a_merge_completes_the_run_and_merges_once() -> Result {
    journey(async |journey| {
        let settings = Settings::default().with("SLUICEGATE_CRASH_AT", "merge-pull-request:after");
        let mut world = journey.world_with(settings).await?;
        let path = asked(&world, "engineer", "tip_adjusted-value", 1).await?;
        let platform = journey.person(&world, "platform-1").await?;
        // The merge has to wait until the run's page is open.
        let lock = locked(world.data())?;
        RequestPage(&platform).open(&path).await?;
        let run = RequestPage(&platform).approve().await?;
        seen(platform.status("Running, step 4 of 5")).await?;

        std::fs::remove_file(lock)?;
        for text in
            ["ERR_CONNECTION_REFUSED", "ERR_INCOMPLETE_CHUNKED_ENCODING", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE"]
        {
            journey.excuses_complaint(text);
        }
        assert_eq!(world.ended().await?, Some(137), "the server was to die as if it were killed");
        seen(platform.status("Running, step 4 of 5")).await?;
        world.forget("SLUICEGATE_CRASH_AT");
        world.start_again().await?;
        run.completes().await?;
        merged_once(world.data())
    })
}

/// Keeps the main line from moving, as another process that works on the repository would.
fn locked(data: &Path) -> Result<PathBuf> {
    let lock = data.join("forge.git/refs/heads/main.lock");
    std::fs::write(&lock, "")?;
    Ok(lock)
}

/// The main line has its beginning and one merge.
fn merged_once(data: &Path) -> Result {
    let log = |arguments: &[&str]| -> Result<String> {
        let output = Command::new("git").arg("--git-dir").arg(data.join("forge.git")).args(arguments).output()?;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8(output.stdout)?)
    };
    let merges = log(&["log", "--merges", "--format=%s", "main"])?;
    assert_eq!(merges.lines().count(), 1, "{merges}");
    let line = log(&["log", "--first-parent", "--format=%s", "main"])?;
    assert_eq!(line.lines().count(), 2, "{line}");
    let files = log(&["ls-tree", "-r", "--name-only", "main"])?;
    assert!(files.contains("tip_adjusted"), "{files}");
    Ok(())
}
