//! A request that is sent back, revised and decided again; an approval holds for the revision that was looked at and no other.

use end2end::pages::onboarding::asked;
use end2end::{Designer, RequestPage, Result, holds, journey, reached, seen};

#[test]
fn a_stale_tab_cannot_approve_what_its_reader_has_not_seen() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let path = asked(&world, "engineer", "payout_sent-value", 1).await?;
        let reviewer = journey.person(&world, "platform-1").await?;
        RequestPage(&reviewer).open(&path).await?;
        let stale = journey.person(&world, "platform-2").await?;
        RequestPage(&stale).open(&path).await?;

        RequestPage(&reviewer).ask_for_changes("Call the rail CHANNEL, as the warehouse does.").await?;
        seen(reviewer.get_by_text("platform-1 asked for changes.", false).first()).await?;

        let engineer = journey.person(&world, "engineer").await?;
        RequestPage(&engineer).open(&path).await?;
        seen(engineer.get_by_text("Call the rail CHANNEL, as the warehouse does.", true).first()).await?;
        engineer.button("Revise the design").click(None).await?;
        reached(&engineer, r"/designs/\d+").await?;
        let designer = Designer(&engineer);
        designer.name_of("rail").fill("CHANNEL", None).await?;
        holds(designer.sql(), "\"CHANNEL\"").await?;
        designer.saved().await?;
        designer.review().await?.submit().await?;
        seen(engineer.get_by_text("revision 2 of 2", false)).await?;

        journey.expects_complaint("status of 409");
        let late = RequestPage(&stale);
        late.approval().click(None).await?;
        seen(stale.alert("in review at revision 2 by now, which is not what you looked at.")).await?;
        stale.again().await?;
        seen(stale.get_by_text("revision 2 of 2", false)).await?;
        late.approve().await?.completes().await
    })
}
