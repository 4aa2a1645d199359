//! Patterns that are made to hurt: what compiling or refusing them takes, how often they ask whether to go on, and how far they come.

use std::cell::Cell;
use std::time::Duration;

use domain::search::engine::{Answer, Bench, Standings, Watch, Way};
use domain::search::index::Index;
use domain::search::{Matched, Pattern};

use crate::clock::now;
use crate::corpus::Corpus;
use crate::patterns::request;
use crate::timing::timed;

const PATTERNS: [&str; 22] = [
    "(a+)+$",
    "(a*)*b",
    "a{1000}{1000}",
    "(((a{20}){20}){20}){20}",
    r"\pL{400}",
    r"(?i)\w{200}",
    r"[\w.]{1,500}x",
    ".*.{200}x",
    "[a-m].{20}z",
    "[a-m].{12}z$",
    "[a-m].{120}z",
    "(.*[aeiou].*){15}$",
    "(.*e){20}",
    "(x+x+)+y",
    "([a-z]{0,30}){0,30}!",
    r"(\w+\s?)*!$",
    r"\b\w+\b.*\b\w+\b.*\bzz",
    "(?:a|b){60}",
    "(|a|b|)(|c|d|)(|e|f|){20}",
    "(?:.?){200}q",
    r"(?i)(\w{1,40}\W?){6}z",
    "x{0,500}y{0,500}z{0,400}!",
];
const BUDGET: Duration = Duration::from_millis(250);

pub fn measure(corpus: &Corpus, index: &Index) {
    println!("\nhostile patterns, with a budget of {BUDGET:?}");
    println!("  {:<34} {:>12} {:>12} {:>14}  outcome", "pattern", "compiled in", "answered in", "longest silence");
    let one = Bench::of([corpus.names[0].as_str()]);
    let (mut slowest, mut silence) = (Duration::ZERO, Duration::ZERO);
    for pattern in PATTERNS {
        let compiled = timed(|| {
            Pattern::parse_in(pattern, domain::search::Case::Exact)
                .map(|p| one.find(&p, Some(Way::Each), false, Watch::patient()))
        })
        .0;
        let started = now();
        let (asked, longest) = (Cell::new(Duration::ZERO), Cell::new(Duration::ZERO));
        let keep_going = || {
            let gone = now() - started;
            longest.set(longest.get().max(gone - asked.get()));
            asked.set(gone);
            gone < BUDGET
        };
        let nanos = || now().as_nanos() as u64;
        let found = Answer::of(index, &Standings::default(), &request(pattern), Watch::new(&keep_going, &nanos));
        let took = now() - started;
        let silent = longest.get().max(took - asked.get());
        let outcome = match found.map(|answer| answer.matched()) {
            Err(problem) => format!("refused: {}", problem.message),
            Ok(Matched::Exact { count }) => format!("{count} found"),
            Ok(Matched::AtLeast { count, searched, of }) => format!("{count} found in {searched} of {of}"),
        };
        println!("  {pattern:<34} {compiled:>12.1?} {took:>12.1?} {silent:>14.1?}  {outcome}");
        (slowest, silence) = (slowest.max(compiled), silence.max(silent));
    }
    println!(
        "  slowest to compile or refuse {slowest:.1?} (required 10 ms); longest until told to stop {silence:.1?} (required 50 ms)"
    );
}
