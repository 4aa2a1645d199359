//! Every generated statement, parsed a second time by sqlglot, with the columns that were planned.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use domain::artifact::{ArtifactKind, Language};
use domain::design::Design;
use domain::render::Rendering;
use domain::schema::Schema;
use domain::subject::SchemaType;
use serde_json::{Value as Json, json};

use crate::oracles::{Gaps, ask};
use crate::roundtrip::{rendered, writings};
use crate::schemas::{of_cases, of_corpus, of_demonstration};

/// The texts of one event's statements; the pipe's COPY is among them once more, on its own.
fn job(name: &str, table: &str, pipe: &str, others: Vec<String>) -> Json {
    let (_, copy) = pipe.split_once("\nAS ").unwrap();
    let mut texts = vec![table.to_owned(), copy.to_owned(), pipe.to_owned()];
    texts.extend(others);
    json!({ "name": name, "texts": texts })
}

fn of_rendering(name: &str, rendering: &Rendering) -> Json {
    let content = |kind| {
        let artifact = rendering.artifacts.iter().find(|artifact| artifact.kind == kind);
        artifact.map(|artifact| artifact.content.as_str()).unwrap()
    };
    let is_other = |kind| !matches!(kind, ArtifactKind::Table | ArtifactKind::Pipe);
    let others = rendering.artifacts.iter().filter(|one| one.language == Language::Sql && is_other(one.kind));
    let others = others.map(|one| one.content.clone()).collect();
    job(name, content(ArtifactKind::Table), content(ArtifactKind::Pipe), others)
}

/// The statements in the case folders, which another test holds to what is generated.
fn of_folders() -> Vec<Json> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut jobs = vec![];
    for folder in fs::read_dir(root.join("tables")).unwrap().map(|entry| entry.unwrap().path()) {
        let text = |file: &str| fs::read_to_string(folder.join(file)).unwrap();
        let rest = files(&folder.join("files")).into_iter().filter(|file| file.extension().is_some_and(|e| e == "sql"));
        let stage = fs::read_to_string(folder.join("stage.sql")).ok();
        let others = rest.map(|file| fs::read_to_string(file).unwrap()).chain(stage).collect();
        jobs.push(job(&folder.display().to_string(), &text("table.sql"), &text("pipe.sql"), others));
    }
    for file in files(&root.join("evolutions")).into_iter().filter(|file| file.ends_with("evolve.sql")) {
        jobs.push(json!({ "name": file, "texts": [fs::read_to_string(&file).unwrap()] }));
    }
    jobs
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn of_schemas(schemas: &[(String, Schema, SchemaType)], jobs: &mut Vec<Json>) {
    for (name, schema, language) in schemas {
        for (profile, _) in writings(*language) {
            let rendering = rendered(schema, *language, &Design::default(), profile);
            jobs.push(of_rendering(&format!("{name} {profile}"), &rendering));
        }
    }
}

fn whole_corpus() -> Vec<(String, Schema, SchemaType)> {
    let of = |language| of_corpus(language).into_iter().map(move |(name, schema)| (name, schema, language));
    SchemaType::ALL.into_iter().flat_map(of).collect()
}

#[test]
#[ignore = "needs sqlglot: make test-real installs it"]
fn sqlglot_parses_every_statement_and_finds_the_columns_that_were_planned() {
    let mut jobs = of_folders();
    for schemas in [of_cases(), of_demonstration(), whole_corpus()] {
        of_schemas(&schemas, &mut jobs);
    }
    let mut gaps: BTreeMap<&str, Gaps> =
        ["fails", "opaque"].map(|state| (state, Gaps::of("sqlglot.txt", state))).into();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong = vec![];
    for answer in ask("parsing.py", &jobs) {
        let texts = answer["texts"].as_array().unwrap();
        for statement in texts.iter().flat_map(|text| text.as_array().unwrap()) {
            let state = statement["state"].as_str().unwrap();
            *counts.entry(format!("{state} {}", statement["begins"].as_str().unwrap())).or_default() += 1;
            let Some(gaps) = gaps.get_mut(state) else { continue };
            match gaps.named(statement["text"].as_str().unwrap()) {
                Some(pattern) => gaps.apply(&pattern),
                None => wrong.push(format!("{}: {statement}", answer["name"])),
            }
        }
        if texts.len() > 1 {
            let (table, copy) = (&texts[0][0], &texts[1][0]);
            let count = copy["columns"].as_array().map_or(0, Vec::len);
            if table["columns"] != copy["columns"] || copy["selected"] != count || count == 0 {
                wrong.push(format!("{}: other columns: {table} {copy}", answer["name"]));
            }
        }
    }
    println!("{} events: {counts:#?}", jobs.len());
    assert!(wrong.is_empty(), "{} problems:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
    gaps.values().for_each(Gaps::settle);
}
