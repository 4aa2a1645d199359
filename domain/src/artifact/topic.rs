//! Terraform of the topic, for the Kafka provider.

use super::hcl::{Key, Value, attribute, block, reference, render};
use super::terraform::prevent_destroy;
use super::{Artifact, ArtifactKind, Language, Parts};
use crate::topic::topic_of;

const MILLIS_PER_HOUR: u64 = 3_600_000;

/// The topic. One on another cluster than the platform's takes the provider that is configured under the cluster's name.
pub(super) fn topic(parts: Parts<'_>) -> Artifact {
    let topic = topic_of(parts.context);
    let config = vec![
        (Key::Quoted("min.insync.replicas".to_owned()), Value::from("1")),
        (
            Key::Quoted("retention.ms".to_owned()),
            Value::from((u64::from(topic.retention_hours) * MILLIS_PER_HOUR).to_string()),
        ),
    ];
    let mut nodes = vec![];
    if topic.cluster != parts.context.platform.kafka_cluster {
        nodes.push(attribute("provider", reference("kafka", &[&topic.cluster])));
    }
    nodes.extend([
        attribute("name", topic.name.as_str()),
        attribute("partitions", u64::from(topic.partitions)),
        attribute("replication_factor", u64::from(topic.replication)),
        attribute("config", Value::Object(config)),
        prevent_destroy(),
    ]);
    Artifact {
        kind: ArtifactKind::Topic,
        path: format!("terraform-kafka/topics/{}.tf", parts.slug.file()),
        language: Language::Hcl,
        content: render(&[block("resource", &["kafka_topic", &parts.slug.label()], nodes)]),
        summary: format!(
            "{} partitions, {} copies, kept {} h, on {}",
            topic.partitions, topic.replication, topic.retention_hours, topic.cluster
        ),
        makes: topic.name,
        occupies: None,
    }
}
