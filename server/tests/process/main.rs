//! The binary as it is started: commands and their exit codes, and a server that is killed, stopped, or started twice.

// Clippy's leave for tests does not reach helpers of an integration test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod commands;
mod crash;
mod registry;
mod render;
mod schemas;
mod search;
mod serve;
mod server;
