//! The whole path with JavaScript turned off: plain links, plain forms, and a reload to see what came since.

use end2end::pages::onboarding::asked;
use end2end::{Result, Visit, Visitor, holds, journey, reached, seen};
use playwright_rs::AriaRole;

/// Reloads until the run's page says so; without JavaScript nothing else would.
async fn reloads_until(visitor: &Visitor, state: &str) -> Result {
    for _ in 0..60 {
        if visitor.status(state).count().await? > 0 {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
        visitor.again().await?;
    }
    Err(format!("the run was never {state}").into())
}

#[test]
fn an_event_is_found_asked_for_approved_and_followed_without_javascript() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let plain = Visit::default().without_javascript();
        let engineer = journey.person_with(&world, "engineer", plain).await?;
        let search = engineer.named(AriaRole::Searchbox, "Search subjects by regular expression");
        search.fill("^loyalty_", None).await?;
        search.press("Enter", None).await?;
        reached(&engineer, r"/\?q=%5Eloyalty_").await?;
        seen(engineer.status("1 of")).await?;
        engineer.link("loyalty_points_earned-value").click(None).await?;
        seen(engineer.heading("loyalty_points_earned-value")).await?;

        engineer.button("Onboard this version").click(None).await?;
        reached(&engineer, r"/designs/\d+").await?;
        holds(engineer.named(AriaRole::Region, "Rendered file"), "CREATE TABLE").await?;
        engineer.link("Review").click(None).await?;
        engineer.button_like("Submit ").click(None).await?;
        reached(&engineer, r"/requests/\d+").await?;

        let platform = journey.person_with(&world, "platform-1", plain).await?;
        platform.go_to("Requests").await?;
        platform.link("loyalty_points_earned-value").click(None).await?;
        holds(platform.named(AriaRole::Region, "What will be made"), "CREATE PIPE").await?;
        platform.button("Approve and launch").click(None).await?;
        reached(&platform, r"/runs/\d+").await?;
        reloads_until(&platform, "Completed").await?;
        platform.go_to("Events").await?;
        holds(platform.row("loyalty_points_earned"), "LOYALTY_POINTS_EARNED").await
    })
}

#[test]
fn a_broken_pattern_is_explained_without_javascript() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let visitor = journey.person_with(&world, "analyst", Visit::default().without_javascript()).await?;
        visitor.open_path("/?q=order_(").await?;
        seen(visitor.status("The group opened at position 7 is not closed.")).await?;
        visitor.link("Search as plain text").click(None).await?;
        seen(visitor.heading("No subject matches")).await
    })
}

#[test]
fn a_refused_decision_says_why_without_javascript() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let path = asked(&world, "engineer", "tip_adjusted-value", 1).await?;
        let platform = journey.person_with(&world, "platform-1", Visit::default().without_javascript()).await?;
        platform.open_path(&path).await?;
        platform.button("Reject").click(None).await?;
        reached(&platform, &format!("{path}.*")).await?;
        seen(platform.get_by_text("Say why", false).first()).await?;
        platform.field("Reason").fill("The tip is not settled yet.", None).await?;
        platform.button("Reject").click(None).await?;
        seen(platform.get_by_text("platform-1 rejected revision 1.", true)).await?;
        seen(platform.get_by_text("The tip is not settled yet.", true).first()).await
    })
}
