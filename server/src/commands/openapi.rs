//! `sluicegate openapi`: prints the OpenAPI document.

use std::process::ExitCode;

use crate::http::api;

/// Prints it.
pub fn run() -> ExitCode {
    match api::document().to_pretty_json() {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => super::fail(1, &format!("The document cannot be written: {error}.")),
    }
}
