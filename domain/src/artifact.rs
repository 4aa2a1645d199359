//! Artifacts: one rendered file or statement each. Built as trees and quoted by their own language's rules, never by templates.

mod application;
mod connector;
mod escape;
mod grants;
mod hcl;
mod helm;
mod migration;
mod slug;
mod statements;
mod terraform;
mod topic;
mod writer_options;

use serde::{Deserialize, Serialize};

use crate::evolve::EvolutionStep;
use crate::load::Load;
use crate::sql::copy_lines;
use crate::subject::{SubjectName, Version};
use crate::table::{Context, Table};

pub(crate) use grants::grants_on_pipes;
pub use slug::Slug;
pub(crate) use slug::is_topic_name;

/// What an artifact is; the order is the order of review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ArtifactKind {
    /// Terraform for the topic.
    Topic,
    /// Helm values of the sink job.
    SinkJob,
    /// The configuration of the Kafka connector.
    Connector,
    /// Terraform for the table, stage and pipe.
    Warehouse,
    /// `CREATE TABLE`.
    Table,
    /// `CREATE STAGE`.
    Stage,
    /// `CREATE PIPE`.
    Pipe,
    /// `GRANT` statements.
    Grants,
    /// The steps from what is live to this version.
    Evolution,
    /// The SQL application's YAML.
    SqlApplication,
}

impl ArtifactKind {
    /// The name on tabs and in reviews.
    pub fn label(self) -> &'static str {
        match self {
            Self::Topic => "Topic",
            Self::SinkJob => "Sink job",
            Self::Connector => "Kafka connector",
            Self::Warehouse => "Terraform",
            Self::Table => "Table",
            Self::Stage => "Stage",
            Self::Pipe => "Pipe",
            Self::Grants => "Grants",
            Self::Evolution => "Evolution",
            Self::SqlApplication => "SQL application",
        }
    }
}

/// The language of an artifact's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Snowflake SQL.
    Sql,
    /// Terraform's configuration language.
    Hcl,
    /// YAML.
    Yaml,
    /// JSON.
    Json,
}

/// One rendered file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Artifact {
    /// What it is.
    pub kind: ArtifactKind,
    /// Path in the forge's repository, relative, only `[a-z0-9._/-]`, no `..`.
    pub path: String,
    /// Language of the content.
    pub language: Language,
    /// The content, ends with a newline.
    pub content: String,
    /// What it makes, one line for the review (`25 columns`).
    pub summary: String,
    /// The name of what it makes (`RAW.EVENTS.ORDER_PLACED`).
    pub makes: String,
    /// What else only one event may have: the URL below which a stage reads, the topic that an application writes to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occupies: Option<String>,
}

/// What every artifact is rendered from.
#[derive(Clone, Copy)]
struct Parts<'a> {
    /// What is loaded.
    table: &'a Table,
    /// Whether the event is live already.
    is_live: bool,
    /// The table as a whole, with the columns that only older versions filled.
    standing: &'a Table,
    /// The versions that have a pipe, oldest first.
    versions: &'a [Version],
    load: &'a Load,
    context: Context<'a>,
    slug: &'a Slug,
}

impl Parts<'_> {
    /// A name in the warehouse as people write it.
    fn display_name(&self, name: &str) -> String {
        format!("{}.{}.{name}", self.context.platform.database, self.context.platform.schema)
    }
}

/// The newest version's COPY among an event's files; empty where there is none.
pub fn copy_statement(artifacts: &[Artifact]) -> &str {
    let is_copy =
        |artifact: &&Artifact| artifact.kind == ArtifactKind::Warehouse && artifact.path.ends_with(".copy.sql");
    artifacts.iter().find(is_copy).map_or("", |copy| &copy.content)
}

/// The file of Terraform that holds a version's COPY; its pipe reads it for as long as it runs.
pub fn copy_path(subject: &SubjectName, version: Version) -> String {
    terraform::copy_path(&Slug::of(subject), version)
}

/// Every file and statement of an event, in the order of review.
pub fn artifacts_of(table: &Table, load: &Load, context: Context<'_>) -> Vec<Artifact> {
    let slug = Slug::of(context.subject);
    all(Parts { table, is_live: false, standing: table, versions: &[load.version], load, context, slug: &slug })
}

/// Every file and statement of an event that is live and becomes another version: the table as a whole, every pipe, and the steps.
pub(crate) fn evolved_artifacts(
    (table, standing): (&Table, &Table),
    versions: &[Version],
    load: &Load,
    (file, steps): (&str, &[EvolutionStep]),
    context: Context<'_>,
) -> Vec<Artifact> {
    let slug = Slug::of(context.subject);
    let parts = Parts { table, is_live: true, standing, versions, load, context, slug: &slug };
    let mut artifacts = all(parts);
    artifacts.push(migration::file(parts, file, steps));
    artifacts
}

fn all(parts: Parts<'_>) -> Vec<Artifact> {
    let statement = copy_lines(parts.table, parts.load, parts.context.platform);
    let mut artifacts = vec![topic::topic(parts)];
    artifacts.extend(helm::sink_job(parts));
    artifacts.extend(connector::connector(parts));
    artifacts.push(terraform::warehouse(parts));
    artifacts.extend(terraform::table_statement(parts));
    artifacts.extend([terraform::copy(parts, &statement), grants::grants(parts)]);
    artifacts.extend(statements::all(parts, &statement));
    artifacts.extend(application::sql_application(parts));
    artifacts
}
