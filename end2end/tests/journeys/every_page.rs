//! Every page in both themes, wide and narrow: axe finds nothing serious, and with SLUICEGATE_SHOTS set a picture is taken of each.

use end2end::pages::onboarding::{asked, submitted};
use end2end::{
    Explore, Journey, RequestPage, Result, Settings, Subject, Theme, Visit, Visitor, World, axe, journey, screens, seen,
};
use playwright_rs::Locator;

/// Looks at the page that is open from all four sides, and keeps what is wrong instead of ending with the first of it.
async fn inspect(visitor: &mut Visitor, name: &str, wrong: &mut Vec<String>) -> Result {
    let dark = Visit::default().theme(Theme::Dark);
    for visit in [Visit::default(), dark, dark.narrow(), Visit::default().narrow()] {
        visitor.look_as(visit).await?;
        if let Err(finding) = axe::accessible(visitor).await {
            wrong.push(format!("{name}, {} wide: {finding}", visit.width));
        }
        screens::shoot(visitor, name).await?;
    }
    visitor.look_as(Visit::default()).await
}

/// Opens a path, waits for what tells that the page is whole, and inspects it.
async fn open(
    visitor: &mut Visitor,
    name: &str,
    path: &str,
    whole: impl Fn(&Visitor) -> Locator,
    wrong: &mut Vec<String>,
) -> Result {
    visitor.open_path(path).await?;
    seen(whole(visitor).first()).await?;
    inspect(visitor, name, wrong).await
}

fn verdict(wrong: Vec<String>) -> Result {
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

/// Awaits the text on a page.
fn text(text: &'static str) -> impl Fn(&Visitor) -> Locator {
    move |visitor| visitor.get_by_text(text, false)
}

#[test]
fn the_pages_of_an_empty_console_are_accessible() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let mut wrong = Vec::new();
        let mut stranger = journey.visitor(world.address(), Visit::default()).await?;
        open(&mut stranger, "sign-in", "/sign-in", text("Choose who to be."), &mut wrong).await?;
        let mut visitor = journey.person(&world, "platform-1").await?;
        for (name, path, whole) in [
            ("designs-empty", "/designs", "No draft is under way"),
            ("requests-empty", "/requests", "Nothing waits for your decision"),
            ("runs-empty", "/runs", "No run yet"),
            ("events-empty", "/events", "No event is live yet"),
            ("tokens-empty", "/tokens", "No token yet"),
        ] {
            open(&mut visitor, name, path, text(whole), &mut wrong).await?;
        }
        journey.expects_complaint("status of 404");
        open(&mut visitor, "not-found", "/nowhere", text("There is no such page"), &mut wrong).await?;
        open(&mut visitor, "subject-unknown", "/subject?name=nothing", text("There is no such page"), &mut wrong)
            .await?;
        verdict(wrong)
    })
}

#[test]
fn the_pages_of_the_registry_are_accessible() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let mut wrong = Vec::new();
        let mut visitor = journey.person(&world, "engineer").await?;
        for (name, path, whole) in [
            ("explore", "/", "subjects match"),
            ("explore-pattern", "/?q=order_(placed%7Ccancelled)", "subjects match"),
            ("explore-nothing", "/?q=unicorn", "No subject matches"),
            ("explore-broken", "/?q=order_(placed%7Ccancelled", "is not closed."),
            ("explore-filtered", "/?q=order&f=type:avro,protobuf%20-context:.eu", "subjects match"),
            ("explore-preview", "/?q=order&at=order_placed-value&of=default", "promoCd"),
            ("explore-elsewhere", "/?q=field:email", "subjects match"),
            ("registries", "/registries", "Sync now"),
            ("bulk", BULK, "blocked"),
            ("bulk-empty", "/bulk", "No subject is selected"),
            ("subject-references", "/subject?name=common.Address&view=references", "Referred to by"),
            ("subject", "/subject?name=order_placed-value", "Onboard this version"),
            ("subject-raw", "/subject?name=order_placed-value&version=6&view=raw", "isGroupOrder"),
            ("subject-recursive", "/subject?name=menu_published-value", "Onboard this version"),
            ("subject-unparsable", "/subject?name=store_kiosk_pinged-value", "No fields can be shown"),
        ] {
            open(&mut visitor, name, path, text(whole), &mut wrong).await?;
        }
        selected(&mut visitor, &mut wrong).await?;
        let cut_off = journey.world_with(Settings::default().with("SLUICEGATE_REGISTRY", "http://127.0.0.1:9")).await?;
        let mut visitor = journey.person(&cut_off, "engineer").await?;
        open(&mut visitor, "explore-trouble", "/", text("There is nothing to explore"), &mut wrong).await?;
        open(&mut visitor, "registries-trouble", "/registries", text("Sync now"), &mut wrong).await?;
        verdict(wrong)
    })
}

/// A selection of all kinds: ready, with warnings, and blocked.
const BULK: &str = "/bulk?subject=payout_sent-value&subject=store_kiosk_pinged-value&subject=menu_published-value&subject=tip_adjusted-value";

/// Explore with rows selected and the help open.
async fn selected(visitor: &mut Visitor, wrong: &mut Vec<String>) -> Result {
    visitor.open_path("/?q=order&at=order_placed-value&of=default").await?;
    for subject in ["order_placed-value", "group_order_placed-value"] {
        Explore(visitor).tick(subject).click(None).await?;
    }
    inspect(visitor, "explore-selected", wrong).await?;
    visitor.keyboard().press("?", None).await?;
    seen(visitor.link("field:email").first()).await?;
    inspect(visitor, "explore-help", wrong).await
}

#[test]
fn the_pages_of_a_busy_console_are_accessible() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let mut wrong = Vec::new();
        designs(journey, &world, &mut wrong).await?;
        requests_and_runs(journey, &world, &mut wrong).await?;
        tokens(journey, &world, &mut wrong).await?;
        verdict(wrong)
    })
}

async fn designs(journey: &Journey, world: &World, wrong: &mut Vec<String>) -> Result {
    let mut engineer = journey.person(world, "engineer").await?;
    Subject(&engineer).open("order_placed-value").await?;
    let designer = Subject(&engineer).onboard().await?;
    designer.name_of("promoCd").fill("PROMO_CODE", None).await?;
    designer.keep("currency").uncheck(None).await?;
    designer.name_of("amount").fill("select", None).await?;
    designer.saved().await?;
    let design = engineer.url().trim_start_matches(world.address()).to_owned();
    inspect(&mut engineer, "designer", wrong).await?;
    engineer.button("More about amount").click(None).await?;
    engineer.button("Show sample rows").click(None).await?;
    seen(engineer.get_by_text("Why this type", true)).await?;
    inspect(&mut engineer, "designer-drawer", wrong).await?;
    let options = format!("{design}?pane=table&artifact=pipe");
    open(&mut engineer, "designer-options", &options, text("Table options"), wrong).await?;
    for (name, pane, whole) in
        [("designer-load", "load", "Who writes the files"), ("designer-job", "job", "Seconds between checkpoints")]
    {
        open(&mut engineer, name, &format!("{design}?pane={pane}"), text(whole), wrong).await?;
    }
    for (name, by) in [("compare", "meaning"), ("compare-text", "text")] {
        let path = format!("/subject?name=order_placed-value&view=compare&by={by}");
        open(&mut engineer, name, &path, text("By meaning"), wrong).await?;
    }
    open(&mut engineer, "review", &format!("{design}/review"), text("What will be made"), wrong).await?;
    open(&mut engineer, "designs", "/designs", text("order_placed-value"), wrong).await
}

async fn requests_and_runs(journey: &Journey, world: &World, wrong: &mut Vec<String>) -> Result {
    let engineer = journey.person(world, "engineer").await?;
    let live = submitted(&engineer, "courier_assigned-value").await?;
    let open_one = asked(world, "engineer", "payout_sent-value", 2).await?;
    let mut platform = journey.person(world, "platform-1").await?;
    RequestPage(&platform).open(&live).await?;
    inspect(&mut platform, "request-in-review", wrong).await?;
    let run = RequestPage(&platform).approve().await?;
    run.completes().await?;
    inspect(&mut platform, "run", wrong).await?;
    open(&mut platform, "request-live", &live, |visitor: &Visitor| visitor.heading("Decision"), wrong).await?;
    let mut engineer = engineer;
    open(&mut engineer, "request-own", &open_one, text("Only the platform team decides"), wrong).await?;
    RequestPage(&platform).open(&open_one).await?;
    RequestPage(&platform).ask_for_changes("Name the money after its currency.").await?;
    seen(platform.get_by_text("platform-1 asked for changes.", false).first()).await?;
    inspect(&mut platform, "request-changes", wrong).await?;
    for (name, path, whole) in [
        ("requests", "/requests?inbox=all", "courier_assigned-value"),
        ("runs", "/runs", "courier_assigned-value"),
        ("events", "/events", "COURIER_ASSIGNED"),
    ] {
        open(&mut platform, name, path, text(whole), wrong).await?;
    }
    Ok(())
}

async fn tokens(journey: &Journey, world: &World, wrong: &mut Vec<String>) -> Result {
    let mut analyst = journey.person(world, "analyst").await?;
    analyst.open_path("/tokens").await?;
    analyst.field("What is the token for?").fill("notebook", None).await?;
    analyst.button("Make a token").click(None).await?;
    seen(analyst.status("Copy the secret now.")).await?;
    inspect(&mut analyst, "tokens", wrong).await
}
