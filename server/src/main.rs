//! The `sluicegate` binary: reads the configuration and runs one command.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    server::commands::run(std::env::args_os()).await
}
