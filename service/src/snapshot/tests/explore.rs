//! What the Explore page is given.

use domain::registry::{ExplorePage, ExploreQuery, Onboarding};
use domain::subject::SchemaType;
use domain::time::Timestamp;

use super::{Scripted, name_of, read};
use crate::snapshot::Snapshot;

async fn shop() -> std::sync::Arc<Snapshot> {
    let registry = Scripted::default();
    registry.avro("order_placed-value", 3);
    registry.put("order_placed-value", 4, SchemaType::Json, "{}", &[]);
    registry.avro("order_cancelled-value", 1);
    registry.avro("cart_updated-value", 2);
    registry.put("payout_sent-value", 1, SchemaType::Protobuf, "", &[]);
    read(registry).await.snapshot()
}

fn ask(snapshot: &Snapshot, query: &ExploreQuery) -> ExplorePage {
    snapshot.explore(query, &|_| Onboarding::None, Timestamp(5000))
}

fn pattern(text: &str, limit: usize) -> ExploreQuery {
    ExploreQuery { pattern: text.into(), limit, ..ExploreQuery::default() }
}

fn rows(page: &ExplorePage) -> Vec<&str> {
    page.rows.iter().map(|row| row.subject.as_str()).collect()
}

#[tokio::test]
async fn rows_come_by_name_with_the_newest_version_and_what_matched() {
    let snapshot = shop().await;
    let onboarding = |name: &domain::subject::SubjectName| {
        if name.as_str().starts_with("order_placed") { Onboarding::Behind } else { Onboarding::None }
    };
    let page = snapshot.explore(&pattern("_placed", 10), &onboarding, Timestamp(5000));
    let row = &page.rows[0];
    assert_eq!((row.schema_type, row.version.0, row.versions), (SchemaType::Json, 4, 4));
    assert_eq!((row.matched, row.onboarding), (Some((5, 12)), Onboarding::Behind));
    assert_eq!((page.matched, page.total), (1, 4));
    assert_eq!(page.freshness.synced_at, Some(Timestamp(1000)));
    assert_eq!(page.freshness.now, Timestamp(5000));
}

#[tokio::test]
async fn counts_by_type_ignore_the_chosen_types_and_the_page() {
    let query = ExploreQuery { types: vec![SchemaType::Json], ..pattern("order|payout", 10) };
    let page = ask(&*shop().await, &query);
    assert_eq!(rows(&page), ["order_placed-value"]);
    assert_eq!(page.matched, 1);
    assert_eq!(page.by_type, [(SchemaType::Avro, 1), (SchemaType::Protobuf, 1), (SchemaType::Json, 1)]);
}

#[tokio::test]
async fn following_the_cursor_gives_every_row_once_and_then_ends() {
    let snapshot = shop().await;
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = ask(&snapshot, &ExploreQuery { after: after.clone(), ..pattern("", 3) });
        assert_eq!(page.matched, 4);
        seen.extend(page.rows.iter().map(|row| row.subject.to_string()));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, ["cart_updated-value", "order_cancelled-value", "order_placed-value", "payout_sent-value"]);
}

#[tokio::test]
async fn a_cursor_works_when_its_subject_is_gone() {
    let query = ExploreQuery { after: Some(name_of("order")), ..pattern("", 10) };
    assert_eq!(rows(&ask(&*shop().await, &query)).len(), 3);
}

#[tokio::test]
async fn a_page_has_one_row_at_least_and_five_hundred_at_most() {
    let registry = Scripted::default();
    for number in 0..600 {
        registry.avro(&format!("event_{number:03}-value"), 1);
    }
    let snapshot = read(registry).await.snapshot();
    assert_eq!(ask(&snapshot, &pattern("", 0)).rows.len(), 1);
    assert_eq!(ask(&snapshot, &pattern("", usize::MAX)).rows.len(), 500);
}

#[tokio::test]
async fn a_broken_pattern_gives_its_problem_and_no_rows() {
    let page = ask(&*shop().await, &pattern("(order", 10));
    assert_eq!(page.problem.unwrap().column, Some(1));
    assert!(page.rows.is_empty());
    assert_eq!((page.matched, page.total), (0, 4));
}
