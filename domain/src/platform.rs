//! Where things are made: the names that the platform team sets once for a deployment. Input of the generator, so it crosses the wire.

mod load_kind;
mod streaming;
mod writer;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use load_kind::LoadKind;
pub use streaming::Streaming;
pub use writer::{Writer, WriterProfile};

use crate::preset::{OwnPreset, PersonalData};
use crate::table::Naming;

/// The deployment's defaults: clusters, database, bucket, roles and repositories.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Platform {
    /// What loads events, where a design does not say.
    pub load_kind: LoadKind,
    /// How rows without files reach the account.
    pub streaming: Streaming,
    /// How the sink job writes Parquet; decides the expressions of the load.
    pub writer_profile: WriterProfile,
    /// Database of every table, stage and pipe.
    pub database: String,
    /// Schema of every table, stage and pipe.
    pub schema: String,
    /// How names of columns are made of names of fields, where a design does not say.
    pub naming: Naming,
    /// Other names for columns of the envelope and of the load, by their usual ones.
    pub column_names: BTreeMap<String, String>,
    /// The notification integration that hears of errors while loading, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_integration: Option<String>,
    /// How personal data is recognised and what guards it.
    pub personal_data: PersonalData,
    /// Presets of the organisation's own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub presets: Vec<OwnPreset>,
    /// The name of the preset that every new design starts with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_preset: Option<String>,
    /// The external volume for the files of Iceberg tables, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_volume: Option<String>,
    /// Where the sink jobs write, an `s3://` URL that ends with a slash.
    pub bucket_url: String,
    /// The storage integration that stages use; it exists already.
    pub storage_integration: String,
    /// Role that owns pipes and loads.
    pub loader_role: String,
    /// Role that reads tables.
    pub reader_role: String,
    /// Further roles that read tables.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub further_reader_roles: Vec<String>,
    /// Role that pauses and resumes pipes, if the platform has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator_role: Option<String>,
    /// Role that makes tables, stages and pipes, if its privileges are granted here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deployer_role: Option<String>,
    /// Kafka cluster for new topics.
    pub kafka_cluster: String,
    /// Further Kafka clusters that a design may choose.
    pub further_kafka_clusters: Vec<String>,
    /// Partitions of a new topic.
    pub topic_partitions: u32,
    /// Copies of each partition; the platform runs with 2 and one in-sync replica.
    pub topic_replication: u32,
    /// How long a topic keeps messages, in hours.
    pub topic_retention_hours: u32,
    /// Flink cluster that runs the sink jobs.
    pub flink_cluster: String,
    /// Parallelism of a new sink job.
    pub sink_parallelism: u32,
    /// Seconds between checkpoints of a sink job: the age of the freshest row.
    pub sink_checkpoint_seconds: u32,
}

impl Default for Platform {
    fn default() -> Self {
        Self {
            load_kind: LoadKind::Snowpipe,
            streaming: Streaming::default(),
            writer_profile: WriterProfile::FlinkRowdataInt64Utc,
            database: "RAW".into(),
            schema: "EVENTS".into(),
            naming: Naming::SnakeUpper,
            column_names: BTreeMap::new(),
            error_integration: None,
            external_volume: None,
            personal_data: PersonalData::default(),
            presets: vec![],
            default_preset: None,
            bucket_url: "s3://events/".into(),
            storage_integration: "S3_EVENTS".into(),
            loader_role: "SNOWPIPE_LOADER".into(),
            reader_role: "ANALYST".into(),
            further_reader_roles: vec![],
            operator_role: None,
            deployer_role: None,
            kafka_cluster: "main".into(),
            further_kafka_clusters: vec![],
            topic_partitions: 12,
            topic_replication: 2,
            topic_retention_hours: 72,
            flink_cluster: "main".into(),
            sink_parallelism: 2,
            sink_checkpoint_seconds: 60,
        }
    }
}
