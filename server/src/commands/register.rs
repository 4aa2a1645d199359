//! `sluicegate register`: schema files into a registry, after the same check as `check` makes. Without `--yes` it only says what it
//! would do.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use domain::schema::SchemaText;
use domain::subject::{SubjectName, Version};
use service::ports::registry::ReferenceName;

use super::check::{Check, is_error, only_files};
use super::{registered, source};
use crate::config::{RegisterArgs, registry_of};
use crate::registry::{Confluent, open_to_register};

/// One file on its way into the registry.
struct Candidate {
    file: PathBuf,
    subject: SubjectName,
    schema: SchemaText,
}

/// Checks every file, then registers them in order. 0, or 1 if a check or the registry refuses, or 2 if it could not be tried.
pub async fn run(args: &RegisterArgs) -> ExitCode {
    match register(args).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(sentence) => super::fail(super::MISUSE, &sentence),
    }
}

async fn register(args: &RegisterArgs) -> Result<bool, String> {
    let files = only_files(&args.files)?;
    if args.subject.is_some() && files.len() != 1 {
        return Err(format!("--subject names the subject of one file, and there are {}.", files.len()));
    }
    let config = registry_of(&args.schema.registry).map_err(|error| error.to_string())?;
    let config = config.ok_or("Say which registry: --registry with its URL, or SLUICEGATE_REGISTRY.")?;
    let registry = open_to_register(config)?;
    let references: Vec<ReferenceName> =
        args.named_references.iter().map(|text| reference(text)).collect::<Result<_, _>>()?;
    let check = Check::new(args.config.as_deref(), Some(&registry), args.level)?;
    let mut candidates = Vec::new();
    let mut refused = false;
    for file in files {
        let candidate = candidate(file, args, &references, &registry).await?;
        let findings = check.file(file, &candidate.subject, &candidate.schema).await?;
        findings.iter().for_each(|finding| println!("{finding}"));
        refused |= findings.iter().any(is_error);
        candidates.push(candidate);
    }
    if refused {
        eprintln!("Nothing was registered. Correct the errors first.");
        return Ok(false);
    }
    if !args.yes {
        candidates.iter().for_each(|c| println!("would register {} as {}", c.file.display(), c.subject));
        eprintln!("Nothing was registered. Say --yes to register.");
        return Ok(true);
    }
    for candidate in &candidates {
        match registry.register(&candidate.subject, &candidate.schema, &references).await {
            Ok(id) => println!("registered {} as {} with id {}", candidate.file.display(), candidate.subject, id.0),
            Err(error) => {
                eprintln!("error: {error}");
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// A file with what it refers to: as the registry has it where that is named, else from the folder of references.
async fn candidate(
    file: &Path,
    args: &RegisterArgs,
    references: &[ReferenceName],
    registry: &Confluent,
) -> Result<Candidate, String> {
    let subject = source::subject(file, args.subject.as_deref())?;
    let mut schema = source::file(file, args.schema.schema_type.as_deref(), args.schema.references.as_deref())?;
    if !references.is_empty() {
        schema.references = registered::references(registry, references.to_vec()).await?;
    }
    Ok(Candidate { file: file.to_path_buf(), subject, schema })
}

fn reference(text: &str) -> Result<ReferenceName, String> {
    let wrong = || format!("{text:?} is no reference. Write it as NAME=SUBJECT@VERSION.");
    let (rest, version) = text.rsplit_once('@').ok_or_else(wrong)?;
    let (name, subject) = rest.split_once('=').ok_or_else(wrong)?;
    let version = version.parse().ok().filter(|version| *version > 0).ok_or_else(wrong)?;
    if name.is_empty() {
        return Err(wrong());
    }
    Ok(ReferenceName {
        name: name.to_owned(),
        subject: SubjectName::parse(subject).map_err(|_| wrong())?,
        version: Version(version),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_a_name_a_subject_and_a_version() {
        let parsed = reference("common/money.proto=common/money.proto@2").unwrap();
        assert_eq!(
            (parsed.name.as_str(), parsed.subject.as_str(), parsed.version),
            ("common/money.proto", "common/money.proto", Version(2))
        );
        for text in ["", "a", "a=b", "a@1", "=b@1", "a=@1", "a=b@0", "a=b@x"] {
            assert!(reference(text).unwrap_err().contains("NAME=SUBJECT@VERSION"), "{text}");
        }
    }
}
