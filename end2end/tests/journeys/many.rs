//! A registry with many subjects: a list with a true scrollbar, selections of rows and of all matches, and many events at once.

use std::path::Path;

use end2end::{Explore, Journey, Result, Settings, Visitor, World, counted, holds, journey, reached, seen};
use playwright_rs::AriaRole;

const MANY: usize = 3_000;

/// A registry folder with so many subjects, numbered so that their names are in order.
fn folder(at: &Path) -> Result {
    for number in 0..MANY {
        let subject = at.join(format!("shop.event_{number:05}-value"));
        std::fs::create_dir(&subject)?;
        let schema = format!(r#"{{"type":"record","name":"E{number}","fields":[{{"name":"id","type":"string"}}]}}"#);
        std::fs::write(subject.join("1.avsc"), schema)?;
    }
    Ok(())
}

async fn world(journey: &Journey, at: &Path) -> Result<World> {
    folder(at)?;
    let settings = Settings::default().with("SLUICEGATE_REGISTRY", &at.display().to_string());
    journey.world_with(settings).await
}

/// Waits until the registry was read whole, as its reader does.
async fn read_whole(visitor: &Visitor) -> Result {
    for _ in 0..60 {
        visitor.open_path("/").await?;
        if visitor.status("3,000 of 3,000 subjects match").count().await? > 0 {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    }
    Err("the registry was never read whole".into())
}

#[test]
fn the_scrollbar_is_true_and_rows_are_fetched_where_one_looks() -> Result {
    journey(async |journey| {
        let at = tempfile::tempdir()?;
        let world = world(journey, at.path()).await?;
        let visitor = journey.person(&world, "engineer").await?;
        read_whole(&visitor).await?;
        let list = visitor.named(AriaRole::Region, "Subjects");
        let explore = Explore(&visitor);
        seen(explore.subject("shop.event_00000-value")).await?;
        let height = visitor.evaluate_value("document.querySelector('.rows-scroll').scrollHeight").await?;
        let height: f64 = height.parse()?;
        assert!((height - 3_000.0 * 32.0).abs() < 100.0, "{height}");
        visitor.evaluate_value("document.querySelector('.rows-scroll').scrollTo(0, 48000)").await?;
        seen(explore.subject("shop.event_01505-value")).await?;
        visitor.evaluate_value("document.querySelector('.rows-scroll').scrollTo(0, 1e9)").await?;
        seen(explore.subject("shop.event_02999-value")).await?;
        let rows = list.get_by_role(AriaRole::Link, None).count().await?;
        assert!(rows < 120, "{rows} rows are in the document");
        explore.look_for("0150[0-9]").await?;
        seen(explore.subject("shop.event_01500-value")).await?;
        counted(explore.subjects(), 10).await
    })
}

#[test]
fn a_range_and_all_matches_are_selected_and_onboarded_with_a_report() -> Result {
    journey(async |journey| {
        let at = tempfile::tempdir()?;
        let world = world(journey, at.path()).await?;
        let visitor = journey.person(&world, "engineer").await?;
        read_whole(&visitor).await?;
        let explore = Explore(&visitor);
        explore.look_for("subject:event_0001").await?;
        explore.counts(10).await?;
        explore.tick("shop.event_00010-value").click(None).await?;
        visitor.keyboard().down("Shift").await?;
        explore.tick("shop.event_00012-value").click(None).await?;
        visitor.keyboard().up("Shift").await?;
        holds(explore.selection(), "3 selected").await?;
        visitor.button("Select all 10").click(None).await?;
        holds(explore.selection(), "10 selected").await?;
        explore.tick("shop.event_00019-value").click(None).await?;
        holds(explore.selection(), "9 selected").await?;
        visitor.link("Onboard 9 events").click(None).await?;

        seen(visitor.heading("Onboard 9 events")).await?;
        seen(visitor.status("0 blocked")).await?;
        visitor.link("Leave out shop.event_00010-value").click(None).await?;
        seen(visitor.heading("Onboard 8 events")).await?;
        visitor.field("Preset").select_option("raw-variant", None).await?;
        reached(&visitor, r"/bulk\?.*preset=raw-variant").await?;
        visitor.button("Submit 8 requests").click(None).await?;
        reached(&visitor, r"/requests\?inbox=mine").await?;
        seen(visitor.link("shop.event_00018-value")).await
    })
}
