//! API tokens: made on the page, shown once, good for plain HTTP until they are revoked.

use end2end::{Result, http, journey, seen, unseen};
use playwright_rs::AriaRole;

const SUBJECTS: &str = "/api/v1/subjects?pattern=%5Eorder_placed";

#[test]
fn a_token_made_on_the_page_opens_the_api_until_it_is_revoked() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let visitor = journey.person(&world, "engineer").await?;
        visitor.account("engineer").click(None).await?;
        visitor.link("API tokens").click(None).await?;
        seen(visitor.heading("No token yet")).await?;
        visitor.field("What is the token for?").fill("nightly", None).await?;
        visitor.button("Make a token").click(None).await?;
        seen(visitor.status("Copy the secret now.")).await?;
        let shown = visitor.named(AriaRole::Main, "").get_by_text("sgt_", false).first();
        let secret = shown.inner_text().await?.trim().to_owned();

        let answer = http::get(world.address(), SUBJECTS, Some(&secret)).await?;
        assert_eq!((answer.status, &answer.json()?["matched"]), (200, &1.into()), "{answer:?}");
        let refused = http::get(world.address(), SUBJECTS, Some("sgt_guessed")).await?;
        assert_eq!(refused.status, 401, "{refused:?}");

        visitor.again().await?;
        unseen(visitor.get_by_text(&secret, false)).await?;
        visitor.button("Revoke nightly").click(None).await?;
        seen(visitor.heading("No token yet")).await?;
        let revoked = http::get(world.address(), SUBJECTS, Some(&secret)).await?;
        assert_eq!(revoked.status, 401, "{revoked:?}");
        assert!(revoked.body.contains("It may be revoked"), "{revoked:?}");
        Ok(())
    })
}
