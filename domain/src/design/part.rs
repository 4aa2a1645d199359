//! The single edits that a design can hold, by name: what is counted, and what can be taken back one by one.

use serde::{Deserialize, Serialize};

/// The name of one edit, as the design's JSON has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Part {
    /// Whether a field becomes a column.
    Keep,
    /// The name of a column, or of the table.
    Name,
    /// A column's type.
    Type,
    /// Whether a column accepts NULL.
    Nullable,
    /// The comment of a column, or of the table.
    Comment,
    /// Whether a record's fields have columns of their own.
    Expand,
    /// What a column holds where the event has nothing.
    Default,
    /// The masking policy of a column.
    MaskingPolicy,
    /// The tags of a column, or of the table.
    Tags,
    /// The collation of a column.
    Collation,
    /// The place of a column in the table.
    After,
    /// What kind of table it is.
    TableKind,
    /// Days of Time Travel.
    RetentionDays,
    /// Clustering by the day of the event.
    ClusterByDay,
    /// What the table is clustered by.
    ClusterBy,
    /// Doing without Fail-safe.
    Transient,
    /// Following changes.
    ChangeTracking,
    /// Extending Time Travel for streams.
    MaxDataExtensionDays,
    /// Columns that loads add.
    SchemaEvolution,
    /// The row access policy.
    RowAccess,
    /// Replacing a table of the same name.
    Replace,
    /// Altering a table of the same name.
    CreateOrAlter,
    /// Making a live table anew.
    Rebuild,
    /// How columns are named.
    Naming,
    /// What loads the event.
    LoadKind,
    /// Who writes the files.
    WriterProfile,
    /// What happens to a file with errors.
    OnError,
    /// Who hears of errors.
    ErrorIntegration,
    /// Which files are loaded.
    Pattern,
    /// Who announces files.
    AwsSnsTopic,
    /// Where the files are.
    StagePrefix,
    /// Cutting texts that are too long.
    TruncateColumns,
    /// The column of files' content keys.
    FileContentKey,
    /// The column of files' times.
    FileLastModified,
    /// Taking drained pipes out.
    Retire,
    /// The topic's cluster.
    TopicCluster,
    /// The topic's partitions.
    Partitions,
    /// The copies of each partition.
    Replication,
    /// How long the topic keeps messages.
    RetentionHours,
    /// The sink job's parallelism.
    Parallelism,
    /// The sink job's task managers.
    TaskManagers,
    /// The memory of each task manager.
    MemoryMib,
    /// The processor of each task manager.
    CpuMillis,
    /// The time between checkpoints.
    CheckpointSeconds,
    /// How files are laid into folders.
    Bucketing,
    /// The message that the event is.
    EventMessage,
    /// The query of the SQL application.
    Sql,
    /// Where the SQL application writes.
    SinkTopic,
    /// The SQL application's parallelism.
    SqlParallelism,
    /// The memory of the SQL application's task managers.
    SqlMemoryMib,
    /// The processor of the SQL application's task managers.
    SqlCpuMillis,
}

/// Gives a struct whose fields are optional edits the functions that go through all of them.
macro_rules! parts {
    ($edit:ty { $($field:ident: $part:ident),* $(,)? }) => {
        impl $edit {
            /// Whether nothing is changed.
            pub fn is_empty(&self) -> bool {
                *self == Self::default()
            }

            /// The single edits that are made.
            pub fn parts(&self) -> Vec<$crate::design::Part> {
                let made = [$((self.$field.is_some(), $crate::design::Part::$part)),*];
                made.into_iter().filter_map(|(is_made, part)| is_made.then_some(part)).collect()
            }

            /// Takes over every edit that is made in `patch`.
            pub(crate) fn merge(&mut self, patch: &Self) {
                $(if patch.$field.is_some() {
                    self.$field.clone_from(&patch.$field);
                })*
            }

            /// Takes one edit back; false where it is no edit of this kind.
            pub(crate) fn take_back(&mut self, part: $crate::design::Part) -> bool {
                match part {
                    $($crate::design::Part::$part => self.$field = None,)*
                    _ => return false,
                }
                true
            }
        }
    };
}

pub(crate) use parts;
