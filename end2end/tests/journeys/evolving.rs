//! An event that is live moves to its next version: the table changes without a loss, through the same review.

use end2end::pages::onboarding::asked;
use end2end::{RequestPage, Result, Subject, holds, journey, seen};

#[test]
fn a_live_event_takes_the_columns_of_its_next_version_after_a_review() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let path = asked(&world, "engineer", "courier_assigned-value", 3).await?;
        let reviewer = journey.person(&world, "platform-1").await?;
        RequestPage(&reviewer).open(&path).await?;
        RequestPage(&reviewer).approve().await?.completes().await?;

        let engineer = journey.person(&world, "engineer").await?;
        engineer.open_path("/subject?name=courier_assigned-value&version=4").await?;
        let designer = Subject(&engineer).evolve().await?;
        engineer.link("Evolution").click(None).await?;
        holds(designer.sql(), "ADD COLUMN \"PREVIOUS_COURIER_ID\"").await?;
        let request = designer.review().await?.submit().await?;
        let path = request.path();

        RequestPage(&reviewer).open(&path).await?;
        seen(reviewer.get_by_text("ADD COLUMN", false).first()).await?;
        RequestPage(&reviewer).approve().await?.completes().await?;
        engineer.go_to("Events").await?;
        holds(engineer.row("courier_assigned"), "v4").await?;

        engineer.open_path("/subject?name=courier_assigned-value&version=4").await?;
        Subject(&engineer).change_design().await?.review().await?;
        journey.expects_complaint("status of 422");
        engineer.button_like("Submit ").click(None).await?;
        seen(engineer.alert("Nothing differs from what is live with version 4.")).await
    })
}
