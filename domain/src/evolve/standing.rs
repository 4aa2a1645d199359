//! What stands of an event besides the columns of its table: where it lives, how the table is made, and what its pipes read.

use serde::{Deserialize, Serialize};

use crate::hash::short_hex;
use crate::load::Load;
use crate::platform::LoadKind;
use crate::sql::ObjectName;
use crate::table::{Context, Table, TableOptions};
use crate::topic::topic_of;

/// Where an event lives: its place in the warehouse and its topic.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Home {
    /// The database of table, stage and pipes.
    pub database: String,
    /// Their schema.
    pub schema: String,
    /// The Kafka cluster of the topic.
    pub cluster: String,
    /// The topic's partitions.
    pub partitions: u32,
    /// The copies of each partition.
    pub replication: u32,
}

impl Home {
    /// Where platform and design put the event.
    pub fn of(context: Context<'_>) -> Self {
        let (platform, topic) = (context.platform, topic_of(context));
        Self {
            database: platform.database.clone(),
            schema: platform.schema.clone(),
            cluster: topic.cluster,
            partitions: topic.partitions,
            replication: topic.replication,
        }
    }
}

/// Everything of an event that stands besides the columns of its table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Standing {
    /// Where it lives.
    pub home: Home,
    /// What loads it.
    #[serde(default, skip_serializing_if = "is_snowpipe")]
    pub kind: LoadKind,
    /// How its table is made.
    pub options: TableOptions,
    /// URL of the stage.
    pub stage_url: String,
    /// The SNS topic that announces files to its pipes, instead of their own queue.
    pub aws_sns_topic: Option<String>,
    /// The notification integration that hears of its pipes' errors.
    pub error_integration: Option<ObjectName>,
    /// SHA-256 of the newest version's COPY.
    pub copy: String,
    /// The full name of the record or message that its rows are; unknown of events that went live before it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_class: Option<String>,
    /// The table's comment; unknown of events that went live before it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// Whether files are loaded, as every event was before there were other kinds.
fn is_snowpipe(kind: &LoadKind) -> bool {
    kind.has_files()
}

impl Standing {
    /// What stands once all of this is made; `copy` is the statement of the newest version.
    pub fn of(home: &Home, table: &Table, load: &Load, copy: &str) -> Self {
        Self {
            home: home.clone(),
            kind: load.kind,
            options: TableOptions { replace: false, create_or_alter: false, ..table.options.clone() },
            stage_url: load.stage_url.clone(),
            aws_sns_topic: load.aws_sns_topic.clone(),
            error_integration: load.error_integration.clone(),
            copy: hash_of(copy),
            event_class: Some(table.event_class.clone()).filter(|class| !class.is_empty()),
            comment: Some(table.comment.clone()),
        }
    }
}

/// The hash by which a COPY is known.
pub(super) fn hash_of(copy: &str) -> String {
    const ALL: usize = 64;
    short_hex(copy, ALL)
}
