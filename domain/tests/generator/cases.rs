//! Case folders: a schema and a design in, statements and diagnostics beside them. `UPDATE_CASES=1` writes what is expected.

use std::fs;
use std::path::{Path, PathBuf};

use domain::artifact::ArtifactKind;
use domain::design::Design;
use domain::platform::Platform;
use domain::render::{Rendering, render_schema};
use domain::schema::{Schema, SchemaText};
use domain::subject::{SchemaType, SubjectName, Version};
use domain::table::Context;

use crate::listing;

macro_rules! cases {
    ($($name:ident)*) => {
        $(#[test] fn $name() { check(stringify!($name)); })*
        const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}

cases! {
    a_default_in_a_oneof
    a_json_schema
    a_name_longer_than_an_identifier
    a_payload_with_the_envelopes_fields
    a_protobuf_schema
    a_record_expanded_to_every_depth
    a_schema_without_fields
    a_subject_in_a_context
    a_subject_that_is_no_name
    a_topic_and_a_sink_job_beyond_the_limits
    a_topic_and_a_sink_job_of_another_size
    a_transient_table
    a_writer_that_cannot_write_the_language
    an_avro_schema
    an_iceberg_table
    an_iceberg_table_that_cannot_be
    an_event_through_a_connector_with_everything_else
    an_order_placed_as_in_the_golden_example
    an_order_placed_through_kafka_connector
    an_order_placed_through_snowpipe_streaming
    an_sql_application
    an_sql_application_that_cannot_run
    avro_types_by_avro_2level
    avro_types_by_avro_3level
    avro_types_by_flink_rowdata_int64_utc
    avro_types_by_flink_rowdata_int96
    avro_types_through_kafka_connector
    avro_types_through_snowpipe_streaming
    columns_in_another_order
    computed_columns
    computed_columns_that_cannot_be
    decimals_that_no_number_holds
    defaults_of_every_kind_of_column
    edits_of_fields_that_are_gone
    every_type_of_avro
    every_type_of_json_schema
    every_type_of_protobuf
    everything_dropped
    google_types_retyped_under_proto_spec
    json_schema_types_by_flink_rowdata_int64_utc
    json_schema_types_by_flink_rowdata_int96
    json_schema_types_through_kafka_connector
    json_schema_types_through_snowpipe_streaming
    keys_with_every_kind_of_character
    json_integers_beyond_64_bits
    lists_and_times_inside_records
    maps_with_other_keys
    oneofs_with_a_column_of_their_own
    a_message_chosen_as_the_event
    a_protobuf_edition
    a_protobuf_edition_by_proto_spec
    names_as_the_schema_spells_them
    names_in_upper_case_only
    masked_values_in_other_columns
    masked_values_in_rows
    names_that_collide_or_are_reserved
    not_null_and_other_options
    options_of_files_that_rows_cannot_have
    options_of_the_load
    options_of_the_table
    options_that_the_load_cannot_have
    options_that_the_table_cannot_have
    other_names_for_the_envelope
    policies_tags_and_collations
    protobuf_2_types_by_flink_rowdata_int64_utc
    protobuf_types_by_flink_rowdata_int64_utc
    protobuf_types_by_flink_rowdata_int96
    protobuf_types_by_proto_legacy
    protobuf_types_by_proto_spec
    protobuf_types_through_kafka_connector
    protobuf_types_through_snowpipe_streaming
    renames_and_their_mistakes
    texts_that_try_to_break_out
    timestamps_retyped_under_avro_3level
    types_that_are_other_ways_to_read_a_field
    types_that_are_too_narrow
    types_that_avro_writers_refuse
    types_that_protobuf_writers_cut_or_refuse
    types_that_the_connector_cannot_bring
    types_that_the_load_cannot_make
}

#[test]
fn every_folder_is_a_case() {
    let folders = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut missing: Vec<String> = folders.filter(|folder| !NAMES.contains(&folder.as_str())).collect();
    missing.sort();
    assert!(missing.is_empty(), "add these to the list: {missing:?}");
}

/// The folder of all cases.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables")
}

fn check(name: &str) {
    let folder = root().join(name);
    let rendering = render_case(&folder);
    let mut expected = vec![];
    for (file, kind) in
        [("table.sql", ArtifactKind::Table), ("stage.sql", ArtifactKind::Stage), ("pipe.sql", ArtifactKind::Pipe)]
    {
        let made = rendering.artifacts.iter().find(|artifact| artifact.kind == kind);
        expected.extend(made.map(|artifact| (folder.join(file), artifact.content.clone())));
    }
    let diagnostics: String = rendering.diagnostics.iter().map(|d| format!("{d}\n")).collect();
    expected.push((folder.join("diagnostics.txt"), diagnostics));
    if folder.join("files").exists() {
        let files = rendering.artifacts.iter().map(|a| (folder.join("files").join(&a.path), a.content.clone()));
        expected.extend(files);
    }
    let has_stage = rendering.load.kind.has_files();
    assert_eq!(expected.iter().any(|(path, _)| path.ends_with("stage.sql")), has_stage, "files come into a stage");
    for (path, content) in expected {
        if std::env::var_os("UPDATE_CASES").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &content).unwrap();
        }
        let there = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(there, content, "{} differs; UPDATE_CASES=1 rewrites it", path.display());
    }
}

/// What the case of this name renders to.
pub fn rendering_of(name: &str) -> Rendering {
    render_case(&root().join(name))
}

fn render_case(folder: &Path) -> Rendering {
    let file = |name: &str| fs::read_to_string(folder.join(name)).ok();
    let about = file("subject.txt").unwrap_or_else(|| "order_placed-value 1".into());
    let words: Vec<&str> = about.split_whitespace().collect();
    let (subject, version) = (SubjectName::parse(words[0]).unwrap(), Version(words[1].parse().unwrap()));
    let design: Design = file("design.json").map(|text| serde_json::from_str(&text).unwrap()).unwrap_or_default();
    let (schema, schema_type) = schema_of(folder, words.get(2).copied(), &design);
    let platform: Platform = file("platform.json").map(|text| serde_json::from_str(&text).unwrap()).unwrap_or_default();
    render_schema(
        schema,
        Context { subject: &subject, version, schema_type, platform: &platform, design: &design, live: &[] },
    )
}

/// The schema text of the folder, or its listing in the language that `subject.txt` names.
fn schema_of(folder: &Path, language: Option<&str>, design: &Design) -> (Schema, SchemaType) {
    for schema_type in SchemaType::ALL {
        if let Ok(text) = fs::read_to_string(folder.join("schema").with_extension(schema_type.extension())) {
            let message = design.event.message.as_deref();
            return (domain::schema::read_event(&SchemaText::new(schema_type, text), message), schema_type);
        }
    }
    let text = fs::read_to_string(folder.join("fields.txt")).expect("a case has a schema or a listing");
    (listing::read(&text), language.and_then(SchemaType::from_word).unwrap_or(SchemaType::Avro))
}
