//! Suites against registries that no one here wrote. `make test-real` starts them, says where they are, and runs what is ignored here.

// Clippy's leave for tests does not reach helpers of an integration test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod agreement;
#[allow(dead_code, reason = "where a change is incompatible is for our rules alone")]
#[path = "../../../domain/tests/compatibility/cases.rs"]
mod cases;
mod differences;
mod imports;
mod quirks;
mod registry;
#[allow(dead_code, reason = "these suites need a part of what those of the process need")]
#[path = "../process/server.rs"]
mod server;
mod shelf;
mod shown;
