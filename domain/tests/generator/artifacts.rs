//! Terraform and Helm values read back: the same values, and no block that nobody asked for.

use domain::artifact::{Artifact, ArtifactKind};
use domain::design::{Change, Design, Edit, SqlApplicationEdit};
use domain::platform::{Platform, WriterProfile};
use domain::render::{Rendering, render_schema};
use domain::schema::FieldPath;
use domain::subject::{SchemaType, SubjectName, Version};
use domain::table::Context;
use hcl_edit::expr::Expression;
use hcl_edit::structure::{Block, Body};
use hcl_edit::template::Element;
use proptest::prelude::*;
use serde_json::Value;

use crate::hostile::hostile;
use crate::listing;
use crate::tables::{avro, design, rendered, row};

fn of_kind(artifacts: &[Artifact], kind: ArtifactKind) -> &Artifact {
    artifacts.iter().find(|artifact| artifact.kind == kind).unwrap()
}

fn parsed(artifact: &Artifact) -> Body {
    artifact.content.parse().unwrap()
}

fn text(block: &Block, key: &str) -> Option<String> {
    let value = &block.body.get_attribute(key)?.value;
    let Expression::StringTemplate(template) = value else { return value.as_str().map(str::to_owned) };
    let literals = template.iter().map(|element| match element {
        Element::Interpolation(inner) => inner.expr.as_str().map(str::to_owned),
        element => element.as_literal().map(|text| text.to_string()),
    });
    literals.collect::<Option<Vec<_>>>().map(|parts| parts.concat())
}

/// Hostile text, long text, and words that some reader of YAML takes for something else than text.
fn awkward_in_yaml() -> impl Strategy<Value = String> {
    let words = [
        "on",
        "No",
        "y",
        "~",
        "null",
        "",
        "012",
        "0x1F",
        "1_000",
        "1e3",
        ".inf",
        "12:30:45",
        "2026-01-01",
        "- a",
        "a: b",
        "<<",
        "=",
        "!!int 1",
        "&a",
        "*a",
        "# a",
        "a #b",
        "---",
        "@a",
        "`a",
    ];
    prop_oneof![
        hostile(),
        proptest::sample::select(words.to_vec()).prop_map(str::to_owned),
        (hostile(), 1usize..80).prop_map(|(text, times)| format!("{text} and ").repeat(times)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn hostile_texts_come_out_of_terraform_as_they_went_in(comment in hostile(), table_comment in hostile()) {
        let edits = [("a", Change::Comment(comment.clone())), ("", Change::Comment(table_comment.clone()))];
        let body = parsed(of_kind(&avro("a string\nb int", &edits).artifacts, ArtifactKind::Warehouse));
        let blocks: Vec<&Block> = body.blocks().collect();
        let words: Vec<&str> = blocks.iter().map(|block| block.ident.as_str()).collect();
        prop_assert_eq!(words, ["resource", "resource", "locals", "resource", "output"]);
        let table = blocks[0];
        let inner: Vec<&str> = table.body.blocks().map(|block| block.ident.as_str()).collect();
        prop_assert_eq!(inner.len(), 6 + 2 + 3 + 1);
        prop_assert_eq!(text(table, "comment").unwrap_or_default(), table_comment);
        let column = table.body.get_blocks("column").nth(6).unwrap();
        prop_assert_eq!(text(column, "name"), Some("A".to_owned()));
        prop_assert_eq!(text(column, "comment").unwrap_or_default(), comment);
    }

    #[test]
    fn hostile_settings_come_out_of_the_values_as_they_went_in(cluster in awkward_in_yaml(), name in hostile(), subject in "\\PC{1,60}") {
        let Ok(subject) = SubjectName::parse(subject) else { return Ok(()) };
        let platform = Platform { flink_cluster: cluster.clone(), bucket_url: format!("s3://{name}/"), ..Platform::default() };
        let (design, schema) = (Design::default(), listing::read("x json"));
        let context = Context { subject: &subject, version: Version(2), schema_type: SchemaType::Json, platform: &platform, design: &design, live: &[] };
        let rendering = render_schema(schema, context);
        let values: Value = serde_saphyr::from_str(&of_kind(&rendering.artifacts, ArtifactKind::SinkJob).content).unwrap();
        prop_assert_eq!(&values["job"]["cluster"], &Value::from(cluster));
        prop_assert_eq!(&values["source"]["schema"]["subject"], &Value::from(subject.as_str()));
        prop_assert_eq!(&values["sink"]["path"], &Value::from(rendering.load.files_url()));
        prop_assert_eq!(values.as_object().unwrap().len(), 3);
    }
}

proptest! {
    #[test]
    fn a_query_comes_out_of_the_sql_application_as_it_went_in(sql in awkward_in_yaml()) {
        let patch = SqlApplicationEdit { sql: Some(sql.clone()), sink_topic: Some("t".into()), ..SqlApplicationEdit::default() };
        let Ok(design) = Design::default().apply(&Edit { path: FieldPath::root(), change: Change::SqlApplication(patch) }) else {
            return Ok(());
        };
        let rendering = rendered(listing::read("a string"), SchemaType::Avro, &design);
        let made = rendering.artifacts.iter().find(|artifact| artifact.kind == ArtifactKind::SqlApplication);
        prop_assert_eq!(made.is_none(), sql.trim().is_empty());
        let Some(made) = made else { return Ok(()) };
        let values: Value = serde_saphyr::from_str(&made.content).unwrap();
        prop_assert_eq!(&values["sql"], &Value::from(sql.trim()));
        prop_assert_eq!(values.as_object().unwrap().len(), 5);
    }
}

#[test]
fn characters_that_reorder_or_hide_text_stand_in_no_file_and_come_out_of_each() {
    let hostile = "a\u{202e}b\u{200b}\u{feff} ${x}\nc\u{85}";
    let sql = SqlApplicationEdit { sql: Some(hostile.to_owned()), sink_topic: Some("t".into()), ..Default::default() };
    let edits = [("a", Change::Comment(hostile.to_owned())), ("", Change::SqlApplication(sql))];
    let artifacts = avro("a string", &edits).artifacts;
    let misleads = |c: char| c != '\n' && (c.is_control() || "\u{202e}\u{200b}\u{feff}".contains(c));
    for artifact in &artifacts {
        assert!(!artifact.content.chars().any(misleads), "{}: {}", artifact.path, artifact.content);
    }
    let body = parsed(of_kind(&artifacts, ArtifactKind::Warehouse));
    let column = body.get_blocks("resource").next().unwrap().body.get_blocks("column").nth(6).unwrap();
    assert_eq!(text(column, "comment").as_deref(), Some(hostile));
    let values: Value = serde_saphyr::from_str(&of_kind(&artifacts, ArtifactKind::SqlApplication).content).unwrap();
    assert_eq!(values["sql"], hostile.trim());
}

#[test]
fn what_only_one_event_may_have_is_told_beside_the_files() {
    let sql =
        SqlApplicationEdit { sql: Some("SELECT 1".into()), sink_topic: Some("sums".into()), ..Default::default() };
    let rendering = avro("a string", &[("", Change::SqlApplication(sql))]);
    let told: Vec<_> = rendering.artifacts.iter().filter_map(|a| Some((a.kind, a.occupies.as_deref()?))).collect();
    assert_eq!(
        told,
        [(ArtifactKind::Stage, rendering.load.stage_url.as_str()), (ArtifactKind::SqlApplication, "sums")]
    );
}

#[test]
fn signs_before_a_marker_do_not_let_it_loose() {
    let texts = [
        ("$%{ if x }", "${\"$\"}%%{ if x }"),
        ("a$${b}", "a${\"$\"}$${b}"),
        ("%%%{", "${\"%%\"}%%{"),
        ("$5 ${x}", "$5 $${x}"),
    ];
    for (text, written) in texts {
        let rendering = avro("a string", &[("a", Change::Comment(text.to_owned()))]);
        let terraform = &of_kind(&rendering.artifacts, ArtifactKind::Warehouse).content;
        assert!(terraform.contains(&format!("\"{written}\"")), "{text}: {terraform}");
    }
}

#[test]
fn the_pipe_reads_its_statement_from_the_file_beside_it() {
    let rendering = avro("a string", &[]);
    let warehouse: Vec<&Artifact> = rendering.artifacts.iter().filter(|a| a.kind == ArtifactKind::Warehouse).collect();
    let [terraform, copy, _] = warehouse.as_slice() else { panic!("a configuration, a copy statement and grants") };
    let (folder, file) = copy.path.split_once("/sql/").unwrap();
    assert!(terraform.path.starts_with(folder));
    assert!(terraform.content.contains(&format!("file(\"${{path.module}}/sql/{file}\")")), "{}", terraform.content);
    let pipe = of_kind(&rendering.artifacts, ArtifactKind::Pipe);
    assert!(pipe.content.ends_with(&format!("AS {}", copy.content)), "pipe and file have the same statement");
}

#[test]
fn the_outermost_field_that_holds_what_parquet_cannot_say_is_json_text() {
    let listing = "a json\nb record\n  c union(string,int)\n  d string\ne array<recursive(Node)>\nf int\ng map<array<truncated>>\nh array<int>";
    assert_eq!(json_text_fields(&avro(listing, &[])), ["a", "b", "e", "g"]);
    let expanded = avro(listing, &[("b", Change::Expand(true))]);
    assert_eq!(json_text_fields(&expanded), ["a", "b.c", "e", "g"]);
    assert_eq!(expression(&expanded, "b.c"), parsed_json(r#"GET_PATH($1, '"b"."c"')"#));
    assert_eq!(expression(&expanded, "e"), format!("{}::ARRAY", parsed_json(r#"$1:"e""#)));
    assert_eq!(expression(&expanded, "g"), parsed_json(r#"$1:"g""#));
    assert_eq!(expression(&expanded, "h"), r#"$1:"h"::ARRAY"#);
}

#[test]
fn the_own_column_of_an_expanded_record_says_that_it_has_strings_of_json() {
    let listing = "b record\n  n record\n    c array<json>\n  d string\nz json";
    let warned = |edits: &[(&str, Change)]| {
        let found = avro(listing, edits).diagnostics;
        found
            .into_iter()
            .filter(|d| d.code == "json-text-inside")
            .map(|d| (d.path.to_string(), d.message))
            .collect::<Vec<_>>()
    };
    assert!(warned(&[]).is_empty(), "the column is parsed as a whole");
    let found = warned(&[("b", Change::Expand(true))]);
    assert_eq!(found.len(), 1);
    assert!(found[0].0 == "b" && found[0].1.contains("writes b.n as JSON text"), "{found:?}");
    let found = warned(&[("b", Change::Expand(true)), ("b.n", Change::Expand(true))]);
    assert_eq!(found.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["b", "b.n"]);
    assert!(warned(&[("b", Change::Expand(true)), ("b", Change::Keep(false))]).is_empty());
}

#[test]
fn the_sink_job_has_the_options_of_its_profile_under_the_writers_own_names() {
    let on = |key: &str, value: bool| (key.to_owned(), Value::from(value));
    let proto = |marked| {
        let options = [on("parquet.proto.writeSpecsCompliant", marked), on("parquet.proto.unwrapProtoWrappers", false)];
        Value::from_iter(options.into_iter().chain([("parquet.proto.maxRecursion".to_owned(), Value::from(5))]))
    };
    let avro = |old| {
        Value::from_iter([
            on("parquet.avro.write-old-list-structure", old),
            on("parquet.avro.write-parquet-uuid", false),
        ])
    };
    let rows = |int64| [on("parquet.write.int64.timestamp", int64), on("parquet.utc-timezone", true)].into_iter();
    let micros = ("parquet.timestamp.time.unit".to_owned(), Value::from("micros"));
    for (profile, language, options) in [
        (WriterProfile::FlinkRowdataInt96, SchemaType::Json, Value::from_iter(rows(false))),
        (WriterProfile::FlinkRowdataInt64Utc, SchemaType::Json, Value::from_iter(rows(true).chain([micros]))),
        (WriterProfile::Avro2Level, SchemaType::Avro, avro(true)),
        (WriterProfile::Avro3Level, SchemaType::Avro, avro(false)),
        (WriterProfile::ProtoLegacy, SchemaType::Protobuf, proto(false)),
        (WriterProfile::ProtoSpec, SchemaType::Protobuf, proto(true)),
    ] {
        let design = design(&[("", Change::WriterProfile(Some(profile)))]);
        let values = sink_values(&rendered(listing::read("a string"), language, &design));
        assert_eq!(values["sink"]["writerProfile"], profile.word());
        assert_eq!(values["sink"]["options"], options);
        assert!(values["sink"]["protobuf"].is_null(), "messages are written as they are");
    }
}

#[test]
fn a_field_with_a_key_of_the_envelopes_is_written_and_read_under_another() {
    let rendering = avro("source string\ninner record\n  source string", &[("inner", Change::Expand(true))]);
    let names = &sink_values(&rendering)["sink"]["fieldNames"];
    assert_eq!(*names, serde_json::json!({"source": "payload_source"}));
    assert_eq!(expression(&rendering, "source"), r#"$1:"payload_source"::VARCHAR"#);
    assert_eq!(expression(&rendering, "inner.source"), r#"GET_PATH($1, '"inner"."source"')::VARCHAR"#);
    assert!(sink_values(&avro("a string", &[]))["sink"]["fieldNames"].is_null());
}

fn sink_values(rendering: &Rendering) -> Value {
    serde_saphyr::from_str(&of_kind(&rendering.artifacts, ArtifactKind::SinkJob).content).unwrap()
}

/// The fields that the sink job writes as JSON text, as its values have them.
pub fn json_text_fields(rendering: &Rendering) -> Vec<String> {
    let values = sink_values(rendering);
    let paths = values["sink"]["jsonTextFields"].as_array().cloned().unwrap_or_default();
    paths.iter().map(|path| path.as_str().unwrap().to_owned()).collect()
}

fn expression(rendering: &Rendering, path: &str) -> String {
    row(rendering, path).column.expression.to_string()
}

fn parsed_json(value: &str) -> String {
    format!("IFF(CHECK_JSON({value}::VARCHAR) IS NULL, PARSE_JSON({value}::VARCHAR), NULL)")
}
