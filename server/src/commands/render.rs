//! `sluicegate render`: the generator on a file, without a server.

use std::path::Path;
use std::process::ExitCode;

use domain::artifact::Language;
use domain::design::Design;
use domain::evolve::Live;
use domain::platform::{LoadKind, Platform};
use domain::render::{RenderInput, Rendering, render};
use domain::subject::Version;

use super::source;
use crate::config::{RenderArgs, RenderFormat};
use crate::http::api::types::Rendered;

/// Prints what is rendered; diagnostics go to standard error. 0, or 1 with error diagnostics, or 2 for misuse.
pub fn run(args: &RenderArgs) -> ExitCode {
    let input = match input(args) {
        Ok(input) => input,
        Err(sentence) => return super::fail(super::MISUSE, &sentence),
    };
    let rendering = render(&input);
    for diagnostic in &rendering.diagnostics {
        eprintln!("{diagnostic}");
    }
    match args.format {
        RenderFormat::Sql => print!("{}", statements(&rendering)),
        RenderFormat::Json => match serde_json::to_string_pretty(&Rendered::from(&rendering)) {
            Ok(text) => println!("{text}"),
            Err(error) => return super::fail(1, &format!("The result cannot be written as JSON: {error}.")),
        },
    }
    if rendering.has_errors() { ExitCode::from(1) } else { ExitCode::SUCCESS }
}

fn input(args: &RenderArgs) -> Result<RenderInput, String> {
    let schema = source::file(&args.file, args.schema_type.as_deref(), args.references.as_deref())?;
    let platform = match &args.config {
        Some(path) => crate::config::platform_of(path).map_err(|error| error.to_string())?,
        None => Platform::default(),
    };
    let mut design = loaded_by(design(args.design.as_deref())?, args.load_kind.as_deref())?;
    if let Some(message) = &args.message {
        design.event.message = Some(message.clone());
    }
    Ok(RenderInput {
        subject: source::subject(&args.file, args.subject.as_deref())?,
        version: Version(args.version),
        schema,
        platform,
        design,
        live: Live::default(),
    })
}

/// The design with another kind of load, if one is named.
fn loaded_by(mut design: Design, kind: Option<&str>) -> Result<Design, String> {
    if let Some(word) = kind {
        let known = LoadKind::ALL.map(LoadKind::word).join(", ");
        let kind = LoadKind::ALL.into_iter().find(|kind| kind.word() == word);
        design.load.kind = Some(kind.ok_or_else(|| format!("{word} loads no events; name one of {known}."))?);
    }
    Ok(design)
}

pub(super) fn design(path: Option<&Path>) -> Result<Design, String> {
    let Some(path) = path else { return Ok(Design::default()) };
    serde_json::from_str(&source::read(path)?).map_err(|error| format!("{} is not a design: {error}.", path.display()))
}

fn statements(rendering: &Rendering) -> String {
    let sql = rendering.artifacts.iter().filter(|a| a.language == Language::Sql && a.path.starts_with("statements/"));
    sql.map(|a| a.content.as_str()).collect::<Vec<_>>().join("\n")
}
