//! Times, and what is said of many of them.

use std::time::Duration;

use domain::search::engine::{Answer, Standings, Watch};
use domain::search::index::Index;
use domain::search::{PatternError, SearchRequest};

use crate::clock::now;

pub fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let started = now();
    let value = std::hint::black_box(work());
    (now() - started, value)
}

/// The value that this part of all is not above.
pub fn quantile<T: Copy + PartialOrd>(values: &[T], part: f64) -> T {
    let mut sorted = values.to_vec();
    sorted.sort_by(|a, b| a.partial_cmp(b).unwrap());
    sorted[((sorted.len() - 1) as f64 * part).round() as usize]
}

pub fn spread(times: &[Duration]) -> String {
    let [p50, p90, p99, most] = [0.5, 0.9, 0.99, 1.0].map(|part| quantile(times, part));
    format!("p50 {p50:>9.1?}  p90 {p90:>9.1?}  p99 {p99:>9.1?}  max {most:>9.1?}")
}

pub fn ratio(slow: Duration, fast: Duration) -> f64 {
    slow.as_secs_f64() / fast.as_secs_f64().max(1e-9)
}

/// What a request costs whole, compiling included.
pub fn answer(index: &Index, request: &SearchRequest) -> Result<Answer, PatternError> {
    Answer::of(index, &Standings::default(), request, Watch::new(&|| true, &|| now().as_nanos() as u64))
}
