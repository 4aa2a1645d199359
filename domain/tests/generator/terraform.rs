//! What Terraform's provider for Snowflake would do with a configuration, and must not: drop a column, make a pipe anew, stop.

use domain::artifact::{Artifact, ArtifactKind};
use domain::design::{Change, ColumnEdit, LoadEdit, TableEdit};
use domain::platform::LoadKind;
use hcl_edit::structure::{Block, Body};

use crate::tables::avro;

/// The arguments of the provider's resources that we may give, with their nested blocks.
const ARGUMENTS: [(&str, &[&str]); 6] = [
    (
        "snowflake_table",
        &[
            "database",
            "schema",
            "name",
            "comment",
            "data_retention_time_in_days",
            "change_tracking",
            "cluster_by",
            "column",
            "lifecycle",
        ],
    ),
    (
        "snowflake_stage_external_s3",
        &["database", "schema", "name", "url", "storage_integration", "comment", "file_format"],
    ),
    (
        "snowflake_pipe",
        &[
            "for_each",
            "database",
            "schema",
            "name",
            "auto_ingest",
            "error_integration",
            "aws_sns_topic_arn",
            "copy_statement",
            "depends_on",
        ],
    ),
    ("snowflake_execute", &["for_each", "execute", "revert", "depends_on"]),
    (
        "snowflake_grant_privileges_to_account_role",
        &["for_each", "account_role_name", "privileges", "on_schema_object", "depends_on"],
    ),
    ("snowflake_grant_ownership", &["for_each", "account_role_name", "outbound_privileges", "on"]),
];

const OF_A_COLUMN: &[&str] = &["name", "type", "nullable", "collate", "masking_policy", "comment"];

fn everything() -> Vec<(&'static str, Change)> {
    let column = r#"{"maskingPolicy":"p.mask","tags":{"t":"v"},"collation":"en-ci","nullable":false,"default":"x"}"#;
    let table = r#"{"tags":{"t":"v"},"rowAccess":{"policy":"p.rows","columns":["a"]},"schemaEvolution":true,"maxDataExtensionDays":3,
        "changeTracking":true,"retentionDays":1,"clusterBy":[{"column":"b"}]}"#;
    let load = r#"{"errorIntegration":"ni","awsSnsTopic":"arn:aws:sns:eu-central-1:123456789012:x"}"#;
    vec![
        ("a", Change::Column(Box::new(serde_json::from_str::<ColumnEdit>(column).unwrap()))),
        ("", Change::Table(Box::new(serde_json::from_str::<TableEdit>(table).unwrap()))),
        ("", Change::Load(Box::new(serde_json::from_str(load).unwrap()))),
    ]
}

fn warehouse(edits: &[(&str, Change)]) -> Artifact {
    let artifacts = avro("a string\nb int", edits).artifacts;
    artifacts.into_iter().find(|artifact| artifact.kind == ArtifactKind::Warehouse).unwrap()
}

fn resources(body: &Body) -> Vec<(&str, &Block)> {
    body.get_blocks("resource").map(|block| (block.labels[0].as_str(), block)).collect()
}

fn keys(block: &Block) -> Vec<&str> {
    block
        .body
        .iter()
        .map(|part| part.as_attribute().map_or_else(|| part.as_block().unwrap().ident.as_str(), |a| a.key.as_str()))
        .collect()
}

#[test]
fn no_resource_has_an_argument_that_the_provider_lacks() {
    let transient = TableEdit { transient: Some(true), ..TableEdit::default() };
    let mut without_table_resource = everything();
    without_table_resource.push(("", Change::Table(Box::new(transient))));
    let of_rows = LoadKind::ALL
        .map(|kind| vec![("", Change::Load(Box::new(LoadEdit { kind: Some(kind), ..LoadEdit::default() })))]);
    let all = [vec![], everything(), without_table_resource].into_iter().chain(of_rows);
    let files = all.flat_map(|edits| avro("a string\nb int", &edits).artifacts);
    let files: Vec<Artifact> =
        files.filter(|file| file.path.starts_with("terraform-snowflake/") && file.path.ends_with(".tf")).collect();
    assert_eq!(files.len(), 12, "a configuration and its grants each");
    for file in files {
        let body: Body = file.content.parse().unwrap();
        for (kind, block) in resources(&body) {
            let (_, allowed) = ARGUMENTS.iter().find(|(known, _)| *known == kind).unwrap();
            for key in keys(block) {
                assert!(allowed.contains(&key), "{kind} has no {key}");
            }
            for column in block.body.get_blocks("column") {
                assert!(keys(column).iter().all(|key| OF_A_COLUMN.contains(key)), "{:?}", keys(column));
            }
        }
    }
}

#[test]
fn a_table_is_never_destroyed_and_no_statement_is_taken_back_with_harm() {
    let body: Body = warehouse(&everything()).content.parse().unwrap();
    let resources = resources(&body);
    let lifecycle = resources[0].1.body.get_blocks("lifecycle").next().unwrap();
    assert_eq!((resources[0].0, keys(lifecycle)), ("snowflake_table", vec!["prevent_destroy"]));
    let execute = resources.iter().find(|(kind, _)| *kind == "snowflake_execute").unwrap().1;
    assert_eq!(execute.body.get_attribute("revert").unwrap().value.as_str(), Some("SELECT 1"));
    assert!(!warehouse(&everything()).content.contains("create_before_destroy"));
}

#[test]
fn each_resource_that_is_a_preview_says_what_the_provider_needs() {
    let terraform = warehouse(&[]).content;
    for kind in ["snowflake_table", "snowflake_pipe"] {
        let note = format!("preview_features_enabled lists {kind}_resource.\nresource \"{kind}\"");
        assert!(terraform.contains(&note), "{note}");
    }
}

#[test]
fn what_the_provider_cannot_say_is_said_by_statements_of_their_own() {
    let terraform = warehouse(&everything()).content;
    for statement in [
        r#"SET ENABLE_SCHEMA_EVOLUTION = TRUE""#,
        r#"SET MAX_DATA_EXTENSION_TIME_IN_DAYS = 3""#,
        r#"ADD ROW ACCESS POLICY \"RAW\".\"P\".\"ROWS\" ON (\"A\")""#,
        r#"\"ORDER_PLACED\" SET TAG \"RAW\".\"EVENTS\".\"T\" = 'v'""#,
        r#"MODIFY COLUMN \"A\" SET TAG \"RAW\".\"EVENTS\".\"T\" = 'v'""#,
    ] {
        assert!(terraform.contains(statement), "{statement} in {terraform}");
    }
}

#[test]
fn what_events_share_is_granted_by_statements_and_what_is_an_events_own_by_terraform_too() {
    for kind in LoadKind::ALL {
        let load = Change::Load(Box::new(LoadEdit { kind: Some(kind), ..LoadEdit::default() }));
        let rendering = avro("a string", &[("", load)]);
        let content = |ending: &str| {
            rendering.artifacts.iter().find(|file| file.path.ends_with(ending)).unwrap().content.as_str()
        };
        let (sql, terraform) = (content("4-grants.sql"), content(".grants.tf"));
        for shared in ["ON DATABASE", "ON SCHEMA"] {
            assert!(sql.contains(shared), "{kind}: {shared}");
        }
        assert!(!terraform.contains("on_schema {") && !terraform.contains("on_account_object"), "{kind}");
        let owned = kind.has_files();
        assert_eq!(terraform.contains("snowflake_grant_ownership"), owned, "{kind}");
        assert_eq!(sql.contains("GRANT OWNERSHIP ON PIPE"), owned, "{kind}");
        assert_eq!(sql.contains("GRANT MONITOR, OPERATE ON PIPE"), !owned, "{kind}: a stream is operated");
        assert_eq!(terraform.contains("\"MONITOR\", \"OPERATE\""), !owned, "{kind}");
    }
}

#[test]
fn a_table_is_altered_by_its_statement_only_where_that_takes_nothing_away() {
    let table = |json: &str| ("", Change::Table(Box::new(serde_json::from_str::<TableEdit>(json).unwrap())));
    let head = |edits: &[(&str, Change)]| {
        let rendering = avro("a string", edits);
        let statement = rendering.artifacts.into_iter().find(|file| file.kind == ArtifactKind::Table).unwrap().content;
        let refused = rendering.diagnostics.iter().any(|found| found.code == "create-or-alter");
        (statement.split(" \"RAW\"").next().unwrap().to_owned(), refused)
    };
    assert_eq!(head(&[table(r#"{"createOrAlter":true}"#)]), ("CREATE OR ALTER TABLE".to_owned(), false));
    let transient = r#"{"createOrAlter":true,"transient":true}"#;
    assert_eq!(head(&[table(transient)]), ("CREATE OR ALTER TRANSIENT TABLE".to_owned(), false));
    for json in [
        r#"{"createOrAlter":true,"replace":true}"#,
        r#"{"createOrAlter":true,"kind":"iceberg"}"#,
        r#"{"createOrAlter":true,"tags":{"t":"v"}}"#,
        r#"{"createOrAlter":true,"rowAccess":{"policy":"p","columns":["a"]}}"#,
    ] {
        let (head, refused) = head(&[table(json)]);
        assert!(refused && !head.contains("OR ALTER"), "{json}: {head}");
    }
    let masked = serde_json::from_str::<ColumnEdit>(r#"{"maskingPolicy":"p.mask"}"#).unwrap();
    let edits = [table(r#"{"createOrAlter":true}"#), ("a", Change::Column(Box::new(masked)))];
    assert_eq!(head(&edits), ("CREATE TABLE IF NOT EXISTS".to_owned(), true));
}
