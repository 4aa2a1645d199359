//! An event that is live and how it is loaded: another kind is refused, and rows that come without files go on by steps of their own.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use domain::artifact::ArtifactKind;
use domain::design::Design;
use domain::evolve::{Evolution, Live, Procedure, Standing, evolve};
use domain::platform::{LoadKind, Platform};
use domain::render::{RenderInput, render};
use domain::schema::SchemaText;
use domain::subject::{SchemaType, SubjectName, Version};

const OLD: &str = r#"{"name":"id","type":"string"}"#;
const NEW: &str = r#"{"name":"id","type":"string"},{"name":"note","type":"string"}"#;

fn input(fields: &str, version: u32, design: &str) -> RenderInput {
    RenderInput {
        subject: SubjectName::parse("sale-value").unwrap(),
        version: Version(version),
        schema: SchemaText::new(SchemaType::Avro, format!(r#"{{"type":"record","name":"Sale","fields":[{fields}]}}"#)),
        platform: Platform::default(),
        design: serde_json::from_str::<Design>(design).unwrap(),
        live: Live::default(),
    }
}

fn by(kind: LoadKind) -> String {
    format!(r#"{{"load":{{"kind":"{kind}"}}}}"#)
}

fn evolved(before: &str, fields: &str, version: u32, after: &str) -> Evolution {
    evolve(&Live::of(&render(&input(OLD, 1, before))), &input(fields, version, after))
}

fn statements(evolution: &Evolution) -> String {
    evolution.steps.iter().flat_map(|step| &step.statements).map(|statement| format!("{statement}\n")).collect()
}

fn content(evolution: &Evolution, kind: ArtifactKind) -> &str {
    &evolution.artifacts.iter().find(|artifact| artifact.kind == kind).unwrap().content
}

#[test]
fn an_event_that_is_live_keeps_its_kind_of_load() {
    for before in LoadKind::ALL {
        for after in LoadKind::ALL {
            let evolution = evolved(&by(before), NEW, 2, &by(after));
            let refused: Vec<&str> =
                evolution.findings.iter().filter(|found| found.is_error()).map(|found| found.code.as_str()).collect();
            if before == after {
                assert!(refused.is_empty(), "{before}: {refused:?}");
            } else {
                assert_eq!(refused, ["live-load-kind"], "{before} to {after}: the one reason and no other");
            }
        }
    }
}

#[test]
fn what_was_kept_before_there_were_kinds_is_loaded_from_files() {
    let live = Live::of(&render(&input(OLD, 1, "{}")));
    let kept = serde_json::to_value(live.standing.as_ref().unwrap()).unwrap();
    assert!(kept.get("kind").is_none(), "the bytes that are kept stay as they were: {kept}");
    let read: Standing = serde_json::from_value(kept).unwrap();
    assert_eq!(read.kind, LoadKind::Snowpipe);
}

#[test]
fn a_newer_version_of_rows_of_the_sink_job_has_a_pipe_beside_the_older_one() {
    let evolution = evolved(&by(LoadKind::SnowpipeStreaming), NEW, 2, &by(LoadKind::SnowpipeStreaming));
    assert_eq!(evolution.procedure, Procedure::VersionedPrefix);
    let all = statements(&evolution);
    let places: Vec<usize> = ["ADD COLUMN \"NOTE\"", "CREATE PIPE \"RAW\".\"EVENTS\".\"PIPE_SALE_V2\""]
        .map(|part| all.find(part).unwrap_or_else(|| panic!("{part} in {all}")))
        .into();
    assert!(places.is_sorted(), "the table first: {all}");
    assert_eq!(evolution.steps.last().unwrap().title, "Have the old pipe taken out");
    for of_files in ["DROP PIPE", "LIST @", "FORCE_RESUME", "PIPE_EXECUTION_PAUSED", "STAGE"] {
        assert!(!all.contains(of_files), "{of_files} in {all}");
    }
    let terraform = content(&evolution, ArtifactKind::Warehouse);
    assert!(terraform.contains("sale_v1.copy.sql") && terraform.contains("sale_v2.copy.sql"), "{terraform}");
}

#[test]
fn a_pipe_of_rows_is_taken_out_when_nothing_is_sent_to_it() {
    let kind = by(LoadKind::SnowpipeStreaming);
    let both = evolved(&kind, NEW, 2, &kind).live;
    let retire = r#"{"load":{"kind":"snowpipe_streaming","retire":[1]}}"#;
    let evolution = evolve(&both, &input(NEW, 2, retire));
    assert_eq!(evolution.procedure, Procedure::Retirement);
    assert_eq!(evolution.live.versions, [Version(2)]);
    let titles: Vec<&str> = evolution.steps.iter().map(|step| step.title.as_str()).collect();
    assert_eq!(titles, ["See that nothing is sent to the pipe of version 1", "Drop the pipe of version 1"]);
    assert!(statements(&evolution).contains("DROP PIPE"));
    let granted = r#"snowflake_grant_privileges_to_account_role.sale_loader_pipe["v1"]"#;
    assert!(evolution.steps.last().unwrap().expect.contains(granted), "{:?}", evolution.steps.last());
    let found = evolution.findings.iter().find(|found| found.code == "retire-drained").unwrap();
    assert!(!found.to_string().contains("pendingFileCount"), "{found}");
}

#[test]
fn the_connector_has_one_pipe_for_all_versions() {
    let kind = by(LoadKind::KafkaConnector);
    let after = evolved(&kind, NEW, 2, &kind).live;
    assert_eq!(after.versions, [Version(2)]);
    let retire = r#"{"load":{"kind":"kafka_connector","retire":[2]}}"#;
    let evolution = evolve(&after, &input(NEW, 2, retire));
    assert!(evolution.findings.iter().any(|found| found.code == "retire-newest" && found.is_error()));
}

#[test]
fn the_connectors_pipe_is_made_anew_while_the_connector_stands_still() {
    let evolution = evolved(&by(LoadKind::KafkaConnector), NEW, 2, &by(LoadKind::KafkaConnector));
    assert_eq!(evolution.procedure, Procedure::SamePrefix);
    let titles: Vec<&str> = evolution.steps.iter().map(|step| step.title.as_str()).collect();
    assert_eq!(titles, ["Stop the connector", "Alter the table", "Make the pipe anew", "Start the connector again"]);
    let all = statements(&evolution);
    assert!(all.contains("CREATE OR REPLACE PIPE \"RAW\".\"EVENTS\".\"SALE\"\n"), "{all}");
    assert!(all.contains("GRANT MONITOR, OPERATE ON PIPE \"RAW\".\"EVENTS\".\"SALE\""), "{all}");
    assert!(evolution.findings.iter().any(|found| found.code == "live-pipe-recreated"));
    let terraform = content(&evolution, ArtifactKind::Warehouse);
    assert!(
        !terraform.contains("for_each = local.sale_pipes") && terraform.contains("sale_v2.copy.sql"),
        "{terraform}"
    );
}

#[test]
fn a_change_of_the_table_alone_leaves_a_pipe_of_rows_as_it_is() {
    let retention = |kind: LoadKind| format!(r#"{{"table":{{"retentionDays":7}},"load":{{"kind":"{kind}"}}}}"#);
    for kind in [LoadKind::SnowpipeStreaming, LoadKind::KafkaConnector] {
        let evolution = evolved(&by(kind), OLD, 1, &retention(kind));
        assert_eq!(evolution.procedure, Procedure::TableOnly, "{kind}");
        assert!(!statements(&evolution).contains("PIPE"), "{kind}");
    }
}

#[test]
fn offsets_are_read_where_snowflake_shows_them() {
    let checks = |evolution: &Evolution, title: &str| {
        let step =
            evolution.steps.iter().find(|step| step.title.starts_with(title)).unwrap_or_else(|| panic!("{title}"));
        assert!(step.expect.contains("offset_token"), "{}", step.expect);
        step.checks.clone()
    };
    let channels = |pipe: &str| format!(r#"SHOW CHANNELS IN PIPE "RAW"."EVENTS"."{pipe}";"#);
    let kind = by(LoadKind::KafkaConnector);
    let anew = evolved(&kind, NEW, 2, &kind);
    for title in ["Stop the connector", "Start the connector again"] {
        assert_eq!(checks(&anew, title), [channels("SALE")]);
    }
    let kind = by(LoadKind::SnowpipeStreaming);
    let beside = evolved(&kind, NEW, 2, &kind);
    let both = [channels("PIPE_SALE_V1"), channels("PIPE_SALE_V2")];
    assert_eq!(checks(&beside, "Stop the sink job with a savepoint"), both);
    let retire = r#"{"load":{"kind":"snowpipe_streaming","retire":[1]}}"#;
    let retired = evolve(&beside.live, &input(NEW, 2, retire));
    assert_eq!(checks(&retired, "See that nothing is sent"), [channels("PIPE_SALE_V1")]);
}
