//! The values that the tests work with, and a store in a folder of its own.

use std::sync::Arc;

use domain::artifact::{Artifact, ArtifactKind, Language};
use domain::design::Design;
use domain::diagnostic::Diagnostic;
use domain::draft::{Draft, DraftId};
use domain::evolve::Live;
use domain::plan::Plan;
use domain::platform::Platform;
use domain::policy::UserName;
use domain::render::{self, RenderInput};
use domain::request::{Decision, RequestId, RequestState, Revision, Verdict};
use domain::run::{Machine, RunId};
use domain::schema::{FieldPath, SchemaText};
use domain::subject::{SchemaType, SubjectName, Version};
use domain::time::Timestamp;
use serde_json::json;
use server::store::SqliteStore;
use service::ports::store::{
    AuditRow, NewDecision, NewDraft, NewRevision, NewRun, SeenDraft, Store, StoreError, SubmitTarget, Submitted,
};
use tempfile::TempDir;

/// A fresh store as the port, and the folder that goes away with it.
pub struct World {
    pub store: Arc<dyn Store>,
    pub folder: TempDir,
}

pub async fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("sluicegate.db")).await.unwrap();
    World { store: Arc::new(store), folder }
}

pub fn user(name: &str) -> UserName {
    UserName(name.to_owned())
}

pub fn at(seconds: i64) -> Timestamp {
    Timestamp(1_800_000_000_000 + seconds * 1000)
}

pub fn audit(action: &str, object: &str) -> AuditRow {
    AuditRow {
        at: at(0),
        actor: "ann".into(),
        action: action.into(),
        object: object.into(),
        detail: json!({ "why": "a test" }),
    }
}

pub fn design(name: &str) -> Design {
    let mut design = Design::default();
    design.table.name = Some(name.to_owned());
    design
}

pub fn new_draft(owner: &str) -> NewDraft {
    NewDraft {
        subject: subject("orders-value"),
        version: Version(3),
        design: Design::default(),
        owner: user(owner),
        request: None,
        inherited_authors: vec![],
        at: at(0),
    }
}

pub async fn draft(store: &dyn Store, owner: &str) -> Draft {
    store.create_draft(new_draft(owner), audit("draft-created", "")).await.unwrap()
}

pub fn subject(name: &str) -> SubjectName {
    SubjectName::parse(name).unwrap()
}

/// A revision whose contents, and so its digest, follow from `content`; everything in it that can hold hostile text does.
pub fn revision(content: &str, author: &str) -> Revision {
    let artifacts = vec![Artifact {
        kind: ArtifactKind::Table,
        path: format!("snowflake/{content}/table.sql"),
        language: Language::Sql,
        content: format!("{content}\n'; DROP TABLE requests; --\u{1F980}\n"),
        summary: "2 columns".into(),
        makes: format!("RAW.EVENTS.{content}"),
        occupies: None,
    }];
    Revision {
        request: RequestId(0),
        number: 0,
        digest: render::digest(&artifacts),
        input: RenderInput {
            subject: subject("orders-value"),
            version: Version(3),
            schema: SchemaText::new(SchemaType::Avro, "{\"type\":\"string\"}"),
            platform: Platform::default(),
            design: design("O'RLY"),
            live: Default::default(),
        },
        artifacts,
        diagnostics: vec![Diagnostic::warning("a-code", FieldPath::default(), "a \"quoted\" message").hint("a hint")],
        authors: vec![user(author)],
        submitted_at: at(10),
        built_on: None,
        makes: Some(Live { table: content.into(), versions: vec![Version(3)], ..Live::default() }),
    }
}

pub fn submission(draft: Option<DraftId>, content: &str, submitter: &str) -> NewRevision {
    NewRevision {
        target: SubmitTarget::New { draft: draft.map(|id| SeenDraft { id, saves: 1 }) },
        submitter: user(submitter),
        revision: revision(content, submitter),
    }
}

pub fn resubmission(request: RequestId, seen: RequestState, content: &str, submitter: &str) -> NewRevision {
    NewRevision {
        target: SubmitTarget::Revise { request, seen, to: RequestState::InReview, draft: None },
        ..submission(None, content, submitter)
    }
}

pub async fn submit(store: &dyn Store, content: &str) -> Submitted {
    store.submit(submission(None, content, "ann"), audit("request-submitted", "")).await.unwrap()
}

/// A decision on what `submitted` says, by someone who may.
pub fn decision(submitted: &Submitted, verdict: Verdict) -> NewDecision {
    let launches = verdict == Verdict::Approve;
    NewDecision {
        request: submitted.request,
        seen: RequestState::InReview,
        to: RequestState::InReview.after(verdict.event()).unwrap(),
        decision: Decision {
            revision: submitted.revision,
            digest: submitted.digest.clone(),
            verdict,
            reason: "because".into(),
            by: user("pat"),
            at: at(20),
        },
        run: launches.then(|| NewRun { machine: Machine::new(Plan::onboarding()), due_at: at(20) }),
    }
}

pub async fn decide(store: &dyn Store, decision: NewDecision) -> Result<Option<RunId>, StoreError> {
    store.decide(decision, audit("request-decided", "")).await
}

/// A request that was approved just now, and its run.
pub async fn approved(store: &dyn Store, content: &str) -> (Submitted, RunId) {
    let submitted = submit(store, content).await;
    let run = decide(store, decision(&submitted, Verdict::Approve)).await.unwrap().unwrap();
    (submitted, run)
}

/// The actions in the audit of an object, oldest first.
pub async fn actions(store: &dyn Store, object: &str) -> Vec<String> {
    let mut rows = store.audit(object, 100).await.unwrap();
    rows.reverse();
    rows.into_iter().map(|row| row.action).collect()
}

pub fn is_conflict<T: std::fmt::Debug>(result: Result<T, StoreError>) -> bool {
    matches!(result, Err(StoreError::Conflict))
}

pub fn is_broken<T: std::fmt::Debug>(result: Result<T, StoreError>) -> bool {
    matches!(result, Err(StoreError::Broken(_)))
}
