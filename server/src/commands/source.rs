//! Where a command takes a schema from: a file with a folder of what it refers to, or a subject of a registry.

mod references;

use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use domain::schema::SchemaText;
use domain::subject::{SchemaType, SubjectName, Version};
use service::ports::registry::Registry;

use super::registered;
use crate::config::{RegistryArgs, SchemaArgs, registry_of};

/// The text of a file; `-` is standard input.
pub fn read(path: &Path) -> Result<String, String> {
    if path.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(|e| format!("Standard input cannot be read: {e}."))?;
        return Ok(text);
    }
    std::fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}.", path.display()))
}

/// The schema in a file, with what it refers to.
pub fn file(path: &Path, word: Option<&str>, references: Option<&Path>) -> Result<SchemaText, String> {
    let text = read(path)?;
    let schema_type = schema_type(path, word)?;
    let references = match references {
        Some(folder) => references::resolve(schema_type, &text, folder)?,
        None => Vec::new(),
    };
    Ok(SchemaText { references, ..SchemaText::new(schema_type, text) })
}

fn schema_type(path: &Path, word: Option<&str>) -> Result<SchemaType, String> {
    let extension = || path.extension().map(|e| e.to_string_lossy().into_owned()).unwrap_or_default();
    let word = word.map_or_else(extension, str::to_owned);
    SchemaType::from_word(&word)
        .ok_or_else(|| format!("{word:?} is no schema type. Say --type avro, protobuf or json."))
}

/// The subject of a file: the given one, or the file's name with `-value`.
pub fn subject(path: &Path, given: Option<&str>) -> Result<SubjectName, String> {
    let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let default = if stem.is_empty() || stem == "-" { "event-value".to_owned() } else { format!("{stem}-value") };
    SubjectName::parse(given.map_or(default, str::to_owned)).map_err(|error| error.to_string())
}

/// The registry that a command is given, if it is given one.
pub fn registry(args: &RegistryArgs) -> Result<Option<Arc<dyn Registry>>, String> {
    let config = registry_of(args).map_err(|error| error.to_string())?;
    config.map(crate::registry::open).transpose()
}

/// A schema that is named as a file or, where there is no such file, as `SUBJECT@VERSION` or `SUBJECT` of the registry.
pub async fn named(name: &str, args: &SchemaArgs, registry: Option<&dyn Registry>) -> Result<SchemaText, String> {
    let path = Path::new(name);
    match registry {
        Some(registry) if name != "-" && !path.is_file() => {
            let (subject, version) = subject_and_version(name)?;
            registered::schema(registry, &subject, version).await
        }
        _ => file(path, args.schema_type.as_deref(), args.references.as_deref()),
    }
}

fn subject_and_version(name: &str) -> Result<(SubjectName, Option<Version>), String> {
    let (subject, version) = match name.rsplit_once('@').map(|(subject, number)| (subject, number.parse::<u32>())) {
        Some((subject, Ok(number))) => (subject, Some(Version(number))),
        _ => (name, None),
    };
    let subject = SubjectName::parse(subject).map_err(|error| format!("{name:?} is no file, and: {error}"))?;
    Ok((subject, version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_what_follows_the_last_at_sign_if_it_is_a_number() {
        for (name, subject, version) in
            [("orders-value@3", "orders-value", Some(3)), ("orders-value", "orders-value", None), ("a@b", "a@b", None)]
        {
            let parsed = subject_and_version(name).unwrap();
            assert_eq!((parsed.0.as_str(), parsed.1), (subject, version.map(Version)));
        }
    }
}
