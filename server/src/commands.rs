//! The commands of the binary, one file each.

mod check;
mod diff;
mod evolve;
mod openapi;
mod register;
mod registered;
mod render;
mod search;
mod serve;
mod source;
mod token;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use crate::config::{Cli, Command};

/// Exit code for misuse, as clap gives it.
const MISUSE: u8 = 2;

/// Runs the command that the arguments name.
pub async fn run(args: impl Iterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(MISUSE));
        }
    };
    match cli.command {
        None => serve::run(cli.serve).await,
        Some(Command::Serve(args)) => serve::run(*args).await,
        Some(Command::Render(args)) => render::run(&args),
        Some(Command::Diff(args)) => diff::run(&args).await,
        Some(Command::Evolve(args)) => evolve::run(&args).await,
        Some(Command::Check(args)) => check::run(&args).await,
        Some(Command::Register(args)) => register::run(&args).await,
        Some(Command::Search(args)) => search::run(&args).await,
        Some(Command::Token(command)) => token::run(command).await,
        Some(Command::Openapi) => openapi::run(),
        Some(Command::Version) => {
            println!("sluicegate {}", env!("CARGO_PKG_VERSION"));
            ExitCode::SUCCESS
        }
    }
}

fn fail(code: u8, sentence: &str) -> ExitCode {
    eprintln!("error: {sentence}");
    ExitCode::from(code)
}
