//! The contract of the store port, written once against the port and run on the SQLite adapter, and what is the adapter's own: the
//! file, its mode, its triggers, and what many writers at once and a stop in the middle leave behind.

// Clippy's leave for tests does not reach helpers of an integration test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod claims;
mod decide;
mod drafts;
mod file;
mod identity;
mod leases;
mod life;
mod runs;
mod searches;
mod storms;
mod submit;
mod world;
