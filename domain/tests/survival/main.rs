//! Documents by mutation and by grammar, with edits whatever: all are read and rendered within bounds, and every statement is the
//! planned one. `make soak` runs over a million; a share of them is run here.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "../generator/designs.rs"]
mod designs;
mod dice;
mod grammar;
#[path = "../generator/hostile.rs"]
mod hostile;
mod mutation;
mod planned;
mod run;
mod seeds;
#[path = "../generator/snowflake.rs"]
mod snowflake;
mod verdict;

use std::time::{Duration, Instant};

use peak_alloc::PeakAlloc;

#[global_allocator]
static PEAK: PeakAlloc = PeakAlloc;

/// How many documents there are without `SLUICEGATE_SOAK`; without optimisation each takes ten times as long.
const SHARE: u64 = 1_000;

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{variable} is no number: {text}")))
}

#[test]
fn documents_by_mutation_and_by_grammar_survive_with_the_statements_that_were_planned() {
    let count = number("SLUICEGATE_SOAK").unwrap_or(SHARE);
    let from = number("SLUICEGATE_SOAK_FROM").unwrap_or(0);
    let seed = number("SLUICEGATE_SOAK_SEED").unwrap_or(20_260_101);
    let patience = Duration::from_secs(if cfg!(debug_assertions) && count == SHARE { 10 } else { 1 });
    let began = Instant::now();
    let tally = run::run(seed, from..from + count, patience);
    println!("{tally:#?}\n{:.0} s", began.elapsed().as_secs_f64());
    assert!(tally.failed.is_empty(), "documents {:?} of seed {seed}", tally.failed);
    assert!(tally.without_error * 10 > tally.documents, "too few documents are schemas at all: {tally:?}");
}
