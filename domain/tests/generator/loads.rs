//! The kinds of load: which artifacts each makes, what is refused for each, and the reference of their rows, `docs/loads.md`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use domain::artifact::ArtifactKind;
use domain::design::{Change, Design, EventEdit, LoadEdit, TableEdit};
use domain::platform::{LoadKind, Platform};
use domain::render::{RenderInput, Rendering, render};
use domain::schema::SchemaText;
use domain::subject::{SchemaType, SubjectName, Version};
use domain::table::Context;
use serde_json::Value;

use crate::cases::rendering_of;
use crate::listing;
use crate::snowflake::check;
use crate::tables::{avro, design, found, rendered, row};

const ROWS: [LoadKind; 2] = [LoadKind::SnowpipeStreaming, LoadKind::KafkaConnector];

fn by(kind: LoadKind) -> Change {
    Change::Load(Box::new(LoadEdit { kind: Some(kind), ..LoadEdit::default() }))
}

fn made(rendering: &Rendering) -> Vec<ArtifactKind> {
    let mut kinds: Vec<ArtifactKind> = rendering.artifacts.iter().map(|artifact| artifact.kind).collect();
    kinds.dedup();
    kinds
}

fn content(rendering: &Rendering, kind: ArtifactKind) -> &str {
    &rendering.artifacts.iter().find(|artifact| artifact.kind == kind).unwrap().content
}

#[test]
fn each_kind_makes_what_it_needs_and_nothing_else() {
    use ArtifactKind::{Connector, Grants, Pipe, SinkJob, Stage, Table, Topic, Warehouse};
    for (kind, wanted) in [
        (LoadKind::Snowpipe, vec![Topic, SinkJob, Warehouse, Table, Stage, Pipe, Grants]),
        (LoadKind::SnowpipeStreaming, vec![Topic, SinkJob, Warehouse, Table, Pipe, Grants]),
        (LoadKind::KafkaConnector, vec![Topic, Connector, Warehouse, Table, Pipe, Grants]),
    ] {
        let rendering = avro("a string\nb decimal(12,2)", &[("", by(kind))]);
        assert_eq!(made(&rendering), wanted, "{kind}");
        check(&rendering, &Platform::default());
        let whole: String = rendering.artifacts.iter().map(|artifact| artifact.content.as_str()).collect();
        for of_files in ["PARQUET", "parquet", "s3://", "METADATA$", "snowflake_stage", "AUTO_INGEST", "_sqs_arns"] {
            assert_eq!(whole.contains(of_files), kind.has_files(), "{kind}: {of_files}");
        }
        assert_eq!(whole.contains("DATA_SOURCE(TYPE => 'STREAMING')"), !kind.has_files(), "{kind}");
    }
}

#[test]
fn the_platform_says_the_kind_where_the_design_does_not() {
    let input = |design: &str| RenderInput {
        subject: SubjectName::parse("order.placed-value").unwrap(),
        version: Version(1),
        schema: SchemaText::new(
            SchemaType::Avro,
            r#"{"type":"record","name":"R","fields":[{"name":"a","type":"int"}]}"#,
        ),
        platform: Platform { load_kind: LoadKind::KafkaConnector, ..Platform::default() },
        design: serde_json::from_str(design).unwrap(),
        live: domain::evolve::Live::default(),
    };
    assert_eq!(render(&input("{}")).load.kind, LoadKind::KafkaConnector);
    assert_eq!(render(&input(r#"{"load":{"kind":"snowpipe"}}"#)).load.kind, LoadKind::Snowpipe);
}

#[test]
fn the_connectors_pipe_is_called_as_its_table_and_the_sink_jobs_by_its_version() {
    let of = |kind| avro("a string", &[("", by(kind))]).load.pipe;
    assert_eq!(of(LoadKind::KafkaConnector), "ORDER_PLACED");
    assert_eq!(of(LoadKind::SnowpipeStreaming), "PIPE_ORDER_PLACED_V3");
}

#[test]
fn the_connectors_configuration_is_texts_in_the_order_of_their_keys_and_holds_no_secret() {
    let rendering = avro("a string", &[("", by(LoadKind::KafkaConnector))]);
    let text = content(&rendering, ArtifactKind::Connector);
    let keys: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("    \"")?.split('"').next()).collect();
    assert!(keys.is_sorted() && keys.len() > 25, "{text}");
    let whole: Value = serde_json::from_str(text).unwrap();
    let config: BTreeMap<String, String> = serde_json::from_value(whole["config"].clone()).unwrap();
    assert_eq!(config["snowflake.topic2table.map"], "order.placed:\"ORDER_PLACED\"");
    assert_eq!(config["snowflake.validation"], "server_side", "only so is a pipe of one's own taken");
    assert!(config["snowflake.private.key"].starts_with("${"));
    assert_eq!(config["header.converter"], "org.apache.kafka.connect.storage.StringConverter");

    let mut platform = Platform::default();
    platform.streaming.private_key = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC".into();
    let subject = SubjectName::parse("order.placed-value").unwrap();
    for kind in ROWS {
        let design = design(&[("", by(kind))]);
        let context = Context {
            subject: &subject,
            version: Version(3),
            schema_type: SchemaType::Avro,
            platform: &platform,
            design: &design,
            live: &[],
        };
        let rendering = domain::render::render_schema(listing::read("a string"), context);
        assert!(found(&rendering).contains(&"private-key-reference".to_owned()), "{kind}");
        assert!(rendering.artifacts.iter().all(|artifact| !artifact.content.contains("MIIEv")), "{kind}");
    }
}

#[test]
fn an_option_of_files_is_refused_with_the_name_of_the_kind_and_taken_back_by_its_own_rule() {
    for kind in ROWS {
        let patch = LoadEdit { kind: Some(kind), pattern: Some(".*".into()), ..LoadEdit::default() };
        let rendering = avro("a string", &[("", Change::Load(Box::new(patch)))]);
        let found = rendering.diagnostics.iter().find(|found| found.code == "pattern-of-files").unwrap();
        assert!(found.is_error() && found.message.contains(kind.named()), "{found}");
    }
    assert!(!avro("a string", &[("", by(LoadKind::SnowpipeStreaming))]).has_errors());
}

#[test]
fn a_name_that_looks_like_a_reference_does_not_get_where_it_would_be_resolved() {
    let codes = |kind: LoadKind, subject: &str, name: Option<&str>| {
        let design = Design {
            load: LoadEdit { kind: Some(kind), ..LoadEdit::default() },
            table: TableEdit { name: name.map(str::to_owned), ..TableEdit::default() },
            ..Design::default()
        };
        let subject = SubjectName::parse(subject).unwrap();
        let platform = Platform::default();
        let context = Context {
            subject: &subject,
            version: Version(3),
            schema_type: SchemaType::Avro,
            platform: &platform,
            design: &design,
            live: &[],
        };
        found(&domain::render::render_schema(listing::read("a string"), context)).contains(&"name-reference".to_owned())
    };
    const SECRET: &str = "\"${env:KEY}\"";
    for kind in LoadKind::ALL {
        assert_eq!(codes(kind, "sale-value", Some(SECRET)), !kind.has_files(), "{kind}");
        assert_eq!(codes(kind, "${env:A}-value", None), kind == LoadKind::SnowpipeStreaming, "{kind}");
        assert!(!codes(kind, "sale-value", Some("\"$SALE {}\"")), "{kind}");
    }
}

#[test]
fn the_connector_cannot_choose_among_messages_which_the_sink_job_can() {
    const ONE: &str = "syntax = \"proto3\"; message Placed { string id = 1; message Line { string id = 1; } }";
    let two = format!("{ONE} message Cancelled {{ string id = 1; }}");
    let said = |kind: LoadKind, text: &str, message: Option<&str>| {
        let design = Design {
            load: LoadEdit { kind: Some(kind), ..LoadEdit::default() },
            event: EventEdit { message: message.map(str::to_owned) },
            ..Design::default()
        };
        let rendering = render(&RenderInput {
            subject: SubjectName::parse("sale-value").unwrap(),
            version: Version(1),
            schema: SchemaText::new(SchemaType::Protobuf, text),
            platform: Platform::default(),
            design,
            live: domain::evolve::Live::default(),
        });
        let found = rendering.diagnostics.iter().find(|found| found.code == "connector-messages");
        let named = rendering.artifacts.iter().any(|artifact| artifact.content.contains("message: "));
        (found.map(|found| found.is_error()), named)
    };
    for (text, message, expected) in [
        (ONE, None, None),
        (&two, None, Some(false)),
        (&two, Some("Cancelled"), Some(true)),
        (ONE, Some("Placed.Line"), Some(true)),
    ] {
        assert_eq!(said(LoadKind::KafkaConnector, text, message), (expected, false), "{text} {message:?}");
        for kind in [LoadKind::Snowpipe, LoadKind::SnowpipeStreaming] {
            assert_eq!(said(kind, text, message), (None, expected.is_some()), "{kind} {text} {message:?}");
        }
    }
}

#[test]
fn a_field_gives_way_to_the_keys_that_a_row_has_beside_it() {
    let listing = "RECORD_METADATA string\nevent_id string";
    let of = |kind, path| {
        let rendering = rendered(listing::read(listing), SchemaType::Avro, &design(&[("", by(kind))]));
        row(&rendering, path).column.expression.to_string()
    };
    assert_eq!(of(LoadKind::SnowpipeStreaming, "RECORD_METADATA"), "$1:\"payload_RECORD_METADATA\"::VARCHAR");
    assert_eq!(of(LoadKind::SnowpipeStreaming, "event_id"), "$1:\"payload_event_id\"::VARCHAR");
    assert_eq!(of(LoadKind::KafkaConnector, "event_id"), "$1:\"event_id\"::VARCHAR");
}

fn page() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/loads.md")
}

/// The rows of a case as lines of a table.
fn lines(stem: &str) -> String {
    let cases = ROWS.map(|kind| (kind, rendering_of(&format!("{stem}_through_{kind}"))));
    let mut text = String::new();
    for (kind, rendering) in &cases {
        for row in rendering.table.rows.iter().filter(|row| row.kept) {
            let expression = row.column.expression.to_string().replace('|', "\\|");
            let (path, ty) = (&row.path, row.field_type.replace('|', "or"));
            text += &format!("| `{path}`: {ty} | `{kind}` | {} | {} | `{expression}` |\n", row.in_file, row.column.ty);
        }
    }
    text
}

#[test]
fn the_reference_of_rows_is_what_the_cases_of_types_give() {
    let mut page_text = fs::read_to_string(page()).unwrap();
    for (stem, title) in [("avro_types", "Avro"), ("protobuf_types", "Protobuf"), ("json_schema_types", "JSON Schema")]
    {
        let head = format!(
            "## {title}\n\n| Field | Load | In the row | Column | Expression |\n| --- | --- | --- | --- | --- |\n"
        );
        let start = page_text.find(&head).unwrap_or_else(|| panic!("the page has a table of {title}")) + head.len();
        let of_table = page_text[start..].split_inclusive('\n').take_while(|line| line.starts_with('|'));
        let end = start + of_table.map(str::len).sum::<usize>();
        let wanted = lines(stem);
        if std::env::var_os("UPDATE_CASES").is_some() {
            page_text.replace_range(start..end, &wanted);
            fs::write(page(), &page_text).unwrap();
        } else {
            assert_eq!(&page_text[start..end], wanted, "{title}: UPDATE_CASES=1 rewrites it");
        }
    }
}
