//! A continuous query over the event's topic that the analyst adds to the design.

use serde::{Deserialize, Serialize};

use super::part::parts;

/// A continuous query over the event's topic; nothing of it is generated, and without a query there is no application.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct SqlApplicationEdit {
    /// The query, in Flink's SQL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sql: Option<String>,
    /// The topic that its rows are written to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sink_topic: Option<String>,
    /// How many of each of its tasks run side by side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parallelism: Option<u32>,
    /// Memory of each task manager, in MiB.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory_mib: Option<u32>,
    /// Processor of each task manager, in thousandths of a core.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpu_millis: Option<u32>,
}

parts!(SqlApplicationEdit {
    sql: Sql,
    sink_topic: SinkTopic,
    parallelism: SqlParallelism,
    memory_mib: SqlMemoryMib,
    cpu_millis: SqlCpuMillis,
});

impl SqlApplicationEdit {
    /// All that was typed.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        [&self.sql, &self.sink_topic].into_iter().flatten().map(String::as_str)
    }
}
