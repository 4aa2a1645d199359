//! Addresses in Terraform's state: they follow from the subject alone, so that no evolution moves one and none needs a `moved` block.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use domain::artifact::Artifact;
use domain::design::Design;
use domain::evolve::{Live, evolve};
use domain::platform::Platform;
use domain::render::{RenderInput, render};
use domain::schema::SchemaText;
use domain::subject::{SchemaType, SubjectName, Version};
use hcl_edit::structure::{Block, Body};

fn input(subject: &str, fields: &str, version: u32, design: &str) -> RenderInput {
    RenderInput {
        subject: SubjectName::parse(subject).unwrap(),
        version: Version(version),
        schema: SchemaText::new(SchemaType::Avro, format!(r#"{{"type":"record","name":"Order","fields":[{fields}]}}"#)),
        platform: Platform { operator_role: Some("OPERATOR".into()), ..Platform::default() },
        design: serde_json::from_str::<Design>(design).unwrap(),
        live: Live::default(),
    }
}

/// Every resource by its address, and whether taking it back does nothing.
fn addresses(artifacts: &[Artifact]) -> BTreeMap<String, bool> {
    let files = artifacts.iter().filter(|artifact| artifact.path.ends_with(".tf"));
    let bodies = files.map(|file| file.content.parse::<Body>().unwrap());
    let address = |block: &Block| {
        let revert = block.body.get_attribute("revert").and_then(|revert| revert.value.as_str());
        (format!("{}.{}", block.labels[0].as_str(), block.labels[1].as_str()), revert == Some("SELECT 1"))
    };
    bodies.flat_map(|body| body.get_blocks("resource").map(address).collect::<Vec<_>>()).collect()
}

const OLD: &str = r#"{"name":"id","type":"string"},{"name":"amount","type":"int"}"#;
const NEW: &str = r#"{"name":"id","type":"string"},{"name":"amount","type":"string"},{"name":"note","type":"string"}"#;
const DESIGNS: [&str; 6] = [
    "{}",
    r#"{"table":{"tags":{"t":"v"},"schemaEvolution":true}}"#,
    r#"{"columns":{"id":{"tags":{"t":"v"},"name":"KEY"}}}"#,
    r#"{"load":{"errorIntegration":"NI"},"table":{"retentionDays":3,"clusterByDay":true}}"#,
    r#"{"load":{"kind":"snowpipe_streaming"}}"#,
    r#"{"load":{"kind":"kafka_connector"}}"#,
];

#[test]
fn no_evolution_moves_what_terraform_knows_and_what_it_forgets_takes_nothing_back() {
    let mut looked_at = 0;
    for subject in ["sale-value", "order.placed-value", "9lives", "eu:sale-value"] {
        for before in DESIGNS {
            let old = render(&input(subject, OLD, 1, before));
            for after in DESIGNS {
                let evolution = evolve(&Live::of(&old), &input(subject, NEW, 2, after));
                if evolution.has_errors() {
                    continue;
                }
                let new = addresses(&evolution.artifacts);
                for (address, is_harmless) in addresses(&old.artifacts) {
                    let stays = new.contains_key(&address);
                    assert!(stays || is_harmless, "{subject}: {address} is gone from {before} to {after}");
                    looked_at += 1;
                }
            }
        }
    }
    assert!(looked_at > 300, "{looked_at}");
}
