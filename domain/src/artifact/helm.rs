//! Helm values of the sink job: what it reads, how it writes Parquet or sends rows, which fields it writes as JSON text because Parquet cannot say
//! them, and which under another name because the envelope has theirs. The load's expressions rely on every one of these.

use std::collections::BTreeMap;

use serde::Serialize;

use super::escape::yaml;
use super::writer_options::WriterOptions;
use super::{Artifact, ArtifactKind, Language, Parts};
use crate::design;
use crate::platform::{Writer, WriterProfile};
use crate::sink_job::sink_job_of;
use crate::subject::SchemaType;
use crate::table::Row;
use crate::topic::topic_of;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Values<'a> {
    job: Job<'a>,
    source: Source<'a>,
    sink: Sink<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Job<'a> {
    name: String,
    cluster: &'a str,
    parallelism: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    task_managers: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    memory: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cpu: Option<String>,
    checkpoint_interval_seconds: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Source<'a> {
    cluster: &'a str,
    topic: &'a str,
    schema: SchemaRef<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SchemaRef<'a> {
    subject: &'a str,
    version: u32,
    /// The message that the job takes where the file has several or one was chosen; records of others are passed over.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
}

/// Where rows go, and how.
#[derive(Serialize)]
#[serde(untagged)]
enum Sink<'a> {
    Files(Files<'a>),
    Rows(Rows<'a>),
}

/// Rows of JSON to a pipe. The load's expressions read values as the forms say; what is known of the record is under its own key.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rows<'a> {
    format: &'a str,
    account_url: &'a str,
    user: &'a str,
    private_key: &'a str,
    role: &'a str,
    database: &'a str,
    schema: &'a str,
    pipe: &'a str,
    json: Forms,
    record_metadata: [&'static str; 4],
    #[serde(skip_serializing_if = "Option::is_none")]
    protobuf: Option<Protobuf>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    field_names: &'a BTreeMap<String, String>,
}

/// What JSON has of values that it has no type for.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Forms {
    bytes: &'static str,
    decimals: &'static str,
    timestamps: &'static str,
    dates_and_times: &'static str,
    uuids: &'static str,
    unions: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Files<'a> {
    path: String,
    bucketing: Bucketing,
    format: &'a str,
    writer_profile: WriterProfile,
    options: WriterOptions,
    #[serde(skip_serializing_if = "Option::is_none")]
    protobuf: Option<Protobuf>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    json_text_fields: Vec<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    field_names: &'a BTreeMap<String, String>,
}

/// Folders by time below the version's prefix.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Bucketing {
    pattern: &'static str,
    time_zone: &'static str,
}

impl Bucketing {
    fn of(bucketing: design::Bucketing) -> Self {
        let pattern = match bucketing {
            design::Bucketing::Hour => "'day='yyyy-MM-dd/'hour='HH",
            design::Bucketing::Day => "'day='yyyy-MM-dd",
        };
        Self { pattern, time_zone: "UTC" }
    }
}

/// How rows are made of messages of `google.protobuf`: `Int64Value` and its like as their value, `FieldMask` as its paths.
/// `Timestamp` and `Duration` stay groups of seconds and nanos.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Protobuf {
    unwrap_wrappers: bool,
}

fn chosen_message(parts: Parts<'_>) -> Option<&str> {
    let is_one_of_several = parts.table.has_other_events || parts.context.design.event.message.is_some();
    Some(parts.table.event_class.as_str())
        .filter(|_| is_one_of_several && parts.context.schema_type == SchemaType::Protobuf)
}

/// The values file, if there is a sink job.
pub(super) fn sink_job(parts: Parts<'_>) -> Option<Artifact> {
    if !parts.load.kind.has_job() {
        return None;
    }
    let platform = parts.context.platform;
    let (job, topic) = (sink_job_of(parts.context), topic_of(parts.context));
    let name = format!("{}-sink", parts.slug.file());
    let values = Values {
        job: Job {
            name: name.clone(),
            cluster: &platform.flink_cluster,
            parallelism: job.parallelism,
            task_managers: job.task_managers,
            memory: job.memory_mib.map(|mebibytes| format!("{mebibytes}Mi")),
            cpu: job.cpu_millis.map(|millis| format!("{millis}m")),
            checkpoint_interval_seconds: job.checkpoint_seconds,
        },
        source: Source {
            cluster: &topic.cluster,
            topic: &topic.name,
            schema: SchemaRef {
                subject: parts.context.subject.as_str(),
                version: parts.context.version.0,
                message: chosen_message(parts),
            },
        },
        sink: if parts.load.kind.has_files() {
            Sink::Files(files(parts, job.bucketing))
        } else {
            Sink::Rows(rows(parts))
        },
    };
    Some(Artifact {
        kind: ArtifactKind::SinkJob,
        path: format!("helm-flink/values/{name}.yaml"),
        language: Language::Yaml,
        content: yaml(&values),
        summary: format!("parallelism {}, a checkpoint every {} s", job.parallelism, job.checkpoint_seconds),
        makes: name,
        occupies: None,
    })
}

/// Whether the job makes rows of messages, which is said in either sink.
fn protobuf(parts: Parts<'_>, makes_rows: bool) -> Option<Protobuf> {
    (makes_rows && parts.context.schema_type == SchemaType::Protobuf).then_some(Protobuf { unwrap_wrappers: true })
}

fn files(parts: Parts<'_>, bucketing: design::Bucketing) -> Files<'_> {
    let profile = parts.context.writer_profile();
    Files {
        path: parts.load.files_url(),
        bucketing: Bucketing::of(bucketing),
        format: "parquet",
        writer_profile: profile,
        options: WriterOptions::of(profile),
        protobuf: protobuf(parts, profile.writer() == Writer::RowData),
        json_text_fields: json_text_fields(&parts.table.rows),
        field_names: &parts.table.file_keys,
    }
}

fn rows(parts: Parts<'_>) -> Rows<'_> {
    let (platform, streaming) = (parts.context.platform, &parts.context.platform.streaming);
    Rows {
        format: "snowpipe-streaming",
        account_url: &streaming.account_url,
        user: &streaming.user,
        // A key that is no reference is an error, and never stands in a file.
        private_key: if streaming.has_key_by_reference() { &streaming.private_key } else { "" },
        role: &platform.loader_role,
        database: &platform.database,
        schema: &platform.schema,
        pipe: &parts.load.pipe,
        json: Forms {
            bytes: "base64",
            decimals: "text",
            timestamps: "ISO text in UTC, local ones without a zone",
            dates_and_times: "ISO text",
            uuids: "text",
            unions: "the value alone",
        },
        record_metadata: ["topic", "partition", "offset", "SnowflakeConnectorPushTime"],
        protobuf: protobuf(parts, true),
        field_names: &parts.table.file_keys,
    }
}

/// The paths of fields that are written as JSON text: those whose columns parse it, kept or not.
fn json_text_fields(rows: &[Row]) -> Vec<String> {
    rows.iter().filter(|row| row.json_text).map(|row| row.path.to_string()).collect()
}
