//! Patterns one by one: how they are looked for, and what the naive ways take.

use std::time::Duration;

use domain::search::engine::Bench;
use domain::search::index::Index;
use domain::search::{Case, Pattern, SearchRequest};
use regex::bytes::Regex;

use crate::corpus::Corpus;
use crate::timing::{answer, quantile, ratio, timed};

pub const PATTERNS: [&str; 21] = [
    "order",
    "goods_receipt_restored",
    r"^prod\.",
    "-value$",
    "(order|cart)_.*placed",
    "(?i)Order",
    "v[0-9]+",
    "prod.*payment.*-key$",
    "(a+)+$",
    "[a-z]{3,12}_[a-z]{4,9}_(created|updated)",
    r"\border\b",
    ".*",
    "e",
    "zzzqqq",
    "q[0-9]{4}x",
    r"^(prod|dr)\..*-value$",
    ".*or",
    "user|account|s",
    "[a-m].{20}z",
    "^.*order.*$",
    "(.*[aeiou].*){15}$",
];
const ROUNDS: usize = 5;

/// Names in one piece, to be matched one by one.
pub struct Slices {
    bytes: Vec<u8>,
    starts: Vec<usize>,
}

impl Slices {
    pub fn of(names: &[String]) -> Self {
        let mut slices = Self { bytes: Vec::new(), starts: vec![0] };
        for name in names {
            slices.bytes.extend_from_slice(name.as_bytes());
            slices.starts.push(slices.bytes.len());
        }
        slices
    }

    pub fn count(&self, regex: &Regex) -> usize {
        self.starts.windows(2).filter(|pair| regex.is_match(&self.bytes[pair[0]..pair[1]])).count()
    }
}

pub fn request(pattern: &str) -> SearchRequest {
    // A leading minus would leave out what is meant to be found.
    let query = if pattern.starts_with('-') { format!("\"{pattern}\"") } else { pattern.to_owned() };
    SearchRequest { query, case: Case::Exact, ..SearchRequest::default() }
}

pub fn measure(corpus: &Corpus, index: &Index) {
    let slices = Slices::of(&corpus.names);
    let bench = Bench::of(corpus.names.iter().map(String::as_str));
    println!(
        "\npatterns for names, exact total with facets, compile included; regex per name over one piece of memory and over strings"
    );
    println!(
        "  {:<44} {:>8} {:>10} {:>12} {:>10} {:>10} {:>10} {:>7} {:>7}",
        "pattern", "found", "ours", "way", "first 50", "a piece", "strings", "ratio", "ratio"
    );
    for pattern in PATTERNS {
        let regex = Regex::new(pattern).unwrap();
        let (mut ours, mut first, mut piece) = (Vec::new(), Vec::new(), Vec::new());
        let mut found = 0;
        for _ in 0..ROUNDS {
            let (time, answered) = timed(|| answer(index, &request(pattern)).unwrap());
            found = answered.matched().count();
            ours.push(time);
            first.push(timed(|| answer(index, &SearchRequest { rows_only: true, ..request(pattern) }).unwrap()).0);
            let (time, naive) = timed(|| slices.count(&regex));
            assert_eq!(naive, found, "{pattern}");
            piece.push(time);
        }
        let strings = timed(|| corpus.names.iter().filter(|name| regex.is_match(name.as_bytes())).count()).0;
        let [ours, first, piece]: [Duration; 3] = [ours, first, piece].map(|times| quantile(&times, 0.5));
        let plan = bench.find(&Pattern::parse(pattern).unwrap(), None, true, crate::typed::watch()).unwrap().plan;
        println!(
            "  {pattern:<44} {found:>8} {ours:>10.1?} {:>12} {first:>10.1?} {piece:>10.1?} {strings:>10.1?} {:>7.1} {:>7.1}",
            format!("{plan:?}"),
            ratio(piece, ours),
            ratio(strings, ours)
        );
    }
}
