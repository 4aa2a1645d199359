//! The generator from end to end: subject, version, schema text, platform and design in; table, load, artifacts and diagnostics out.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::artifact::{Artifact, ArtifactKind, artifacts_of};
use crate::design::Design;
use crate::diagnostic::Diagnostic;
use crate::evolve::{Evolution, Home, Live, evolve_read, of_new_event};
use crate::load::{Load, load_of};
use crate::platform::Platform;
use crate::schema::{FieldPath, Schema, SchemaText, read_event};
use crate::sink_job::sink_job_of;
use crate::sql_application::sql_application_of;
use crate::subject::{SubjectName, Version};
use crate::table::{Context, LiveColumn, Table, table_of};
use crate::topic::topic_of;

/// All that rendering depends on. Equal inputs give equal bytes, natively and in wasm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenderInput {
    /// The event's subject.
    pub subject: SubjectName,
    /// The version that is onboarded.
    pub version: Version,
    /// Its schema.
    pub schema: SchemaText,
    /// The deployment.
    pub platform: Platform,
    /// The user's edits.
    pub design: Design,
    /// What of the event is live already, which is then evolved; nothing for a new event.
    #[serde(default, skip_serializing_if = "Live::is_empty")]
    pub live: Live,
}

/// All that rendering gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendering {
    /// The schema as it was read.
    pub schema: Arc<Schema>,
    /// The table.
    pub table: Table,
    /// The load definition.
    pub load: Load,
    /// Every file and statement, in the order of review.
    pub artifacts: Vec<Artifact>,
    /// All findings: schema, table, edits.
    pub diagnostics: Vec<Diagnostic>,
    /// Where the event lives.
    pub home: Home,
    /// What an event that is live has become; nothing for a new one.
    pub evolved: Option<Evolved>,
}

/// What an event that is live has become.
#[derive(Debug, Clone, PartialEq)]
pub struct Evolved {
    /// What is live then.
    pub live: Live,
    /// The table as a whole, with the columns that nothing fills any more.
    pub standing: Table,
}

impl RenderInput {
    /// What the generator needs of it besides the schema, with this design and beside these columns.
    pub fn context<'a>(&'a self, design: &'a Design, live: &'a [LiveColumn]) -> Context<'a> {
        Context {
            subject: &self.subject,
            version: self.version,
            schema_type: self.schema.schema_type,
            platform: &self.platform,
            design,
            live,
        }
    }
}

impl Rendering {
    /// SHA-256 over everything rendered, as `sha256:` and 64 hex digits: the identity of a revision.
    pub fn digest(&self) -> String {
        digest(&self.artifacts)
    }

    /// What is live once all this is made.
    pub fn live(&self) -> Live {
        self.evolved.as_ref().map_or_else(|| Live::of(self), |evolved| evolved.live.clone())
    }

    /// The table as its statement defines it.
    pub fn definition(&self) -> &Table {
        self.evolved.as_ref().map_or(&self.table, |evolved| &evolved.standing)
    }

    /// Whether an error diagnostic stops a request.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// SHA-256 over paths and contents of artifacts, each length-prefixed so that no two lists share a digest.
pub fn digest(artifacts: &[Artifact]) -> String {
    use sha2::{Digest, Sha256};
    let mut hash = Sha256::new();
    for artifact in artifacts {
        for part in [artifact.path.as_str(), artifact.content.as_str()] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
    }
    let hex: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

/// Renders everything. Never fails: what is wrong is in the diagnostics.
pub fn render(input: &RenderInput) -> Rendering {
    render_read(read_for(input, &input.design), input, &input.design)
}

/// Reads the schema of an input for a design, which says what of it the event is.
pub fn read_for(input: &RenderInput, design: &Design) -> Schema {
    read_event(&input.schema, design.event.message.as_deref())
}

/// Renders an input whose schema has been read already, with this design instead of its own: what a designer does at every edit. A
/// schema that was read for another message is read again.
pub fn render_read(schema: impl Into<Arc<Schema>>, input: &RenderInput, design: &Design) -> Rendering {
    let schema = schema.into();
    let is_read = schema.event.asked == design.event.message;
    let schema = if is_read { schema } else { Arc::new(read_for(input, design)) };
    if !input.live.is_empty() {
        return evolve_read(&input.live, schema, input, design).into();
    }
    render_schema(schema, input.context(design, &[]))
}

/// Renders a schema that has been read already.
pub fn render_schema(schema: impl Into<Arc<Schema>>, context: Context<'_>) -> Rendering {
    let schema = schema.into();
    let table = table_of(&schema, context);
    let load = load_of(&table, context);
    let artifacts = artifacts_of(&table, &load, context);
    let mut diagnostics = findings(&schema, (&table, &load), &artifacts, context);
    diagnostics.extend(of_new_event(context.version, context.design));
    Rendering { schema, table, load, artifacts, diagnostics, home: Home::of(context), evolved: None }
}

/// All that was found on the way to the artifacts.
pub(crate) fn findings(
    schema: &Schema,
    (table, load): (&Table, &Load),
    artifacts: &[Artifact],
    context: Context<'_>,
) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = schema.diagnostics.iter().chain(&table.diagnostics).cloned().collect();
    diagnostics.extend(load.diagnostics.iter().cloned());
    diagnostics.extend(topic_of(context).diagnostics);
    diagnostics.extend(sink_job_of(context).diagnostics);
    diagnostics.extend(sql_application_of(context).1);
    diagnostics.extend(too_large(artifacts));
    diagnostics
}

impl From<Evolution> for Rendering {
    fn from(evolution: Evolution) -> Self {
        let Evolution { schema, table, standing, load, artifacts, findings, home, live, .. } = evolution;
        Self { schema, table, load, artifacts, diagnostics: findings, home, evolved: Some(Evolved { live, standing }) }
    }
}

/// The largest statement that Snowflake accepts, in bytes.
const MAX_STATEMENT_BYTES: usize = 1 << 20;

/// The statements that Snowflake would not accept for their length; a pipe has the whole COPY in it.
fn too_large(artifacts: &[Artifact]) -> impl Iterator<Item = Diagnostic> {
    artifacts.iter().filter_map(|artifact| {
        let (code, what, hint) = match artifact.kind {
            ArtifactKind::Table => {
                ("table-too-large", "definition of the table", "Drop columns, or shorten their comments.")
            }
            ArtifactKind::Pipe => {
                ("pipe-too-large", "definition of the pipe", "Drop columns, or shorten their defaults.")
            }
            _ => return None,
        };
        let bytes = artifact.content.len();
        let message = format!("The {what} has {bytes} bytes; Snowflake accepts {MAX_STATEMENT_BYTES}.");
        (bytes > MAX_STATEMENT_BYTES).then(|| Diagnostic::error(code, FieldPath::root(), message).hint(hint))
    })
}
