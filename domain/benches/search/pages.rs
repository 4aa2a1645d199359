//! Pages of an answer that is there already, and what a page of rows with their reasons takes.

use domain::search::engine::Standings;
use domain::search::index::Index;
use domain::search::{Place, SearchRequest, Sort, SortBy};

use crate::timing::{answer, quantile, timed};

const ROUNDS: usize = 21;

pub fn measure(index: &Index) {
    let everywhere = SearchRequest {
        query: "order".into(),
        scopes: vec![Place::Subject, Place::Field, Place::Doc],
        ..SearchRequest::default()
    };
    let (time, found) = timed(|| answer(index, &everywhere).unwrap());
    let count = found.matched().count();
    println!("\npages of {count} results for order in names, fields and docs (found in {time:.1?})");
    let deep = SearchRequest { offset: count / 2, ..everywhere.clone() };
    let sorted = |by| SearchRequest { sort: Sort { by, descending: true }, ..deep.clone() };
    let whole = SearchRequest { limit: 500, ..everywhere.clone() };
    for (what, request) in [
        ("first 50 rows", &everywhere),
        ("50 rows in the middle", &deep),
        ("50 rows in the middle, by name", &sorted(SortBy::Name)),
        ("50 rows in the middle, by id", &sorted(SortBy::Id)),
        ("first 500 rows", &whole),
    ] {
        let page = || found.page(index, &Standings::default(), request);
        let first = timed(page).0;
        let times: Vec<_> = (0..ROUNDS).map(|_| timed(page).0).collect();
        println!("  {what:<34} {:>10.1?}   (the first time {first:.1?})", quantile(&times, 0.5));
    }
    let filters = SearchRequest { query: "type:avro -registry:eu compatibility:full deleted:no".into(), ..deep };
    let times: Vec<_> = (0..ROUNDS).map(|_| timed(|| answer(index, &filters).unwrap()).0).collect();
    println!("  {:<34} {:>10.1?}", "four filters, all facets", quantile(&times, 0.5));
}
