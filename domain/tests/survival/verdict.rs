//! What must hold of everything that is rendered from any document whatever.

use std::collections::HashSet;

use domain::artifact::{Artifact, ArtifactKind, Language};
use domain::platform::Platform;
use domain::render::Rendering;
use domain::schema::MAX_FIELDS;
use sqlparser::dialect::SnowflakeDialect;
use sqlparser::parser::Parser;
use sqlparser::tokenizer::Token;

use crate::planned::{self, tokens};
use crate::snowflake;

/// Fails where a statement is not the one that was planned.
pub fn check(rendering: &Rendering, platform: &Platform) {
    let (table, load) = (&rendering.table, &rendering.load);
    assert!(rendering.schema.field_count() <= MAX_FIELDS);
    let mut names = HashSet::new();
    for column in table.columns() {
        assert!(names.insert(column.name.to_uppercase()), "{:?} twice", column.name);
        assert!((1..=255).contains(&column.name.chars().count()), "{:?}", column.name);
        is_one_expression(&column.expression.to_string());
    }
    snowflake::check(rendering, platform);
    let has_files = load.kind.has_files();
    for (kind, planned, statements) in [
        (ArtifactKind::Table, planned::table(table), 1),
        (ArtifactKind::Stage, planned::stage(), 1),
        (ArtifactKind::Pipe, planned::pipe(table, load), 1),
        (ArtifactKind::Grants, planned::grants(load), if has_files { 10 } else { 7 }),
    ] {
        let artifact = rendering.artifacts.iter().find(|artifact| artifact.kind == kind);
        assert!(artifact.is_some() || (kind == ArtifactKind::Stage && !has_files), "there is no {kind:?}");
        let Some(artifact) = artifact else { continue };
        let rendered = tokens(&artifact.content);
        assert_eq!(rendered, tokens(&planned), "{}", artifact.content);
        assert_eq!(rendered.iter().filter(|token| *token == ";").count(), statements);
    }
}

fn is_one_expression(sql: &str) {
    let mut parser = Parser::new(&SnowflakeDialect {}).try_with_sql(sql).unwrap();
    parser.parse_expr().unwrap_or_else(|e| panic!("{e} in {sql}"));
    assert_eq!(parser.peek_token().token, Token::EOF, "more than one expression: {sql}");
}

/// Fails where a file holds more blocks than were planned, or stands elsewhere.
pub fn check_files(rendering: &Rendering) {
    for artifact in &rendering.artifacts {
        let parts = artifact.path.split('/');
        assert!(parts.into_iter().all(|part| !part.is_empty() && part != "." && part != ".."), "{}", artifact.path);
        assert!(artifact.path.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "._/-".contains(c)));
        assert!(artifact.content.ends_with('\n'), "{}", artifact.path);
        match artifact.language {
            Language::Hcl => check_blocks(rendering, artifact),
            Language::Yaml => drop(serde_saphyr::from_str::<serde_json::Value>(&artifact.content).unwrap()),
            Language::Json => drop(serde_json::from_str::<serde_json::Value>(&artifact.content).unwrap()),
            Language::Sql => {}
        }
    }
}

fn check_blocks(rendering: &Rendering, artifact: &Artifact) {
    let body: hcl_edit::structure::Body = artifact.content.parse().unwrap();
    let known = |word: &str| matches!(word, "resource" | "locals" | "output");
    assert!(body.blocks().all(|block| known(block.ident.as_str())), "{}", artifact.content);
    assert_eq!(body.attributes().count(), 0, "{}", artifact.content);
    let columns: usize = body.blocks().map(|block| block.body.get_blocks("column").count()).sum();
    let options = &rendering.table.options;
    let is_of_table = artifact.kind == ArtifactKind::Warehouse && !artifact.path.ends_with(".grants.tf");
    let in_terraform = is_of_table && !options.transient && options.iceberg.is_none();
    assert_eq!(columns, if in_terraform { rendering.table.columns().count() } else { 0 });
}
