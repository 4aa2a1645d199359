//! Runs that get stuck: what failed is said in a sentence, a repair and a retry finish the run, and a cancel says what is left.

use std::path::{Path, PathBuf};
use std::time::Duration;

use end2end::pages::onboarding::asked;
use end2end::{RequestPage, Result, RunPage, holds, journey, seen, unseen};
use playwright_rs::expect;

/// Attempts are 2, 4, 8 and 16 seconds apart.
const UNTIL_STUCK: Duration = Duration::from_secs(55);

const LOCKED: &str = "refs/heads/main is locked by another process.";

/// Keeps the main line from moving, as another process that works on the repository would.
fn lock(data: &Path) -> Result<PathBuf> {
    let lock = data.join("forge.git/refs/heads/main.lock");
    std::fs::write(&lock, "")?;
    Ok(lock)
}

#[test]
fn a_stuck_run_says_why_and_goes_on_when_its_cause_is_mended() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let path = asked(&world, "engineer", "tip_adjusted-value", 1).await?;
        let lock = lock(world.data())?;
        let platform = journey.person(&world, "platform-1").await?;
        RequestPage(&platform).open(&path).await?;
        let run = RequestPage(&platform).approve().await?;
        holds(run.attempt(1), LOCKED).await?;
        seen(platform.status("Running, step 4 of 5")).await?;
        unseen(platform.button("Retry the step")).await?;

        let stuck = platform.status("Needs a hand, step 4 of 5");
        expect(stuck).with_timeout(UNTIL_STUCK).to_be_visible().await?;
        seen(platform.alert("“Merge pull request” failed and is not tried again by itself.")).await?;
        holds(run.attempt(5), LOCKED).await?;
        seen(run.step("Merge pull request", "failed")).await?;

        std::fs::remove_file(lock)?;
        platform.button("Retry the step").click(None).await?;
        run.completes().await
    })
}

#[test]
fn a_cancelled_run_says_what_it_leaves_behind() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let path = asked(&world, "engineer", "tip_adjusted-value", 1).await?;
        let _lock = lock(world.data())?;
        let platform = journey.person(&world, "platform-1").await?;
        RequestPage(&platform).open(&path).await?;
        let run = RequestPage(&platform).approve().await?.path();

        let engineer = journey.person(&world, "engineer").await?;
        engineer.open_path(&run).await?;
        holds(RunPage(&engineer).attempt(1), LOCKED).await?;
        seen(engineer.heading("If you cancel now")).await?;
        let account = "Pull request #1 stays open and nothing is merged.";
        seen(engineer.get_by_text(account, false)).await?;
        engineer.button("Cancel the run").click(None).await?;
        seen(engineer.status("Cancelled")).await?;
        seen(engineer.heading("What stays behind")).await?;
        seen(engineer.get_by_text(account, false)).await?;
        for title in ["Merge pull request", "Record the event"] {
            seen(RunPage(&engineer).step(title, "not done")).await?;
        }
        unseen(engineer.button("Cancel the run")).await?;

        let analyst = journey.person(&world, "analyst").await?;
        analyst.open_path(&run).await?;
        seen(analyst.status("Cancelled")).await?;
        engineer.open_path(&path).await?;
        seen(engineer.get_by_text("Cancelled", true).first()).await
    })
}
