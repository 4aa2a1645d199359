//! A real server process in a folder of its own, spoken to over its socket.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

use reqwest::{Client, Method, Response, StatusCode};
use serde_json::Value;
use tempfile::TempDir;

/// Longer than anything here takes, even on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The binary with nothing of this environment's configuration.
pub fn sluicegate() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sluicegate"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SLUICEGATE_")) {
        command.env_remove(name);
    }
    command.env_remove("HTTP_PROXY").env_remove("http_proxy");
    command
}

pub fn run(arguments: &[&str]) -> Output {
    sluicegate().args(arguments).stdin(Stdio::null()).output().unwrap()
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A data folder and a site, for one server after another.
pub struct Place {
    pub folder: TempDir,
}

impl Place {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("site/pkg")).unwrap();
        Self { folder }
    }

    pub fn data(&self) -> &Path {
        self.folder.path()
    }

    pub fn command(&self) -> Command {
        let mut command = sluicegate();
        command.args(["serve", "--addr", "127.0.0.1:0", "--data"]).arg(self.data());
        command.arg("--site").arg(self.folder.path().join("site"));
        command
    }

    pub fn start(&self) -> Server {
        self.start_with(None)
    }

    pub fn start_with(&self, crash_at: Option<&str>) -> Server {
        let mut command = self.command();
        if let Some(point) = crash_at {
            command.env("SLUICEGATE_CRASH_AT", point);
        }
        Server::start(command)
    }

    /// A token of this user, made on the machine that holds the folder.
    pub fn token(&self, user: &str) -> String {
        let output =
            sluicegate().args(["token", "create", "--user", user, "--data"]).arg(self.data()).output().unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout).trim().to_owned()
    }

    pub fn git(&self, arguments: &[&str]) -> String {
        let forge = self.data().join("forge.git");
        let output = Command::new("git").arg("-C").arg(forge).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
    }
}

/// A server that is killed with its test.
pub struct Server {
    pub child: Child,
    pub url: String,
}

impl Server {
    pub fn start(mut command: Command) -> Self {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let Some(url) = line.trim().strip_prefix("listening on ") else {
            let mut errors = String::new();
            child.stderr.as_mut().unwrap().read_to_string(&mut errors).unwrap();
            panic!("the server did not start: {line}{errors}");
        };
        let url = url.to_owned();
        let mut errors = child.stderr.take().unwrap();
        std::thread::spawn(move || std::io::copy(&mut errors, &mut std::io::sink()));
        Self { child, url }
    }

    /// Waits for the process to end by itself.
    pub async fn ends(&mut self) -> ExitStatus {
        let started = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(started.elapsed() < PATIENCE, "the server does not end");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    pub fn terminate(&self) {
        let status = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(status.success());
    }

    pub fn script(&self, token: &str) -> Script {
        Script { client: client(), url: format!("{}/api/v1", self.url), token: token.to_owned() }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A client that follows no redirect.
pub fn client() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap()
}

async fn read(response: Response) -> Value {
    serde_json::from_str(&response.text().await.unwrap()).unwrap()
}

/// A caller of the API.
pub struct Script {
    client: Client,
    url: String,
    token: String,
}

impl Script {
    async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> reqwest::Result<Response> {
        let request = self.client.request(method, format!("{}{path}", self.url)).bearer_auth(&self.token);
        match body {
            Some(body) => request.header("content-type", "application/json").body(body.to_string()).send().await,
            None => request.send().await,
        }
    }

    pub async fn get(&self, path: &str) -> Value {
        let response = self.send(Method::GET, path, None).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        read(response).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Value {
        let response = self.send(Method::POST, path, Some(body)).await.unwrap();
        assert!(response.status().is_success(), "{path}: {}", response.text().await.unwrap());
        read(response).await
    }

    /// Posts to a server that may end before it answers.
    pub async fn post_perhaps(&self, path: &str, body: &Value) {
        let _ = self.send(Method::POST, path, Some(body)).await;
    }

    /// Asks until `ready`.
    pub async fn until(&self, path: &str, ready: impl Fn(&Value) -> bool) -> Value {
        let started = Instant::now();
        loop {
            if let Ok(response) = self.send(Method::GET, path, None).await
                && response.status().is_success()
            {
                let value = read(response).await;
                if ready(&value) {
                    return value;
                }
                assert!(started.elapsed() < PATIENCE, "{path} stays {value:#}");
            }
            assert!(started.elapsed() < PATIENCE, "{path} does not answer");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until the registry was read, so that there is something to submit.
    pub async fn until_read(&self) {
        self.until("/subjects?limit=1", |page| page["syncedAt"].is_string()).await;
    }
}
