//! The schemas that others are made of by mutation: those of all case folders, of the demo, and of a corpus where there is one.

use std::fs;
use std::path::{Path, PathBuf};

use domain::subject::SchemaType;

/// Longer ones would only make the run longer.
const LONGEST: usize = 20_000;

/// The texts of one language each, sorted by where they are.
pub struct Seeds([Vec<String>; 3]);

impl Seeds {
    /// Every schema that is found.
    pub fn find() -> Self {
        let domain = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut folders = vec![domain.join("tests"), domain.join("../server/demo")];
        folders.extend(std::env::var_os("SLUICEGATE_CORPUS").map(PathBuf::from));
        let seeds = SchemaType::ALL.map(|language| {
            let mut files: Vec<PathBuf> = folders.iter().flat_map(|folder| files_in(folder, language)).collect();
            files.sort();
            let texts = files.iter().filter_map(|file| fs::read_to_string(file).ok());
            texts.filter(|text| (1..=LONGEST).contains(&text.len())).collect::<Vec<_>>()
        });
        assert!(seeds.iter().all(|texts| texts.len() > 10), "the case folders are missing");
        Self(seeds)
    }

    /// Those of a language.
    pub fn of(&self, language: SchemaType) -> &[String] {
        let place = SchemaType::ALL.iter().position(|other| *other == language).unwrap();
        &self.0[place]
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }
}

fn files_in(folder: &Path, language: SchemaType) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_in(&path, language));
        } else if path.extension().is_some_and(|ending| ending == language.extension()) {
            found.push(path);
        }
    }
    found
}
