//! Finding a subject: the pattern, the list that answers, the filter, and the address that holds all of it.

use end2end::{Explore, Result, Visit, focused, holds, journey, reached, reads, seen, unseen};
use playwright_rs::expect;

#[test]
fn the_list_narrows_as_one_types_and_marks_what_matched() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let visitor = journey.person(&world, "engineer").await?;
        let explore = Explore(&visitor);
        seen(explore.subject("payout_sent-value")).await?;
        explore.search().press_sequentially("^order_(placed|cancelled)", None).await?;
        explore.counts(2).await?;
        seen(explore.subject("order_placed-value")).await?;
        seen(explore.subject("order_cancelled-value")).await?;
        expect(explore.subjects()).to_have_count(2).await?;
        holds(explore.subject("order_placed-value").locator("mark"), "order_placed").await?;
        reached(&visitor, r"/\?q=%5Eorder_%28placed%7Ccancelled%29").await
    })
}

#[test]
fn a_bad_pattern_is_explained_at_its_column_and_its_repair_works() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let visitor = journey.person(&world, "engineer").await?;
        let explore = Explore(&visitor);
        explore.look_for("order_placed").await?;
        explore.counts(4).await?;
        explore.look_for("order_(placed|cancelled").await?;
        let explained = visitor.status("The group opened at position 7 is not closed.");
        seen(explained.clone()).await?;
        expect(explore.search()).to_have_attribute("aria-invalid", "true").await?;
        seen(visitor.status("Still showing order_placed")).await?;
        seen(explore.subject("group_order_placed-value")).await?;
        visitor.link_like("Close it: order_(placed|cancelled)").click(None).await?;
        unseen(explained).await?;
        explore.counts(5).await?;
        expect(explore.search()).to_have_value("order_(placed|cancelled)").await?;
        Ok(())
    })
}

#[test]
fn types_are_filtered_and_the_address_restores_the_whole_state() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let visitor = journey.person(&world, "engineer").await?;
        let explore = Explore(&visitor);
        explore.look_for("order").await?;
        explore.counts(6).await?;
        explore.schema_type("Protobuf").click(None).await?;
        explore.counts(1).await?;
        expect(explore.schema_type("Protobuf")).to_have_attribute("aria-current", "true").await?;
        reached(&visitor, r"/\?q=order&type=protobuf").await?;

        visitor.again().await?;
        expect(explore.search()).to_have_value("order").await?;
        explore.counts(1).await?;
        expect(explore.subjects()).to_have_count(1).await?;

        explore.subject("catering_order_placed-value").click(None).await?;
        seen(visitor.heading("catering_order_placed-value")).await?;
        visitor.go_back(None).await?;
        expect(explore.search()).to_have_value("order").await?;
        explore.counts(1).await?;
        explore.schema_type("Protobuf").click(None).await?;
        explore.counts(6).await
    })
}

#[test]
fn a_slash_focuses_the_search_and_j_and_k_walk_through_what_it_found() -> Result {
    journey(async |journey| {
        let world = journey.world().await?;
        let visitor = journey.person(&world, "engineer").await?;
        let explore = Explore(&visitor);
        seen(explore.subject("payout_sent-value")).await?;
        visitor.keyboard().press("/", None).await?;
        focused(&visitor, &explore.search()).await?;
        visitor.keyboard().type_text("^order_/j", None).await?;
        reads(explore.search(), "^order_/j").await?;
        explore.look_for("^order_").await?;
        explore.counts(3).await?;
        explore.search().blur().await?;
        let walk = [("j", "order_cancelled-value"), ("j", "order_item_replaced-value"), ("k", "order_cancelled-value")];
        for (key, subject) in walk {
            visitor.keyboard().press(key, None).await?;
            focused(&visitor, &explore.subject(subject)).await?;
        }
        visitor.keyboard().press("Enter", None).await?;
        seen(visitor.heading("order_cancelled-value")).await
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
