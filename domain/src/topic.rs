//! The topic of an event: the platform's defaults with the user's edits.

use crate::artifact::Slug;
use crate::diagnostic::Diagnostic;
use crate::limit::Limit;
use crate::schema::FieldPath;
use crate::table::Context;

const PARTITIONS: Limit = Limit { code: "topic-partitions", what: "partitions", least: 1, most: 1000 };
const REPLICATION: Limit = Limit { code: "topic-replication", what: "copies of a partition", least: 1, most: 10 };
const RETENTION: Limit =
    Limit { code: "topic-retention", what: "hours for which a topic keeps messages", least: 1, most: 8784 };
const ENOUGH_HOURS: u32 = 24;

/// The topic of one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Its name.
    pub name: String,
    /// The cluster that it is on.
    pub cluster: String,
    /// Partitions.
    pub partitions: u32,
    /// Copies of each partition.
    pub replication: u32,
    /// How long it keeps messages, in hours.
    pub retention_hours: u32,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
}

/// The topic that an event is sent to.
pub fn topic_of(context: Context<'_>) -> Topic {
    let (platform, edit) = (context.platform, &context.design.topic);
    let mut found = vec![];
    let partitions = PARTITIONS.within(edit.partitions, platform.topic_partitions, &mut found);
    let replication = REPLICATION.within(edit.replication, platform.topic_replication, &mut found);
    let retention_hours = RETENTION.within(edit.retention_hours, platform.topic_retention_hours, &mut found);
    if edit.replication == Some(1) {
        let message = "With one copy of each partition a broker that is lost takes its messages with it.";
        found.push(Diagnostic::warning("topic-one-copy", FieldPath::root(), message).hint("Keep two copies or more."));
    }
    if edit.retention_hours.is_some_and(|hours| hours < ENOUGH_HOURS && hours == retention_hours) {
        let message =
            format!("Messages are gone after {retention_hours} hours, whether the sink job has read them or not.");
        let hint = "Keep them for as long as mending a job may take, a weekend included.";
        found.push(Diagnostic::warning("topic-short-retention", FieldPath::root(), message).hint(hint));
    }
    let mut cluster = platform.kafka_cluster.clone();
    if let Some(wanted) = &edit.cluster {
        if *wanted == platform.kafka_cluster || platform.further_kafka_clusters.contains(wanted) {
            cluster.clone_from(wanted);
        } else {
            found.push(no_such_cluster(context));
        }
    }
    let name = Slug::of(context.subject).topic().to_owned();
    Topic { name, cluster, partitions, replication, retention_hours, diagnostics: found }
}

fn no_such_cluster(context: Context<'_>) -> Diagnostic {
    let platform = context.platform;
    let clusters: Vec<&str> =
        std::iter::once(&platform.kafka_cluster).chain(&platform.further_kafka_clusters).map(String::as_str).collect();
    Diagnostic::error("topic-cluster", FieldPath::root(), "The platform has no Kafka cluster of that name.")
        .hint(format!("Choose one of {}.", clusters.join(", ")))
}
