//! The search follows the registry, pages and exports what it finds, and ends when nobody wants it any more.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use domain::registry::Onboarding;
use domain::search::export::Format;
use domain::search::{Matched, Overlay, Place, SearchPage, SearchRequest, Standing};
use domain::subject::SchemaType;

use super::pool::Pool;
use super::{Cut, Export, Searcher};
use crate::error::Error;
use crate::snapshot::tests::{Scripted, World, name_of, world};

fn order(field: &str) -> String {
    format!(r#"{{"type":"record","name":"acme.Order","fields":[{{"name":"{field}","type":"string","doc":"Whose."}}]}}"#)
}

async fn shop() -> (World, Searcher) {
    let registry = Scripted::default();
    registry.put("order_placed-value", 1, SchemaType::Avro, &order("old_id"), &[]);
    registry.put("order_placed-value", 2, SchemaType::Avro, &order("customer_id"), &[]);
    registry.put("cart-value", 1, SchemaType::Avro, &order("cart_id"), &[]);
    let world = world(registry);
    world.syncer.refresh().await;
    let searcher = Searcher::new(Arc::clone(&world.cell));
    (world, searcher)
}

async fn ask(searcher: &Searcher, query: &str) -> SearchPage {
    let request = SearchRequest { query: query.into(), ..SearchRequest::default() };
    searcher.page("someone", Overlay::default(), request).await.unwrap()
}

async fn found(searcher: &Searcher, query: &str) -> Vec<String> {
    ask(searcher, query).await.rows.into_iter().map(|row| row.subject.to_string()).collect()
}

#[tokio::test]
async fn names_fields_records_and_docs_are_found_with_the_versions_that_have_them() {
    let (_world, searcher) = shop().await;
    assert_eq!(found(&searcher, "order").await, ["order_placed-value"]);
    assert_eq!(found(&searcher, "field:customer_id").await, ["order_placed-value"]);
    assert_eq!(found(&searcher, "record:Order doc:whose").await, ["cart-value", "order_placed-value"]);
    let old = ask(&searcher, "field:old_id").await;
    let reason = &old.rows[0].matches[0];
    assert_eq!((reason.place, reason.version.map(|v| v.0)), (Place::Field, Some(1)));
}

#[tokio::test]
async fn what_changes_in_the_registry_changes_in_the_search() {
    let (world, searcher) = shop().await;
    assert_eq!(found(&searcher, "field:gift").await, [""; 0]);
    world.registry.put("cart-value", 2, SchemaType::Avro, &order("gift"), &[]);
    world.registry.subjects.lock().unwrap().remove("order_placed-value");
    world.syncer.refresh().await;
    assert_eq!(found(&searcher, "field:gift").await, ["cart-value"]);
    assert_eq!(found(&searcher, "").await, ["cart-value"]);
}

#[tokio::test]
async fn references_are_followed_for_the_fields_behind_them() {
    let (world, searcher) = shop().await;
    let text = r#"{"type":"record","name":"acme.Bill","fields":[{"name":"order","type":"acme.Order"}]}"#;
    world.registry.put("bill-value", 1, SchemaType::Avro, text, &[("acme.Order", "order_placed-value", 2)]);
    world.syncer.refresh().await;
    assert_eq!(found(&searcher, r"field:order\.customer_id").await, ["bill-value"]);
}

#[tokio::test]
async fn what_the_console_knows_counts_at_once() {
    let (_world, searcher) = shop().await;
    assert_eq!(found(&searcher, "onboarded:draft").await, [""; 0]);
    let standing = Standing { onboarding: Onboarding::Draft, ..Standing::default() };
    let key = ("default".to_owned(), name_of("cart-value"));
    let overlay = Overlay { standings: [(key, standing)].into(), ..Overlay::default() };
    let request = SearchRequest { query: "onboarded:draft".into(), ..SearchRequest::default() };
    let page = searcher.page("someone", overlay, request).await.unwrap();
    assert_eq!(page.matched, Matched::Exact { count: 1 });
}

#[tokio::test]
async fn an_export_has_every_row_once_and_is_safe_to_open() {
    let registry = Scripted::default();
    for number in 0..1203 {
        registry.put(&format!("=event{number:04}"), 1, SchemaType::Avro, &order("id"), &[]);
    }
    let world = world(registry);
    world.syncer.refresh().await;
    let searcher = Searcher::new(Arc::clone(&world.cell));
    let request = SearchRequest { query: "event".into(), limit: 10, ..SearchRequest::default() };
    let mut whole = String::new();
    let Ok(Export::Pieces(mut pieces)) = searcher.export(Overlay::default(), request, Format::Csv).await else {
        panic!("no pieces")
    };
    while let Some(piece) = pieces.recv().await {
        whole.push_str(&piece.unwrap());
    }
    let lines: Vec<&str> = whole.lines().collect();
    assert_eq!(lines.len(), 1204);
    assert!(lines[0].starts_with("registry,subject,"));
    assert!(lines[1].starts_with("default,\"'=event0000\",default,avro,1,1,1,1,no,"), "{}", lines[1]);
    let broken = SearchRequest { query: "(".into(), ..SearchRequest::default() };
    let refused = searcher.export(Overlay::default(), broken, Format::Json).await;
    assert!(matches!(refused, Ok(Export::Problem(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_that_nobody_reads_gives_its_room_back_and_does_not_look_whole() {
    let registry = Scripted::default();
    for number in 0..3_100 {
        registry.avro(&format!("event{number:04}"), 1);
    }
    let world = world(registry);
    world.syncer.refresh().await;
    let searcher = Searcher::new(Arc::clone(&world.cell));
    let request = SearchRequest { query: "event".into(), ..SearchRequest::default() };
    let mut held = Vec::new();
    for _ in 0..super::EXPORTS {
        held.push(searcher.export(Overlay::default(), request.clone(), Format::Csv).await.unwrap());
    }
    let refused = searcher.export(Overlay::default(), request.clone(), Format::Csv).await;
    assert!(matches!(refused, Err(Error::Unavailable { .. })));
    drop(held);
    let all = u32::try_from(super::EXPORTS).unwrap();
    let given_back = Arc::clone(&searcher.exports).acquire_many_owned(all);
    drop(tokio::time::timeout(Duration::from_secs(15), given_back).await.unwrap());

    let room = Arc::clone(&searcher.exports).acquire_owned().await.unwrap();
    let found = searcher.find("", Overlay::default(), &request, super::EXPORT_BUDGET).await.unwrap();
    let Ok(outcome) = found else { panic!("the query can be used") };
    let mut pieces = super::export::pieces(outcome, request, Format::Csv, room, Duration::from_millis(20));
    let given_back = Arc::clone(&searcher.exports).acquire_many_owned(all);
    assert!(tokio::time::timeout(Duration::from_secs(15), given_back).await.is_ok());
    let mut last = None;
    while let Some(piece) = pieces.recv().await {
        last = Some(piece);
    }
    assert_eq!(last, Some(Err(Cut)));
}

/// Works until it is told to stop, or for a long time.
async fn work(pool: &Pool, tab: &str, budget: Duration, started: Arc<AtomicBool>) -> Duration {
    let ticket = pool.enter("someone", tab, budget).await.unwrap();
    let began = Instant::now();
    let worked = ticket.work(move |watch| {
        started.store(true, Ordering::Relaxed);
        while watch.keep_going() && began.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(1));
        }
        began.elapsed()
    });
    worked.await.unwrap()
}

async fn until(flag: &AtomicBool) {
    while !flag.load(Ordering::Relaxed) {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::test]
async fn a_search_ends_with_its_budget_with_a_newer_one_of_its_tab_and_with_its_caller() {
    let pool = Arc::new(Pool::default());
    assert!(work(&pool, "", Duration::from_millis(30), Arc::default()).await < Duration::from_secs(15));
    let (flag, other) = (Arc::new(AtomicBool::default()), Arc::clone(&pool));
    let of_older = Arc::clone(&flag);
    let older = tokio::spawn(async move { work(&other, "tab", Duration::from_secs(60), of_older).await });
    until(&flag).await;
    work(&pool, "tab", Duration::from_millis(1), Arc::default()).await;
    assert!(older.await.unwrap() < Duration::from_secs(15));
    // With every place taken by callers who went away, the next one still gets a turn.
    for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
        let flag = Arc::new(AtomicBool::default());
        let gone = work(&pool, "", Duration::from_secs(60), Arc::clone(&flag));
        tokio::select! { _ = gone => panic!("nobody told it to stop"), () = until(&flag) => {} }
    }
    let next = tokio::time::timeout(Duration::from_secs(15), work(&pool, "", Duration::from_millis(1), Arc::default()));
    assert!(next.await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn searches_are_answered_while_the_index_is_built() {
    let registry = Scripted::default();
    for number in 0..2_500 {
        registry.avro(&format!("event{number:05}-value"), 1);
    }
    let world = world(registry);
    world.syncer.refresh().await;
    let searcher = Arc::new(Searcher::new(Arc::clone(&world.cell)));
    let following = Arc::clone(&searcher);
    let follower = tokio::spawn(async move { following.follow().await });
    for round in 0..5 {
        world.registry.avro(&format!("late{round}-value"), 1);
        world.syncer.refresh().await;
        assert_eq!(found(&searcher, "late").await.len(), round + 1);
        assert_eq!(ask(&searcher, "event").await.matched.count(), 2_500);
    }
    follower.abort();
}
