//! What the user changed about the sink job.

use serde::{Deserialize, Serialize};

use super::part::parts;

/// What the user changed about the sink job; `None` keeps the platform's default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct SinkJobEdit {
    /// How many of each of its tasks run side by side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parallelism: Option<u32>,
    /// How many task managers run it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_managers: Option<u32>,
    /// Memory of each task manager, in MiB.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory_mib: Option<u32>,
    /// Processor of each task manager, in thousandths of a core.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpu_millis: Option<u32>,
    /// Seconds between checkpoints.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checkpoint_seconds: Option<u32>,
    /// How the files are laid into folders.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bucketing: Option<Bucketing>,
}

parts!(SinkJobEdit {
    parallelism: Parallelism,
    task_managers: TaskManagers,
    memory_mib: MemoryMib,
    cpu_millis: CpuMillis,
    checkpoint_seconds: CheckpointSeconds,
    bucketing: Bucketing,
});

/// How the files of a version are laid into folders below its prefix, by the time at which they were written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Bucketing {
    /// A folder an hour.
    #[default]
    Hour,
    /// A folder a day.
    Day,
}
