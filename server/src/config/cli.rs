//! The command line.

mod schemas;
mod search;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use schemas::{CheckArgs, CheckFormat, DiffArgs, DiffFormat, EvolveArgs, RegisterArgs, RegistryArgs, SchemaArgs};
pub use search::{SearchArgs, SearchFormat};

/// Self-serve console of a real-time event platform: from a schema in a registry to an onboarded event.
#[derive(Debug, Parser)]
#[command(name = "sluicegate", version, max_term_width = 110, after_help = AFTER_HELP)]
pub struct Cli {
    /// What to do; serve when left out.
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub serve: ServeArgs,
}

const AFTER_HELP: &str = "\
Every flag can be set in the environment under the name shown, and most in the TOML file:

  addr = \"127.0.0.1:3000\"
  data = \"./data\"
  [registry]
  location = \"https://registry.example.net\"   # or a folder, or demo
  user = \"…\"  password = \"…\"  token = \"…\"  pollSeconds = 30  requestsPerSecond = 50
  [[registries]]                              # more of them, each with its own state
  name = \"eu\"  location = \"https://registry.eu.example.net\"  tokenEnv = \"EU_REGISTRY_TOKEN\"
  [platform]                                  # names of clusters, database, bucket and roles
  database = \"RAW\"  schema = \"EVENTS\"  bucketUrl = \"s3://events/\"  storageIntegration = \"S3_EVENTS\"
  loadKind = \"snowpipe\"                               # or snowpipe_streaming, kafka_connector
  writerProfile = \"flink_rowdata_int64_utc\"           # who writes the Parquet files
  kafkaCluster = \"main\"  flinkCluster = \"main\"  loaderRole = \"SNOWPIPE_LOADER\"  readerRole = \"ANALYST\"

A flag wins over the environment, the environment over the file, the file over the default.";

/// Commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the console (the default).
    Serve(Box<ServeArgs>),
    /// Render a schema file to table, stage, pipe and files, without a server.
    Render(RenderArgs),
    /// Say what changed between two schemas, whom it breaks and what it does to the table.
    Diff(DiffArgs),
    /// Print the statements and steps that bring a live event from one schema to another.
    Evolve(EvolveArgs),
    /// Check schema files: that they can be read, loaded and, with a registry, that they keep its compatibility level.
    Check(CheckArgs),
    /// Register schema files after checking them; only says what it would do unless --yes is given.
    Register(RegisterArgs),
    /// Search the subjects of a registry: names, fields, types and documentation, by patterns and filters.
    Search(SearchArgs),
    /// Work with API tokens of the console in a data folder.
    #[command(subcommand)]
    Token(TokenCommand),
    /// Print the OpenAPI document of the HTTP API.
    Openapi,
    /// Print the version.
    Version,
}

/// What `serve` takes.
#[derive(Debug, Clone, Default, Args)]
pub struct ServeArgs {
    /// Address and port to listen on [default: 127.0.0.1:3000]; port 0 takes a free one.
    #[arg(long, env = "SLUICEGATE_ADDR", value_name = "ADDR")]
    pub addr: Option<String>,
    /// Folder for the database and the local git forge [default: ./data].
    #[arg(long, env = "SLUICEGATE_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// http(s) URL of a Confluent-compatible registry, a folder <subject>/<version>.{avsc,proto,json}, or demo [default: demo].
    #[arg(long, env = "SLUICEGATE_REGISTRY", value_name = "URL|DIR|demo")]
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
    /// Seconds between two readings of the registry [default: 30 for a URL, 5 for a folder].
    #[arg(long, env = "SLUICEGATE_REGISTRY_POLL_SECONDS", value_name = "SECONDS")]
    pub registry_poll_seconds: Option<u64>,
    /// Requests a second that the registry is asked at most [default: 50].
    #[arg(long, env = "SLUICEGATE_REGISTRY_REQUESTS_PER_SECOND", value_name = "N")]
    pub registry_requests_per_second: Option<u32>,
    /// Folder with the wasm, styles and static files [default: ../site beside the executable].
    #[arg(long, env = "SLUICEGATE_SITE", value_name = "DIR")]
    pub site: Option<PathBuf>,
    /// TOML file with any of these, and with the platform's names.
    #[arg(long, env = "SLUICEGATE_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// What `render` takes.
#[derive(Debug, Clone, Args)]
pub struct RenderArgs {
    /// The schema file; `-` reads standard input.
    pub file: PathBuf,
    /// Its language [default: by the file's extension: avsc, proto, json].
    #[arg(long = "type", value_name = "avro|protobuf|json")]
    pub schema_type: Option<String>,
    /// The subject to render it as [default: the file's name with -value].
    #[arg(long, value_name = "NAME")]
    pub subject: Option<String>,
    /// The version to render it as.
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub version: u32,
    /// Folder with the schemas that it refers to: an import tree for Protobuf, files of named types or `$ref`s otherwise.
    #[arg(long, value_name = "DIR")]
    pub references: Option<PathBuf>,
    /// JSON file with a design (the edits), as the API takes and gives it.
    #[arg(long, value_name = "FILE")]
    pub design: Option<PathBuf>,
    /// What loads the event: snowpipe, snowpipe_streaming or kafka_connector [default: by the design, then the platform].
    #[arg(long, value_name = "KIND")]
    pub load_kind: Option<String>,
    /// The Protobuf message that the event is [default: the design's, or else the first one of the file].
    #[arg(long, value_name = "NAME")]
    pub message: Option<String>,
    /// What to print: the SQL statements, or everything as JSON.
    #[arg(long, value_enum, default_value_t = RenderFormat::Sql)]
    pub format: RenderFormat,
    /// TOML file with the platform's names.
    #[arg(long, env = "SLUICEGATE_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// What `render` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RenderFormat {
    /// CREATE TABLE, STAGE if there are files, PIPE and GRANT.
    Sql,
    /// Files, statements, columns and diagnostics.
    Json,
}

/// What `token` can do.
#[derive(Debug, Clone, Subcommand)]
pub enum TokenCommand {
    /// Make a token and print its secret, once.
    Create {
        /// The user whom the token stands for.
        #[arg(long, value_name = "NAME")]
        user: String,
        /// What the token is for.
        #[arg(long, default_value = "command line", value_name = "TEXT")]
        name: String,
        /// Folder of the console's database [default: ./data].
        #[arg(long, env = "SLUICEGATE_DATA", value_name = "DIR")]
        data: Option<PathBuf>,
    },
}
