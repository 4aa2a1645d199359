//! The schemas whose records are loaded: of every case folder, of the demonstration, and of a corpus outside the project.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use domain::schema::{self, Reference, Schema, SchemaText};
use domain::subject::{SchemaType, SubjectName, Version};

use crate::listing;
use crate::roundtrip::{Count, check_all};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn files_in(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_in(&path, extension));
        } else if extension.is_empty() || path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

pub fn is_sound(schema: &Schema) -> bool {
    !schema.diagnostics.iter().any(|found| found.is_error())
}

/// What was compared, by profile, and how many schemas were not sound.
#[derive(Debug, Default)]
struct Sum {
    profiles: BTreeMap<&'static str, Count>,
    schemas: usize,
    unsound: usize,
}

impl Sum {
    /// Loads records of a schema, if it is sound, under every profile.
    fn add(&mut self, name: &str, schema: &Schema, language: SchemaType) {
        if !is_sound(schema) {
            self.unsound += 1;
            return;
        }
        self.schemas += 1;
        for (profile, count) in check_all(name, schema, language, self.schemas as u64) {
            *self.profiles.entry(profile.word()).or_default() += count;
        }
    }
}

fn text_of(file: &Path) -> String {
    fs::read_to_string(file).unwrap()
}

/// The schemas of every case folder, each with its name and language.
pub fn of_cases() -> Vec<(String, Schema, SchemaType)> {
    let mut all = vec![];
    for suite in ["tests/tables", "tests/schemas"] {
        for folder in fs::read_dir(root().join(suite)).unwrap().map(|entry| entry.unwrap().path()) {
            let name = folder.display().to_string();
            let about = fs::read_to_string(folder.join("subject.txt")).unwrap_or_default();
            let language = about.split_whitespace().nth(2).and_then(SchemaType::from_word);
            for schema_type in SchemaType::ALL {
                let file = folder.join("schema").with_extension(schema_type.extension());
                if file.exists() {
                    let tree = folder.join("references");
                    let references = files_in(&tree, "").iter().map(|file| reference(&tree, file)).collect();
                    let source = SchemaText { schema_type, text: text_of(&file), references };
                    all.push((name.clone(), schema::read(&source), schema_type));
                }
            }
            if let (Ok(text), "tests/tables") = (fs::read_to_string(folder.join("fields.txt")), suite) {
                all.push((name, listing::read(&text), language.unwrap_or(SchemaType::Avro)));
            }
        }
    }
    all
}

#[test]
fn records_of_every_case_arrive_as_they_were_said() {
    let mut sum = Sum::default();
    of_cases().iter().for_each(|(name, schema, language)| sum.add(name, schema, *language));
    println!("{sum:#?}");
    assert!(sum.schemas > 40, "{sum:?}");
}

/// What a schema of the demonstration refers to, dependencies first, each once.
fn refer(file: &Path, references: &mut Vec<Reference>) {
    let Ok(listed) = fs::read_to_string(file.with_extension("references.json")) else { return };
    for one in serde_json::from_str::<Vec<serde_json::Value>>(&listed).unwrap() {
        let [name, subject] = ["name", "subject"].map(|key| one[key].as_str().unwrap());
        let version = u32::try_from(one["version"].as_u64().unwrap()).unwrap();
        let extension = file.extension().unwrap().to_str().unwrap();
        let folder = root().join("../server/demo").join(subject.replace('/', "%2F"));
        let at = folder.join(format!("{version}.{extension}"));
        refer(&at, references);
        if !references.iter().any(|known| known.name == name) {
            let (subject, version) = (SubjectName::parse(subject).unwrap(), Version(version));
            references.push(Reference { name: name.to_owned(), subject, version, text: text_of(&at) });
        }
    }
}

/// The schemas of the demonstration, each with its name and language.
pub fn of_demonstration() -> Vec<(String, Schema, SchemaType)> {
    let mut all = vec![];
    for schema_type in SchemaType::ALL {
        let files = files_in(&root().join("../server/demo"), schema_type.extension());
        for file in files.iter().filter(|file| !file.to_str().unwrap().ends_with(".references.json")) {
            let mut references = vec![];
            refer(file, &mut references);
            let source = SchemaText { schema_type, text: text_of(file), references };
            all.push((file.display().to_string(), schema::read(&source), schema_type));
        }
    }
    all
}

#[test]
fn records_of_the_demonstration_arrive_as_they_were_said() {
    let mut sum = Sum::default();
    of_demonstration().iter().for_each(|(name, schema, language)| sum.add(name, schema, *language));
    println!("{sum:#?}");
    assert!(sum.schemas > 100 && sum.unsound < 5, "{sum:?}");
}

/// The schemas of the corpus that the environment names, if it names one.
pub fn of_corpus() -> Option<Vec<(String, Schema, SchemaType)>> {
    let Some(corpus) = std::env::var_os("SLUICEGATE_CORPUS").map(PathBuf::from) else {
        println!("skipped: set SLUICEGATE_CORPUS to a folder with json, avro and proto to load records of it");
        return None;
    };
    let mut all = vec![];
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
            let source = SchemaText { schema_type, text: text_of(file), references };
            all.push((file.display().to_string(), schema::read(&source), schema_type));
        }
    }
    Some(all)
}

#[test]
fn records_of_a_corpus_arrive_as_they_were_said() {
    let Some(corpus) = of_corpus() else { return };
    for language in SchemaType::ALL {
        let mut sum = Sum::default();
        let written = corpus.iter().filter(|(_, _, schema_type)| *schema_type == language);
        written.for_each(|(name, schema, _)| sum.add(name, schema, language));
        println!("{language:?}: {sum:#?}");
        assert!(sum.schemas > 0, "the corpus is empty");
    }
}

fn reference(root: &Path, file: &Path) -> Reference {
    let name = file.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
    let subject = SubjectName::parse(name.as_str()).unwrap();
    Reference { name, subject, version: Version(1), text: text_of(file) }
}
