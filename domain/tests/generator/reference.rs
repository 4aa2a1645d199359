//! The reference of types, `docs/types.md`: every line of its tables is what the generator makes of the case that the line names,
//! and nothing that the cases make is missing.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use domain::platform::WriterProfile;
use domain::render::Rendering;
use domain::subject::SchemaType;

use crate::cases::{rendering_of, root};

const TYPES: [&str; 6] = ["In the schema", "Writer", "In the file", "Column", "Expression", "Case"];
const COLUMNS: [&str; 5] = ["Column", "Writer", "Type", "Expression", "Case"];
const FINDINGS: [&str; 4] = ["What", "Writer", "Diagnostic", "Case"];

fn page() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/types.md")).unwrap()
}

/// The lines of the tables with these headings, cell by cell.
fn lines(page: &str, headings: &[&str]) -> Vec<Vec<String>> {
    let mut found = vec![];
    let mut inside = false;
    for line in page.lines() {
        let cells = cells(line);
        match cells.first() {
            None => inside = false,
            Some(_) if cells == headings => inside = true,
            Some(first) if inside && !first.starts_with("---") => found.push(cells),
            Some(_) => {}
        }
    }
    assert!(found.len() > 10, "the table {headings:?} has lines");
    found
}

fn cells(line: &str) -> Vec<String> {
    let Some(inner) = line.strip_prefix("| ").and_then(|line| line.strip_suffix(" |")) else { return vec![] };
    inner.split(" | ").map(|cell| cell.replace("\\|", "|")).collect()
}

/// The words between backticks.
fn code(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// The case folders of a line: each of its cases by each of its writers.
fn cases(writers: &str, cases: &str) -> Vec<String> {
    let by_writers = |stem: &str| {
        let is_of = |language: &SchemaType| stem.starts_with(&language.label().to_lowercase().replace(' ', "_"));
        let language = SchemaType::ALL.into_iter().find(is_of).expect("a case is about a language");
        let every = WriterProfile::ALL.into_iter().filter(|profile| profile.writes(language)).map(WriterProfile::word);
        let named: Vec<&str> = if writers == "every one" { every.collect() } else { code(writers) };
        named.into_iter().map(|writer| format!("{stem}_by_{writer}")).collect::<Vec<_>>()
    };
    let folders: Vec<String> = code(cases).into_iter().flat_map(by_writers).collect();
    assert!(!folders.is_empty(), "{writers} and {cases} name no folder");
    folders
}

fn pipe_of(case: &str) -> String {
    fs::read_to_string(root().join(case).join("pipe.sql")).unwrap_or_else(|_| panic!("{case} is a case folder"))
}

#[test]
fn every_line_of_the_reference_is_what_its_case_gives() {
    let page = page();
    for line in lines(&page, &TYPES) {
        let [what, writers, in_file, ty, expression, case] = line.as_slice() else { panic!("{line:?} has six cells") };
        let expression = expression.trim_matches('`');
        for case in cases(writers, case) {
            assert!(pipe_of(&case).contains(expression), "{what}: {case} has no {expression}");
            let rendering = rendering_of(&case);
            let row = rendering.table.rows.iter().find(|row| row.column.expression.to_string() == expression);
            let row = row.unwrap_or_else(|| panic!("{what}: {case} has a row for {expression}"));
            assert_eq!(
                (row.in_file.as_ref(), row.column.ty.to_string().as_str()),
                (in_file.as_str(), ty.as_str()),
                "{what}: {case}"
            );
        }
    }
}

#[test]
fn every_column_of_envelope_and_load_is_in_the_reference_as_it_is() {
    let page = page();
    let mut named = HashSet::new();
    for line in lines(&page, &COLUMNS) {
        let [name, writers, ty, expression, case] = line.as_slice() else { panic!("{line:?} has five cells") };
        for case in cases(writers, case) {
            let Rendering { table, .. } = rendering_of(&case);
            let column = table.envelope.iter().chain(&table.load_metadata).find(|column| column.name == *name).unwrap();
            assert_eq!(
                (&column.ty.to_string(), column.expression.to_string().as_str()),
                (ty, expression.trim_matches('`'))
            );
            assert!(pipe_of(&case).contains(expression.trim_matches('`')));
            named.insert((case, column.name.clone()));
        }
    }
    for writer in WriterProfile::ALL {
        let stem = if writer.writes(SchemaType::Avro) { "avro_types" } else { "protobuf_types" };
        let case = format!("{stem}_by_{writer}");
        let Rendering { table, .. } = rendering_of(&case);
        for column in table.envelope.iter().chain(&table.load_metadata) {
            let is_named = named.contains(&(case.clone(), column.name.clone()));
            assert!(is_named, "{} by {writer} is missing", column.name);
        }
    }
}

#[test]
fn every_form_that_a_case_of_types_has_is_in_the_reference() {
    let page = page();
    let said: HashSet<(String, String, String)> = lines(&page, &TYPES)
        .into_iter()
        .flat_map(|line| {
            cases(&line[1], &line[5]).into_iter().map(move |case| (case, line[2].clone(), line[3].clone()))
        })
        .collect();
    let mut looked_at = 0;
    for folder in fs::read_dir(root()).unwrap() {
        let case = folder.unwrap().file_name().into_string().unwrap();
        if !case.contains("_types_by_") {
            continue;
        }
        for row in rendering_of(&case).table.rows.iter().filter(|row| row.kept) {
            let form = (case.clone(), row.in_file.to_string(), row.column.ty.to_string());
            assert!(said.contains(&form), "{} is missing: {form:?}", row.path);
            looked_at += 1;
        }
    }
    assert!(looked_at > 300, "{looked_at}");
}

#[test]
fn every_finding_of_the_reference_is_said_in_its_case() {
    for line in lines(&page(), &FINDINGS) {
        let [what, writer, finding, case] = line.as_slice() else { panic!("{line:?} has four cells") };
        let (finding, case) = (code(finding).concat(), code(case).concat());
        let said = fs::read_to_string(root().join(&case).join("diagnostics.txt")).unwrap();
        assert!(said.contains(&format!("[{finding}]")), "{what}: {case} says nothing of {finding}");
        let is_writer = WriterProfile::ALL.into_iter().any(|profile| code(writer) == [profile.word()]);
        assert!(is_writer, "{what}: {writer}");
    }
}
