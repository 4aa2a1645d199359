//! The generator beside its baseline in one run: what a keystroke in the designer costs, against merely parsing the schema's JSON.
//! Interleaved, so that both see the same machine; the ratio is what counts. Run by `make bench`.

#![allow(clippy::unwrap_used, reason = "a benchmark may end when its own input is wrong")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use domain::design::Design;
use domain::platform::Platform;
use domain::render::{RenderInput, render};
use domain::schema::SchemaText;
use domain::subject::{SchemaType, SubjectName, Version};

const SIZES: [(usize, usize); 4] = [(10, 400), (100, 200), (500, 100), (5_000, 20)];

fn main() {
    println!("{:>7} {:>12} {:>12} {:>12} {:>8}", "fields", "render p50", "render p95", "parse p50", "ratio");
    let mut growth = Vec::new();
    for (fields, rounds) in SIZES {
        let input = input(fields);
        let (mut ours, mut baseline) = (Vec::new(), Vec::new());
        for _ in 0..rounds {
            ours.push(timed(|| render(black_box(&input)).artifacts.len()));
            baseline.push(timed(|| serde_json::from_str::<serde_json::Value>(black_box(&input.schema.text)).is_ok()));
        }
        let (p50, p95, parse) = (quantile(&mut ours, 50), quantile(&mut ours, 95), quantile(&mut baseline, 50));
        growth.push((fields as f64, p50.as_secs_f64()));
        let ratio = p50.as_secs_f64() / parse.as_secs_f64();
        println!("{fields:>7} {p50:>12.1?} {p95:>12.1?} {parse:>12.1?} {ratio:>8.1}");
    }
    println!("cost grows with fields to the power of {:.2}", exponent(&growth));
}

/// An Avro record of so many fields of common types, as text.
fn input(fields: usize) -> RenderInput {
    const TYPES: [&str; 5] = [
        r#""string""#,
        r#"["null","long"]"#,
        r#"{"type":"bytes","logicalType":"decimal","precision":12,"scale":2}"#,
        r#"{"type":"long","logicalType":"timestamp-micros"}"#,
        r#"{"type":"array","items":"string"}"#,
    ];
    let field =
        |i: usize| format!(r#"{{"name":"someField{i}","type":{},"doc":"Field number {i}."}}"#, TYPES[i % TYPES.len()]);
    let list = (0..fields).map(field).collect::<Vec<_>>().join(",");
    let text = format!(r#"{{"type":"record","name":"Wide","namespace":"bench","fields":[{list}]}}"#);
    RenderInput {
        subject: SubjectName::parse("wide-value").unwrap(),
        version: Version(1),
        schema: SchemaText { schema_type: SchemaType::Avro, text, references: Vec::new() },
        platform: Platform::default(),
        design: Design::default(),
        live: Default::default(),
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let began = Instant::now();
    black_box(work());
    began.elapsed()
}

fn quantile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    times[(times.len() - 1) * percent / 100]
}

/// The slope of the least-squares line through the logarithms.
fn exponent(points: &[(f64, f64)]) -> f64 {
    let logs: Vec<_> = points.iter().map(|(x, y)| (x.ln(), y.ln())).collect();
    let n = logs.len() as f64;
    let (mx, my) = (logs.iter().map(|p| p.0).sum::<f64>() / n, logs.iter().map(|p| p.1).sum::<f64>() / n);
    let (top, bottom) = logs.iter().fold((0.0, 0.0), |(t, b), (x, y)| (t + (x - mx) * (y - my), b + (x - mx).powi(2)));
    top / bottom
}
