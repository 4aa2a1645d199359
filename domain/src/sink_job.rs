//! The sink job of an event: the platform's defaults with the user's edits.

use crate::design::Bucketing;
use crate::diagnostic::Diagnostic;
use crate::limit::Limit;
use crate::schema::FieldPath;
use crate::table::Context;

pub(crate) const PARALLELISM: Limit =
    Limit { code: "sink-parallelism", what: "tasks side by side", least: 1, most: 512 };
const TASK_MANAGERS: Limit = Limit { code: "sink-task-managers", what: "task managers", least: 1, most: 128 };
pub(crate) const MEMORY: Limit = Limit { code: "sink-memory", what: "MiB of memory", least: 512, most: 65_536 };
pub(crate) const CPU: Limit = Limit { code: "sink-cpu", what: "thousandths of a core", least: 100, most: 32_000 };
const CHECKPOINT: Limit = Limit { code: "sink-checkpoint", what: "seconds between checkpoints", least: 1, most: 3600 };
const FEW_SECONDS: u32 = 10;

/// How the sink job of one event runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SinkJob {
    /// How many of each of its tasks run side by side.
    pub parallelism: u32,
    /// How many task managers run it, if the platform's chart does not decide.
    pub task_managers: Option<u32>,
    /// Memory of each task manager in MiB, if the chart does not decide.
    pub memory_mib: Option<u32>,
    /// Processor of each task manager in thousandths of a core, if the chart does not decide.
    pub cpu_millis: Option<u32>,
    /// Seconds between checkpoints.
    pub checkpoint_seconds: u32,
    /// How its files are laid into folders.
    pub bucketing: Bucketing,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
}

/// The sink job that writes an event's files.
pub fn sink_job_of(context: Context<'_>) -> SinkJob {
    let (platform, edit) = (context.platform, &context.design.sink_job);
    let mut found = vec![];
    let job = SinkJob {
        parallelism: PARALLELISM.within(edit.parallelism, platform.sink_parallelism, &mut found),
        task_managers: TASK_MANAGERS.optional(edit.task_managers, &mut found),
        memory_mib: MEMORY.optional(edit.memory_mib, &mut found),
        cpu_millis: CPU.optional(edit.cpu_millis, &mut found),
        checkpoint_seconds: CHECKPOINT.within(edit.checkpoint_seconds, platform.sink_checkpoint_seconds, &mut found),
        bucketing: edit.bucketing.unwrap_or_default(),
        diagnostics: vec![],
    };
    if let Some(managers) = job.task_managers.filter(|managers| *managers > job.parallelism) {
        let message = format!("Of {managers} task managers {} have nothing to do.", managers - job.parallelism);
        let hint = format!("Choose at most {}, the parallelism.", job.parallelism);
        found.push(Diagnostic::warning("sink-idle", FieldPath::root(), message).hint(hint));
    }
    if edit.checkpoint_seconds.is_some_and(|seconds| seconds < FEW_SECONDS && seconds == job.checkpoint_seconds) {
        let message =
            format!("A checkpoint every {} s makes many small files, and each costs a load.", job.checkpoint_seconds);
        let hint = "Choose a minute, unless rows have to be there at once.";
        found.push(Diagnostic::warning("sink-small-files", FieldPath::root(), message).hint(hint));
    }
    SinkJob { diagnostics: found, ..job }
}
