//! Awkward schemas and names: what cannot be onboarded says so before it is submitted, and no name is too odd for an address.

use end2end::pages::onboarding::submitted;
use end2end::{Explore, RequestPage, Result, focused, journey, seen};
use playwright_rs::expect;

#[test]
fn a_schema_that_does_not_parse_is_shown_as_text_and_cannot_be_onboarded() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let visitor = journey.person(&world, "engineer").await?;
        visitor.open_path("/subject?name=store_kiosk_pinged-value").await?;
        seen(visitor.alert("The schema is not valid JSON")).await?;
        visitor.link("Raw schema").click(None).await?;
        seen(visitor.get_by_text("\"StoreKioskPinged\"", true)).await?;

        let onboard = visitor.button("Onboard this version");
        expect(onboard.clone()).to_have_attribute("aria-disabled", "true").await?;
        seen(visitor.get_by_text("there is nothing to onboard", false).first()).await?;
        onboard.focus().await?;
        focused(&visitor, &onboard).await?;
        visitor.keyboard().press("Enter", None).await?;
        visitor.again().await?;
        seen(visitor.heading("store_kiosk_pinged-value")).await
    })
}

#[test]
fn a_name_with_every_awkward_character_goes_all_the_way() -> Result {
    const NAME: &str = "legacy/pos#receipts? 100%-value";
    journey(async |journey| {
        let world = journey.world().await?;
        let visitor = journey.person(&world, "engineer").await?;
        Explore(&visitor).look_for("^legacy/pos#").await?;
        // Until the answer is there the row still moves, and a click between two places opens nothing.
        Explore(&visitor).counts(1).await?;
        Explore(&visitor).subject(NAME).click(None).await?;
        seen(visitor.heading(NAME)).await?;
        visitor.again().await?;
        seen(visitor.heading(NAME)).await?;
        let designer = end2end::Subject(&visitor).onboard().await?;
        let path = designer.review().await?.submit().await?.path();

        let platform = journey.person(&world, "platform-1").await?;
        RequestPage(&platform).open(&path).await?;
        seen(platform.link(NAME)).await?;
        RequestPage(&platform).approve().await?.completes().await?;
        platform.go_to("Events").await?;
        seen(platform.row("legacy/pos#receipts? 100%")).await
    })
}

#[test]
fn what_a_schema_says_about_itself_is_never_run() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let visitor = journey.person(&world, "engineer").await?;
        let request = submitted(&visitor, "receipt_template_rendered-value").await?;
        visitor.open_path(&request).await?;
        seen(visitor.heading("Decision")).await?;
        // A script that ran would have been a complaint: the policy of the pages forbids it, and the journey fails on any.
        let scripts = visitor.evaluate_value("document.querySelectorAll('main script, main img, main iframe').length");
        assert_eq!(scripts.await?, "0");
        Ok(())
    })
}
