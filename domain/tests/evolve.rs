//! Every folder of `tests/evolutions` is an event as it is live and as it is wanted, with the evolution from the one to the other. Run
//! with UPDATE_CASES=1 to write what is worked out now; the change is then reviewed as a diff.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use domain::artifact::ArtifactKind;
use domain::design::Design;
use domain::evolve::{Evolution, Live, Procedure, evolve};
use domain::platform::Platform;
use domain::render::{RenderInput, render};
use domain::schema::SchemaText;
use domain::subject::{SchemaType, SubjectName, Version};
use sqlparser::dialect::SnowflakeDialect;
use sqlparser::parser::Parser;

fn input(text: impl Into<String>, version: u32) -> RenderInput {
    RenderInput {
        subject: SubjectName::parse("order_placed-value").unwrap(),
        version: Version(version),
        schema: SchemaText::new(SchemaType::Avro, text),
        platform: Platform::default(),
        design: Design::default(),
        live: Default::default(),
    }
}

fn fields(fields: &str, version: u32) -> RenderInput {
    input(format!(r#"{{"type":"record","name":"E","fields":[{fields}]}}"#), version)
}

fn live(old: &RenderInput) -> Live {
    Live::of(&render(old))
}

fn statements(evolution: &Evolution) -> Vec<String> {
    evolution.steps.iter().flat_map(|step| step.statements.iter().cloned()).collect()
}

#[test]
fn every_case_evolves_as_written_down() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/evolutions");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() >= 2, "the case folders are missing");
    for case in cases {
        let design = fs::read_to_string(case.join("design.json")).ok();
        let text = |name: &str| fs::read_to_string(case.join(name)).unwrap();
        let version = if design.is_some() { 2 } else { 3 };
        let design: Design = design.map(|text| serde_json::from_str(&text).unwrap()).unwrap_or_default();
        let new = RenderInput { design, ..input(text("new.avsc"), version) };
        let evolution = evolve(&live(&input(text("old.avsc"), 2)), &new);
        for (name, content) in files(&evolution) {
            if std::env::var_os("UPDATE_CASES").is_some() {
                fs::write(case.join(name), &content).unwrap();
            }
            assert_eq!(content, fs::read_to_string(case.join(name)).unwrap_or_default(), "{}/{name}", case.display());
        }
    }
}

fn files(evolution: &Evolution) -> Vec<(&'static str, String)> {
    let mut told = format!("{}\n", evolution.procedure.label());
    for found in &evolution.findings {
        writeln!(told, "{found}").unwrap();
    }
    for column in &evolution.live.columns {
        let filled = column.path.as_ref().filter(|_| column.filled).map(ToString::to_string).unwrap_or_default();
        let null = if column.nullable { "" } else { " NOT NULL" };
        writeln!(told, "{} {}{null} <- {filled}", column.name, column.column_type).unwrap();
    }
    for step in &evolution.rebuild {
        writeln!(told, "\nlast resort: {}\n{}", step.title, step.statements.join("\n")).unwrap();
    }
    let content =
        |kind: ArtifactKind| evolution.artifacts.iter().find(|artifact| artifact.kind == kind).unwrap().content.clone();
    vec![
        ("told.txt", told),
        ("evolve.sql", content(ArtifactKind::Evolution)),
        ("terraform.tf", content(ArtifactKind::Warehouse)),
    ]
}

#[test]
fn a_new_version_has_a_pipe_beside_the_old_one_and_every_column_of_old() {
    let old = fields(r#"{"name":"a","type":"string"},{"name":"b","type":"int"}"#, 1);
    let new = fields(r#"{"name":"c","type":"string"},{"name":"a","type":"string"}"#, 2);
    let evolution = evolve(&live(&old), &new);
    assert_eq!(evolution.procedure, Procedure::VersionedPrefix);
    let names: Vec<&str> = evolution.live.columns.iter().map(|column| column.name.as_str()).collect();
    let before: Vec<String> = render(&old).table.columns().map(|column| column.name.clone()).collect();
    assert_eq!(names[..before.len()], before, "columns keep their places");
    assert_eq!(names[before.len()..], ["C"]);
    let terraform = &evolution.artifacts.iter().find(|a| a.kind == ArtifactKind::Warehouse).unwrap().content;
    for needed in ["\"B\"", "v1 = file(", "v2 = file(", "order_placed_v1.copy.sql"] {
        assert!(terraform.contains(needed), "{needed}\n{terraform}");
    }
    assert_eq!(evolution.live.versions, [Version(1), Version(2)]);
}

#[test]
fn one_evolution_after_another_forgets_no_column() {
    let first = live(&fields(r#"{"name":"a","type":"string"},{"name":"b","type":"int"}"#, 1));
    let second = evolve(&first, &fields(r#"{"name":"a","type":"long"}"#, 2));
    assert_eq!(second.live.columns.iter().filter(|column| column.name.starts_with("A_V2")).count(), 1);
    let third = evolve(&second.live, &fields(r#"{"name":"a","type":"long"},{"name":"b","type":"int"}"#, 3));
    let names: Vec<&str> = third.live.columns.iter().map(|column| column.name.as_str()).collect();
    for name in ["A", "B", "A_V2"] {
        assert!(names.contains(&name), "{names:?}");
    }
    let distinct: HashSet<&&str> = names.iter().collect();
    assert_eq!(distinct.len(), names.len(), "{names:?}");
    let filled = |name: &str| third.live.columns.iter().any(|column| column.name == name && column.filled);
    assert!(filled("B") && filled("A_V2") && !filled("A"), "a field that comes back fills its column again");
}

#[test]
fn a_column_that_nothing_fills_any_more_accepts_null() {
    let design: Design = serde_json::from_str(r#"{"columns":{"b":{"nullable":false}}}"#).unwrap();
    let old = RenderInput { design, ..fields(r#"{"name":"a","type":"string"},{"name":"b","type":"int"}"#, 1) };
    let evolution = evolve(&live(&old), &fields(r#"{"name":"a","type":"string"}"#, 2));
    let loosened = r#"ALTER TABLE "RAW"."EVENTS"."ORDER_PLACED" ALTER COLUMN "B" DROP NOT NULL;"#;
    assert!(statements(&evolution).iter().any(|statement| statement == loosened), "{:#?}", statements(&evolution));
}

#[test]
fn a_computed_column_is_added_once_and_never_altered_against_its_type() {
    let design = |ty: &str| -> Design {
        let column = format!(r#"{{"name":"LENGTH_OF_A","type":"{ty}","expression":"LENGTH($1:\"a\"::VARCHAR)"}}"#);
        serde_json::from_str(&format!(r#"{{"computed":{{"c1":{column}}}}}"#)).unwrap()
    };
    let with =
        |ty: &str, version| RenderInput { design: design(ty), ..fields(r#"{"name":"a","type":"string"}"#, version) };
    let first = evolve(&live(&fields(r#"{"name":"a","type":"string"}"#, 1)), &with("NUMBER(10,0)", 2));
    assert!(!first.has_errors(), "{:?}", first.findings);
    let added = |evolution: &Evolution| statements(evolution).iter().filter(|s| s.contains("ADD COLUMN")).count();
    assert_eq!(added(&first), 1);
    let definition = first.artifacts.iter().find(|artifact| artifact.kind == ArtifactKind::Table).unwrap();
    assert_eq!(definition.content.matches("\"LENGTH_OF_A\"").count(), 1, "{}", definition.content);
    let second = evolve(&first.live, &with("NUMBER(38,0)", 3));
    assert_eq!(added(&second), 0);
    assert!(statements(&second).iter().any(|s| s.contains("\"LENGTH_OF_A\" SET DATA TYPE NUMBER(38,0)")));
}

#[test]
fn rendering_what_is_live_already_is_its_evolution() {
    let old = fields(r#"{"name":"a","type":"string"}"#, 1);
    let new = RenderInput { live: live(&old), ..fields(r#"{"name":"b","type":"string"}"#, 2) };
    let (rendering, evolution) = (render(&new), evolve(&new.live, &new));
    assert_eq!((rendering.live(), rendering.artifacts), (evolution.live, evolution.artifacts));
    let text = serde_json::to_string(&new).unwrap();
    assert_eq!(serde_json::from_str::<RenderInput>(&text).unwrap(), new, "what is live crosses the wire");
    assert!(!serde_json::to_string(&old).unwrap().contains("live"), "a new event has nothing that is live");
}

#[test]
fn only_what_can_be_widened_is_altered() {
    let decimal = |precision: u32, scale: u32| {
        format!(
            r#"{{"name":"a","type":{{"type":"bytes","logicalType":"decimal","precision":{precision},"scale":{scale}}}}}"#
        )
    };
    let to = |precision, scale| evolve(&live(&fields(&decimal(10, 2), 1)), &fields(&decimal(precision, scale), 2));
    let altered = |evolution: &Evolution| statements(evolution).iter().any(|s| s.contains("SET DATA TYPE"));
    assert!(altered(&to(12, 2)));
    let narrower = to(8, 2);
    assert!(!altered(&narrower) && narrower.rebuild.is_empty());
    assert!(narrower.findings.iter().any(|found| found.code == "live-column-wider"));
    let rescaled = to(12, 4);
    assert!(!altered(&rescaled) && !rescaled.rebuild.is_empty());
    assert!(rescaled.findings.iter().any(|found| found.code == "live-column-beside"));
}

#[test]
fn what_would_lose_the_table_or_go_back_is_refused() {
    let old = live(&fields(r#"{"name":"a","type":"string"}"#, 3));
    let replaced: Design = serde_json::from_str(r#"{"table":{"replace":true}}"#).unwrap();
    let replacing = RenderInput { design: replaced, ..fields(r#"{"name":"a","type":"string"}"#, 4) };
    let older = fields(r#"{"name":"a","type":"string"}"#, 2);
    for (new, code) in [(replacing, "live-table-replaced"), (older, "live-version-older")] {
        let evolution = evolve(&old, &new);
        assert!(evolution.has_errors() && evolution.findings.iter().any(|found| found.code == code), "{code}");
        assert!(!statements(&evolution).iter().any(|statement| statement.contains("OR REPLACE TABLE")));
    }
}

#[test]
fn every_statement_of_a_column_is_sql_whatever_a_field_is_called() {
    let nasty = r#"{"type":"object","properties":{"a\"; DROP TABLE x; --":{"type":"string","description":"it's \\ new\n-- x"}}}"#;
    let json =
        |text: &str, version| RenderInput { schema: SchemaText::new(SchemaType::Json, text), ..input("", version) };
    let old = live(&json(r#"{"type":"object","properties":{"b":{"type":"string"}}}"#, 1));
    let evolution = evolve(&old, &json(nasty, 2));
    let altering: Vec<String> = statements(&evolution)
        .into_iter()
        .filter(|s| s.starts_with("ALTER TABLE") || s.starts_with("COMMENT"))
        .collect();
    assert!(altering.len() >= 3, "{altering:#?}");
    for statement in altering {
        let parsed = Parser::parse_sql(&SnowflakeDialect {}, &statement);
        assert_eq!(parsed.map(|statements| statements.len()), Ok(1), "{statement}");
    }
}

#[test]
fn the_same_version_anew_is_never_refreshed_blindly() {
    let old = fields(r#"{"name":"a","type":"string"}"#, 1);
    let design: Design = serde_json::from_str(r#"{"load":{"pattern":".*[.]parquet"}}"#).unwrap();
    let evolution = evolve(&live(&old), &RenderInput { design, ..old });
    assert_eq!(evolution.procedure, Procedure::SamePrefix);
    let all = statements(&evolution).join("\n");
    assert!(all.contains("CREATE OR REPLACE PIPE") && !all.contains(" REFRESH") && !all.contains("DROP PIPE"), "{all}");
}
