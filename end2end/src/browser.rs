//! The one Chromium that all journeys of a test binary share, on a runtime of its own: a browser belongs to the runtime that
//! launched it, so a runtime per test could not share it. It ends with the process, when the driver's input closes.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use playwright_rs::{Browser, LaunchOptions, Playwright};
use tokio::runtime::Runtime;
use tokio::sync::OnceCell;

use crate::Result;

static RUNTIME: LazyLock<std::io::Result<Runtime>> = LazyLock::new(Runtime::new);
static LAUNCHED: OnceCell<Launched> = OnceCell::const_new();

/// Chromium and its driver, which would end it if it were dropped.
struct Launched {
    browser: Browser,
    _driver: Playwright,
}

const ARGUMENTS: [&str; 7] = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// The runtime that the browser and all journeys run on.
pub(crate) fn runtime() -> Result<&'static Runtime> {
    RUNTIME.as_ref().map_err(|error| format!("tokio's runtime did not start: {error}").into())
}

/// The shared browser, launched by whoever asks first.
pub(crate) async fn shared() -> Result<&'static Browser> {
    let launched = LAUNCHED.get_or_try_init(launch).await?;
    Ok(&launched.browser)
}

async fn launch() -> Result<Launched> {
    let driver = Playwright::launch()
        .await
        .map_err(|error| format!("the browser's driver did not start; run `make test`, which sets it up: {error}"))?;
    let options = LaunchOptions::new()
        .executable_path(chromium()?.display().to_string())
        .args(ARGUMENTS.map(str::to_owned).to_vec());
    let browser = driver.chromium().launch_with_options(options).await?;
    Ok(Launched { browser, _driver: driver })
}

/// Chromium's path: the one named by SLUICEGATE_CHROMIUM, or the first known name on PATH.
fn chromium() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("SLUICEGATE_CHROMIUM").filter(|named| !named.is_empty()) {
        return Ok(PathBuf::from(named));
    }
    let folders = std::env::var_os("PATH").unwrap_or_default();
    ["chromium", "google-chrome", "chromium-browser"]
        .iter()
        .flat_map(|name| std::env::split_paths(&folders).map(move |folder| folder.join(name)))
        .find(|path| Path::is_file(path))
        .ok_or_else(|| "Chromium was not found: install it, or name it in SLUICEGATE_CHROMIUM".into())
}
