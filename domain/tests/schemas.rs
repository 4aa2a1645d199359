//! Every folder of `tests/schemas` is a schema with the fields and diagnostics that reading it gives. Run with UPDATE_CASES=1 to
//! write what is read now; the change is then reviewed as a diff.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use domain::schema::{self, Branch, Field, FieldType, Reference, Schema, SchemaText};
use domain::subject::{SchemaType, SubjectName, Version};

#[test]
fn every_case_reads_as_written_down() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas");
    let mut cases: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() > 30, "the case folders are missing");
    let wrong: Vec<String> = cases.iter().filter_map(|case| check(case)).collect();
    assert!(wrong.is_empty(), "{} of {} cases differ:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

fn check(case: &Path) -> Option<String> {
    let message = fs::read_to_string(case.join("message.txt")).ok();
    let read = listing(&schema::read_event(&source(case), message.as_deref().map(str::trim)));
    let expected_at = case.join("fields.txt");
    if std::env::var_os("UPDATE_CASES").is_some() {
        fs::write(&expected_at, &read).unwrap();
    }
    let expected = fs::read_to_string(&expected_at).unwrap_or_default();
    (read != expected).then(|| format!("\n== {}\n{}", case.file_name().unwrap().display(), diff(&expected, &read)))
}

fn source(case: &Path) -> SchemaText {
    let found = SchemaType::ALL.into_iter().find_map(|schema_type| {
        let text = fs::read_to_string(case.join("schema").with_extension(schema_type.extension())).ok()?;
        Some((schema_type, text))
    });
    let (schema_type, text) = found.unwrap_or_else(|| panic!("{} has no schema", case.display()));
    let mut references = Vec::new();
    collect(&case.join("references"), "", &mut references);
    references.sort_by(|a: &Reference, b| a.name.cmp(&b.name));
    let metadata = fs::read_to_string(case.join("metadata.json"));
    let tags = metadata.map(|text| serde_json::from_str(&text).unwrap()).unwrap_or_default();
    SchemaText { references, tags, ..SchemaText::new(schema_type, text) }
}

/// A reference is named by its path below `references`.
fn collect(folder: &Path, prefix: &str, into: &mut Vec<Reference>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), into);
        } else {
            let subject = SubjectName::parse(name.as_str()).unwrap();
            into.push(Reference {
                name,
                subject,
                version: Version(1),
                text: fs::read_to_string(entry.path()).unwrap(),
            });
        }
    }
}

fn listing(schema: &Schema) -> String {
    let mut out = String::new();
    if !schema.name.is_empty() {
        writeln!(out, "# {}", schema.name).unwrap();
    }
    if let Some(doc) = &schema.doc {
        writeln!(out, "# {}", one_line(doc)).unwrap();
    }
    if !schema.event.tags.is_empty() {
        writeln!(out, "# tags: {}", schema.event.tags.join(", ")).unwrap();
    }
    if schema.event.messages.len() > 1 {
        writeln!(out, "# messages: {}", schema.event.messages.join(", ")).unwrap();
    }
    schema.fields.iter().for_each(|field| list(field, 0, &mut out));
    if !schema.diagnostics.is_empty() {
        out.push_str("---\n");
    }
    for diagnostic in &schema.diagnostics {
        writeln!(out, "{}", one_line(&diagnostic.to_string())).unwrap();
    }
    out
}

fn list(field: &Field, depth: usize, out: &mut String) {
    write!(out, "{:indent$}{}: {}", "", field.path, type_text(&field.ty), indent = depth * 2).unwrap();
    out.push_str(if field.nullable { " null" } else { "" });
    if let Some(default) = &field.default {
        write!(out, " = {default}").unwrap();
    }
    field.tags.iter().for_each(|tag| write!(out, " #{tag}").unwrap());
    out.push_str(if field.deprecated { " deprecated" } else { "" });
    if let Some(oneof) = &field.oneof {
        write!(out, " in oneof {oneof}").unwrap();
    }
    if let Some(doc) = &field.doc {
        write!(out, " — {}", one_line(doc)).unwrap();
    }
    out.push('\n');
    if let FieldType::Union { branches } = &field.ty {
        for Branch { name, ty } in branches {
            writeln!(out, "{:indent$}<{name}> {}", "", type_text(ty), indent = depth * 2 + 2).unwrap();
            ty.nested().into_iter().for_each(|inner| list(inner, depth + 2, out));
        }
    } else {
        field.ty.nested().into_iter().for_each(|inner| list(inner, depth + 1, out));
    }
}

/// The label, and what it leaves out.
fn type_text(ty: &FieldType) -> String {
    let label = ty.label();
    match ty {
        FieldType::Enum { symbols } => format!("{label} ({})", symbols.join(", ")),
        FieldType::String { max_length: Some(length) } => format!("{label} up to {length}"),
        FieldType::Record { name, .. } if !name.is_empty() => format!("{label} {name}"),
        FieldType::DateText | FieldType::TimeText => format!("{label} as text"),
        FieldType::UuidBytes => format!("{label} as bytes"),
        _ => label.into_owned(),
    }
}

fn one_line(text: &str) -> String {
    text.replace('\n', "⏎")
}

/// The lines that differ, with what they were.
fn diff(expected: &str, read: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), read.lines().collect());
    let (mut out, mut at) = (String::new(), 0);
    for line in &new {
        match old[at..].iter().position(|o| o == line) {
            Some(skipped) => {
                old[at..at + skipped].iter().for_each(|o| writeln!(out, "- {o}").unwrap());
                at += skipped + 1;
            }
            None => writeln!(out, "+ {line}").unwrap(),
        }
    }
    old[at..].iter().for_each(|o| writeln!(out, "- {o}").unwrap());
    out
}
