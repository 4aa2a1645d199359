//! The server through its router, in process: a real store, forge, engine and demo registry in a folder of the test's own.

// Clippy's leave for tests does not reach helpers of an integration test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod actor;
mod answer;
mod api;
mod html;
mod journey;
mod world;
