//! Queries typed letter by letter, every keystroke a query; a pattern that is not whole yet is looked for as plain text.

use std::time::Duration;

use domain::search::engine::Watch;
use domain::search::index::Index;
use domain::search::{Case, SearchRequest};
use regex::bytes::Regex;

use crate::clock::now;
use crate::corpus::Corpus;
use crate::patterns::{Slices, request};
use crate::timing::{answer, quantile, ratio, spread, timed};

const SESSIONS: [&str; 20] = [
    "order",
    "goods_receipt_restored",
    r"^prod\.",
    "-value$",
    "(order|cart)_.*placed",
    "(?i)Order",
    "v[0-9]+",
    "prod.*payment.*-key$",
    r"\bkey\b",
    "[a-z]+_created",
    "user|account|session",
    r"^(prod|dr)\..*-value$",
    "customer_updated",
    "courier",
    "com.acme",
    "cdc.*public",
    "payment_failed",
    "stage.*cart",
    "refund",
    "invoice_paid",
];
const ROUNDS: usize = 3;
/// Strings are so slow that only each so many keystrokes are looked for in them.
const STRINGS_EACH: usize = 8;

/// A watch that never ends a search and has a clock.
pub fn watch() -> Watch<'static> {
    Watch::new(&|| true, &|| now().as_nanos() as u64)
}

fn keystrokes() -> Vec<String> {
    let prefixes = |session: &'static str| (1..=session.len()).map(move |end| session[..end].to_owned());
    let whole = |text: String| if Regex::new(&text).is_ok() { text } else { regex::escape(&text) };
    SESSIONS.into_iter().flat_map(prefixes).map(whole).collect()
}

pub fn measure(corpus: &Corpus, index: &Index) {
    let slices = Slices::of(&corpus.names);
    let keys = keystrokes();
    let (mut ours, mut smart, mut first, mut piece, mut strings) = (vec![], vec![], vec![], vec![], vec![]);
    for (at, key) in keys.iter().enumerate() {
        let regex = Regex::new(key).unwrap();
        let times = |request: &SearchRequest| -> Duration {
            let times: Vec<Duration> = (0..ROUNDS).map(|_| timed(|| answer(index, request).unwrap()).0).collect();
            quantile(&times, 0.5)
        };
        ours.push(times(&request(key)));
        smart.push(times(&SearchRequest { case: Case::Smart, ..request(key) }));
        first.push(times(&SearchRequest { rows_only: true, ..request(key) }));
        piece.push(timed(|| slices.count(&regex)).0);
        if at.is_multiple_of(STRINGS_EACH) {
            let count = || corpus.names.iter().filter(|name| regex.is_match(name.as_bytes())).count();
            strings.push((timed(count).0, *ours.last().unwrap()));
        }
    }
    let (strings, beside): (Vec<Duration>, Vec<Duration>) = strings.into_iter().unzip();
    println!("\ntyped sessions, {} keystrokes", keys.len());
    println!("  {:<34} {}", "ours, exact total and facets", spread(&ours));
    println!("  {:<34} {}", "ours, whatever the case", spread(&smart));
    println!("  {:<34} {}", "ours, first 50 rows", spread(&first));
    println!("  {:<34} {}", "regex per name, one piece", spread(&piece));
    println!("  {:<34} {}", "regex per name, strings", spread(&strings));
    let ratios = |slow: &[Duration], fast: &[Duration]| -> Vec<f64> {
        slow.iter().zip(fast).map(|(slow, fast)| ratio(*slow, *fast)).collect()
    };
    let said = |what: &str, of: Vec<f64>, required: &str| {
        let [least, median] = [0.0, 0.5].map(|part| quantile(&of, part));
        println!("  {what:<34} least {least:>6.2}  median {median:>8.1}   required {required}");
    };
    said("total against one piece", ratios(&piece, &ours), "least 0.7, median 5");
    said("total against strings", ratios(&strings, &beside), "median 25");
    said("first 50 against one piece", ratios(&piece, &first), "median 60");
    let mut slow: Vec<_> = ours.iter().zip(&keys).collect();
    slow.sort_by(|a, b| b.0.cmp(a.0));
    slow.iter().take(6).for_each(|(time, key)| println!("  slowest {time:>9.1?} {key}"));
}
