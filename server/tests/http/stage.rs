//! Something for every server function to act on, made new for every call, and the call itself as a page makes it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::http::header::ACCEPT;
use domain::draft::DraftId;
use domain::plan::Plan;
use domain::policy::UserName;
use domain::registry::ExploreQuery;
use domain::request::{Decision, RequestId, RequestState, Verdict};
use domain::run::{Input, Machine, RunId};
use domain::subject::{SubjectName, Version};
use domain::time::Timestamp;
use serde_json::{Value, json};
use service::console::Submission;
use service::ports::store::{AuditRow, NewDecision, NewRun, StepCommit};

use crate::actor::Client;
use crate::answer::Answer;
use crate::world::{World, actor};

/// Every server function, some in several situations: its endpoint, then what it acts on.
pub const CASES: [&str; 43] = [
    "about-subject",
    "bulk-report",
    "bulk-submit",
    "cancel-run of engineer",
    "cancel-run that is over",
    "create-draft",
    "create-token",
    "decide on engineer's",
    "decide on platform-1's",
    "decide on a shared draft's",
    "draft",
    "drafts",
    "events",
    "forget-search of engineer",
    "preview",
    "read-registry",
    "rebase-draft of engineer",
    "registries",
    "request",
    "requests",
    "retire-pipe of the newest version",
    "retire-pipe that drained",
    "retry-run of engineer",
    "retry-run that runs",
    "revise engineer's",
    "revise what is decided",
    "revoke-token of engineer",
    "run",
    "runs",
    "save-draft of engineer",
    "save-draft that is stale",
    "save-search",
    "search",
    "searches",
    "session",
    "subject",
    "submit-draft of engineer",
    "submit-draft that revises engineer's",
    "test-registry",
    "tokens",
    "unreadable",
    "withdraw engineer's",
    "withdraw what is decided",
];

/// The event whose second version is live beside the pipe of its first.
const EVOLVED: &str = "courier_assigned-value";

/// A call of a server function.
pub enum Call {
    Get(String),
    Form(String, Vec<(&'static str, String)>),
    Json(String, Value),
}

impl Call {
    pub fn path(&self) -> &str {
        match self {
            Self::Get(path) | Self::Form(path, _) | Self::Json(path, _) => path.split('?').next().unwrap(),
        }
    }

    /// The number of what it acts on.
    pub fn id(&self) -> i64 {
        let Self::Form(_, fields) = self else { panic!("only forms name one thing") };
        fields.iter().find(|(name, _)| *name == "id").unwrap().1.parse().unwrap()
    }

    pub async fn by(&self, who: &Client) -> Answer {
        let who = who.clone().with(ACCEPT, "application/json");
        match self {
            Self::Get(path) => who.get(path).await,
            Self::Json(path, body) => who.post(path, body).await,
            Self::Form(path, fields) => {
                let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
                who.form(path, &fields).await
            }
        }
    }
}

pub struct Stage {
    pub world: World,
    unused: Mutex<Vec<SubjectName>>,
    counter: AtomicU32,
}

impl Stage {
    pub async fn new() -> Self {
        let world = World::new().await;
        let all = ExploreQuery { pattern: "^[a-z_]+-value$".into(), limit: 500, ..ExploreQuery::default() };
        let all = world.console.explore(&actor("engineer"), &all).await.unwrap().rows;
        let used = ["order_placed-value", "cart_updated-value", EVOLVED];
        let unused = all.into_iter().map(|row| row.subject).filter(|name| !used.contains(&name.as_str())).collect();
        let stage = Self { world, unused: Mutex::new(unused), counter: AtomicU32::new(0) };
        stage.world.live("cart_updated-value").await;
        stage.world.live(EVOLVED).await;
        stage.world.evolved(EVOLVED, 2).await;
        stage.draft("engineer").await;
        stage
    }

    /// A draft of `owner` that is like no other.
    async fn draft(&self, owner: &str) -> DraftId {
        let subject = SubjectName::parse("order_placed-value").unwrap();
        let draft = self.world.console.create_draft(&actor(owner), &subject, Version(6)).await.unwrap();
        self.save(owner, draft.id, 1).await;
        draft.id
    }

    fn design(&self) -> Value {
        json!({ "table": { "comment": format!("Number {}.", self.counter.fetch_add(1, Ordering::SeqCst)) } })
    }

    async fn save(&self, author: &str, draft: DraftId, saves: u32) {
        let design = serde_json::from_value(self.design()).unwrap();
        self.world.console.save_draft(&actor(author), draft, saves, design).await.unwrap();
    }

    /// A request in review from `by`'s draft, which holds a save of each of `authors` as well.
    async fn request(&self, by: &str, authors: &[&str]) -> RequestId {
        let draft = self.draft(by).await;
        for (author, saves) in authors.iter().zip(2..) {
            self.save(author, draft, saves).await;
        }
        let saves = 2 + u32::try_from(authors.len()).unwrap();
        let submission = Submission::Draft { id: draft, saves };
        self.world.console.submit(&actor(by), submission).await.unwrap().request
    }

    async fn decided(&self, verdict: Verdict) -> RequestId {
        let request = self.request("engineer", &[]).await;
        self.world.decided("platform-2", request, verdict).await;
        request
    }

    /// A request in review for a subject that nobody asked for before, so that it can be approved.
    async fn approvable(&self) -> RequestId {
        loop {
            let subject = self.unused.lock().unwrap().pop().expect("the demo has enough subjects");
            let version = self.world.console.subject(&actor("engineer"), &subject, None).await.unwrap().version;
            let submission = Submission::Design { subject, version, design: Box::default() };
            // Some demo schemas are nasty, and cannot be submitted.
            if let Ok(submitted) = self.world.console.submit(&actor("engineer"), submission).await {
                return submitted.request;
            }
        }
    }

    /// A run that engineer asked for and that no engine touches: it is due in the far future.
    async fn run(&self) -> RunId {
        let request = self.approvable().await;
        let seen = self.world.console.request(&actor("engineer"), request).await.unwrap().request;
        let run = NewRun { machine: Machine::new(Plan::onboarding()), due_at: Timestamp(i64::MAX / 4) };
        let decision = Decision {
            revision: seen.revision,
            digest: seen.digest,
            verdict: Verdict::Approve,
            reason: String::new(),
            by: UserName("platform-2".into()),
            at: Timestamp(0),
        };
        let approval = NewDecision { request, seen: seen.state, to: RequestState::Approved, decision, run: Some(run) };
        self.world.store.decide(approval, audit(format!("request:{}", request.0))).await.unwrap().unwrap()
    }

    async fn stuck_run(&self) -> RunId {
        let run = self.run().await;
        let (machine, counter) = self.world.store.machine(run).await.unwrap().unwrap();
        let failure = Input::Failure {
            step: machine.current().unwrap().key.clone(),
            attempt: 1,
            message: "The disk is full.".into(),
            retryable: false,
        };
        let commit = StepCommit {
            run,
            owner: None,
            counter,
            machine: machine.after(failure),
            due_at: None,
            attempt: None,
            request: None,
            at: Timestamp(0),
        };
        self.world.store.commit_run(commit, audit(format!("run:{run}"))).await.unwrap();
        run
    }

    /// The call of a case, on something that was just made for it.
    pub async fn call(&self, case: &str) -> Call {
        match case.split(' ').next().unwrap() {
            "save-draft" => self.save_call(case).await,
            "submit-draft" => self.submit_call(case).await,
            "decide" => self.decide_call(case).await,
            "create-draft" => form("create-draft", [("name", "order_placed-value".into()), ("version", "6".into())]),
            "rebase-draft" => {
                let draft = self.draft("engineer").await;
                form("rebase-draft", [("id", draft.to_string()), ("version", "5".into())])
            }
            "retire-pipe" => {
                let version = if case.ends_with("drained") { "1" } else { "2" };
                form("retire-pipe", [("name", EVOLVED.into()), ("version", version.into())])
            }
            "create-token" => form("create-token", [("name", "CI".into())]),
            "revoke-token" => {
                let (token, _) = self.world.console.create_token(&actor("engineer"), "old").await.unwrap();
                form("revoke-token", [("id", token.id.to_string())])
            }
            "bulk-submit" => {
                let subject = self.unused.lock().unwrap().pop().expect("the demo has enough subjects");
                form("bulk-submit", [("subjects", subject.to_string())])
            }
            "save-search" => {
                let name = format!("Search {}", self.counter.fetch_add(1, Ordering::SeqCst));
                form("save-search", [("name", name), ("query", "q=order".into())])
            }
            "forget-search" => {
                let kept = self.world.console.save_search(&actor("engineer"), "old", "q=order").await.unwrap();
                form("forget-search", [("id", kept.id.to_string())])
            }
            "read-registry" => form("read-registry", [("registry", "default".into())]),
            "test-registry" => form("test-registry", [("registry", "default".into())]),
            "cancel-run" | "retry-run" | "withdraw" | "revise" => {
                let id = match case {
                    "cancel-run of engineer" | "retry-run that runs" => self.run().await.0,
                    "cancel-run that is over" => 1,
                    "retry-run of engineer" => self.stuck_run().await.0,
                    "withdraw engineer's" | "revise engineer's" => self.request("engineer", &[]).await.0,
                    "withdraw what is decided" | "revise what is decided" => self.decided(Verdict::Reject).await.0,
                    other => panic!("{other} is not staged"),
                };
                form(case.split(' ').next().unwrap(), [("id", id.to_string())])
            }
            read => Call::Get(format!("/api/ui/{read}{}", query(read))),
        }
    }

    async fn save_call(&self, case: &str) -> Call {
        let builds_on = if case.ends_with("stale") { 1 } else { 2 };
        let body = json!({ "id": self.draft("engineer").await, "builds_on": builds_on, "design": self.design() });
        Call::Json("/api/ui/save-draft".into(), body)
    }

    async fn submit_call(&self, case: &str) -> Call {
        let (draft, saves) = if case.ends_with("engineer's") {
            let request = self.request("engineer", &[]).await;
            let draft = self.world.console.revise(&actor("engineer"), request).await.unwrap();
            self.save("engineer", draft, 2).await;
            (draft, 3)
        } else {
            (self.draft("engineer").await, 2)
        };
        form("submit-draft", [("id", draft.to_string()), ("saves", saves.to_string())])
    }

    async fn decide_call(&self, case: &str) -> Call {
        let request = match case {
            "decide on platform-1's" => self.request("platform-1", &[]).await,
            "decide on a shared draft's" => self.request("engineer", &["platform-1"]).await,
            _ => self.request("engineer", &[]).await,
        };
        let digest = self.world.console.request(&actor("engineer"), request).await.unwrap().request.digest;
        let fields = [("id", request.0.to_string()), ("digest", digest), ("verdict", "reject".into())];
        form("decide", fields.into_iter().chain([("reason", "The name is taken.".into())]))
    }
}

fn query(read: &str) -> &'static str {
    match read {
        "draft" | "request" | "run" => "?id=1",
        "about-subject" => "?name=order_placed-value&version=0",
        "bulk-report" => "?picked[subjects]=order_placed-value&preset=pii-safe",
        "preview" => "?name=order_placed-value",
        "unreadable" => "?registry=default",
        "search" => {
            "?request[query]=order%20type:avro&request[scopes][0]=field&request[limit]=10&request[sort][by]=name"
        }
        "subject" => "?name=order_placed-value&version=0",
        "requests" => "?inbox=all",
        _ => "",
    }
}

fn form(endpoint: &str, fields: impl IntoIterator<Item = (&'static str, String)>) -> Call {
    Call::Form(format!("/api/ui/{endpoint}"), fields.into_iter().collect())
}

fn audit(object: String) -> AuditRow {
    AuditRow { at: Timestamp(0), actor: "test".into(), action: "staged".into(), object, detail: json!({}) }
}
