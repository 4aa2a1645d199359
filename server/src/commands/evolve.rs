//! `sluicegate evolve`: the statements and steps from a schema that is live to another one.

use std::process::ExitCode;

use domain::artifact::ArtifactKind;
use domain::diagnostic::Diagnostic;
use domain::evolve::{Evolution, EvolutionStep, Live, Procedure, evolve, silent_breaks};
use domain::platform::Platform;
use domain::render::{RenderInput, render};
use domain::subject::{SubjectName, Version};
use serde::Serialize;

use super::{render as rendered, source};
use crate::config::{EvolveArgs, RenderFormat};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Printed<'a> {
    procedure: Procedure,
    steps: &'a [EvolutionStep],
    rebuild: &'a [EvolutionStep],
    diagnostics: &'a [Diagnostic],
    live: &'a Live,
    files: Vec<File<'a>>,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    content: &'a str,
}

/// Prints the steps; what was found goes to standard error. 0, or 1 with errors, or 2 for misuse.
pub async fn run(args: &EvolveArgs) -> ExitCode {
    let (old, new) = match inputs(args).await {
        Ok(inputs) => inputs,
        Err(sentence) => return super::fail(super::MISUSE, &sentence),
    };
    let before = render(&old);
    let unread = before.diagnostics.iter().filter(|found| found.is_error());
    let mut evolution = evolve(&Live::of(&before), &new);
    evolution.findings.splice(..0, unread.cloned());
    evolution.findings.extend(silent_breaks(&old, &new));
    for found in &evolution.findings {
        eprintln!("{found}");
    }
    match args.format {
        RenderFormat::Sql => print!("{}", statements(&evolution)),
        RenderFormat::Json => match serde_json::to_string_pretty(&printed(&evolution)) {
            Ok(text) => println!("{text}"),
            Err(error) => return super::fail(1, &format!("The result cannot be written as JSON: {error}.")),
        },
    }
    if evolution.has_errors() { ExitCode::from(1) } else { ExitCode::SUCCESS }
}

async fn inputs(args: &EvolveArgs) -> Result<(RenderInput, RenderInput), String> {
    let registry = source::registry(&args.schema.registry)?;
    let platform = match &args.config {
        Some(path) => crate::config::platform_of(path).map_err(|error| error.to_string())?,
        None => Platform::default(),
    };
    let name = args.subject.clone().unwrap_or_else(|| "event-value".to_owned());
    let subject = SubjectName::parse(name).map_err(|error| error.to_string())?;
    let input = |schema, version, design| RenderInput {
        subject: subject.clone(),
        version: Version(version),
        schema,
        platform: platform.clone(),
        design,
        live: Live::default(),
    };
    let old = source::named(&args.old, &args.schema, registry.as_deref()).await?;
    let new = source::named(&args.new, &args.schema, registry.as_deref()).await?;
    let design = rendered::design(args.design.as_deref())?;
    let was = match &args.old_design {
        Some(path) => rendered::design(Some(path))?,
        None => design.clone(),
    };
    Ok((input(old, args.version.saturating_sub(1).max(1), was), input(new, args.version, design)))
}

fn statements(evolution: &Evolution) -> String {
    let file = evolution.artifacts.iter().find(|file| file.kind == ArtifactKind::Evolution);
    file.map(|file| file.content.clone()).unwrap_or_default()
}

fn printed(evolution: &Evolution) -> Printed<'_> {
    Printed {
        procedure: evolution.procedure,
        steps: &evolution.steps,
        rebuild: &evolution.rebuild,
        diagnostics: &evolution.findings,
        live: &evolution.live,
        files: evolution.artifacts.iter().map(|file| File { path: &file.path, content: &file.content }).collect(),
    }
}
