//! A registry that does not answer: the console stays up, says so, and keeps everything that is not the registry's.

use end2end::{Result, Settings, journey, seen};

#[test]
fn without_a_registry_the_pages_answer_and_say_what_is_wrong() -> Result {
    journey(async |journey| {
        let settings = Settings::default().with("SLUICEGATE_REGISTRY", "http://127.0.0.1:9");
        let world = journey.world_with(settings).await?;
        let visitor = journey.person(&world, "engineer").await?;
        seen(visitor.alert("Nothing has been read yet. This page fills when the registry answers.")).await?;
        seen(visitor.heading("There is nothing to explore")).await?;
        for (place, heading) in [
            ("Designs", "No draft is under way"),
            ("Requests", "You have not asked for an event yet"),
            ("Runs", "No run yet"),
            ("Events", "No event is live yet"),
        ] {
            visitor.go_to(place).await?;
            seen(visitor.heading(heading)).await?;
        }
        Ok(())
    })
}

#[test]
fn a_registry_that_appears_fills_the_page() -> Result {
    journey(async |journey| {
        let folder = tempfile::tempdir()?;
        let settings = Settings::default()
            .with("SLUICEGATE_REGISTRY", &folder.path().display().to_string())
            .with("SLUICEGATE_REGISTRY_POLL_SECONDS", "1");
        let world = journey.world_with(settings).await?;
        let visitor = journey.person(&world, "engineer").await?;
        seen(visitor.heading("There is nothing to explore")).await?;

        let subject = folder.path().join("order%2Fplaced%3F%20%23..%C3%BC%22-value");
        std::fs::create_dir(&subject)?;
        let schema = r#"{"type":"record","name":"A","fields":[{"name":"id","type":"string"}]}"#;
        std::fs::write(subject.join("1.avsc"), schema)?;
        let name = "order/placed? #..ü\"-value";
        for _ in 0..20 {
            visitor.again().await?;
            if visitor.link(name).count().await? > 0 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(250)).await;
        }
        visitor.link(name).click(None).await?;
        seen(visitor.heading(name)).await
    })
}

#[test]
fn the_connection_to_a_registry_is_tested_step_by_step() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let visitor = journey.person(&world, "engineer").await?;
        visitor.open_path("/registries").await?;
        seen(visitor.heading("default")).await?;
        visitor.button("Test the connection").click(None).await?;
        for step in ["Authenticate", "List the subjects", "Read one schema"] {
            seen(visitor.get_by_text(step, true)).await?;
        }
        visitor.button("Sync now").click(None).await?;
        seen(visitor.get_by_text("subjects read", false).first()).await?;

        let settings = Settings::default().with("SLUICEGATE_REGISTRY", "http://127.0.0.1:9");
        let cut_off = journey.world_with(settings).await?;
        let visitor = journey.person(&cut_off, "engineer").await?;
        visitor.open_path("/registries").await?;
        visitor.button("Test the connection").click(None).await?;
        seen(visitor.get_by_text("takes no connection", false)).await
    })
}

#[test]
fn what_cannot_be_read_is_counted_on_the_list_and_told_with_its_reason() -> Result {
    journey(async |journey| {
        let folder = tempfile::tempdir()?;
        for name in ["good-value", "empty-value"] {
            std::fs::create_dir(folder.path().join(name))?;
        }
        let schema = r#"{"type":"record","name":"A","fields":[{"name":"id","type":"string"}]}"#;
        std::fs::write(folder.path().join("good-value/1.avsc"), schema)?;
        std::fs::write(folder.path().join("empty-value/1.avsc"), [0xff, 0xfe])?;
        let settings = Settings::default().with("SLUICEGATE_REGISTRY", &folder.path().display().to_string());
        let world = journey.world_with(settings).await?;
        let visitor = journey.person(&world, "engineer").await?;
        seen(visitor.link("1 unreadable")).await?;
        visitor.link("1 unreadable").click(None).await?;
        seen(visitor.heading("Not readable in default")).await?;
        seen(visitor.row("empty-value")).await
    })
}
