//! Finding a subject: the expression, the list that answers, the filters, and the address that holds all of it.

use end2end::{Explore, Result, Traffic, Visit, focused, holds, journey, reached, reads, seen, unseen};
use playwright_rs::expect;

#[test]
fn the_list_narrows_as_one_types_and_marks_what_matched() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let visitor = journey.person(&world, "engineer").await?;
        let explore = Explore(&visitor);
        seen(explore.subject("payout_sent-value")).await?;
        explore.search().press_sequentially("subject:^order_(placed|cancelled)", None).await?;
        explore.counts(2).await?;
        seen(explore.subject("order_placed-value")).await?;
        seen(explore.subject("order_cancelled-value")).await?;
        expect(explore.subjects()).to_have_count(2).await?;
        holds(explore.subject("order_placed-value").locator("mark"), "order_placed").await?;
        reached(&visitor, r"/\?q=subject%3A%5Eorder_%28placed%7Ccancelled%29").await
    })
}

#[test]
fn a_match_elsewhere_says_where_it_is() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let visitor = journey.person(&world, "engineer").await?;
        let explore = Explore(&visitor);
        explore.look_for("field:promoCd").await?;
        explore.counts(1).await?;
        seen(explore.subject("order_placed-value")).await?;
        let row = visitor.row("order_placed-value");
        holds(row.clone(), "field").await?;
        holds(row.locator("mark"), "promoCd").await
    })
}

#[test]
fn a_bad_pattern_is_explained_at_its_column_and_its_repair_works() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let visitor = journey.person(&world, "engineer").await?;
        let explore = Explore(&visitor);
        explore.look_for("order_placed in:subject").await?;
        explore.counts(4).await?;
        explore.look_for("order_(placed|cancelled in:subject").await?;
        let explained = visitor.status("The group opened at position 7 is not closed.");
        seen(explained.clone()).await?;
        expect(explore.search()).to_have_attribute("aria-invalid", "true").await?;
        seen(visitor.status("Still showing order_placed in:subject")).await?;
        seen(explore.subject("group_order_placed-value")).await?;
        visitor.link_like("Write: order_(placed|cancelled) in:subject").click(None).await?;
        unseen(explained).await?;
        explore.counts(5).await?;
        reads(explore.search(), "order_(placed|cancelled)").await
    })
}

#[test]
fn filters_become_tokens_and_the_address_restores_the_whole_state() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let visitor = journey.person(&world, "engineer").await?;
        let explore = Explore(&visitor);
        explore.look_for("subject:order ").await?;
        let token = visitor.link("Remove the filter subject:order");
        seen(token.clone()).await?;
        reads(explore.search(), "").await?;
        explore.counts(6).await?;
        explore.filter("Protobuf").click(None).await?;
        explore.counts(1).await?;
        expect(explore.filter("Protobuf")).to_have_attribute("aria-current", "true").await?;
        reached(&visitor, r"/\?f=subject%3Aorder%20type%3Aprotobuf").await?;

        visitor.again().await?;
        explore.counts(1).await?;
        expect(explore.subjects()).to_have_count(1).await?;

        explore.subject("catering_order_placed-value").click(None).await?;
        seen(visitor.heading("catering_order_placed-value")).await?;
        visitor.go_back(None).await?;
        explore.counts(1).await?;
        visitor.link("Leave out Avro").click(None).await?;
        visitor.link("Remove the filter -type:avro").click(None).await?;
        explore.filter("Protobuf").click(None).await?;
        explore.counts(6).await?;
        explore.search().focus().await?;
        visitor.keyboard().press("Backspace", None).await?;
        unseen(token).await
    })
}

#[test]
fn a_slash_focuses_the_search_and_j_and_k_walk_with_the_preview() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let visitor = journey.person(&world, "engineer").await?;
        let explore = Explore(&visitor);
        seen(explore.subject("payout_sent-value")).await?;
        visitor.keyboard().press("/", None).await?;
        focused(&visitor, &explore.search()).await?;
        visitor.keyboard().type_text("^order_/j", None).await?;
        reads(explore.search(), "^order_/j").await?;
        explore.look_for("subject:^order_").await?;
        explore.counts(3).await?;
        explore.search().blur().await?;
        let walk = [("j", "order_cancelled-value"), ("j", "order_item_replaced-value"), ("k", "order_cancelled-value")];
        for (key, subject) in walk {
            visitor.keyboard().press(key, None).await?;
            focused(&visitor, &explore.subject(subject)).await?;
            holds(explore.preview(), subject).await?;
        }
        visitor.keyboard().press("x", None).await?;
        visitor.keyboard().press("Shift+ArrowDown", None).await?;
        holds(explore.selection(), "2 selected").await?;
        visitor.keyboard().press("Escape", None).await?;
        unseen(explore.preview()).await?;
        visitor.keyboard().press("Enter", None).await?;
        seen(visitor.heading("order_item_replaced-value")).await
    })
}

#[test]
fn the_preview_stands_in_the_address_and_shows_fields_text_and_versions() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let visitor = journey.person(&world, "engineer").await?;
        let explore = Explore(&visitor);
        visitor.open_path("/?q=subject:order_placed&at=order_placed-value&of=default").await?;
        holds(explore.preview(), "promoCd").await?;
        explore.preview().get_by_text("Raw", true).click(None).await?;
        holds(explore.preview(), "isGroupOrder").await?;
        explore.preview().get_by_text("Versions", false).first().click(None).await?;
        holds(explore.preview(), "v1").await?;
        visitor.again().await?;
        holds(explore.preview(), "v1").await?;
        visitor.link("Close the preview").click(None).await?;
        unseen(explore.preview()).await?;
        explore.counts(4).await
    })
}

#[test]
fn a_search_is_kept_under_a_name_and_found_again_by_its_link() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let visitor = journey.person(&world, "engineer").await?;
        let explore = Explore(&visitor);
        visitor.open_path("/?q=order&f=type%3Aprotobuf").await?;
        visitor.get_by_text("Searches", true).click(None).await?;
        visitor.field("Keep this search as").fill("Orders in Protobuf", None).await?;
        visitor.button("Keep").click(None).await?;
        seen(visitor.link("Orders in Protobuf")).await?;

        visitor.open_path("/").await?;
        visitor.get_by_text("Searches", true).click(None).await?;
        visitor.link("Orders in Protobuf").click(None).await?;
        reached(&visitor, r"/\?q=order&f=type%3Aprotobuf").await?;
        reads(explore.search(), "order").await
    })
}

#[test]
fn the_help_lists_examples_and_runs_them_on_the_spot() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let visitor = journey.person(&world, "engineer").await?;
        seen(Explore(&visitor).subject("payout_sent-value")).await?;
        visitor.keyboard().press("?", None).await?;
        visitor.link("field:email").first().click(None).await?;
        reached(&visitor, r"/\?f=field%3Aemail").await?;
        seen(visitor.link("Remove the filter field:email")).await
    })
}

#[test]
fn a_page_without_a_keystroke_asks_nothing_of_the_registry_and_little_of_the_server() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let visitor = journey.person(&world, "engineer").await?;
        let traffic = Traffic::of(&visitor).await?;
        let explore = Explore(&visitor);
        explore.look_for("subject:^order_").await?;
        explore.counts(3).await?;
        let searches = traffic
            .requests()
            .iter()
            .filter(|request| request.contains("/api/ui/search?") && request.contains("[rowsOnly]=false"))
            .count();
        assert_eq!(searches, 1, "{:?}", traffic.requests());
        Ok(())
    })
}

#[test]
fn nobody_who_is_not_signed_in_sees_a_subject_and_signing_in_leads_back() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let visitor = journey.visitor(world.address(), Visit::default()).await?;
        visitor.open_path("/subject?name=order_placed-value").await?;
        seen(visitor.heading("Sign in")).await?;
        unseen(visitor.get_by_text("OrderPlaced", false)).await?;
        visitor.offer_of("analyst").click(None).await?;
        reached(&visitor, r"/subject\?name=order_placed-value").await?;
        seen(visitor.heading("order_placed-value")).await
    })
}
