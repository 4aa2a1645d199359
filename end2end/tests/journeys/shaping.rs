//! An analyst shapes a table: every kind of edit, each seen in the statement at once, taken back, and found again behind the link.

use end2end::{Designer, Explore, Result, Subject, Visitor, holds, journey, reads, seen, unseen};
use playwright_rs::{AriaRole, FilterOptions, Locator, expect};

const SUBJECT: &str = "courier_assigned-value";

async fn begun<'a>(visitor: &'a Visitor) -> Result<Designer<'a>> {
    let explore = Explore(visitor);
    explore.look_for("^courier_assigned").await?;
    explore.counts(1).await?;
    explore.subject(SUBJECT).click(None).await?;
    seen(visitor.heading(SUBJECT)).await?;
    Subject(visitor).onboard().await
}

fn with_text(text: &str) -> FilterOptions {
    FilterOptions::default().has_text(text)
}

async fn lacks(what: Locator, text: &str) -> Result {
    Ok(expect(what).not().to_contain_text(text).await?)
}

/// The edits that have a cell in the grid.
async fn in_the_grid(visitor: &Visitor, designer: &Designer<'_>) -> Result {
    designer.keep("previousCourierId").uncheck(None).await?;
    lacks(designer.sql(), "PREVIOUS_COURIER_ID").await?;
    designer.name_of("courierId").fill("CARRIER", None).await?;
    holds(designer.sql(), "\"CARRIER\"").await?;
    visitor.field("Type of deliveryId").fill("VARCHAR", None).await?;
    holds(designer.sql(), "\"DELIVERY_ID\" VARCHAR").await?;
    visitor.field("deliveryId may be NULL").uncheck(None).await?;
    holds(designer.sql(), "NOT NULL").await?;
    visitor.field("Comment of vehicle").fill("what it was brought with", None).await?;
    holds(designer.sql(), "COMMENT 'what it was brought with'").await?;
    designer.expand("assignment").click(None).await?;
    holds(designer.sql(), "ASSIGNMENT__MODEL_VERSION").await
}

/// The edits that the drawer has.
async fn in_the_drawer(visitor: &Visitor, designer: &Designer<'_>) -> Result {
    visitor.button("More about vehicle").click(None).await?;
    seen(visitor.get_by_text("Why this type", true)).await?;
    visitor.field("Masking policy").fill("policies.mask_text", None).await?;
    holds(designer.sql(), "MASKING POLICY").await?;
    visitor.field("Tags").fill("governance.pii = vehicle", None).await?;
    holds(designer.sql(), "= 'vehicle'").await?;
    visitor.field("Collation").fill("en-ci", None).await?;
    holds(designer.sql(), "COLLATE 'en-ci'").await?;
    visitor.field("Value where the event has none").fill("BICYCLE", None).await?;
    visitor.link("Pipe").click(None).await?;
    holds(designer.sql(), "'BICYCLE'").await?;
    visitor.link("Table").click(None).await?;
    visitor.button("Move up").click(None).await?;
    seen(visitor.button("Take back: place of vehicle").first()).await?;
    visitor.button("Take back: place of vehicle").first().click(None).await?;
    unseen(visitor.button("Take back: place of vehicle").first()).await
}

/// The edits of the table and the load.
async fn of_the_table(visitor: &Visitor, designer: &Designer<'_>) -> Result {
    visitor.link("Table options").click(None).await?;
    visitor.field("Table name").fill("COURIERS", None).await?;
    holds(designer.sql(), "\"COURIERS\"").await?;
    visitor.field("Transient").check(None).await?;
    holds(designer.sql(), "CREATE TRANSIENT TABLE").await?;
    visitor.field("Time Travel, in days").fill("1", None).await?;
    holds(designer.sql(), "DATA_RETENTION_TIME_IN_DAYS = 1").await?;
    visitor.field("Cluster by the day of the event").check(None).await?;
    holds(designer.sql(), "CLUSTER BY (TO_DATE(\"_EVENT_CREATED_AT\"))").await?;
    visitor.link("Load options").click(None).await?;
    visitor.field("Who writes the files").select_option("avro_3level", None).await?;
    visitor.link("Pipe").click(None).await?;
    holds(designer.sql(), "CONVERT_TIMEZONE").await
}

#[test]
fn an_analyst_makes_every_kind_of_edit_and_a_colleague_finds_them_behind_the_link() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let analyst = journey.person(&world, "analyst").await?;
        let designer = begun(&analyst).await?;
        in_the_grid(&analyst, &designer).await?;
        in_the_drawer(&analyst, &designer).await?;
        of_the_table(&analyst, &designer).await?;
        analyst.button("Undo").click(None).await?;
        lacks(designer.sql(), "CONVERT_TIMEZONE").await?;
        analyst.button("Redo").click(None).await?;
        holds(designer.sql(), "CONVERT_TIMEZONE").await?;
        designer.saved().await?;

        let colleague = journey.person(&world, "engineer").await?;
        colleague.open_path(analyst.url().trim_start_matches(world.address())).await?;
        let same = Designer(&colleague);
        assert_eq!(same.digest().await?, designer.digest().await?);
        colleague.link_like("Columns").click(None).await?;
        reads(same.name_of("courierId"), "CARRIER").await?;
        colleague.button("Reset all").click(None).await?;
        reads(same.name_of("courierId"), "COURIER_ID").await?;
        colleague.button("Undo").click(None).await?;
        reads(same.name_of("courierId"), "CARRIER").await
    })
}

#[test]
fn an_analyst_chooses_what_loads_the_event_and_sees_what_is_made_instead() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let analyst = journey.person(&world, "analyst").await?;
        let designer = begun(&analyst).await?;
        analyst.link("Load options").click(None).await?;
        seen(analyst.field("Who writes the files")).await?;
        analyst.field("What loads the event").select_option("kafka_connector", None).await?;
        unseen(analyst.field("Who writes the files")).await?;
        seen(analyst.get_by_text("neither a sink job nor a file", false).first()).await?;
        analyst.link("Kafka connector").click(None).await?;
        holds(designer.sql(), "SnowflakeStreamingSinkConnector").await?;
        analyst.field("What loads the event").select_option("snowpipe_streaming", None).await?;
        analyst.link("Pipe").click(None).await?;
        holds(designer.sql(), "DATA_SOURCE(TYPE => 'STREAMING')").await?;
        analyst.button("Undo").click(None).await?;
        lacks(designer.sql(), "PIPE_COURIER_ASSIGNED_V").await
    })
}

#[test]
fn one_change_is_made_to_every_column_that_the_filter_shows() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let analyst = journey.person(&world, "analyst").await?;
        let designer = begun(&analyst).await?;
        analyst.field("Filter columns by field or name").fill("courier", None).await?;
        analyst.get_by_text("Apply to all shown", true).click(None).await?;
        analyst.button("Drop").click(None).await?;
        lacks(designer.sql(), "COURIER_ID").await?;
        holds(designer.sql(), "\"VEHICLE\"").await?;
        analyst.button("Undo").click(None).await?;
        holds(designer.sql(), "\"COURIER_ID\"").await
    })
}

#[test]
fn an_analyst_computes_a_column_applies_a_preset_and_sees_what_sample_events_become() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let analyst = journey.person(&world, "analyst").await?;
        let designer = begun(&analyst).await?;
        analyst.button("Add a computed column").click(None).await?;
        analyst.field("Expression of the computed column c1").fill("UPPER(vehicle)", None).await?;
        seen(analyst.get_by_text("A COPY transformation cannot call UPPER.", false).first()).await?;
        analyst.field("Expression of the computed column c1").fill("REPLACE(vehicle, '_', ' ')", None).await?;
        analyst.field("Name of the computed column c1").fill("VEHICLE_WORDS", None).await?;
        holds(designer.sql(), "\"VEHICLE_WORDS\" VARCHAR").await?;
        unseen(analyst.get_by_text("A COPY transformation cannot call UPPER.", false).first()).await?;

        analyst.button("Show sample rows").click(None).await?;
        seen(analyst.get_by_role(AriaRole::Columnheader, None).filter(with_text("VEHICLE_WORDS"))).await?;
        analyst.button("Paste events").click(None).await?;
        analyst.field("Events as JSON").fill("{\"deliveryId\": }", None).await?;
        seen(analyst.get_by_text("This is not JSON in line 1", false).first()).await?;

        analyst.get_by_text("Presets", true).click(None).await?;
        analyst.button_like("PII-safe").click(None).await?;
        seen(analyst.get_by_text("PII-safe made", false).first()).await?;
        designer.saved().await
    })
}

#[test]
fn a_design_is_taken_to_another_version_with_an_account_of_what_no_longer_applies() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let analyst = journey.person(&world, "analyst").await?;
        let designer = begun(&analyst).await?;
        designer.name_of("courierId").fill("CARRIER", None).await?;
        designer.keep("previousCourierId").uncheck(None).await?;
        designer.saved().await?;
        analyst.get_by_text("v4", true).click(None).await?;
        analyst.button("Version 2").click(None).await?;
        seen(analyst.get_by_text("previousCourierId", false).first()).await?;
        analyst.link("Open the new draft").click(None).await?;
        seen(analyst.get_by_text("v2", true)).await?;
        reads(designer.name_of("courierId"), "CARRIER").await?;
        holds(designer.sql(), "courier_assigned v2").await
    })
}

#[test]
fn two_versions_are_compared_by_meaning_and_by_text() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let engineer = journey.person(&world, "engineer").await?;
        engineer.open_path("/subject?name=courier_assigned-value").await?;
        engineer.link("Compare").click(None).await?;
        seen(engineer.link("By meaning")).await?;
        seen(engineer.row("previousCourierId").first()).await?;
        engineer.link("By text").click(None).await?;
        seen(engineer.get_by_text("previousCourierId", false).first()).await
    })
}
