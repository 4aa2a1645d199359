//! The search beside naive searches in one run, over generated subjects: every keystroke of typed sessions, fields, facets, pages,
//! hostile patterns, memory part by part, and how all that grows. `SLUICEGATE_BENCH_SUBJECTS` says how many (a million by default).

#![allow(clippy::unwrap_used, reason = "a benchmark may end when its own input is wrong")]

mod clock;
mod corpus;
mod counting;
mod fields;
mod growth;
mod hostile;
mod memory;
mod pages;
mod patterns;
mod random;
mod timing;
mod typed;

use corpus::Corpus;

#[global_allocator]
static HEAP: counting::Counting = counting::Counting;

fn main() {
    let subjects = std::env::var("SLUICEGATE_BENCH_SUBJECTS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let corpus = Corpus::new(subjects);
    println!("{subjects} subjects, 3 versions, {} fields each; times are those on the processor", corpus::FIELDS);
    let index = memory::measure(&corpus);
    patterns::measure(&corpus, &index);
    typed::measure(&corpus, &index);
    fields::measure(&corpus, &index);
    pages::measure(&index);
    hostile::measure(&corpus, &index);
    drop(index);
    growth::measure(subjects);
}
