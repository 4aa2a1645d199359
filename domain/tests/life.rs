//! The life of a live event after its first change: drained pipes are taken out, each change keeps its own steps, what an older console
//! made goes on, and a table that is made anew is what is live from then on.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use domain::artifact::{Artifact, ArtifactKind};
use domain::design::Design;
use domain::evolve::{Drift, Evolution, Live, Procedure, evolve, read_back};
use domain::platform::Platform;
use domain::render::{RenderInput, render};
use domain::schema::SchemaText;
use domain::subject::{SchemaType, SubjectName, Version};

const OLD: &str = r#"{"name":"id","type":"string"},{"name":"amount","type":"int"}"#;
const WIDER: &str = r#"{"name":"id","type":"string"},{"name":"amount","type":"int"},{"name":"note","type":"string"}"#;
const RETYPED: &str = r#"{"name":"id","type":"string"},{"name":"amount","type":"string"}"#;

fn input(fields: &str, version: u32, design: &str) -> RenderInput {
    RenderInput {
        subject: SubjectName::parse("sale-value").unwrap(),
        version: Version(version),
        schema: SchemaText::new(SchemaType::Avro, format!(r#"{{"type":"record","name":"Sale","fields":[{fields}]}}"#)),
        platform: Platform { external_volume: Some("VOLUME".into()), ..Platform::default() },
        design: serde_json::from_str::<Design>(design).unwrap(),
        live: Live::default(),
    }
}

/// The event of one version, then of two: both pipes run.
fn with_two_pipes() -> Live {
    let first = Live::of(&render(&input(OLD, 1, "{}")));
    evolve(&first, &input(WIDER, 2, "{}")).live
}

fn statements(evolution: &Evolution) -> Vec<String> {
    evolution.steps.iter().flat_map(|step| step.statements.iter().cloned()).collect()
}

fn has(evolution: &Evolution, code: &str, is_error: bool) -> bool {
    evolution.findings.iter().any(|found| found.code == code && found.is_error() == is_error)
}

fn file(artifacts: &[Artifact], kind: ArtifactKind) -> &Artifact {
    artifacts.iter().find(|artifact| artifact.kind == kind).unwrap()
}

fn path_of_steps(evolution: &Evolution) -> &str {
    &file(&evolution.artifacts, ArtifactKind::Evolution).path
}

#[test]
fn a_drained_pipe_is_taken_out_after_its_check_and_nothing_else_changes() {
    let live = with_two_pipes();
    let retired = evolve(&live, &input(WIDER, 2, r#"{"load":{"retire":[1]}}"#));
    assert_eq!(retired.procedure, Procedure::Retirement);
    assert!(!retired.has_errors(), "{:?}", retired.findings);
    assert_eq!(retired.live.versions, [Version(2)]);
    assert_eq!((&retired.live.columns, &retired.live.standing), (&live.columns, &live.standing));
    assert_eq!(
        statements(&retired),
        [
            r#"ALTER PIPE "RAW"."EVENTS"."PIPE_SALE_V1" SET PIPE_EXECUTION_PAUSED = TRUE;"#,
            r#"DROP PIPE IF EXISTS "RAW"."EVENTS"."PIPE_SALE_V1";"#,
        ]
    );
    let first = retired.steps.first().unwrap();
    assert!(first.statements.is_empty() && first.expect.contains("pendingFileCount"), "what is checked comes first");
    assert!(first.checks.iter().any(|check| check.contains("SYSTEM$PIPE_STATUS")), "{:?}", first.checks);
    assert!(first.checks.iter().any(|check| check.ends_with("/v=1/;")), "{:?}", first.checks);
    let last = retired.steps.last().unwrap();
    let destroyed = r#"destroys snowflake_pipe.sale["v1"], snowflake_grant_ownership.sale_pipe["v1"], or none"#;
    assert!(last.expect.contains(destroyed), "{}", last.expect);
    let warned = retired.findings.iter().find(|found| found.code == "retire-drained").unwrap();
    assert!(warned.sentences().contains("pendingFileCount"), "{warned}");
    let before = evolve(&live, &input(WIDER, 2, "{}")).artifacts;
    let changed: Vec<ArtifactKind> =
        retired.artifacts.iter().filter(|artifact| !before.contains(artifact)).map(|artifact| artifact.kind).collect();
    assert_eq!(changed, [ArtifactKind::Warehouse, ArtifactKind::Evolution]);
    let terraform = &file(&retired.artifacts, ArtifactKind::Warehouse).content;
    assert!(!terraform.contains("v1 = file(") && terraform.contains("v2 = file("), "{terraform}");
}

#[test]
fn no_later_change_knows_a_pipe_that_was_taken_out() {
    let retired = evolve(&with_two_pipes(), &input(WIDER, 2, r#"{"load":{"retire":[1]}}"#)).live;
    let third = evolve(&retired, &input(WIDER, 3, r#"{"load":{"errorIntegration":"NI"}}"#));
    let all: String = third.artifacts.iter().map(|artifact| artifact.content.as_str()).collect();
    assert!(!all.contains("SALE_V1") && !all.contains("v1 = file("), "{all}");
    assert!(all.contains(r#"ALTER PIPE "RAW"."EVENTS"."PIPE_SALE_V2" SET ERROR_INTEGRATION"#), "{all}");
    assert_eq!(third.live.versions, [Version(2), Version(3)]);
    let again = evolve(&third.live, &input(WIDER, 3, r#"{"load":{"retire":[1]}}"#));
    assert!(has(&again, "retire-unknown", true), "{:?}", again.findings);
}

#[test]
fn the_pipe_that_the_sink_job_writes_for_is_never_taken_out() {
    let live = with_two_pipes();
    for (version, retire) in [(2, 2), (3, 3), (3, 2)] {
        let evolution = evolve(&live, &input(WIDER, version, &format!(r#"{{"load":{{"retire":[{retire}]}}}}"#)));
        assert!(evolution.has_errors(), "{version} {retire}: {:?}", evolution.findings);
        assert!(!statements(&evolution).iter().any(|statement| statement.contains("DROP PIPE")));
    }
    let new = render(&input(OLD, 1, r#"{"load":{"retire":[1]},"table":{"rebuild":true}}"#));
    let codes: Vec<&str> = new.diagnostics.iter().map(|found| found.code.as_str()).collect();
    assert!(codes.contains(&"retire-unknown") && codes.contains(&"rebuild-needless"), "{codes:?}");
}

#[test]
fn a_pipe_is_taken_out_beside_other_changes() {
    let evolution = evolve(&with_two_pipes(), &input(WIDER, 3, r#"{"load":{"retire":[1,1]}}"#));
    assert_eq!(
        (evolution.procedure, &evolution.live.versions[..]),
        (Procedure::VersionedPrefix, &[Version(2), Version(3)][..])
    );
    let dropped = statements(&evolution).iter().filter(|statement| statement.contains("DROP PIPE")).count();
    assert_eq!(dropped, 1, "and each only once");
}

#[test]
fn the_steps_of_a_change_are_in_a_file_of_its_own() {
    let first = Live::of(&render(&input(OLD, 1, "{}")));
    let second = evolve(&first, &input(WIDER, 2, "{}"));
    let commented = evolve(&second.live, &input(WIDER, 2, r#"{"table":{"comment":"sales"}}"#));
    let again = evolve(&commented.live, &input(WIDER, 2, r#"{"table":{"comment":"all sales"}}"#));
    let retired = evolve(&again.live, &input(WIDER, 2, r#"{"table":{"comment":"all sales"},"load":{"retire":[1]}}"#));
    let paths: Vec<&str> = [&second, &commented, &again, &retired].into_iter().map(path_of_steps).collect();
    assert_eq!(
        paths,
        [
            "statements/sale/5-change-1-v1-to-v2.sql",
            "statements/sale/5-change-2-v2.sql",
            "statements/sale/5-change-3-v2.sql",
            "statements/sale/5-change-4-retire-v1.sql",
        ]
    );
}

/// The files of an event as an older console would have made them: its table has a comment and a column of another type, and its COPY
/// another expression.
fn made_otherwise(input: &RenderInput) -> Vec<Artifact> {
    let mut artifacts = render(input).artifacts;
    for artifact in &mut artifacts {
        let content = artifact.content.replace(r#""AMOUNT" NUMBER(38,0)"#, r#""AMOUNT" NUMBER(10,0) COMMENT 'it''s'"#);
        artifact.content = content.replace(r#"$1:"amount"::NUMBER(38,0)"#, r#"$1:"amount"::NUMBER(10,0)"#);
    }
    artifacts
}

#[test]
fn what_an_older_console_made_is_read_from_its_bytes_and_evolves() {
    let old = input(OLD, 1, "{}");
    let again = render(&old);
    let stored = made_otherwise(&old);
    assert_ne!(stored, again.artifacts);
    let live = read_back(&stored, &again).unwrap();
    let amount = live.columns.iter().find(|column| column.name == "AMOUNT").unwrap();
    assert_eq!((amount.column_type.as_str(), amount.comment.as_str(), amount.filled), ("NUMBER(10,0)", "it's", true));
    assert_eq!(amount.path.as_ref().map(ToString::to_string).as_deref(), Some("amount"));
    assert_ne!(live.standing.as_ref().unwrap().copy, again.live().standing.unwrap().copy);
    let live = Live { drift: Drift::between(&stored, &again.artifacts), ..live };

    let next = evolve(&live, &input(WIDER, 2, "{}"));
    assert!(!next.has_errors(), "{:?}", next.findings);
    let widened = r#"ALTER TABLE "RAW"."EVENTS"."SALE" ALTER COLUMN "AMOUNT" SET DATA TYPE NUMBER(38,0);"#;
    assert!(statements(&next).iter().any(|statement| statement == widened), "{:#?}", statements(&next));
    let told: Vec<String> =
        next.findings.iter().filter(|found| found.code == "live-older-console").map(ToString::to_string).collect();
    assert!(told.iter().any(|told| told.contains("1-table.sql") && told.contains("NUMBER(10,0)")), "{told:#?}");
    assert!(told.iter().any(|told| told.contains("copy.sql") && told.contains("NUMBER(38,0)")), "{told:#?}");
    assert!(next.live.drift.is_empty(), "and from then on this console made it");

    let same = evolve(&live, &input(OLD, 1, "{}"));
    assert_eq!(same.procedure, Procedure::SamePrefix, "the pipe would be made anew, and the reviewer is told");
    assert!(has(&same, "live-pipe-recreated", false));
}

#[test]
fn what_this_console_made_is_read_back_as_it_is() {
    for input in [input(OLD, 1, "{}"), RenderInput { live: with_two_pipes(), ..input(RETYPED, 3, "{}") }] {
        let again = render(&input);
        let live = read_back(&again.artifacts, &again).unwrap();
        assert_eq!(live, again.live());
        assert_eq!(Drift::between(&again.artifacts, &again.artifacts), []);
        let mut moved = again.artifacts.clone();
        moved.last_mut().unwrap().path.push_str(".old");
        let read = read_back(&moved, &again).unwrap();
        assert_eq!(read.columns, again.live().columns, "from the bytes of its table too");
    }
    let again = render(&input(OLD, 1, "{}"));
    let mut broken = again.artifacts.clone();
    broken.iter_mut().for_each(|artifact| artifact.content = "SELECT 1;\n".to_owned());
    assert_eq!(read_back(&broken, &again), None);
}

#[test]
fn a_table_that_is_made_anew_is_what_is_live_from_then_on() {
    let live = with_two_pipes();
    let beside = evolve(&live, &input(RETYPED, 3, "{}"));
    assert!(!beside.rebuild.is_empty() && beside.live.columns.iter().any(|column| column.name == "AMOUNT_V3"));
    let rebuilt = evolve(&live, &input(RETYPED, 3, r#"{"table":{"rebuild":true}}"#));
    assert!(!rebuilt.has_errors(), "{:?}", rebuilt.findings);
    assert_eq!((rebuilt.procedure, &rebuilt.live.versions[..]), (Procedure::Rebuild, &[Version(3)][..]));
    assert_eq!(rebuilt.steps, beside.rebuild, "the steps are those that were only shown before");
    let counts =
        [r#"SELECT COUNT(*) FROM "RAW"."EVENTS"."SALE";"#, r#"SELECT COUNT(*) FROM "RAW"."EVENTS"."SALE_REBUILT_V3";"#];
    for (title, said) in [
        ("Build the new table", "pipes were taken out"),
        ("Pause the pipes and load the rest", "stop if the new one has fewer"),
    ] {
        let step = rebuilt.steps.iter().find(|step| step.title == title).unwrap();
        assert!(step.checks.ends_with(&counts.map(str::to_owned)), "{:?}", step.checks);
        assert!(step.expect.contains(said), "{}", step.expect);
    }
    let amount = rebuilt.live.columns.iter().find(|column| column.name == "AMOUNT").unwrap();
    assert_eq!((amount.column_type.as_str(), amount.filled), ("VARCHAR", true));
    assert_eq!(rebuilt.live.columns.len(), live.columns.len());
    let all = statements(&rebuilt).join("\n");
    assert!(!all.contains("AMOUNT_V3") && !all.contains("ALTER COLUMN"), "{all}");
    for wanted in
        ["SWAP WITH", r#"DROP PIPE IF EXISTS "RAW"."EVENTS"."PIPE_SALE_V1""#, "CREATE OR REPLACE PIPE", "GRANT SELECT"]
    {
        assert!(all.contains(wanted), "{wanted}\n{all}");
    }
    let table = &file(&rebuilt.artifacts, ArtifactKind::Table).content;
    let terraform = &file(&rebuilt.artifacts, ArtifactKind::Warehouse).content;
    assert!(table.contains(r#""AMOUNT" VARCHAR"#) && !terraform.contains("v2 = file("), "{table}\n{terraform}");
    assert!(has(&rebuilt, "live-table-rebuilt", false) && !has(&rebuilt, "live-column-beside", false));
    let same = evolve(&rebuilt.live, &input(RETYPED, 3, "{}"));
    assert!(same.rebuild.is_empty() && statements(&same).is_empty(), "{:#?}", statements(&same));
    let needless = evolve(&live, &input(WIDER, 3, r#"{"table":{"rebuild":true}}"#));
    assert!(has(&needless, "rebuild-needless", false) && needless.procedure == Procedure::VersionedPrefix);
}

#[test]
fn a_table_of_iceberg_is_altered_by_its_own_statement_or_not_at_all() {
    let iceberg = |rest: &str| format!(r#"{{"table":{{"kind":"iceberg"{rest}}}}}"#);
    let live = Live::of(&render(&input(OLD, 1, &iceberg(""))));
    let added = evolve(&live, &input(WIDER, 2, &iceberg("")));
    assert!(!added.has_errors(), "{:?}", added.findings);
    let altering: Vec<String> = statements(&added)
        .into_iter()
        .filter(|statement| statement.starts_with("ALTER") && !statement.contains("PIPE"))
        .collect();
    assert_eq!(altering, [r#"ALTER ICEBERG TABLE "RAW"."EVENTS"."SALE" ADD COLUMN "NOTE" VARCHAR;"#]);
    assert!(has(&evolve(&live, &input(WIDER, 2, &iceberg(r#","changeTracking":true"#))), "live-iceberg-option", true));
    let rebuilt = evolve(&live, &input(RETYPED, 2, &iceberg(r#","rebuild":true"#)));
    assert!(has(&rebuilt, "live-iceberg-rebuild", true) && rebuilt.procedure == Procedure::VersionedPrefix);
    let narrow = r#"{"table":{"kind":"iceberg"},"columns":{"amount":{"type":"NUMBER(9,0)"}}}"#;
    let narrow = Live::of(&render(&input(OLD, 1, narrow)));
    let wider = evolve(&narrow, &input(OLD, 2, &iceberg("")));
    assert!(!statements(&wider).iter().any(|statement| statement.contains("SET DATA TYPE")), "no documented statement");
    assert!(has(&wider, "live-column-beside", false), "{:?}", wider.findings);
    let strict = r#"{"table":{"kind":"iceberg"},"columns":{"amount":{"nullable":false}}}"#;
    let strict = Live::of(&render(&input(OLD, 1, strict)));
    assert!(has(
        &evolve(&strict, &input(r#"{"name":"id","type":"string"}"#, 2, &iceberg(""))),
        "live-iceberg-not-null",
        true
    ));
}
