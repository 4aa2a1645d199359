//! The real server of one journey: started on a free port and a data folder of its own, killed as a crash would kill it, and
//! started again on the same folder and port, so that a page that was open can go on.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::mpsc;

use crate::{Result, checkout, target};

/// How long a server may take until it listens.
const START: Duration = Duration::from_secs(30);
/// How long a server that ends by itself may take to do so.
const END: Duration = Duration::from_secs(30);
/// The line of the server that tells its address.
const LISTENING: &str = "listening on ";

/// What a server is started with, besides its port and its data folder.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The binary; without it SLUICEGATE_BIN, or the one that cargo built last.
    pub binary: Option<PathBuf>,
    /// Environment variables.
    pub variables: Vec<(String, String)>,
}

impl Settings {
    /// With one more environment variable.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// What a server printed, to be shown when its journey fails.
#[derive(Debug, Default)]
pub struct Log(Mutex<String>);

impl Log {
    fn add(&self, line: &str) {
        let mut text = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        text.push_str(line);
        text.push('\n');
    }

    /// All lines so far, each with its line end.
    pub fn text(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// A server and its data folder. The journey holds on to both until its windows are closed: a page whose server went away complains.
pub struct World {
    settings: Settings,
    binary: PathBuf,
    address: String,
    ground: Arc<Ground>,
}

/// What a journey keeps of each of its worlds.
pub(crate) struct Ground {
    // Before the folder, so that the server ends first.
    server: Mutex<Option<Child>>,
    data: TempDir,
    log: Log,
}

impl Ground {
    /// All that the server has printed so far.
    pub(crate) fn said(&self) -> String {
        self.log.text()
    }

    /// Ends the server if it runs. Whoever reads what it says holds on to the ground until then.
    pub(crate) async fn end(&self) {
        if let Ok(mut server) = self.take() {
            // A server that has ended by itself cannot be killed, and need not be.
            let _killed = server.kill().await;
        }
    }

    fn take(&self) -> Result<Child> {
        let server = self.server.lock().unwrap_or_else(PoisonError::into_inner).take();
        server.ok_or_else(|| "the server is not running".into())
    }

    fn put(&self, server: Child) {
        *self.server.lock().unwrap_or_else(PoisonError::into_inner) = Some(server);
    }
}

impl World {
    /// Starts a server; `keep` gets its ground before that, so that what it says is known even if it does not start.
    pub(crate) async fn start(settings: Settings, keep: impl FnOnce(Arc<Ground>)) -> Result<World> {
        let binary = binary(&settings)?;
        let data = tempfile::Builder::new().prefix("sluicegate-journey-").tempdir()?;
        let ground = Arc::new(Ground { data, server: Mutex::default(), log: Log::default() });
        keep(Arc::clone(&ground));
        let mut world = World { settings, binary, address: String::new(), ground };
        world.serve_at("127.0.0.1:0").await?;
        Ok(world)
    }

    async fn serve_at(&mut self, at: &str) -> Result {
        let command = command(&self.binary, &self.settings, self.data());
        let (server, address) = serve(command, at, &self.ground).await?;
        self.ground.put(server);
        self.address = address;
        Ok(())
    }

    /// The server's address, `http://127.0.0.1:PORT`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The data folder, for what only a look at the files can tell.
    pub fn data(&self) -> &Path {
        self.ground.data.path()
    }

    /// All that the server has printed so far.
    pub fn log(&self) -> String {
        self.ground.said()
    }

    /// Ends the server at once (SIGKILL), as a crash or a lost machine does.
    pub async fn kill(&mut self) -> Result {
        self.ground.log.add("(killed by the journey)");
        self.ground.take()?.kill().await?;
        Ok(())
    }

    /// Waits until the server ends by itself, and gives its exit code if it has one.
    pub async fn ended(&mut self) -> Result<Option<i32>> {
        let mut server = self.ground.take()?;
        let ended = tokio::time::timeout(END, server.wait()).await;
        let status = ended.map_err(|_| format!("the server did not end within {} s", END.as_secs()))??;
        self.ground.log.add("(ended by itself)");
        Ok(status.code())
    }

    /// Takes an environment variable away from the next start.
    pub fn forget(&mut self, name: &str) {
        self.settings.variables.retain(|(known, _)| known != name);
    }

    /// Starts a killed server again, on the same data folder and port.
    pub async fn start_again(&mut self) -> Result {
        let at = self.address.trim_start_matches("http://").to_owned();
        self.serve_at(&at).await
    }

    /// Makes an API token for a user, as an operator does.
    pub async fn token(&self, user: &str) -> Result<String> {
        let output = self.run(&["token", "create", "--user", user]).await?;
        let secret = String::from_utf8_lossy(&output.stdout);
        let secret = secret.split_whitespace().find(|word| word.starts_with("sgt_"));
        Ok(secret.ok_or_else(|| format!("no token was made: {}", String::from_utf8_lossy(&output.stderr)))?.to_owned())
    }

    /// Runs another subcommand of the binary on the same data folder, as an operator would.
    pub async fn run(&self, arguments: &[&str]) -> Result<Output> {
        let mut command = command(&self.binary, &self.settings, self.data());
        Ok(command.args(arguments).stdin(Stdio::null()).output().await?)
    }
}

/// The binary with the journey's environment: nothing of the developer's own configuration gets through.
fn command(binary: &Path, settings: &Settings, data: &Path) -> Command {
    let mut command = Command::new(binary);
    let own = std::env::vars_os().map(|(name, _)| name).filter(is_configuration);
    own.for_each(|name| {
        command.env_remove(name);
    });
    command
        .current_dir(data)
        .env("SLUICEGATE_DATA", data)
        .env("SLUICEGATE_SITE", site())
        .envs(settings.variables.iter().map(|(name, value)| (name, value)))
        .kill_on_drop(true);
    command
}

fn is_configuration(name: &OsString) -> bool {
    let name = name.to_string_lossy();
    name.starts_with("SLUICEGATE_") || name.starts_with("LEPTOS_")
}

/// Starts the server and waits until it says where it listens.
async fn serve(mut command: Command, at: &str, ground: &Arc<Ground>) -> Result<(Child, String)> {
    let mut server = command
        .arg("serve")
        .env("SLUICEGATE_ADDR", at)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("the server could not be started: {error}"))?;
    let (announce, mut announced) = mpsc::channel(1);
    if let Some(stdout) = server.stdout.take() {
        tokio::spawn(read(stdout, Arc::clone(ground), Some(announce)));
    }
    let complaints = server.stderr.take().map(|stderr| tokio::spawn(read(stderr, Arc::clone(ground), None)));
    match tokio::time::timeout(START, announced.recv()).await {
        Ok(Some(address)) => Ok((server, address)),
        Ok(None) => {
            let status = server.wait().await?;
            if let Some(complaints) = complaints {
                complaints.await?;
            }
            Err(format!("the server ended before it listened ({status}); it said:\n{}", ground.said()).into())
        }
        Err(_) => {
            let waited = START.as_secs();
            Err(format!("the server did not listen within {waited} s; it said:\n{}", ground.said()).into())
        }
    }
}

/// Copies a stream to the log until it ends, so that the server never blocks on a full pipe; the first address goes out.
async fn read(stream: impl AsyncRead + Unpin, ground: Arc<Ground>, mut announce: Option<mpsc::Sender<String>>) {
    let mut lines = BufReader::new(stream).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        ground.log.add(&line);
        let address = line.strip_prefix(LISTENING).filter(|address| address.starts_with("http://"));
        if let Some((address, announce)) = address.and_then(|address| Some((address, announce.take()?))) {
            let _ = announce.send(address.trim().to_owned()).await;
        }
    }
}

/// Where the build left what browsers load: cargo-leptos keeps it in the checkout, wherever the target folder is.
fn site() -> PathBuf {
    checkout().join(std::env::var_os("SLUICEGATE_SITE").unwrap_or_else(|| "target/site".into()))
}

fn binary(settings: &Settings) -> Result<PathBuf> {
    let binary = match (&settings.binary, std::env::var_os("SLUICEGATE_BIN")) {
        (Some(binary), _) => binary.clone(),
        (None, Some(named)) => checkout().join(named),
        (None, None) => target().join("debug/sluicegate"),
    };
    if binary.is_file() {
        return Ok(binary);
    }
    Err(format!(
        "{} is not there: `cargo leptos build --split` makes it, and `make test` does so first",
        binary.display()
    )
    .into())
}
