//! The SQL application's YAML: the topic and the class of its messages, the query, where its rows go, and what it may use.

use serde::Serialize;

use super::escape::yaml;
use super::{Artifact, ArtifactKind, Language, Parts};
use crate::sql_application::sql_application_of;
use crate::topic::topic_of;

#[derive(Serialize)]
struct Values<'a> {
    name: &'a str,
    source: Source<'a>,
    sql: &'a str,
    sink: Sink<'a>,
    resources: Resources,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Source<'a> {
    cluster: &'a str,
    topic: &'a str,
    schema_subject: &'a str,
    schema_version: u32,
    #[serde(skip_serializing_if = "str::is_empty")]
    schema_class: &'a str,
}

#[derive(Serialize)]
struct Sink<'a> {
    cluster: &'a str,
    topic: &'a str,
}

#[derive(Serialize)]
struct Resources {
    parallelism: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    memory: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cpu: Option<String>,
}

/// The file, if the design has an application.
pub(super) fn sql_application(parts: Parts<'_>) -> Option<Artifact> {
    let (application, topic) = (sql_application_of(parts.context).0?, topic_of(parts.context));
    let values = Values {
        name: &application.name,
        source: Source {
            cluster: &topic.cluster,
            topic: &topic.name,
            schema_subject: parts.context.subject.as_str(),
            schema_version: parts.context.version.0,
            schema_class: &parts.table.event_class,
        },
        sql: &application.sql,
        sink: Sink { cluster: &topic.cluster, topic: &application.sink_topic },
        resources: Resources {
            parallelism: application.parallelism,
            memory: application.memory_mib.map(|mebibytes| format!("{mebibytes}Mi")),
            cpu: application.cpu_millis.map(|millis| format!("{millis}m")),
        },
    };
    Some(Artifact {
        kind: ArtifactKind::SqlApplication,
        path: format!("sql-applications/{}.yaml", application.name),
        language: Language::Yaml,
        content: yaml(&values),
        summary: format!("from {} to {}", topic.name, application.sink_topic),
        makes: application.name.clone(),
        occupies: Some(application.sink_topic.clone()),
    })
}
