//! The generator beside its baseline in one run: what reading and a keystroke in the designer cost, stage by stage, against merely
//! parsing the schema's JSON. Interleaved, so that all see the same machine; ratios are what counts. Run by `make bench`.

#![allow(clippy::unwrap_used, reason = "a benchmark may end when its own input is wrong")]

#[path = "render/corpus.rs"]
mod corpus;

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::artifact::artifacts_of;
use domain::design::Design;
use domain::load::load_of;
use domain::platform::Platform;
use domain::render::{digest, render_schema};
use domain::schema::{Schema, SchemaText, read};
use domain::subject::{SchemaType, SubjectName, Version};
use domain::table::{Context, table_of};

/// How many fields, and how often.
const SIZES: [(usize, usize); 6] = [(10, 400), (100, 200), (500, 100), (5_000, 20), (20_000, 5), (100_000, 3)];
/// Reading keeps no more fields than this of one schema; larger ones are put together of several.
const FIELDS_OF_A_TEXT: usize = 10_000;

fn main() {
    println!(
        "{:>7} {:>10} {:>10} {:>10} {:>10} {:>10} {:>10} {:>10} {:>6}",
        "fields", "parse", "read", "keystroke", "p95", "lay out", "artifacts", "digest", "ratio"
    );
    let mut growth = Vec::new();
    for (fields, rounds) in SIZES {
        let stages = Stages::measure(fields, rounds);
        growth.push((fields as f64, stages.keystroke.as_secs_f64()));
        stages.print(fields);
    }
    println!("a keystroke's cost grows with fields to the power of {:.2}", exponent(&growth));
    corpus::measure();
}

/// What each stage takes, the middle of its times.
struct Stages {
    parse: Duration,
    read: Duration,
    keystroke: Duration,
    keystroke_p95: Duration,
    lay_out: Duration,
    artifacts: Duration,
    digest: Duration,
}

impl Stages {
    fn measure(fields: usize, rounds: usize) -> Self {
        let texts: Vec<SchemaText> =
            (0..fields).step_by(FIELDS_OF_A_TEXT).map(|from| text(from, fields.min(from + FIELDS_OF_A_TEXT))).collect();
        let parse =
            || texts.iter().all(|text| serde_json::from_str::<serde_json::Value>(black_box(&text.text)).is_ok());
        let reading = || texts.iter().map(|text| read(black_box(text))).collect::<Vec<Schema>>();
        let schema = Arc::new(joined(reading()));
        assert_eq!(schema.fields.len(), fields);
        let (subject, platform, design) =
            (SubjectName::parse("wide-value").unwrap(), Platform::default(), Design::default());
        let context = Context {
            subject: &subject,
            version: Version(1),
            schema_type: SchemaType::Avro,
            platform: &platform,
            design: &design,
            live: &[],
        };
        let mut times: [Vec<Duration>; 6] = Default::default();
        for _ in 0..rounds {
            let [parsing, reads, keystrokes, layings, renderings, digests] = &mut times;
            timed(parsing, parse);
            timed(reads, reading);
            timed(keystrokes, || render_schema(Arc::clone(&schema), context));
            let table = timed(layings, || table_of(black_box(&schema), context));
            let load = load_of(&table, context);
            let artifacts = timed(renderings, || artifacts_of(black_box(&table), &load, context));
            timed(digests, || digest(black_box(&artifacts)));
        }
        let keystroke_p95 = quantile(&mut times[2], 95);
        let [parse, read, keystroke, lay_out, artifacts, digest] = times.map(|mut times| quantile(&mut times, 50));
        Self { parse, read, keystroke, keystroke_p95, lay_out, artifacts, digest }
    }

    fn print(&self, fields: usize) {
        let Self { parse, read, keystroke, keystroke_p95, lay_out, artifacts, digest } = self;
        let ratio = (*read + *keystroke).as_secs_f64() / parse.as_secs_f64();
        println!(
            "{fields:>7} {parse:>10.1?} {read:>10.1?} {keystroke:>10.1?} {keystroke_p95:>10.1?} {lay_out:>10.1?} {artifacts:>10.1?} {digest:>10.1?} {ratio:>6.1}"
        );
    }
}

/// An Avro record with the fields of these numbers, of common types.
fn text(from: usize, to: usize) -> SchemaText {
    const TYPES: [&str; 5] = [
        r#""string""#,
        r#"["null","long"]"#,
        r#"{"type":"bytes","logicalType":"decimal","precision":12,"scale":2}"#,
        r#"{"type":"long","logicalType":"timestamp-micros"}"#,
        r#"{"type":"array","items":"string"}"#,
    ];
    let field =
        |i: usize| format!(r#"{{"name":"someField{i}","type":{},"doc":"Field number {i}."}}"#, TYPES[i % TYPES.len()]);
    let list = (from..to).map(field).collect::<Vec<_>>().join(",");
    let text = format!(r#"{{"type":"record","name":"Wide","namespace":"bench","fields":[{list}]}}"#);
    SchemaText::new(SchemaType::Avro, text)
}

fn joined(schemas: Vec<Schema>) -> Schema {
    schemas
        .into_iter()
        .reduce(|mut all, next| {
            all.fields.extend(next.fields);
            all
        })
        .unwrap()
}

fn timed<T>(times: &mut Vec<Duration>, work: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let made = black_box(work());
    times.push(began.elapsed());
    made
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
