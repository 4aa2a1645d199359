//! Other readers of SQL, which no one here wrote: sqlglot and fakesnow. `make test-real` installs them, says where they are, and runs
//! what is ignored here.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use regex::Regex;
use serde_json::Value as Json;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/simulator/oracles")
}

/// The answers of a script to jobs, each a line of JSON.
pub fn ask(script: &str, jobs: &[Json]) -> Vec<Json> {
    let packages = std::env::var_os("SLUICEGATE_ORACLES")
        .expect("SLUICEGATE_ORACLES names no folder of Python packages: run make test-real, which installs them");
    let mut process = Command::new("python3")
        .arg(folder().join(script))
        .env("PYTHONPATH", packages)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = process.stdin.take().unwrap();
    let lines: String = jobs.iter().map(|job| format!("{job}\n")).collect();
    let writing = std::thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let output = process.wait_with_output().unwrap();
    assert!(output.status.success(), "{script} ended with {}", output.status);
    writing.join().unwrap().unwrap();
    let answers = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<Json> = answers.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), jobs.len());
    answers
}

/// What an oracle cannot do or gets wrong, each a pattern with the reason; one that no longer applies has to go.
pub struct Gaps {
    file: String,
    patterns: BTreeMap<String, (Regex, bool)>,
}

impl Gaps {
    /// The entries `= what: pattern` of a list.
    pub fn of(file: &str, what: &str) -> Self {
        let text = std::fs::read_to_string(folder().join(file)).unwrap();
        let prefix = format!("= {what}: ");
        let patterns = text.lines().filter_map(|line| line.strip_prefix(&prefix));
        let entry = |pattern: &str| (pattern.to_owned(), (Regex::new(pattern).unwrap(), false));
        Self { file: format!("tests/simulator/oracles/{file}"), patterns: patterns.map(entry).collect() }
    }

    /// The first pattern that a text matches.
    pub fn named(&self, text: &str) -> Option<String> {
        self.patterns.iter().find(|(_, (regex, _))| regex.is_match(text)).map(|(pattern, _)| pattern.clone())
    }

    /// Notes that a pattern applies.
    pub fn apply(&mut self, pattern: &str) {
        self.patterns.get_mut(pattern).unwrap().1 = true;
    }

    /// Fails when a pattern has not applied.
    pub fn settle(&self) {
        let gone: Vec<_> = self.patterns.iter().filter(|(_, (_, applied))| !applied).map(|(name, _)| name).collect();
        assert!(gone.is_empty(), "{} names what no longer applies: {gone:#?}", self.file);
    }
}
