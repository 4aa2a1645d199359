//! The steps of an evolution as a file of statements. Comments hold no text of a schema, and checks are statements that change
//! nothing, so that the file may be run piece by piece.

use std::fmt::Write as _;

use super::{Artifact, ArtifactKind, Language, Parts};
use crate::evolve::EvolutionStep;

/// The file of one change, under this name.
pub(super) fn file(parts: Parts<'_>, name: &str, steps: &[EvolutionStep]) -> Artifact {
    let version = parts.load.version;
    let mut content =
        format!("-- To version {version}, step by step. Go on when a step's check says what it should.\n");
    for (i, step) in steps.iter().enumerate() {
        let _ = write!(content, "\n-- {}. {}\n-- {}\n", i + 1, step.title, step.why);
        step.statements.iter().for_each(|statement| _ = writeln!(content, "{statement}"));
        let _ = writeln!(content, "-- Check: {}", step.expect);
        step.checks.iter().for_each(|check| _ = writeln!(content, "{check}"));
    }
    if steps.is_empty() {
        content += "\n-- Nothing in the warehouse changes.\n";
    }
    let statements: usize = steps.iter().map(|step| step.statements.len()).sum();
    Artifact {
        kind: ArtifactKind::Evolution,
        path: format!("statements/{}/{name}.sql", parts.slug.file()),
        language: Language::Sql,
        content,
        summary: format!("{} steps, {statements} statements", steps.len()),
        makes: parts.display_name(&parts.standing.name),
        occupies: None,
    }
}
