//! A store in a folder of its own, a counting forge beside it, approved requests, and engines that are stopped when a test ends.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use domain::design::Design;
use domain::journal::{AttemptResult, RunView};
use domain::plan::Plan;
use domain::platform::Platform;
use domain::policy::UserName;
use domain::render::{self, RenderInput};
use domain::request::{Decision, RequestId, RequestState, Revision, Verdict};
use domain::run::{Input, Machine, RunId, RunState};
use domain::schema::SchemaText;
use domain::subject::{SchemaType, SubjectName, Version};
use domain::time::Timestamp;
use serde_json::json;
use server::engine::{Engine, EngineHandle, Settings};
use server::store::SqliteStore;
use service::ports::clock::{Clock, SystemClock};
use service::ports::store::{
    AuditRow, NewDecision, NewRevision, NewRun, RequestFilter, StepCommit, Store, StoreError, SubmitTarget, Submitted,
};
use service::steps::Handlers;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqliteConnection};
use tempfile::TempDir;
use tokio::sync::broadcast;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::forge::FakeForge;

/// Longer than anything here takes, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

pub struct World {
    pub store: Arc<dyn Store>,
    pub forge: Arc<FakeForge>,
    pub folder: TempDir,
}

/// An engine that stops with the test.
pub struct Running {
    pub handle: EngineHandle,
    pub changes: broadcast::Receiver<RunId>,
    pub stop: DropGuard,
}

impl World {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (store, forge) = parts(folder.path()).await;
        Self { store, forge, folder }
    }

    /// An approved request for a subject of this name, and its run.
    pub async fn launch(&self, name: &str) -> (RequestId, RunId) {
        self.launch_plan(name, quick(Plan::onboarding())).await
    }

    pub async fn launch_plan(&self, name: &str, plan: Plan) -> (RequestId, RunId) {
        self.launch_input(input(name), plan).await.unwrap()
    }

    /// An approved request for what is rendered from this, and its run; the error is why the approval is refused.
    pub async fn launch_input(&self, input: RenderInput, plan: Plan) -> Result<(RequestId, RunId), StoreError> {
        let submitted = self.submit_input(input).await;
        self.approve(submitted, plan).await
    }

    /// A request in review for what is rendered from this.
    pub async fn submit_input(&self, input: RenderInput) -> Submitted {
        let built_on = self.maker_of(&input).await;
        let revision = Revision { built_on, ..revision(input, SystemClock.now()) };
        self.submit(revision).await
    }

    pub async fn submit(&self, revision: Revision) -> Submitted {
        let new =
            NewRevision { target: SubmitTarget::New { draft: None }, submitter: UserName("ann".into()), revision };
        self.store.submit(new, audit("request-submitted")).await.unwrap()
    }

    /// The request that made what this was designed for; none of a new event.
    async fn maker_of(&self, input: &RenderInput) -> Option<RequestId> {
        let filter = RequestFilter { subject: Some(input.subject.clone()), limit: 100, ..RequestFilter::default() };
        for request in self.store.requests(filter).await.unwrap() {
            let revision = self.store.revision(request.id, request.revision).await.unwrap().unwrap();
            if revision.makes.is_some_and(|made| made.is_same(&input.live)) {
                return Some(request.id);
            }
        }
        None
    }

    /// Approves it; the error is why the approval is refused.
    pub async fn approve(&self, submitted: Submitted, plan: Plan) -> Result<(RequestId, RunId), StoreError> {
        let now = SystemClock.now();
        let decision = Decision {
            revision: submitted.revision,
            digest: submitted.digest,
            verdict: Verdict::Approve,
            reason: String::new(),
            by: UserName("pat".into()),
            at: now,
        };
        let approval = NewDecision {
            request: submitted.request,
            seen: RequestState::InReview,
            to: RequestState::Approved,
            decision,
            run: Some(NewRun { machine: Machine::new(plan), due_at: now }),
        };
        let run = self.store.decide(approval, audit("request-approved")).await?.unwrap();
        Ok((submitted.request, run))
    }

    pub fn engine(&self) -> Running {
        self.engine_with(settings())
    }

    pub fn engine_with(&self, settings: Settings) -> Running {
        start(settings, self.store.clone(), self.forge.clone())
    }

    pub async fn view(&self, run: RunId) -> RunView {
        self.store.run(run, SystemClock.now()).await.unwrap().unwrap()
    }

    /// Waits until the run is in this state.
    pub async fn until(&self, run: RunId, state: RunState) -> RunView {
        wait(async || Some(self.view(run).await).filter(|view| view.summary.state == state)).await
    }

    /// Waits until the forge has been called so often.
    pub async fn until_called(&self, method: &str, times: u32) {
        wait(async || (self.forge.calls(method) >= times).then_some(())).await;
    }

    /// What the console does when a person asks for a retry or a cancel.
    pub async fn act(&self, run: RunId, input: Input) -> Result<(), StoreError> {
        let (machine, counter) = self.store.machine(run).await.unwrap().unwrap();
        let cancels = input == Input::Cancel;
        let commit = StepCommit {
            run,
            owner: None,
            counter,
            machine: machine.after(input),
            due_at: (!cancels).then(|| SystemClock.now()),
            attempt: None,
            request: cancels.then_some((RequestState::Approved, RequestState::Cancelled)),
            at: SystemClock.now(),
        };
        self.store.commit_run(commit, audit("run-touched")).await
    }

    pub async fn state(&self, request: RequestId) -> RequestState {
        self.store.request(request).await.unwrap().unwrap().state
    }

    /// A connection past the store, for sabotage.
    pub async fn raw(&self) -> SqliteConnection {
        SqliteConnectOptions::new().filename(self.folder.path().join("sluicegate.db")).connect().await.unwrap()
    }

    /// The actions in the audit of an object, oldest first.
    pub async fn actions(&self, object: String) -> Vec<String> {
        let mut rows = self.store.audit(&object, 100).await.unwrap();
        rows.reverse();
        rows.into_iter().map(|row| row.action).collect()
    }

    /// Every effect of a whole run is there exactly `times`.
    pub async fn assert_effects(&self, times: u32) {
        for method in ["write_change", "open_pull_request", "merge"] {
            assert_eq!(self.forge.effects(method), times, "{method}");
        }
        assert_eq!(self.store.events().await.unwrap().len(), usize::try_from(times).unwrap());
    }
}

pub async fn parts(folder: &Path) -> (Arc<dyn Store>, Arc<FakeForge>) {
    let store = SqliteStore::open(folder.join("sluicegate.db")).await.unwrap();
    (Arc::new(store), Arc::new(FakeForge::new(folder.join("forge.json"))))
}

pub fn handlers(store: Arc<dyn Store>, forge: Arc<FakeForge>) -> Handlers {
    Handlers { store, forge, clock: Arc::new(SystemClock) }
}

pub fn start(settings: Settings, store: Arc<dyn Store>, forge: Arc<FakeForge>) -> Running {
    let (sender, changes) = broadcast::channel(1000);
    let shutdown = CancellationToken::new();
    let handlers = handlers(store.clone(), forge);
    let handle = Engine::start_with(settings, store, handlers, Arc::new(SystemClock), sender, shutdown.clone());
    Running { handle, changes, stop: shutdown.drop_guard() }
}

/// A deployment's settings, but impatient.
pub fn settings() -> Settings {
    Settings { poll: Duration::from_millis(200), backoff: Duration::from_millis(50), ..Settings::default() }
}

/// The plan with no pause before a retry, and little time for each step.
pub fn quick(mut plan: Plan) -> Plan {
    for step in &mut plan.steps {
        step.retry.first_delay_seconds = 0;
        step.retry.max_attempts = 3;
        step.timeout_seconds = 30;
    }
    plan
}

pub async fn wait<T>(mut ready: impl AsyncFnMut() -> Option<T>) -> T {
    let waiting = async {
        loop {
            if let Some(value) = ready().await {
                return value;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting).await.expect("what is waited for does not come")
}

/// How the attempts of a step ended, oldest first.
pub fn results(view: &RunView, step: &str) -> Vec<Option<AttemptResult>> {
    view.attempts.iter().filter(|attempt| attempt.step.0 == step).map(|attempt| attempt.result).collect()
}

/// A new event of this name.
pub fn input(name: &str) -> RenderInput {
    RenderInput {
        subject: SubjectName::parse(format!("{name}-value")).unwrap(),
        version: Version(1),
        schema: SchemaText::new(
            SchemaType::Avro,
            json!({ "type": "record", "name": name, "fields": [{ "name": "id", "type": "string" }] }).to_string(),
        ),
        platform: Platform::default(),
        design: Design::default(),
        live: Default::default(),
    }
}

fn revision(input: RenderInput, now: Timestamp) -> Revision {
    let rendering = render::render(&input);
    let live = rendering.live();
    Revision {
        request: RequestId(0),
        number: 0,
        digest: rendering.digest(),
        input,
        artifacts: rendering.artifacts,
        makes: Some(live),
        built_on: None,
        diagnostics: vec![],
        authors: vec![UserName("ann".into())],
        submitted_at: now,
    }
}

fn audit(action: &str) -> AuditRow {
    AuditRow {
        at: SystemClock.now(),
        actor: "ann".into(),
        action: action.into(),
        object: String::new(),
        detail: json!({}),
    }
}
