//! A console in a folder of its own, as `serve` composes it, without a socket.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use app::api::ctx::Surroundings;
use axum::Router;
use domain::platform::Platform;
use domain::policy::{Actor, UserName};
use domain::request::{RequestId, Verdict};
use domain::run::{RunId, RunState};
use domain::subject::{SubjectName, Version};
use leptos::config::{Env, LeptosOptions};
use server::compose::{Composed, compose};
use server::config::{Config, RegistrySetting};
use server::http::{AppState, router};
use server::registry::Location;
use service::console::{Console, Review, Submission};
use service::people;
use service::ports::store::Store;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Row as _, SqliteConnection};
use tempfile::TempDir;
use tokio::sync::RwLock;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::actor::Client;

/// Longer than anything here takes, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often registries are read here.
pub const POLL: Duration = Duration::from_millis(100);

/// Leptos lists its routes by rendering the app with all resources held back, and holds back those of every page that this process
/// renders meanwhile, for good. A server lists them once before it listens; here the tests take turns.
pub static ROUTING: RwLock<()> = RwLock::const_new(());

pub struct World {
    pub console: Console,
    pub store: Arc<dyn Store>,
    pub folder: TempDir,
    router: Router,
    _composed: Composed,
    _stop: DropGuard,
}

impl World {
    /// Over the demo registry, which is read already.
    pub async fn new() -> Self {
        let world = Self::over(Location::Demo).await;
        world.until_read().await;
        world
    }

    pub async fn over(location: Location) -> Self {
        Self::over_all(vec![RegistrySetting::only(location, POLL)]).await
    }

    pub async fn over_all(registries: Vec<RegistrySetting>) -> Self {
        Self::composed(registries, people::seeded(), tempfile::tempdir().unwrap()).await
    }

    /// Over the folder that another one left.
    pub async fn again(folder: TempDir, location: Location) -> Self {
        Self::composed(vec![RegistrySetting::only(location, POLL)], people::seeded(), folder).await
    }

    /// Ends the console and gives its folder.
    pub async fn ended(self) -> TempDir {
        let Self { folder, _composed, _stop, .. } = self;
        drop(_stop);
        for task in _composed.tasks {
            task.await.unwrap();
        }
        drop(_composed.lock);
        folder
    }

    /// As it would be on an address that other machines reach: nobody is offered at the sign-in page.
    pub async fn not_on_loopback() -> Self {
        Self::composed(vec![RegistrySetting::only(Location::Demo, POLL)], Vec::new(), tempfile::tempdir().unwrap())
            .await
    }

    async fn composed(registries: Vec<RegistrySetting>, people: Vec<Actor>, folder: TempDir) -> Self {
        let config = Config { registries, ..config(folder.path(), Location::Demo) };
        let shutdown = CancellationToken::new();
        let composed = compose(&config, &shutdown).await.unwrap();
        let state = AppState {
            console: composed.console.clone(),
            leptos: leptos_options(),
            store: composed.store.clone(),
            surroundings: Surroundings { people, registry: composed.registry.clone() },
            shutdown: shutdown.clone(),
        };
        let router = {
            let _alone = ROUTING.write().await;
            router(state, &config.site)
        };
        let (console, store) = (composed.console.clone(), composed.store.clone());
        Self { console, store, folder, router, _composed: composed, _stop: shutdown.drop_guard() }
    }

    pub async fn until_read(&self) {
        let actor = actor("engineer");
        wait(async || self.console.freshness(&actor).unwrap().synced_at.map(|_| ())).await;
    }

    pub fn as_nobody(&self) -> Client {
        Client::new(self.router.clone())
    }

    /// A person with a browser's session and a script's token.
    pub async fn acting(&self, name: &str) -> Client {
        let session = self.console.begin_session(name, None).await.unwrap();
        let (_, token) = self.console.create_token(&actor(name), "test").await.unwrap();
        self.as_nobody().signed_in(session, token)
    }

    pub async fn as_engineer(&self) -> Client {
        self.acting("engineer").await
    }

    pub async fn as_platform(&self) -> Client {
        self.acting("platform-1").await
    }

    /// A request in review, straight through the façade: its number and digest.
    pub async fn submitted(&self, by: &str, subject: &str) -> (RequestId, String) {
        let subject = SubjectName::parse(subject).unwrap();
        let submission = Submission::Design { subject, version: Version(1), design: Box::default() };
        let submitted = self.console.submit(&actor(by), submission).await.unwrap();
        (submitted.request, submitted.digest)
    }

    pub async fn decided(&self, by: &str, id: RequestId, verdict: Verdict) -> Option<RunId> {
        let digest = self.console.request(&actor(by), id).await.unwrap().request.digest;
        let review = Review { verdict, digest, reason: "Because.".into() };
        self.console.decide(&actor(by), id, review).await.unwrap()
    }

    /// An event that went live: its request and run.
    pub async fn live(&self, subject: &str) -> (RequestId, RunId) {
        let (request, _) = self.submitted("engineer", subject).await;
        let run = self.decided("platform-2", request, Verdict::Approve).await.unwrap();
        self.until_over(run).await;
        (request, run)
    }

    pub async fn until_over(&self, run: RunId) -> RunState {
        let actor = actor("engineer");
        wait(async || {
            let state = self.console.run(&actor, run).await.unwrap().summary.state;
            (state.is_over() || state == RunState::Stuck).then_some(state)
        })
        .await
    }

    /// A connection past the store, to look and to sabotage.
    pub async fn raw(&self) -> SqliteConnection {
        SqliteConnectOptions::new().filename(self.folder.path().join("sluicegate.db")).connect().await.unwrap()
    }

    /// Every row of every table as text, but for the moment at which a token was last used.
    pub async fn dump(&self) -> String {
        let mut raw = self.raw().await;
        let tables = sqlx::query("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
        let mut dump = String::new();
        for table in tables.fetch_all(&mut raw).await.unwrap() {
            let table: String = table.get(0);
            let columns = sqlx::query("SELECT name FROM pragma_table_info(?) WHERE name <> 'used_at'").bind(&table);
            let columns = columns.fetch_all(&mut raw).await.unwrap();
            let quoted: Vec<String> = columns.iter().map(|c| format!("quote({})", c.get::<String, _>(0))).collect();
            let rows = format!("SELECT {} AS line FROM {table} ORDER BY 1", quoted.join("||'|'||"));
            for row in sqlx::query(sqlx::AssertSqlSafe(rows)).fetch_all(&mut raw).await.unwrap() {
                dump.push_str(&format!("{table}|{}\n", row.get::<String, _>(0)));
            }
        }
        dump
    }
}

pub fn config(folder: &Path, location: Location) -> Config {
    let site = folder.join("site");
    std::fs::create_dir_all(site.join("pkg")).unwrap();
    std::fs::write(site.join("pkg/sluicegate.css"), "body{}").unwrap();
    Config {
        addr: "127.0.0.1:0".parse().unwrap(),
        data: folder.to_owned(),
        registries: vec![RegistrySetting::only(location, POLL)],
        site,
        platform: Platform::default(),
    }
}

fn leptos_options() -> LeptosOptions {
    LeptosOptions::builder().output_name("sluicegate").site_pkg_dir("pkg").env(Env::PROD).build()
}

pub fn actor(name: &str) -> Actor {
    people::seeded().into_iter().find(|actor| actor.name == UserName(name.to_owned())).unwrap()
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
