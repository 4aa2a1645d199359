//! The account menu: the theme that one chose stays, and signing out closes the door.

use end2end::{Result, Visit, Visitor, World, journey, reached, seen};
use playwright_rs::expect;

async fn choose_dark(visitor: &Visitor) -> Result {
    visitor.account("analyst").click(None).await?;
    visitor.button("Dark theme").click(None).await?;
    expect(visitor.locator("html")).to_have_attribute("data-theme", "dark").await?;
    visitor.open_path("/events").await?;
    expect(visitor.locator("html")).to_have_attribute("data-theme", "dark").await?;
    Ok(())
}

#[test]
fn a_chosen_theme_stays_with_and_without_javascript() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        choose_dark(&journey.person(&world, "analyst").await?).await?;
        choose_dark(&journey.person_with(&world, "analyst", Visit::default().without_javascript()).await?).await
    })
}

#[test]
fn signing_out_ends_the_session_in_every_tab() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let visitor = journey.person(&world, "engineer").await?;
        let cookies = visitor.context().storage_state(None).await?.cookies;
        let session = cookies.iter().find(|cookie| cookie.http_only).ok_or("there is no session cookie")?;
        let kept = format!("{}={}", session.name, session.value);
        assert!(opens(&world, &kept).await?, "the session of the browser is no session");
        visitor.account("engineer").click(None).await?;
        visitor.button("Sign out").click(None).await?;
        reached(&visitor, "/sign-in").await?;
        visitor.open_path("/requests").await?;
        reached(&visitor, r"/sign-in\?return_to=.*").await?;
        seen(visitor.heading("Sign in")).await?;
        assert!(!opens(&world, &kept).await?, "the ended session still opens pages");
        Ok(())
    })
}

/// Whether a page opens for whoever shows this cookie.
async fn opens(world: &World, cookie: &str) -> Result<bool> {
    Ok(end2end::http::get_with(world.address(), "/requests", "Cookie", cookie).await?.status == 200)
}
