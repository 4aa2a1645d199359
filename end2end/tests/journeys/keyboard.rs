//! The path of an engineer who has no mouse: every step by the keyboard, and the focus always somewhere to be seen.

use end2end::{Designer, Explore, Result, Visit, Visitor, focused, holds, journey, reached, seen};
use playwright_rs::{AriaRole, Locator};

/// How often a key is pressed before what it should reach counts as out of reach.
const PRESSES: usize = 80;

/// Presses the key (`Tab` or `Shift+Tab`) until the focus is on this.
async fn go_to(visitor: &Visitor, key: &str, what: Locator) -> Result {
    let here = what.and_(&visitor.locator(":focus"));
    for _ in 0..PRESSES {
        visitor.keyboard().press(key, None).await?;
        if here.count().await? == 1 {
            return Ok(());
        }
    }
    Err(format!("{PRESSES} times {key} did not reach {}", what.selector()).into())
}

async fn press(visitor: &Visitor, key: &str) -> Result {
    Ok(visitor.keyboard().press(key, None).await?)
}

#[test]
fn an_engineer_without_a_mouse_signs_in_finds_designs_and_submits() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let visitor = journey.visitor(world.address(), Visit::default()).await?;
        visitor.open_path("/").await?;
        go_to(&visitor, "Tab", visitor.offer_of("engineer")).await?;
        press(&visitor, "Enter").await?;
        reached(&visitor, "/").await?;
        visitor.hydrated().await?;

        let explore = Explore(&visitor);
        press(&visitor, "/").await?;
        focused(&visitor, &explore.search()).await?;
        visitor.keyboard().type_text("^tip_", None).await?;
        explore.counts(1).await?;
        go_to(&visitor, "Tab", explore.subject("tip_adjusted-value")).await?;
        press(&visitor, "Enter").await?;
        seen(visitor.heading("tip_adjusted-value")).await?;

        go_to(&visitor, "Tab", visitor.button("Onboard this version")).await?;
        press(&visitor, "Enter").await?;
        reached(&visitor, r"/designs/\d+").await?;
        let designer = Designer(&visitor);
        seen(designer.name_of("newTip")).await?;
        go_to(&visitor, "Tab", designer.name_of("newTip")).await?;
        press(&visitor, "Control+a").await?;
        visitor.keyboard().type_text("MONEY", None).await?;
        holds(designer.sql(), "\"MONEY\"").await?;
        go_to(&visitor, "Shift+Tab", visitor.link("Review")).await?;
        press(&visitor, "Enter").await?;
        reached(&visitor, r"/designs/\d+/review").await?;
        let submit = visitor.button_like("Submit ");
        seen(submit.clone()).await?;
        go_to(&visitor, "Tab", submit).await?;
        press(&visitor, "Enter").await?;
        reached(&visitor, r"/requests/\d+").await?;
        holds(visitor.named(AriaRole::Region, "What will be made"), "MONEY").await
    })
}

#[test]
fn the_skip_link_leads_past_the_navigation() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let visitor = journey.person(&world, "engineer").await?;
        press(&visitor, "Tab").await?;
        focused(&visitor, &visitor.link("Skip to the content")).await?;
        press(&visitor, "Enter").await?;
        focused(&visitor, &visitor.get_by_role(AriaRole::Main, None)).await?;
        press(&visitor, "Tab").await?;
        focused(&visitor, &Explore(&visitor).search()).await
    })
}
