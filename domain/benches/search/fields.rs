//! Patterns for fields, against a regular expression over every field of every subject.

use domain::search::index::Index;
use domain::search::{Case, SearchRequest};
use regex::bytes::Regex;

use crate::corpus::Corpus;
use crate::timing::{answer, quantile, ratio, timed};

const PATTERNS: [&str; 11] = [
    "email",
    "customer",
    "^user",
    "_id$",
    "(?i)amount",
    "^(created|updated)_?[aA]t$",
    "e",
    ".*",
    "zzzq",
    "[a-z]+_id_[0-9]+",
    "id",
];

pub fn measure(corpus: &Corpus, index: &Index) {
    let (all, names) = corpus.field_entries();
    println!("\nfields: {} of {} different names", all.len(), names.len());
    println!("  {:<30} {:>9} {:>10} {:>12} {:>9}", "pattern", "subjects", "ours", "regex each", "ratio");
    let mut ratios = Vec::new();
    for pattern in PATTERNS {
        let request =
            SearchRequest { query: format!("field:{pattern}"), case: Case::Exact, ..SearchRequest::default() };
        let times: Vec<_> = (0..5).map(|_| timed(|| answer(index, &request).unwrap())).collect();
        let found = times[0].1.matched().count();
        let ours = quantile(&times.iter().map(|(time, _)| *time).collect::<Vec<_>>(), 0.5);
        let regex = Regex::new(pattern).unwrap();
        let naive = timed(|| all.iter().filter(|name| regex.is_match(names[**name as usize].as_bytes())).count()).0;
        println!("  {pattern:<30} {found:>9} {ours:>10.1?} {naive:>12.1?} {:>9.0}", ratio(naive, ours));
        ratios.push(ratio(naive, ours));
    }
    let [least, median] = [0.0, 0.5].map(|part| quantile(&ratios, part));
    println!("  least {least:.0}, median {median:.0}   required least 20, median 150");
}
