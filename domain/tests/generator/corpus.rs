//! Renders a corpus of schemas from a folder outside the project, as generated and with every record expanded, for every writer that
//! can write its language: every statement parses, and the generator itself gives no error where reading gave none. The layout is that of `tests/corpus.rs`.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use domain::design::{ColumnEdit, Design, LoadEdit};
use domain::platform::{Platform, WriterProfile};
use domain::schema::{self, Field, FieldPath, Reference, SchemaText};
use domain::subject::{SchemaType, SubjectName, Version};

use crate::snowflake::check;
use crate::tables::rendered;

#[test]
fn a_corpus_of_real_schemas_renders_to_statements_that_parse() {
    let Some(corpus) = std::env::var_os("SLUICEGATE_CORPUS").map(PathBuf::from) else {
        println!("skipped: set SLUICEGATE_CORPUS to a folder with json, avro and proto to render it");
        return;
    };
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    let mut written: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut all, mut refused) = (0, 0);
    for (schema_type, folder) in
        [(SchemaType::Json, "json"), (SchemaType::Avro, "avro"), (SchemaType::Protobuf, "proto")]
    {
        let root = corpus.join(folder);
        let files = files_in(&root, schema_type.extension());
        let tree: Vec<Reference> = match schema_type {
            SchemaType::Protobuf => files.iter().map(|file| reference(&root, file)).collect(),
            _ => vec![],
        };
        for file in &files {
            let references = tree.iter().filter(|r| !file.ends_with(&r.name)).cloned().collect();
            let schema = schema::read(&SchemaText {
                references,
                ..SchemaText::new(schema_type, fs::read_to_string(file).unwrap())
            });
            let read_well = !schema.diagnostics.iter().any(|d| d.is_error());
            let expanded = Design { columns: expansions(&schema.fields), ..Design::default() };
            for profile in WriterProfile::ALL.into_iter().filter(|profile| profile.writes(schema_type)) {
                let mut stops = false;
                for design in [Design::default(), expanded.clone()] {
                    let design = Design { load: LoadEdit { writer_profile: Some(profile), ..design.load }, ..design };
                    let rendering = rendered(schema.clone(), schema_type, &design);
                    check(&rendering, &Platform::default());
                    let names: HashSet<String> = rendering.table.columns().map(|c| c.name.to_uppercase()).collect();
                    assert_eq!(names.len(), rendering.table.columns().count());
                    for found in &rendering.table.diagnostics {
                        *codes.entry(format!("{profile} {:?} {}", found.severity, found.code)).or_default() += 1;
                        stops |= found.is_error();
                        if read_well && found.is_error() && !found.code.starts_with("writer-") {
                            println!("{}: {found}", file.display());
                            refused += 1;
                        }
                    }
                }
                *written.entry(profile.word()).or_insert(0) += usize::from(!stops && read_well);
            }
            all += 1;
        }
    }
    println!("{all} files, {refused} errors: {codes:#?}\nfiles without an error, by writer: {written:#?}");
    assert!(all > 0, "the corpus is empty");
    assert!(refused * 100 < all * 2, "{refused} errors in {all} files");
}

fn expansions(fields: &[Field]) -> BTreeMap<FieldPath, ColumnEdit> {
    let expand = || ColumnEdit { expand: Some(true), ..ColumnEdit::default() };
    let records = fields.iter().filter(|field| !field.fields().is_empty());
    records
        .flat_map(|field| std::iter::once((field.path.clone(), expand())).chain(expansions(field.fields())))
        .collect()
}

fn reference(root: &Path, file: &Path) -> Reference {
    let name = file.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
    let subject = SubjectName::parse(name.as_str()).unwrap();
    Reference { name, subject, version: Version(1), text: fs::read_to_string(file).unwrap() }
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
