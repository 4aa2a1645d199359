//! Table to load definition: what loads the event, the pipe that its rows go through, and the stage that its files arrive in if it
//! has any.

mod options;
mod rows;

use crate::artifact::Slug;
use crate::design::OnError;
use crate::diagnostic::Diagnostic;
use crate::platform::LoadKind;
use crate::sql::ObjectName;
use crate::subject::Version;
use crate::table::{Context, Table, fit};

/// The load definition of one event: names and places; the statements are rendered by [`crate::sql`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// What loads the event. What is said of a stage and of files below is empty where there are none.
    pub kind: LoadKind,
    /// The event's name, as the stage's comment has it.
    pub event: String,
    /// The version that is loaded.
    pub version: Version,
    /// Name of the stage, unquoted.
    pub stage: String,
    /// URL of the stage, ends with a slash.
    pub stage_url: String,
    /// Name of the pipe, unquoted, with the version; the connector's is called as the table, because it looks for that name.
    pub pipe: String,
    /// The pipe's name without its version: `PIPE_ORDER_PLACED`.
    pub pipe_stem: String,
    /// The versioned path below the stage that this pipe reads, ends with a slash (`v=3/`).
    pub path: String,
    /// What happens to a file with a row that does not load.
    pub on_error: OnError,
    /// The notification integration that hears of errors.
    pub error_integration: Option<ObjectName>,
    /// The regular expression that paths of files have to match.
    pub pattern: Option<String>,
    /// The SNS topic that announces files, instead of the pipe's own queue.
    pub aws_sns_topic: Option<String>,
    /// Whether texts that are too long for their column are cut.
    pub truncate_columns: bool,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
}

impl Load {
    /// The pipe's comment: event and version.
    pub fn pipe_comment(&self) -> String {
        format!("{} v{}", self.event, self.version)
    }

    /// The path below the stage that the files of a version have, ends with a slash.
    pub fn path_of(version: Version) -> String {
        format!("v={version}/")
    }

    /// The pipe of a version; the connector has one for all.
    pub fn pipe_of(&self, version: Version) -> String {
        if self.kind == LoadKind::KafkaConnector {
            return self.pipe.clone();
        }
        format!("{}_V{version}", self.pipe_stem)
    }

    /// Where the sink job writes the files of this version, ends with a slash.
    pub fn files_url(&self) -> String {
        format!("{}{}", self.stage_url, self.path)
    }
}

/// Room for `_V` and the largest version, so that a shortened name does not depend on the version.
const VERSION_CHARS: usize = 12;

/// The load definition for a table. Every version has a pipe and a prefix of its own, so that a newer version is a new pipe beside
/// the old one, and slashes end every prefix, so that none matches another event's files.
pub fn load_of(table: &Table, context: Context<'_>) -> Load {
    let kind = context.load_kind();
    if !kind.has_files() {
        return rows::load_of(table, kind, context);
    }
    let bucket = context.platform.bucket_url.trim_end_matches('/');
    let identity = context.subject.as_str();
    let pipe_stem = fit(&format!("PIPE_{}", table.name), identity, VERSION_CHARS);
    let mut load = Load {
        kind,
        event: context.event_name(),
        version: context.version,
        stage: fit(&format!("STG_{}", table.name), identity, 0),
        stage_url: format!("{bucket}/{}/", Slug::of(context.subject).prefix()),
        pipe: format!("{pipe_stem}_V{}", context.version),
        pipe_stem,
        path: Load::path_of(context.version),
        on_error: OnError::SkipFile,
        error_integration: None,
        pattern: None,
        aws_sns_topic: None,
        truncate_columns: false,
        diagnostics: vec![],
    };
    options::apply(&mut load, table, context);
    load
}
