//! Terraform and Helm values read back: the same values, and no block that nobody asked for.

use domain::artifact::{Artifact, ArtifactKind};
use domain::design::{Change, Design};
use domain::platform::Platform;
use domain::render::render_schema;
use domain::subject::{SchemaType, SubjectName, Version};
use domain::table::Context;
use hcl_edit::expr::Expression;
use hcl_edit::structure::{Block, Body};
use proptest::prelude::*;
use serde_json::Value;

use crate::listing;
use crate::quoting::hostile;
use crate::tables::{avro, design, rendered};

fn of_kind(artifacts: &[Artifact], kind: ArtifactKind) -> &Artifact {
    artifacts.iter().find(|artifact| artifact.kind == kind).unwrap()
}

fn parsed(artifact: &Artifact) -> Body {
    artifact.content.parse().unwrap()
}

fn text(block: &Block, key: &str) -> Option<String> {
    let value = &block.body.get_attribute(key)?.value;
    let Expression::StringTemplate(template) = value else { return value.as_str().map(str::to_owned) };
    let literals = template.iter().map(|element| element.as_literal().map(|text| text.to_string()));
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
        let context = Context { subject: &subject, version: Version(2), schema_type: SchemaType::Json, platform: &platform, design: &design };
        let rendering = render_schema(schema, context);
        let values: Value = serde_saphyr::from_str(&of_kind(&rendering.artifacts, ArtifactKind::SinkJob).content).unwrap();
        prop_assert_eq!(&values["job"]["cluster"], &Value::from(cluster));
        prop_assert_eq!(&values["source"]["schema"]["subject"], &Value::from(subject.as_str()));
        prop_assert_eq!(&values["sink"]["path"], &Value::from(rendering.load.files_url()));
        prop_assert_eq!(values.as_object().unwrap().len(), 3);
    }
}

#[test]
fn the_pipe_reads_its_statement_from_the_file_beside_it() {
    let rendering = avro("a string", &[]);
    let warehouse: Vec<&Artifact> = rendering.artifacts.iter().filter(|a| a.kind == ArtifactKind::Warehouse).collect();
    let [terraform, copy] = warehouse.as_slice() else { panic!("a configuration and a copy statement") };
    let (folder, file) = copy.path.split_once("/sql/").unwrap();
    assert!(terraform.path.starts_with(folder));
    assert!(terraform.content.contains(&format!("file(\"${{path.module}}/sql/{file}\")")), "{}", terraform.content);
    let pipe = of_kind(&rendering.artifacts, ArtifactKind::Pipe);
    assert!(pipe.content.ends_with(&format!("AS {}", copy.content)), "pipe and file have the same statement");
}

#[test]
fn fields_that_parquet_cannot_say_are_listed_for_the_sink_job() {
    let listing = "a json\nb record\n  c union(string,int)\n  d string\ne array<recursive(Node)>\nf int";
    let rendering = rendered(listing::read(listing), SchemaType::Avro, &design(&[]));
    let values: Value = serde_saphyr::from_str(&of_kind(&rendering.artifacts, ArtifactKind::SinkJob).content).unwrap();
    assert_eq!(values["sink"]["jsonTextFields"], serde_json::json!(["a", "b.c", "e.[]"]));
}
