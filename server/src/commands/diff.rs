//! `sluicegate diff`: what changed between two schemas, whom it breaks and what it does to the table.

use std::process::ExitCode;

use domain::compare::{Comparison, SchemaChange, compare};
use domain::schema::SchemaText;

use super::source;
use crate::config::{DiffArgs, DiffFormat};

/// Prints the changes. 0, or 1 if a schema cannot be read, or 2 for misuse.
pub async fn run(args: &DiffArgs) -> ExitCode {
    let (old, new) = match schemas(args).await {
        Ok(schemas) => schemas,
        Err(sentence) => return super::fail(super::MISUSE, &sentence),
    };
    let comparison = compare(&old, &new);
    for problem in &comparison.problems {
        eprintln!("error: {problem}");
    }
    match args.format {
        DiffFormat::Human => print!("{}", human(&comparison)),
        DiffFormat::Json => match serde_json::to_string_pretty(&comparison) {
            Ok(text) => println!("{text}"),
            Err(error) => return super::fail(1, &format!("The result cannot be written as JSON: {error}.")),
        },
    }
    if comparison.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) }
}

async fn schemas(args: &DiffArgs) -> Result<(SchemaText, SchemaText), String> {
    let registry = source::registry(&args.schema.registry)?;
    let old = source::named(&args.old, &args.schema, registry.as_deref()).await?;
    let new = source::named(&args.new, &args.schema, registry.as_deref()).await?;
    Ok((old, new))
}

fn human(comparison: &Comparison) -> String {
    if comparison.changes.is_empty() {
        let nothing = comparison.problems.is_empty();
        return if nothing { "Nothing changed.\n".to_owned() } else { String::new() };
    }
    let mut text: String = comparison.changes.iter().map(line).collect();
    if comparison.untold > 0 {
        text += &format!("… and {} more changes\n", comparison.untold);
    }
    text += &format!("\nreaders: {}; table: {}\n", comparison.readers.label(), comparison.warehouse.label());
    text
}

fn line(change: &SchemaChange) -> String {
    let path = if change.path.is_root() { "(the event)".to_owned() } else { change.path.to_string() };
    let was = change.old_path.as_ref().map(|old| format!(", was {old}")).unwrap_or_default();
    let classes = format!("readers: {}, table: {}", change.readers.label(), change.warehouse.label());
    format!("{path}{was}: {} [{classes}]\n    {}\n", change.kind.label(), change.sentence)
}
