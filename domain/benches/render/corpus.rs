//! The generator over a corpus of real schemas, in MB of schema text a second, beside merely parsing the same texts.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use domain::design::Design;
use domain::platform::Platform;
use domain::render::{RenderInput, render};
use domain::schema::{SchemaText, read};
use domain::subject::{SchemaType, SubjectName, Version};

const ROUNDS: usize = 5;

/// Measures the files of the folder that `SLUICEGATE_CORPUS` names; its layout is that of `tests/corpus.rs`.
pub fn measure() {
    let Some(corpus) = std::env::var_os("SLUICEGATE_CORPUS").map(PathBuf::from) else {
        println!("set SLUICEGATE_CORPUS to a folder with json and avro to measure a corpus");
        return;
    };
    for (schema_type, folder) in [(SchemaType::Avro, "avro"), (SchemaType::Json, "json")] {
        let inputs: Vec<RenderInput> = texts(&corpus.join(folder), schema_type.extension())
            .into_iter()
            .map(|text| input(text, schema_type))
            .collect();
        let bytes: usize = inputs.iter().map(|input| input.schema.text.len()).sum();
        let mut times: [Vec<Duration>; 3] = Default::default();
        for _ in 0..ROUNDS {
            let [parses, reads, renders] = &mut times;
            let parsed = |input: &RenderInput| serde_json::from_str::<serde_json::Value>(&input.schema.text).is_ok();
            super::timed(parses, || inputs.iter().filter(|input| parsed(black_box(input))).count());
            super::timed(reads, || {
                inputs.iter().map(|input| read(black_box(&input.schema)).fields.len()).sum::<usize>()
            });
            super::timed(renders, || {
                inputs.iter().map(|input| render(black_box(input)).artifacts.len()).sum::<usize>()
            });
        }
        let [parse, read, render] = times.map(|mut times| super::quantile(&mut times, 50));
        let rate = |time: Duration| bytes as f64 / 1e6 / time.as_secs_f64();
        println!(
            "{folder}: {} files of {} bytes; MB/s: parse {:.0}, read {:.0}, render {:.0}; render is {:.1} times parse",
            inputs.len(),
            bytes / inputs.len().max(1),
            rate(parse),
            rate(read),
            rate(render),
            render.as_secs_f64() / parse.as_secs_f64()
        );
    }
}

fn input(text: String, schema_type: SchemaType) -> RenderInput {
    RenderInput {
        subject: SubjectName::parse("corpus-value").unwrap(),
        version: Version(1),
        schema: SchemaText::new(schema_type, text),
        platform: Platform::default(),
        design: Design::default(),
        live: Default::default(),
    }
}

fn texts(folder: &Path, extension: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(texts(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(std::fs::read_to_string(path).unwrap());
        }
    }
    found
}
