//! The arguments of the commands that compare, check and register schemas.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use domain::compare::Level;

use super::RenderFormat;

/// Which registry, and what lets one in.
#[derive(Debug, Clone, Default, Args)]
pub struct RegistryArgs {
    /// http(s) URL of a Confluent-compatible registry, or a folder <subject>/<version>.{avsc,proto,json}.
    #[arg(long, env = "SLUICEGATE_REGISTRY", value_name = "URL|DIR")]
    pub registry: Option<String>,
    /// User for basic authentication at the registry.
    #[arg(long, env = "SLUICEGATE_REGISTRY_USER", value_name = "NAME")]
    pub registry_user: Option<String>,
    /// Password for basic authentication at the registry; better given in the environment.
    #[arg(long, env = "SLUICEGATE_REGISTRY_PASSWORD", value_name = "TEXT", hide_env_values = true)]
    pub registry_password: Option<String>,
    /// Bearer token for the registry; better given in the environment.
    #[arg(long, env = "SLUICEGATE_REGISTRY_TOKEN", value_name = "TEXT", hide_env_values = true)]
    pub registry_token: Option<String>,
}

/// How a schema is read.
#[derive(Debug, Clone, Default, Args)]
pub struct SchemaArgs {
    /// The schemas' language [default: by the files' extension: avsc, proto, json].
    #[arg(long = "type", value_name = "avro|protobuf|json")]
    pub schema_type: Option<String>,
    /// Folder with the schemas that they refer to: an import tree for Protobuf, files of named types or `$ref`s otherwise.
    #[arg(long, value_name = "DIR")]
    pub references: Option<PathBuf>,
    #[command(flatten)]
    pub registry: RegistryArgs,
}

/// What `diff` takes.
#[derive(Debug, Clone, Args)]
pub struct DiffArgs {
    /// The old schema: a file, or SUBJECT@VERSION of the registry.
    pub old: String,
    /// The new schema: a file, or SUBJECT@VERSION of the registry; without a version, the newest.
    pub new: String,
    #[command(flatten)]
    pub schema: SchemaArgs,
    /// What to print.
    #[arg(long, value_enum, default_value_t = DiffFormat::Human)]
    pub format: DiffFormat,
}

/// What `diff` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// A line for each change, with whom it breaks and what it does to the table.
    Human,
    /// The same as JSON.
    Json,
}

/// What `evolve` takes.
#[derive(Debug, Clone, Args)]
pub struct EvolveArgs {
    /// The schema that is live: a file, or SUBJECT@VERSION of the registry.
    pub old: String,
    /// The schema that is wanted: a file, or SUBJECT@VERSION of the registry; without a version, the newest.
    pub new: String,
    #[command(flatten)]
    pub schema: SchemaArgs,
    /// The event's subject [default: event-value].
    #[arg(long, value_name = "NAME")]
    pub subject: Option<String>,
    /// The version that the event becomes; what is live is the one before.
    #[arg(long, default_value_t = 2, value_name = "N", value_parser = clap::value_parser!(u32).range(2..))]
    pub version: u32,
    /// JSON file with the design (the edits) of the new version.
    #[arg(long, value_name = "FILE")]
    pub design: Option<PathBuf>,
    /// JSON file with the design of what is live [default: that of the new version].
    #[arg(long, value_name = "FILE")]
    pub old_design: Option<PathBuf>,
    /// What to print: the steps as SQL, or everything as JSON.
    #[arg(long, value_enum, default_value_t = RenderFormat::Sql)]
    pub format: RenderFormat,
    /// TOML file with the platform's names.
    #[arg(long, env = "SLUICEGATE_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// What `check` takes.
#[derive(Debug, Clone, Args)]
pub struct CheckArgs {
    /// Schema files, or folders in which every .avsc, .proto and .json file is a schema.
    #[arg(required = true, value_name = "DIR|FILE")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub schema: SchemaArgs,
    /// The subject of the one file [default: the file's name with -value].
    #[arg(long, value_name = "NAME")]
    pub subject: Option<String>,
    /// The compatibility level to keep [default: what the registry says of the subject, else BACKWARD].
    #[arg(long, value_name = "LEVEL")]
    pub level: Option<Level>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
    pub format: CheckFormat,
    /// TOML file with the platform's names.
    #[arg(long, env = "SLUICEGATE_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// What `check` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// A line for each finding.
    Human,
    /// A list of findings.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
}

/// What `register` takes.
#[derive(Debug, Clone, Args)]
pub struct RegisterArgs {
    /// Schema files.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub schema: SchemaArgs,
    /// The subject of the one file [default: the file's name with -value].
    #[arg(long, value_name = "NAME")]
    pub subject: Option<String>,
    /// What a file refers to, as the registry has it; may be given several times.
    #[arg(long = "reference", value_name = "NAME=SUBJECT@VERSION")]
    pub named_references: Vec<String>,
    /// The compatibility level to keep [default: what the registry says of the subject, else BACKWARD].
    #[arg(long, value_name = "LEVEL")]
    pub level: Option<Level>,
    /// Register; without this, only what would be registered is said.
    #[arg(long)]
    pub yes: bool,
    /// TOML file with the platform's names.
    #[arg(long, env = "SLUICEGATE_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
}
