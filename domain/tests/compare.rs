//! Every folder of `tests/comparisons` is two schemas with what comparing them gives, a line a change. Run with UPDATE_CASES=1 to
//! write what is told now; the change is then reviewed as a diff.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use domain::compare::{Compatibility, Level, WarehouseClass, compare, compatibility};
use domain::schema::{self, SchemaText};
use domain::subject::SchemaType;

/// Far less than a second, in a test that is not optimised.
const PATIENCE: Duration = Duration::from_secs(4);

/// What `work` gives on the stack of a wasm module, where it takes no more than [`PATIENCE`] of its thread's time: other threads may
/// keep the machine busy.
fn patiently<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let on_cpu = || {
        let stat = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        stat.split(' ').next()?.parse().ok().map(Duration::from_nanos)
    };
    let timed = move || {
        let before = on_cpu();
        let done = work();
        (done, before.zip(on_cpu()).map(|(before, after): (Duration, Duration)| after - before))
    };
    let (done, took) = thread::Builder::new().stack_size(1 << 20).spawn(timed).unwrap().join().unwrap();
    println!("{took:?} on the processor");
    assert!(took.is_none_or(|took| took < PATIENCE), "{took:?}");
    done
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

fn schema_in(case: &Path, stem: &str) -> Option<SchemaText> {
    SchemaType::ALL.into_iter().find_map(|schema_type| {
        let text = fs::read_to_string(case.join(stem).with_extension(schema_type.extension())).ok()?;
        Some(SchemaText::new(schema_type, text))
    })
}

fn avro(text: impl Into<String>) -> SchemaText {
    SchemaText::new(SchemaType::Avro, text)
}

fn json(text: impl Into<String>) -> SchemaText {
    SchemaText::new(SchemaType::Json, text)
}

#[test]
fn every_case_compares_as_written_down() {
    let mut cases: Vec<PathBuf> =
        fs::read_dir(folder("comparisons")).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() >= 3, "the case folders are missing");
    for case in cases {
        let told = listing(&schema_in(&case, "old").unwrap(), &schema_in(&case, "new").unwrap());
        let expected_at = case.join("changes.txt");
        if std::env::var_os("UPDATE_CASES").is_some() {
            fs::write(&expected_at, &told).unwrap();
        }
        assert_eq!(told, fs::read_to_string(&expected_at).unwrap_or_default(), "{}", case.display());
    }
}

fn listing(old: &SchemaText, new: &SchemaText) -> String {
    let comparison = compare(old, new);
    let mut out = format!("readers: {}\nwarehouse: {}\n", comparison.readers.label(), comparison.warehouse.label());
    for problem in &comparison.problems {
        writeln!(out, "! {problem}").unwrap();
    }
    for change in &comparison.changes {
        let was = change.old_path.as_ref().map(|path| format!(" (was {path})")).unwrap_or_default();
        let classes = format!("{}, {}", change.readers.label(), change.warehouse.label());
        writeln!(out, "{}{was}: {} [{classes}] {}", change.path, change.kind.label(), change.sentence).unwrap();
    }
    out
}

#[test]
fn a_schema_compared_with_itself_has_not_changed() {
    let mut compared = 0;
    for entry in fs::read_dir(folder("schemas")).unwrap() {
        let case = entry.unwrap().path();
        let Some(text) = schema_in(&case, "schema") else { continue };
        if schema::read(&text).diagnostics.iter().any(domain::diagnostic::Diagnostic::is_error) {
            assert!(!compare(&text, &text).problems.is_empty(), "{}", case.display());
            continue;
        }
        let comparison = compare(&text, &text);
        assert_eq!(comparison.changes, [], "{}", case.display());
        assert_eq!((comparison.readers, comparison.warehouse), (Compatibility::Full, WarehouseClass::Safe));
        compared += 1;
    }
    assert!(compared > 20, "only {compared} schemas could be compared");
}

/// Records that hold each other in unions of all: 12 to the power of the depth ways lead through them.
fn entangled(records: usize, extra: &str) -> SchemaText {
    let names: Vec<String> = (0..records).map(|i| format!("\"R{i}\"")).collect();
    let union = format!("[\"null\",{}]", names.join(","));
    let mut defined = String::new();
    for i in (0..records).rev() {
        let inner = if i + 1 == records { "\"null\"".to_owned() } else { std::mem::take(&mut defined) };
        let fields = format!(
            r#"{{"name":"define","type":{inner}}},{{"name":"a","type":{union}}},{{"name":"b","type":{union}}}{extra}"#
        );
        defined = format!(r#"{{"type":"record","name":"R{i}","fields":[{fields}]}}"#);
    }
    avro(defined)
}

#[test]
fn entangled_records_are_compared_in_far_less_than_a_second() {
    let old = entangled(12, "");
    let new = entangled(12, r#",{"name":"c","type":"string"}"#);
    let comparison = patiently(move || compare(&old, &new));
    assert_eq!(comparison.readers, Compatibility::Forward, "{:?}", comparison.problems);
    assert!(comparison.problems.iter().all(|problem| problem.contains("more than 20000 fields")));
}

#[test]
fn entangled_alternatives_are_compared_in_far_less_than_a_second() {
    let alternatives = |extra: &str| {
        let refs: Vec<String> = (0..12).map(|i| format!(r##"{{"$ref":"#/definitions/d{i}"}}"##)).collect();
        let one_of = format!(r#"{{"oneOf":[{}]}}"#, refs.join(","));
        let definition = |i: usize| {
            let kind = format!(r#""kind":{{"const":"d{i}"}}"#);
            format!(r#""d{i}":{{"type":"object","properties":{{{kind},"a":{one_of},"b":{one_of}{extra}}}}}"#)
        };
        let definitions: Vec<String> = (0..12).map(definition).collect();
        json(format!(
            r#"{{"type":"object","properties":{{"top":{one_of}}},"definitions":{{{}}}}}"#,
            definitions.join(",")
        ))
    };
    let (old, new) = (alternatives(""), alternatives(r#","c":{"type":"string"}"#));
    let found = patiently(move || compatibility(Level::Full, &new, &[old]));
    assert!(!found.is_empty());
}

#[test]
fn a_chain_of_definitions_of_any_length_is_compared_without_running_out_of_stack() {
    let chain = |last: &str| {
        let link = |i: usize| {
            format!(r##""d{i}":{{"type":"object","properties":{{"n":{{"$ref":"#/definitions/d{}"}}}}}}"##, i + 1)
        };
        let links: Vec<String> = (0..5_000).map(link).collect();
        let top = r##"{"$ref":"#/definitions/d0"}"##;
        json(format!(
            r#"{{"type":"object","properties":{{"top":{top}}},"definitions":{{{},"d5000":{{"type":"{last}"}}}}}}"#,
            links.join(",")
        ))
    };
    let (old, new) = (chain("string"), chain("integer"));
    assert!(
        !compatibility(Level::Backward, &new, &[old]).is_empty(),
        "what is too deep to compare is not called compatible"
    );
}

#[test]
fn every_one_of_ten_thousand_changes_is_classed() {
    let wide = |count: usize, ty: &str| {
        let fields: Vec<String> = (0..count).map(|i| format!(r#"{{"name":"f{i}","type":"{ty}"}}"#)).collect();
        avro(format!(r#"{{"type":"record","name":"W","fields":[{}]}}"#, fields.join(",")))
    };
    let (old, new) = (wide(10_000, "int"), wide(10_000, "long"));
    let comparison = patiently(move || compare(&old, &new));
    assert_eq!(comparison.changes.len() + comparison.untold, 10_000);
    assert_eq!((comparison.readers, comparison.warehouse), (Compatibility::Backward, WarehouseClass::Safe));
    assert!(comparison.changes.iter().all(|change| change.readers == Compatibility::Backward));
}
