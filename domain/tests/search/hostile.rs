//! Patterns that are made to hurt are refused or stopped.

use std::cell::Cell;
use std::time::{Duration, Instant};

use domain::search::engine::{Bench, Watch, Way};
use domain::search::{Case, Pattern};

fn names() -> Vec<String> {
    let mut names: Vec<String> =
        (0..20_000).map(|n| format!("prod.acme.order{n:05}_placed.v{}-value", n % 7)).collect();
    names.sort();
    names
}

const HOSTILE: [&str; 16] = [
    "(a+)+$",
    "(a*)*b",
    "a{1000}{1000}",
    "(((a{20}){20}){20}){20}",
    r"\pL{400}",
    r"(?i)\w{200}",
    r"[\w.]{1,500}x",
    ".*.{200}x",
    "[a-m].{20}z",
    "[a-m].{120}z",
    "(.*[aeiou].*){15}$",
    "([a-z]{0,30}){0,30}!",
    r"(\w+\s?)*!$",
    r"\b\w+\b.*\b\w+\b.*\bzz",
    "(x+x+)+y",
    "(|a|b|)(|c|d|)(|e|f|){20}",
];

#[test]
fn a_hostile_pattern_is_compiled_or_refused_soon() {
    let bench = Bench::of(["a"]);
    for pattern in HOSTILE {
        let started = Instant::now();
        let parsed = Pattern::parse_in(pattern, Case::Smart);
        let _ = parsed.map(|pattern| bench.find(&pattern, Some(Way::Scan), false, Watch::patient()));
        // The build is not optimised and machines are shared: what must not happen is half a second.
        assert!(started.elapsed() < Duration::from_millis(500), "{pattern}: {:?}", started.elapsed());
    }
}

#[test]
fn a_search_asks_whether_to_go_on_every_512_names_and_stops_when_told() {
    let names = names();
    let bench = Bench::of(names.iter().map(String::as_str));
    for way in [Way::Scan, Way::Table, Way::Each] {
        let asked = Cell::new(0usize);
        let keep_going = || {
            asked.set(asked.get() + 1);
            asked.get() <= 4
        };
        let pattern = Pattern::parse("placed").unwrap();
        let found = bench.find(&pattern, Some(way), false, Watch::new(&keep_going, &|| 0)).unwrap();
        assert_eq!((found.searched, found.texts.count()), (4 * 512, 4 * 512), "{way:?}");
    }
}

#[test]
fn the_clock_changes_how_it_is_looked_and_never_what_is_found() {
    let names = names();
    let bench = Bench::of(names.iter().map(String::as_str));
    for pattern in HOSTILE.into_iter().chain(["order", "-value$", "v[0-9]"]) {
        let Ok(pattern) = Pattern::parse_in(pattern, Case::Smart) else { continue };
        if pattern.text().contains("120") || pattern.text().contains("200") {
            continue;
        }
        let started = Instant::now();
        let clock = || u64::try_from(started.elapsed().as_nanos()).unwrap();
        let Ok(timed) = bench.find(&pattern, None, true, Watch::new(&|| true, &clock)) else { continue };
        let plain = bench.find(&pattern, Some(Way::Scan), false, Watch::patient()).unwrap();
        assert_eq!(timed.texts, plain.texts, "{}", pattern.text());
    }
}
