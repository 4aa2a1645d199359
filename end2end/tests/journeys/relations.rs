//! What is around a subject: who refers to it, what was made of it, and that it can go while one looks at it.

use end2end::pages::onboarding::submitted;
use end2end::{Result, Settings, Subject, holds, journey, reached, seen};
use playwright_rs::AriaRole;

#[test]
fn references_are_drawn_and_listed_in_both_directions_and_lead_on() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let visitor = journey.person(&world, "engineer").await?;
        visitor.open_path("/subject?name=common.Address&view=references").await?;
        seen(visitor.heading("Refers to")).await?;
        let drawing = visitor.named(AriaRole::Region, "References as a drawing");
        holds(drawing.clone(), "common.GeoPoint").await?;
        holds(drawing, "order_placed-value").await?;
        seen(visitor.heading("Referred to by")).await?;
        visitor.link_like("common.GeoPoint").last().click(None).await?;
        seen(visitor.heading("common.GeoPoint")).await?;
        reached(&visitor, r"/subject\?name=common.GeoPoint&version=\d+&view=references").await?;
        seen(visitor.link_like("common.Address").first()).await
    })
}

#[test]
fn a_subject_tells_what_was_made_of_it_and_any_two_versions_stand_in_the_address() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let visitor = journey.person(&world, "engineer").await?;
        submitted(&visitor, "tip_adjusted-value").await?;
        Subject(&visitor).open("tip_adjusted-value").await?;
        seen(visitor.heading("Made of it here")).await?;
        seen(visitor.link_like("In review")).await?;
        visitor.open_path("/subject?name=order_placed-value&version=5&view=compare&from=2&by=meaning").await?;
        holds(visitor.field("From").locator("option:checked"), "Version 2").await?;
        holds(visitor.field("To").locator("option:checked"), "Version 5").await
    })
}

#[test]
fn a_subject_that_goes_while_it_is_open_says_so_and_keeps_what_was_read() -> Result {
    journey(async |journey| {
        let folder = tempfile::tempdir()?;
        let subject = folder.path().join("going-value");
        std::fs::create_dir(&subject)?;
        let schema = r#"{"type":"record","name":"A","fields":[{"name":"staying","type":"string"}]}"#;
        std::fs::write(subject.join("1.avsc"), schema)?;
        let settings = Settings::default()
            .with("SLUICEGATE_REGISTRY", &folder.path().display().to_string())
            .with("SLUICEGATE_REGISTRY_POLL_SECONDS", "1");
        let world = journey.world_with(settings).await?;
        let visitor = journey.person(&world, "engineer").await?;
        Subject(&visitor).open("going-value").await?;
        journey.expects_complaint("status of 404");
        std::fs::remove_dir_all(&subject)?;
        for _ in 0..30 {
            if visitor.status("gone from the registry since you opened it").count().await? > 0 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        }
        seen(visitor.status("gone from the registry since you opened it")).await?;
        seen(visitor.get_by_text("staying", true)).await
    })
}
