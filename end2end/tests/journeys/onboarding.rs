//! The whole path, from a schema in the registry to an event in the catalogue.

use std::time::Duration;

use end2end::pages::onboarding::submitted;
use end2end::{
    Designer, Explore, RequestPage, Result, RunPage, Traffic, Visitor, focused, holds, journey, reached, reads, seen,
    unseen,
};
use playwright_rs::{AriaRole, expect};

const SUBJECT: &str = "courier_assigned-value";

#[test]
fn an_event_goes_from_the_registry_to_the_catalogue_with_an_analysts_eyes_and_a_colleagues_approval() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let engineer = journey.person(&world, "engineer").await?;
        let designer = found_and_begun(&engineer).await?;
        renamed_without_the_server(&engineer, &designer).await?;
        shaped(&engineer, &designer).await?;

        let link = engineer.url();
        let analyst = journey.person(&world, "analyst").await?;
        analyst.open_path(link.trim_start_matches(world.address())).await?;
        let same = Designer(&analyst);
        reads(same.name_of("courierId"), "CARRIER").await?;
        holds(same.sql(), "ASSIGNMENT__MODEL_VERSION").await?;

        let digest = designer.digest().await?;
        let request = designer.review().await?.submit().await?;
        seen(engineer.get_by_text(&digest, false).first()).await?;
        own_approval_is_refused(&request, &engineer, "Only the platform team decides on requests.").await?;

        let platform = journey.person(&world, "platform-2").await?;
        platform.go_to("Requests").await?;
        platform.link(SUBJECT).click(None).await?;
        holds(platform.named(AriaRole::Region, "What will be made"), "CARRIER").await?;
        let run = RequestPage(&platform).approve().await?;
        run.completes().await?;
        is_live(&engineer).await
    })
}

async fn found_and_begun<'a>(engineer: &'a Visitor) -> Result<Designer<'a>> {
    let explore = Explore(engineer);
    explore.look_for("^courier_assigned").await?;
    explore.counts(1).await?;
    explore.subject(SUBJECT).click(None).await?;
    seen(engineer.heading(SUBJECT)).await?;
    end2end::Subject(engineer).onboard().await
}

/// The generator runs in the browser: the statement follows a keystroke before any request is sent.
async fn renamed_without_the_server(engineer: &Visitor, designer: &Designer<'_>) -> Result {
    designer.name_of("courierId").focus().await?;
    holds(designer.sql(), "\"COURIER_ID\"").await?;
    let traffic = Traffic::of(engineer).await?;
    designer.name_of("courierId").fill("CARRIER", None).await?;
    expect(designer.sql()).with_poll_interval(Duration::from_millis(5)).to_contain_text("\"CARRIER\"").await?;
    let asked = traffic.requests();
    assert!(asked.is_empty(), "the statement asked the server: {asked:?}");
    designer.saved().await?;
    assert!(!traffic.requests().is_empty(), "the draft was never sent to the server");
    Ok(())
}

/// Expands a record, drops a column, and takes the dropping back and again.
async fn shaped(engineer: &Visitor, designer: &Designer<'_>) -> Result {
    designer.expand("assignment").click(None).await?;
    holds(designer.sql(), "ASSIGNMENT__MODEL_VERSION").await?;
    designer.keep("previousCourierId").uncheck(None).await?;
    expect(designer.sql()).not().to_contain_text("PREVIOUS_COURIER_ID").await?;
    engineer.button("Undo").click(None).await?;
    holds(designer.sql(), "PREVIOUS_COURIER_ID").await?;
    expect(designer.keep("previousCourierId")).to_be_checked().await?;
    engineer.button("Redo").click(None).await?;
    expect(designer.sql()).not().to_contain_text("PREVIOUS_COURIER_ID").await?;
    designer.saved().await
}

/// The button is there, says that it is disabled and why, and pressing it does nothing.
async fn own_approval_is_refused(request: &RequestPage<'_>, visitor: &Visitor, reason: &str) -> Result {
    seen(visitor.get_by_text(reason, true)).await?;
    expect(request.approval()).to_have_attribute("aria-disabled", "true").await?;
    request.approval().focus().await?;
    focused(visitor, &request.approval()).await?;
    visitor.keyboard().press("Enter", None).await?;
    visitor.again().await?;
    seen(visitor.get_by_text(reason, true)).await?;
    unseen(visitor.link_like("Open run")).await
}

async fn is_live(visitor: &Visitor) -> Result {
    visitor.go_to("Events").await?;
    reached(visitor, "/events").await?;
    holds(visitor.row("courier_assigned"), "COURIER_ASSIGNED").await?;
    visitor.go_to("Explore").await?;
    Explore(visitor).look_for("^courier_assigned").await?;
    Explore(visitor).counts(1).await?;
    holds(visitor.row(SUBJECT), "Live").await
}

#[test]
fn an_author_of_the_platform_team_needs_a_colleague_too() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let author = journey.person(&world, "platform-1").await?;
        let path = submitted(&author, "tip_adjusted-value").await?;
        let reason = "You wrote part of this revision, so someone else has to decide on it.";
        own_approval_is_refused(&RequestPage(&author), &author, reason).await?;

        let colleague = journey.person(&world, "platform-2").await?;
        RequestPage(&colleague).open(&path).await?;
        let run = RequestPage(&colleague).approve().await?;
        let run = run.path();
        author.open_path(&run).await?;
        RunPage(&author).completes().await
    })
}
