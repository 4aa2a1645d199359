//! The server through its router, in process: a real store, forge, engine and demo registry in a folder of the test's own.

// Clippy's leave for tests does not reach helpers of an integration test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod actor;
mod answer;
mod api;
mod buttons;
mod csrf;
mod functions;
mod health;
mod html;
mod journey;
mod life;
mod pages;
mod registry;
mod sessions;
mod stage;
mod streams;
mod world;
