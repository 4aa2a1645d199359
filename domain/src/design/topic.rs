//! What the user changed about the topic.

use serde::{Deserialize, Serialize};

use super::part::parts;

/// What the user changed about the topic; `None` keeps the platform's default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct TopicEdit {
    /// The cluster that it is on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// Partitions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partitions: Option<u32>,
    /// Copies of each partition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replication: Option<u32>,
    /// How long it keeps messages, in hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retention_hours: Option<u32>,
}

parts!(TopicEdit {
    cluster: TopicCluster,
    partitions: Partitions,
    replication: Replication,
    retention_hours: RetentionHours,
});

impl TopicEdit {
    /// All that was typed.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.cluster.iter().map(String::as_str)
    }
}
