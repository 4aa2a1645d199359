//! `sluicegate render`: the generator on a file, without a server.

mod references;

use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;

use domain::artifact::Language;
use domain::design::Design;
use domain::platform::Platform;
use domain::render::{RenderInput, Rendering, render};
use domain::schema::SchemaText;
use domain::subject::{SchemaType, SubjectName, Version};

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
    let text = read(&args.file)?;
    let schema_type = schema_type(args)?;
    let references = match &args.references {
        Some(folder) => references::resolve(schema_type, &text, folder)?,
        None => Vec::new(),
    };
    let platform = match &args.config {
        Some(path) => crate::config::platform_of(path).map_err(|error| error.to_string())?,
        None => Platform::default(),
    };
    Ok(RenderInput {
        subject: subject(args)?,
        version: Version(args.version),
        schema: SchemaText { schema_type, text, references },
        platform,
        design: design(args.design.as_deref())?,
        live: Vec::new(),
    })
}

fn read(path: &Path) -> Result<String, String> {
    if path.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(|e| format!("Standard input cannot be read: {e}."))?;
        return Ok(text);
    }
    std::fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}.", path.display()))
}

fn schema_type(args: &RenderArgs) -> Result<SchemaType, String> {
    let word = match &args.schema_type {
        Some(word) => word.clone(),
        None => args.file.extension().map(|e| e.to_string_lossy().into_owned()).unwrap_or_default(),
    };
    SchemaType::from_word(&word)
        .ok_or_else(|| format!("{word:?} is no schema type. Say --type avro, protobuf or json."))
}

fn subject(args: &RenderArgs) -> Result<SubjectName, String> {
    let stem = args.file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let default = if stem.is_empty() || stem == "-" { "event-value".to_owned() } else { format!("{stem}-value") };
    SubjectName::parse(args.subject.clone().unwrap_or(default)).map_err(|error| error.to_string())
}

fn design(path: Option<&Path>) -> Result<Design, String> {
    let Some(path) = path else { return Ok(Design::default()) };
    serde_json::from_str(&read(path)?).map_err(|error| format!("{} is not a design: {error}.", path.display()))
}

fn statements(rendering: &Rendering) -> String {
    let sql = rendering.artifacts.iter().filter(|a| a.language == Language::Sql && a.path.starts_with("statements/"));
    sql.map(|a| a.content.as_str()).collect::<Vec<_>>().join("\n")
}
