//! The changes of schemas in the lists beside this file, each with the verdict that the registry's rules give.

use std::fs;
use std::path::Path;

use domain::compare::Level;
use domain::schema::SchemaText;
use domain::subject::SchemaType;

pub struct Case {
    pub name: String,
    pub compatible: bool,
    pub level: Level,
    /// Where the first incompatibility has to be.
    pub at: String,
    pub old: SchemaText,
    pub new: SchemaText,
}

/// Every case of a folder with a list for each language.
pub fn all(folder: &Path) -> Vec<Case> {
    SchemaType::ALL.into_iter().flat_map(|schema_type| of(folder, schema_type)).collect()
}

fn of(folder: &Path, schema_type: SchemaType) -> Vec<Case> {
    let list = fs::read_to_string(folder.join(schema_type.word()).with_extension("txt")).unwrap();
    list.split("\n= ").skip(1).map(|entry| case(schema_type, entry)).collect()
}

/// `verdict LEVEL[ at path]: name`, then the reason, then the old schema after `<` and the new one after `>`.
fn case(schema_type: SchemaType, entry: &str) -> Case {
    let (head, name) = entry.lines().next().unwrap().split_once(": ").unwrap();
    let mut words = head.split(' ');
    let compatible = match words.next() {
        Some("compatible") => true,
        Some("incompatible") => false,
        other => panic!("{other:?} is no verdict"),
    };
    let level = words.next().unwrap().parse().unwrap();
    let side = |mark: &str| {
        let line =
            entry.lines().find_map(|line| line.strip_prefix(mark)).unwrap_or_else(|| panic!("{name} lacks {mark}"));
        text(schema_type, line)
    };
    let at = words.nth(1).unwrap_or_default().to_owned();
    Case { name: name.to_owned(), compatible, level, at, old: side("< "), new: side("> ") }
}

/// A schema of one version, written out where the list abbreviates it.
pub fn text(schema_type: SchemaType, short: &str) -> SchemaText {
    let text = match schema_type {
        SchemaType::Avro if short.starts_with('[') => format!(r#"{{"type":"record","name":"E","fields":{short}}}"#),
        SchemaType::Protobuf if short.starts_with('{') => format!(r#"syntax = "proto3"; message E {short}"#),
        _ => short.to_owned(),
    };
    SchemaText::new(schema_type, text)
}
