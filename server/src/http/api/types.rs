//! The API's own shapes, apart from the domain's so that a change inside cannot change the contract by accident.

pub mod search;

use domain::artifact::Artifact;
use domain::diagnostic::Diagnostic as DomainDiagnostic;
use domain::render::Rendering;
use domain::table::Column as DomainColumn;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// A page of subjects.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubjectPage {
    /// The subjects, by name.
    pub subjects: Vec<Subject>,
    /// How many match.
    pub matched: usize,
    /// How many there are.
    pub total: usize,
    /// Give this as `cursor` for the next page; null on the last.
    pub next: Option<String>,
    /// When the registry was last read, RFC 3339.
    pub synced_at: Option<String>,
}

/// One subject.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Subject {
    /// Its name.
    pub subject: String,
    /// AVRO, PROTOBUF or JSON.
    pub schema_type: String,
    /// Its newest version.
    pub version: u32,
    /// How many versions there are.
    pub versions: usize,
    /// What became of it here: none, draft, in_review, running, live, behind.
    pub onboarding: String,
}

/// One version of a subject.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubjectVersion {
    /// The subject.
    pub subject: String,
    /// The version.
    pub version: u32,
    /// The registry's schema id.
    pub id: u32,
    /// AVRO, PROTOBUF or JSON.
    pub schema_type: String,
    /// The text.
    pub schema: String,
    /// Everything it refers to, with texts.
    #[schema(value_type = Vec<Object>)]
    pub references: Value,
    /// All versions.
    pub versions: Vec<u32>,
}

/// What to render: `subject` and `version` of the registry, or `schema` and `schemaType`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RenderRequest {
    /// The subject; with a schema text, the name to render it as.
    #[serde(default)]
    pub subject: Option<String>,
    /// The version; the newest when left out.
    #[serde(default)]
    pub version: Option<u32>,
    /// A schema text instead of a registered one.
    #[serde(default)]
    pub schema: Option<String>,
    /// AVRO, PROTOBUF or JSON; needed with `schema`.
    #[serde(default)]
    pub schema_type: Option<String>,
    /// Texts that the schema refers to.
    #[serde(default)]
    #[schema(value_type = Vec<Object>)]
    pub references: Vec<domain::schema::Reference>,
    /// The edits; the generated default when left out.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub design: domain::design::Design,
}

/// What was rendered.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Rendered {
    /// SHA-256 over every file: the identity of a revision.
    pub digest: String,
    /// The `CREATE TABLE` statement.
    pub table: String,
    /// The `CREATE STAGE` statement; empty where rows come without files.
    pub stage: String,
    /// The `CREATE PIPE` statement.
    pub pipe: String,
    /// The table's columns in order.
    pub columns: Vec<Column>,
    /// Every file.
    pub files: Vec<File>,
    /// Every finding; an error stops a request.
    pub diagnostics: Vec<Diagnostic>,
}

/// One column.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: String,
    /// Whether it accepts NULL.
    pub nullable: bool,
    /// Its comment.
    pub comment: String,
    /// The field that it comes from; null for envelope and load metadata.
    pub path: Option<String>,
    /// What the COPY selects for it.
    pub expression: String,
}

/// One file.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct File {
    /// Its path in the repository.
    pub path: String,
    /// sql, hcl or yaml.
    pub language: String,
    /// Its content.
    pub content: String,
}

/// One finding.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Diagnostic {
    /// note, warning or error.
    pub severity: String,
    /// Stable name of the rule.
    pub code: String,
    /// The field; empty for the whole schema.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

/// A serde word: how an enum is written in JSON.
pub fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

impl From<&DomainDiagnostic> for Diagnostic {
    fn from(d: &DomainDiagnostic) -> Self {
        Self {
            severity: word(&d.severity),
            code: d.code.clone(),
            path: d.path.to_string(),
            message: d.message.clone(),
            hint: d.hint.clone(),
        }
    }
}

impl From<&DomainColumn> for Column {
    fn from(c: &DomainColumn) -> Self {
        Self {
            name: c.name.clone(),
            ty: c.ty.to_string(),
            nullable: c.nullable,
            comment: c.comment.clone(),
            path: c.source.as_ref().map(ToString::to_string),
            expression: c.expression.to_string(),
        }
    }
}

impl From<&Artifact> for File {
    fn from(a: &Artifact) -> Self {
        Self { path: a.path.clone(), language: word(&a.language), content: a.content.clone() }
    }
}

impl From<&Rendering> for Rendered {
    fn from(r: &Rendering) -> Self {
        use domain::artifact::ArtifactKind as K;
        let statement =
            |kind| r.artifacts.iter().find(|a| a.kind == kind).map(|a| a.content.clone()).unwrap_or_default();
        Self {
            digest: r.digest(),
            table: statement(K::Table),
            stage: statement(K::Stage),
            pipe: statement(K::Pipe),
            columns: r.table.columns().map(Column::from).collect(),
            files: r.artifacts.iter().map(File::from).collect(),
            diagnostics: r.diagnostics.iter().map(Diagnostic::from).collect(),
        }
    }
}

/// What to submit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SubmitRequest {
    /// The subject.
    pub subject: String,
    /// The version.
    pub version: u32,
    /// The edits; the generated default when left out.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub design: domain::design::Design,
}

/// What submitting gave.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubmittedRequest {
    /// The request's number.
    pub id: i64,
    /// The revision's number.
    pub revision: u32,
    /// The revision's digest; a decision names it.
    pub digest: String,
}

/// A request.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    /// Its number.
    pub id: i64,
    /// The subject.
    pub subject: String,
    /// The version.
    pub version: u32,
    /// in_review, changes_requested, approved, rejected, withdrawn, live, cancelled.
    pub state: String,
    /// Who asked.
    pub requester: String,
    /// Its newest revision's number.
    pub revision: u32,
    /// Its newest revision's digest.
    pub digest: String,
    /// Its run, once approved.
    pub run: Option<i64>,
    /// Why another request of the same event keeps it from being approved, while it waits.
    pub overtaken: Option<String>,
    /// RFC 3339.
    pub created_at: String,
    /// RFC 3339.
    pub updated_at: String,
}

/// A request with its decisions and files.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RequestDetail {
    #[serde(flatten)]
    pub request: Request,
    /// Who wrote a part of the newest revision.
    pub authors: Vec<String>,
    /// All decisions, oldest first.
    pub decisions: Vec<Decision>,
    /// The newest revision's files.
    pub files: Vec<File>,
    /// The newest revision's findings.
    pub diagnostics: Vec<Diagnostic>,
}

/// A decision.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// The revision's number.
    pub revision: u32,
    /// The revision's digest.
    pub digest: String,
    /// approve, request_changes or reject.
    pub decision: String,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
}

/// What to decide.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DecisionRequest {
    /// approve, request_changes or reject.
    #[schema(value_type = String)]
    pub decision: domain::request::Verdict,
    /// Digest of the revision that you looked at.
    pub digest: String,
    /// Why; needed unless it is an approval.
    #[serde(default)]
    pub reason: String,
}

/// What a decision did.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Decided {
    /// The request's state now.
    pub state: String,
    /// The run that an approval launched.
    pub run: Option<i64>,
}

/// A run.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    /// Its number.
    pub id: i64,
    /// The request.
    pub request: i64,
    /// The subject.
    pub subject: String,
    /// running, stuck, completed, rejected, cancelled.
    pub state: String,
    /// Its steps in order.
    pub steps: Vec<Step>,
    /// RFC 3339.
    pub started_at: String,
    /// RFC 3339; null while it goes on.
    pub ended_at: Option<String>,
}

/// A step of a run.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Its key.
    pub key: String,
    /// pending, running, waiting, failed, done, skipped.
    pub state: String,
    /// How often it was tried.
    pub attempts: usize,
    /// What it gave, once done.
    #[schema(value_type = Option<Object>)]
    pub output: Option<Value>,
    /// What its last attempt said.
    pub message: String,
}

/// An onboarded event.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Its name.
    pub name: String,
    /// Its subject.
    pub subject: String,
    /// The version that its table has.
    pub version: u32,
    /// The newest version in the registry.
    pub newest: Option<u32>,
    /// The table.
    pub table: String,
    /// The versions whose pipes run, oldest first; the sink job writes the last one.
    pub pipes: Vec<u32>,
    /// The topic.
    pub topic: String,
    /// Who asked for it.
    pub owner: String,
    /// The request.
    pub request: i64,
    /// The run.
    pub run: i64,
    /// The pull request.
    pub pull_request: String,
    /// RFC 3339.
    pub live_since: String,
}
