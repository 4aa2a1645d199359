//! Finds the schemas that a file refers to in a folder: an import tree for Protobuf, named types for Avro, `$ref` files for JSON
//! Schema. Only files inside the folder are read, dependencies come first, each once.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use domain::schema::Reference;
use domain::subject::{SchemaType, SubjectName, Version};

const MAX_FILES: usize = 5_000;
const MAX_FILE_BYTES: u64 = 4 << 20;

/// The references of a text, found in a folder.
pub fn resolve(schema_type: SchemaType, text: &str, folder: &Path) -> Result<Vec<Reference>, String> {
    let files = list(folder, schema_type.extension())?;
    let mut found = Found { schema_type, files, done: Vec::new(), seen: Vec::new() };
    found.follow(text)?;
    Ok(found.done)
}

struct Found {
    schema_type: SchemaType,
    files: BTreeMap<String, PathBuf>,
    done: Vec<Reference>,
    seen: Vec<String>,
}

impl Found {
    /// Adds what the text names, deepest first.
    fn follow(&mut self, text: &str) -> Result<(), String> {
        for name in self.named_in(text) {
            if self.seen.contains(&name) {
                continue;
            }
            self.seen.push(name.clone());
            let Some(path) = self.files.get(&name).cloned() else { continue };
            let text =
                std::fs::read_to_string(&path).map_err(|e| format!("{} cannot be read: {e}.", path.display()))?;
            self.follow(&text)?;
            let subject = SubjectName::parse(name.clone()).map_err(|e| format!("{}: {e}", path.display()))?;
            self.done.push(Reference { name, subject, version: Version(1), text });
        }
        Ok(())
    }

    fn named_in(&self, text: &str) -> Vec<String> {
        match self.schema_type {
            SchemaType::Protobuf => imports(text),
            SchemaType::Avro | SchemaType::Json => {
                self.files.keys().filter(|name| text.contains(&format!("\"{name}"))).cloned().collect()
            }
        }
    }
}

/// The paths that a Protobuf text imports.
fn imports(text: &str) -> Vec<String> {
    text.lines()
        .filter_map(|line| line.trim_start().strip_prefix("import"))
        .filter_map(|rest| rest.split('"').nth(1))
        .map(str::to_owned)
        .collect()
}

/// The files below a folder by the name that schemas refer to them with: the path for Protobuf and JSON Schema, the file's stem (a
/// full name) for Avro.
fn list(folder: &Path, extension: &str) -> Result<BTreeMap<String, PathBuf>, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        let entries = std::fs::read_dir(&next).map_err(|e| format!("{} cannot be read: {e}.", next.display()))?;
        for entry in entries.flatten() {
            let Ok(kind) = entry.file_type() else { continue };
            let path = entry.path();
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() && path.extension().is_some_and(|e| e == extension) {
                let small = entry.metadata().is_ok_and(|m| m.len() <= MAX_FILE_BYTES);
                if small && files.len() < MAX_FILES {
                    files.insert(name_of(folder, &path, extension), path);
                }
            }
        }
    }
    Ok(files)
}

fn name_of(folder: &Path, path: &Path, extension: &str) -> String {
    if extension == SchemaType::Avro.extension() {
        return path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    }
    let relative = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<_> = relative
        .components()
        .filter_map(|c| match c {
            Component::Normal(part) => Some(part.to_string_lossy().into_owned()),
            _ => None,
        })
        .collect();
    parts.join("/")
}
