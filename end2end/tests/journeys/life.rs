//! The life of a live event: the pipe of an older version is taken out once it has drained, and a request that another one overtook
//! says so and is taken up again.

use end2end::pages::onboarding::asked;
use end2end::{Designer, RequestPage, Result, Review, axe, holds, journey, reached, seen};

const EVENT: &str = "courier_assigned-value";

#[test]
fn a_drained_pipe_is_taken_out_of_the_catalogue_by_a_reviewed_change() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let reviewer = journey.person(&world, "platform-1").await?;
        for version in [3, 4] {
            let path = asked(&world, "engineer", EVENT, version).await?;
            RequestPage(&reviewer).open(&path).await?;
            RequestPage(&reviewer).approve().await?.completes().await?;
        }
        let engineer = journey.person(&world, "engineer").await?;
        engineer.go_to("Events").await?;
        holds(engineer.row("courier_assigned"), "v3, v4").await?;
        axe::accessible(&engineer).await?;
        engineer.button("Retire v3").click(None).await?;
        reached(&engineer, r"/designs/\d+/review").await?;
        seen(engineer.get_by_text("is dropped when this is merged", false).first()).await?;
        let path = Review(&engineer).submit().await?.path();

        RequestPage(&reviewer).open(&path).await?;
        seen(reviewer.get_by_text("DROP PIPE IF EXISTS", false).first()).await?;
        RequestPage(&reviewer).approve().await?.completes().await?;
        engineer.go_to("Events").await?;
        holds(engineer.row("courier_assigned"), "1 pipe").await
    })
}

#[test]
fn a_request_that_another_one_overtook_says_so_and_is_revised() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let reviewer = journey.person(&world, "platform-1").await?;
        let live = asked(&world, "engineer", EVENT, 2).await?;
        RequestPage(&reviewer).open(&live).await?;
        RequestPage(&reviewer).approve().await?.completes().await?;
        let (waits, first) = (asked(&world, "engineer", EVENT, 4).await?, asked(&world, "engineer", EVENT, 3).await?);
        RequestPage(&reviewer).open(&first).await?;
        RequestPage(&reviewer).approve().await?.completes().await?;

        reviewer.go_to("Requests").await?;
        holds(reviewer.row(EVENT), "Overtaken").await?;
        RequestPage(&reviewer).open(&waits).await?;
        seen(reviewer.status("went live after this was submitted")).await?;
        let refused = RequestPage(&reviewer).approval().get_attribute("aria-disabled").await?;
        assert_eq!(refused.as_deref(), Some("true"), "the button is held back before anybody clicks it");
        axe::accessible(&reviewer).await?;

        let engineer = journey.person(&world, "engineer").await?;
        RequestPage(&engineer).open(&waits).await?;
        engineer.button("Revise the design").click(None).await?;
        reached(&engineer, r"/designs/\d+").await?;
        let again = Designer(&engineer).review().await?.submit().await?.path();
        assert_eq!(again, waits, "it stays the same request");
        RequestPage(&reviewer).open(&waits).await?;
        RequestPage(&reviewer).approve().await?.completes().await
    })
}
