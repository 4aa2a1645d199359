//! Schemas to put into a registry: those of the demonstration, and of a corpus outside the project.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use domain::schema::SchemaText;
use domain::subject::{SchemaType, Version};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::imports;
use crate::registry::Referred;

/// One version of a subject, as a file has it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Where the file is: `demonstration` or `corpus`.
    pub shelf: &'static str,
    pub subject: String,
    pub version: Version,
    pub schema: SchemaText,
    pub referred: Vec<Referred>,
}

/// The schemas that the binary carries, with their references and awkward names.
pub fn demonstration() -> Vec<Entry> {
    folders("demonstration", &Path::new(env!("CARGO_MANIFEST_DIR")).join("demo"))
}

/// The corpus that the environment names: `json` and `avro` with a folder for each subject, `proto` as an import tree.
pub fn corpus() -> Option<Vec<Entry>> {
    let Some(corpus) = std::env::var_os("SLUICEGATE_CORPUS").map(PathBuf::from) else {
        println!("skipped: set SLUICEGATE_CORPUS to a folder with json, avro and proto to register it too");
        return None;
    };
    let mut entries = folders("corpus", &corpus.join("json"));
    entries.extend(folders("corpus", &corpus.join("avro")));
    entries.extend(tree(&corpus.join("proto")));
    assert!(!entries.is_empty(), "the corpus in {} is empty", corpus.display());
    Some(entries)
}

fn folders(shelf: &'static str, root: &Path) -> Vec<Entry> {
    let mut entries = Vec::new();
    for file in files(root) {
        let Some((stem, schema_type)) = schema_file(&file) else { continue };
        let folder = file.parent().unwrap().file_name().unwrap().to_str().unwrap();
        let list = fs::read_to_string(file.with_file_name(format!("{stem}.references.json")));
        entries.push(Entry {
            shelf,
            subject: percent_decode_str(folder).decode_utf8().unwrap().into_owned(),
            version: Version(stem.parse().unwrap()),
            schema: schema(schema_type, &file),
            referred: list.map(|text| listed(&text)).unwrap_or_default(),
        });
    }
    entries.sort_by(|a, b| (&a.subject, a.version).cmp(&(&b.subject, b.version)));
    entries
}

/// The number and the language of a version's file; no other file is one.
fn schema_file(file: &Path) -> Option<(&str, SchemaType)> {
    let (stem, extension) = (file.file_stem()?.to_str()?, file.extension()?.to_str()?);
    let schema_type = SchemaType::ALL.into_iter().find(|schema_type| schema_type.extension() == extension)?;
    stem.parse::<u32>().is_ok().then_some((stem, schema_type))
}

fn schema(schema_type: SchemaType, file: &Path) -> SchemaText {
    SchemaText::new(schema_type, fs::read_to_string(file).unwrap())
}

fn listed(text: &str) -> Vec<Referred> {
    let one = |value: &Value| {
        let [name, subject] = ["name", "subject"].map(|key| value[key].as_str().unwrap().to_owned());
        Referred { name, subject, version: Version(u32::try_from(value["version"].as_u64().unwrap()).unwrap()) }
    };
    serde_json::from_str::<Vec<Value>>(text).unwrap().iter().map(one).collect()
}

/// Each file is a subject that is called as it is imported; what is not in the tree comes with every compiler.
fn tree(root: &Path) -> Vec<Entry> {
    let mut all = BTreeMap::new();
    for file in files(root) {
        let name = file.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        all.insert(name, schema(SchemaType::Protobuf, &file));
    }
    let refer = |name: String| Referred { subject: name.clone(), name, version: Version(1) };
    let entry = |(name, schema): (&String, &SchemaText)| Entry {
        shelf: "corpus",
        subject: name.clone(),
        version: Version(1),
        schema: schema.clone(),
        referred: imports::of(&schema.text).into_iter().filter(|name| all.contains_key(name)).map(refer).collect(),
    };
    all.iter().map(entry).collect()
}

fn files(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path);
        }
    }
    found
}
