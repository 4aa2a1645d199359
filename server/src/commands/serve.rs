//! `sluicegate serve`: the console.

use std::process::ExitCode;
use std::time::Duration;

use app::api::ctx::Surroundings;
use leptos::config::{Env, LeptosOptions};
use service::people;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

use crate::compose::{Composed, compose};
use crate::config::{Config, ServeArgs};
use crate::http::{AppState, router};

/// How long open requests have to end after a signal.
const GRACE: Duration = Duration::from_secs(8);

/// Serves until a signal comes.
pub async fn run(args: ServeArgs) -> ExitCode {
    let filter =
        EnvFilter::try_from_env("SLUICEGATE_LOG").unwrap_or_else(|_| EnvFilter::new("warn,server=info,service=info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(false).init();
    let config = match Config::new(args) {
        Ok(config) => config,
        Err(error) => return super::fail(super::MISUSE, &error.to_string()),
    };
    match serve(config).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => super::fail(1, &sentence),
    }
}

async fn serve(config: Config) -> Result<(), String> {
    let shutdown = CancellationToken::new();
    if !config.site.join("pkg").is_dir() {
        return Err(format!(
            "There is no site in {}. Build with make build or make run, or give --site.",
            config.site.display()
        ));
    }
    let listener = TcpListener::bind(config.addr)
        .await
        .map_err(|error| format!("Cannot listen on {}: {error}. Choose another with --addr.", config.addr))?;
    let addr = listener.local_addr().map_err(|error| error.to_string())?;
    let composed = compose(&config, &shutdown).await.map_err(|error| error.to_string())?;
    let app = router(state(&config, &composed, &shutdown), &config.site);
    println!("listening on http://{addr}");

    let stop = shutdown.clone();
    let server = axum::serve(listener, app).with_graceful_shutdown(async move { stop.cancelled().await });
    let server = tokio::spawn(async move { server.await });
    signal().await;
    shutdown.cancel();
    let _ = tokio::time::timeout(GRACE, async {
        let _ = server.await;
        for task in composed.tasks {
            let _ = task.await;
        }
    })
    .await;
    Ok(())
}

fn state(config: &Config, composed: &Composed, shutdown: &CancellationToken) -> AppState {
    let leptos = LeptosOptions::builder()
        .output_name("sluicegate")
        .site_root(config.site.to_string_lossy().into_owned())
        .site_pkg_dir("pkg")
        .site_addr(config.addr)
        .env(Env::PROD)
        .build();
    let people = if config.is_loopback() { people::seeded() } else { Vec::new() };
    AppState {
        console: composed.console.clone(),
        leptos,
        store: composed.store.clone(),
        surroundings: Surroundings { people, registry: composed.registry.clone() },
        shutdown: shutdown.clone(),
    }
}

async fn signal() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
            return;
        }
    }
    let _ = interrupt.await;
}
