//! Reads a corpus of schemas from a folder outside the project: `json/<subject>/<version>.json`, `avro/<subject>/<version>.avsc`
//! and `proto/`, an import tree. No file may panic; how many give no error is printed, and at least 95 of 100 must.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use domain::diagnostic::Diagnostic;
use domain::schema::{self, Reference, SchemaText};
use domain::subject::{SchemaType, SubjectName, Version};

#[test]
fn a_corpus_of_real_schemas_reads_without_panic_and_nearly_without_error() {
    let Some(corpus) = std::env::var_os("SLUICEGATE_CORPUS").map(PathBuf::from) else {
        println!("skipped: set SLUICEGATE_CORPUS to a folder with json, avro and proto to read it");
        return;
    };
    let (mut all, mut good) = (0, 0);
    for (schema_type, folder) in
        [(SchemaType::Json, "json"), (SchemaType::Avro, "avro"), (SchemaType::Protobuf, "proto")]
    {
        let files = files_in(&corpus.join(folder), schema_type.extension());
        let tree = if schema_type == SchemaType::Protobuf { tree(&corpus.join(folder), &files) } else { Vec::new() };
        let (mut clean, mut slowest) = (0, Duration::ZERO);
        for file in &files {
            let references = tree.iter().filter(|r| !file.ends_with(&r.name)).cloned().collect();
            let text = SchemaText { references, ..SchemaText::new(schema_type, text_of(file)) };
            let started = Instant::now();
            let read = schema::read(&text);
            slowest = slowest.max(started.elapsed());
            match read.diagnostics.iter().find(|d| d.is_error()) {
                None => clean += 1,
                Some(first) => println!("{}: {first}", file.strip_prefix(&corpus).unwrap().display()),
            }
            if std::env::var_os("SLUICEGATE_CORPUS_VERBOSE").is_some() {
                read.diagnostics
                    .iter()
                    .filter(|d| !Diagnostic::is_error(d))
                    .for_each(|d| println!("  {}: {d}", file.display()));
            }
        }
        println!("{folder}: {clean} of {} read without error, the slowest in {slowest:?}", files.len());
        (all, good) = (all + files.len(), good + clean);
    }
    println!("all: {good} of {all}, {:.1} %", 100.0 * good as f64 / all as f64);
    assert!(all > 0, "the corpus is empty");
    assert!(good * 100 >= all * 95, "{good} of {all}");
}

fn text_of(file: &Path) -> String {
    String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned()
}

fn tree(root: &Path, files: &[PathBuf]) -> Vec<Reference> {
    let reference = |file: &PathBuf| {
        let name = file.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        let subject = SubjectName::parse(name.as_str()).unwrap();
        Reference { name, subject, version: Version(1), text: text_of(file) }
    };
    files.iter().map(reference).collect()
}

fn files_in(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_in(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}
