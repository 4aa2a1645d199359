//! The warehouse's statements as files, numbered in the order in which they run. Rows that come without files need no stage.

use super::{Artifact, ArtifactKind, Language, Parts};
use crate::platform::LoadKind;
use crate::sql::{Lines, create_stage, create_table, grants, pipe_around};

/// Table, stage if there is one, pipe and grants.
pub(super) fn all(parts: Parts<'_>, copy: &Lines<'_>) -> Vec<Artifact> {
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
    let mut files = vec![file(
        ArtifactKind::Table,
        "1-table",
        create_table(standing, platform),
        columns,
        parts.display_name(&table.name),
    )];
    if load.kind.has_files() {
        let (stage, url) = (create_stage(load, platform), load.stage_url.clone());
        files.push(file(ArtifactKind::Stage, "2-stage", stage, url, parts.display_name(&load.stage)));
    }
    let summary = match load.kind {
        LoadKind::Snowpipe => format!("auto-ingest of {}", load.path),
        LoadKind::SnowpipeStreaming => "rows of the sink job".to_owned(),
        LoadKind::KafkaConnector => "rows of the Kafka connector".to_owned(),
    };
    let pipe = pipe_around(copy, load, platform).into_text();
    files.push(file(ArtifactKind::Pipe, "3-pipe", pipe, summary, parts.display_name(&load.pipe)));
    let granted = grants(table, load, platform);
    files.push(file(ArtifactKind::Grants, "4-grants", granted, roles, parts.display_name(&table.name)));
    files
}
