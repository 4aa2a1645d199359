//! `sluicegate check`: whether schema files can be read, loaded and registered, for people and for CI.

mod files;
mod finding;
mod github;
mod place;
mod sarif;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use domain::compare::{Level, compatibility};
use domain::design::Design;
use domain::diagnostic::{Diagnostic, Severity};
use domain::evolve::Live;
use domain::platform::Platform;
use domain::render::{RenderInput, render};
use domain::schema::SchemaText;
use domain::subject::{SubjectName, Version};
use service::ports::registry::Registry;

pub use finding::{Finding, is_error};

use super::{registered, source};
use crate::config::{CheckArgs, CheckFormat, SchemaArgs};

/// Prints the findings. 0, or 1 if one is an error, or 2 if the check could not be made.
pub async fn run(args: &CheckArgs) -> ExitCode {
    let findings = match findings(args).await {
        Ok((findings, checked)) => {
            eprintln!("{}", summary(&findings, checked));
            findings
        }
        Err(sentence) => return super::fail(super::MISUSE, &sentence),
    };
    let text = match args.format {
        CheckFormat::Human => Ok(findings.iter().map(|finding| format!("{finding}\n")).collect()),
        CheckFormat::Json => serde_json::to_string_pretty(&findings).map(|text| text + "\n"),
        CheckFormat::Sarif => serde_json::to_string_pretty(&sarif::document(&findings)).map(|text| text + "\n"),
        CheckFormat::Github => Ok(findings.iter().map(github::annotation).collect()),
    };
    match text {
        Ok(text) => print!("{text}"),
        Err(error) => return super::fail(super::MISUSE, &format!("The findings cannot be written: {error}.")),
    }
    if findings.iter().any(is_error) { ExitCode::from(1) } else { ExitCode::SUCCESS }
}

async fn findings(args: &CheckArgs) -> Result<(Vec<Finding>, usize), String> {
    let files = files::schemas(&args.paths, args.schema.schema_type.is_some())?;
    if args.subject.is_some() && files.len() != 1 {
        return Err(format!("--subject names the subject of one file, and there are {}.", files.len()));
    }
    let registry = source::registry(&args.schema.registry)?;
    let check = Check::new(args.config.as_deref(), registry.as_deref(), args.level)?;
    let mut findings = Vec::new();
    for file in &files {
        let schema = read(file, &args.schema)?;
        let subject = source::subject(file, args.subject.as_deref())?;
        findings.extend(check.file(file, &subject, &schema).await?);
    }
    Ok((findings, files.len()))
}

fn read(file: &Path, args: &SchemaArgs) -> Result<SchemaText, String> {
    source::file(file, args.schema_type.as_deref(), args.references.as_deref())
}

/// What files are checked against.
pub struct Check<'r> {
    platform: Platform,
    registry: Option<&'r dyn Registry>,
    level: Option<Level>,
}

impl<'r> Check<'r> {
    /// A check with the platform of a configuration file, against a registry if there is one.
    pub fn new(
        config: Option<&Path>,
        registry: Option<&'r dyn Registry>,
        level: Option<Level>,
    ) -> Result<Self, String> {
        let platform = match config {
            Some(path) => crate::config::platform_of(path).map_err(|error| error.to_string())?,
            None => Platform::default(),
        };
        Ok(Self { platform, registry, level })
    }

    /// What there is to say about one file; the error is why it could not be checked.
    pub async fn file(&self, file: &Path, subject: &SubjectName, schema: &SchemaText) -> Result<Vec<Finding>, String> {
        let at = |diagnostic: Diagnostic| Finding::new(file, &schema.text, diagnostic);
        let (versions, level) = match self.registry {
            Some(registry) => (registered::versions(registry, subject).await?, self.level_of(registry, subject).await?),
            None => (Vec::new(), Level::None),
        };
        let next = versions.last().map_or(1, |(version, _)| version.0.saturating_add(1));
        let mut findings: Vec<Finding> = self.generated(subject, next, schema).into_iter().map(at).collect();
        let readable = !findings.iter().any(is_error);
        let (numbers, olds): (Vec<Version>, Vec<SchemaText>) = versions.into_iter().unzip();
        for found in compatibility(level, schema, &olds).into_iter().filter(|_| readable) {
            let against = numbers.get(found.against).copied().unwrap_or(Version(next));
            let message = format!("{} This is not {level} compatible with version {against}.", found.message);
            let hint = "Make the change in a way that readers can follow, or register it under a new subject.";
            findings.push(at(Diagnostic::error("incompatible", found.path, message).hint(hint)));
        }
        Ok(findings)
    }

    async fn level_of(&self, registry: &dyn Registry, subject: &SubjectName) -> Result<Level, String> {
        match self.level {
            Some(level) => Ok(level),
            None => Ok(registry.level(subject).await.map_err(|error| error.to_string())?.unwrap_or_default()),
        }
    }

    fn generated(&self, subject: &SubjectName, version: u32, schema: &SchemaText) -> Vec<Diagnostic> {
        let input = RenderInput {
            subject: subject.clone(),
            version: Version(version),
            schema: schema.clone(),
            platform: self.platform.clone(),
            design: Design::default(),
            live: Live::default(),
        };
        render(&input).diagnostics.into_iter().filter(|found| found.severity != Severity::Note).collect()
    }
}

fn summary(findings: &[Finding], checked: usize) -> String {
    let errors = findings.iter().filter(|finding| is_error(finding)).count();
    let count = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    let warnings = findings.len() - errors;
    format!("{} checked: {}, {}", count(checked, "schema"), count(errors, "error"), count(warnings, "warning"))
}

/// The files of a command that takes no folders.
pub fn only_files(paths: &[PathBuf]) -> Result<&[PathBuf], String> {
    match paths.iter().find(|path| path.is_dir()) {
        Some(folder) => Err(format!("{} is a folder; name the files in it.", folder.display())),
        None => Ok(paths),
    }
}
