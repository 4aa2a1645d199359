//! The schema files that a command is given, those in folders included.

use std::path::{Path, PathBuf};

use domain::subject::SchemaType;

const MAX_FILES: usize = 20_000;
const MAX_FOLDERS: usize = 20_000;

/// The files, and the schema files in the folders, each once and in order. A file that is named has to have the extension of a
/// language, unless the language is given.
pub fn schemas(paths: &[PathBuf], language_given: bool) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(below(path)?);
        } else if language_given || is_schema(path) || path.as_os_str() == "-" {
            files.push(path.clone());
        } else {
            return Err(format!(
                "{} has no extension of a schema (avsc, proto or json). Say --type avro, protobuf or json.",
                path.display()
            ));
        }
    }
    files.sort();
    files.dedup();
    if files.is_empty() {
        return Err("There are no schema files there: none ends with .avsc, .proto or .json.".to_owned());
    }
    Ok(files)
}

/// Hidden files and folders are left out, and links are not followed.
fn below(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    let mut seen = 0;
    while let Some(next) = folders.pop() {
        let entries =
            std::fs::read_dir(&next).map_err(|error| format!("{} cannot be read: {error}.", next.display()))?;
        for entry in entries {
            let entry = entry.map_err(|error| format!("{} cannot be read: {error}.", next.display()))?;
            let kind = entry.file_type().map_err(|error| format!("{} cannot be read: {error}.", next.display()))?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if kind.is_dir() {
                folders.push(entry.path());
                seen += 1;
            } else if kind.is_file() && is_schema(&entry.path()) {
                files.push(entry.path());
            }
            if files.len() > MAX_FILES || seen > MAX_FOLDERS {
                return Err(format!("{} holds more files than are checked at once.", folder.display()));
            }
        }
    }
    Ok(files)
}

fn is_schema(path: &Path) -> bool {
    let extension = path.extension().map(|e| e.to_string_lossy().into_owned()).unwrap_or_default();
    let is_list = path.to_string_lossy().ends_with(".references.json");
    !is_list && SchemaType::ALL.into_iter().any(|schema_type| schema_type.extension() == extension)
}
