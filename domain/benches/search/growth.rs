//! How time and memory grow with the number of subjects.

use std::time::Duration;

use crate::corpus::Corpus;
use crate::memory::build;
use crate::patterns::{PATTERNS, request};
use crate::timing::{answer, quantile, timed};

pub fn measure(most: usize) {
    println!("\ngrowth");
    println!("  {:>9} {:>12} {:>12} {:>12} {:>12}", "subjects", "p50", "p90", "bytes each", "build");
    let mut points: Vec<(f64, [f64; 4])> = Vec::new();
    for subjects in [10_000, 100_000, 1_000_000].into_iter().filter(|size| *size <= most) {
        let corpus = Corpus::new(subjects);
        let (building, index) = timed(|| build(&corpus));
        let time = |pattern: &&str| -> Duration {
            let times: Vec<_> = (0..5).map(|_| timed(|| answer(&index, &request(pattern)).unwrap()).0).collect();
            quantile(&times, 0.5)
        };
        let times: Vec<Duration> = PATTERNS.iter().map(time).collect();
        let [p50, p90] = [0.5, 0.9].map(|part| quantile(&times, part));
        let bytes = index.sizes().total() as f64;
        println!("  {subjects:>9} {p50:>12.1?} {p90:>12.1?} {:>12.1} {building:>12.1?}", bytes / subjects as f64);
        points.push((subjects as f64, [p50.as_secs_f64(), p90.as_secs_f64(), bytes, building.as_secs_f64()]));
    }
    if let [first, .., last] = points.as_slice() {
        let exponent = |at: usize| (last.1[at] / first.1[at]).ln() / (last.0 / first.0).ln();
        let [p50, p90, bytes, build] = [0, 1, 2, 3].map(exponent);
        println!("  to the power of: p50 {p50:.2}, p90 {p90:.2}, memory {bytes:.2}, building {build:.2}");
    }
}
