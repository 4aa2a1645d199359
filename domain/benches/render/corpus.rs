//! The generator over a corpus of real schemas, in MB of schema text a second, beside merely parsing the same texts: as JSON, and with
//! the reference libraries of Python.

use std::hint::black_box;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
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
    let (mut ours, mut theirs) = (Duration::ZERO, Some(Duration::ZERO));
    for (schema_type, folder) in [(SchemaType::Avro, "avro"), (SchemaType::Json, "json")] {
        let files = files(&corpus.join(folder), schema_type.extension());
        let inputs: Vec<RenderInput> =
            files.iter().map(|file| input(std::fs::read_to_string(file).unwrap(), schema_type)).collect();
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
        let reference = reference(folder, &files);
        if let Some(reference) = &reference {
            println!(
                "{folder}: {} parses {:.1} MB/s and refuses {}; render has {:.1} times its rate",
                reference.library,
                rate(reference.time),
                reference.refused,
                reference.time.as_secs_f64() / render.as_secs_f64()
            );
        }
        ours += render;
        theirs = theirs.zip(reference).map(|(sum, reference)| sum + reference.time);
    }
    match theirs {
        Some(theirs) => println!("all: render has {:.1} times their rate", theirs.as_secs_f64() / ours.as_secs_f64()),
        None => println!(
            "the reference libraries of Python are not installed here: make bench installs them where it finds python3"
        ),
    }
}

/// What a reference library takes for the same files, the middle of its times.
struct Reference {
    library: &'static str,
    time: Duration,
    refused: usize,
}

/// Runs the reference library of a language, if `SLUICEGATE_ORACLES` names the folder of Python packages that has it.
fn reference(language: &str, files: &[PathBuf]) -> Option<Reference> {
    let packages = std::env::var_os("SLUICEGATE_ORACLES")?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/render/reference.py");
    let mut process = Command::new("python3")
        .arg(script)
        .args([language, &ROUNDS.to_string()])
        .env("PYTHONPATH", packages)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let paths: String = files.iter().map(|file| format!("{}\n", file.display())).collect();
    process.stdin.take().unwrap().write_all(paths.as_bytes()).unwrap();
    let output = process.wait_with_output().unwrap();
    assert!(output.status.success(), "the reference library of {language} ended with {}", output.status);
    let printed = String::from_utf8(output.stdout).unwrap();
    let (seconds, refused) = printed.trim().split_once(' ').unwrap();
    let library = if language == "avro" { "fastavro" } else { "jsonschema" };
    let time = Duration::from_secs_f64(seconds.parse().unwrap());
    Some(Reference { library, time, refused: refused.parse().unwrap() })
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

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found
}
