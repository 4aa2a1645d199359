//! The warehouse's statements as files, numbered in the order in which they run.

use super::{Artifact, ArtifactKind, Language, Parts};
use crate::sql::{Lines, create_stage, create_table, grants, pipe_around};

/// Table, stage, pipe and grants.
pub(super) fn all(parts: Parts<'_>, copy: &Lines<'_>) -> [Artifact; 4] {
    let Parts { table, standing, load, context, .. } = parts;
    let platform = context.platform;
    let columns = match standing.columns().count() {
        1 => "1 column".to_owned(),
        count => format!("{count} columns"),
    };
    let file = |kind, name: &str, content, summary, makes| Artifact {
        kind,
        path: format!("statements/{}/{name}.sql", parts.slug.file()),
        language: Language::Sql,
        content,
        summary,
        makes,
        occupies: (kind == ArtifactKind::Stage).then(|| load.stage_url.clone()),
    };
    let roles = format!("{} loads, {} reads", platform.loader_role, platform.reader_role);
    [
        file(
            ArtifactKind::Table,
            "1-table",
            create_table(standing, platform),
            columns,
            parts.display_name(&table.name),
        ),
        file(
            ArtifactKind::Stage,
            "2-stage",
            create_stage(load, platform),
            load.stage_url.clone(),
            parts.display_name(&load.stage),
        ),
        file(
            ArtifactKind::Pipe,
            "3-pipe",
            pipe_around(copy, load, platform).into_text(),
            format!("auto-ingest of {}", load.path),
            parts.display_name(&load.pipe),
        ),
        file(ArtifactKind::Grants, "4-grants", grants(table, load, platform), roles, parts.display_name(&table.name)),
    ]
}
