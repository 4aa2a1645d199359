//! The generator from outside: case folders, quoting, random schemas, and Snowflake's grammar as sqlparser knows it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of tests fails the test")]

mod artifacts;
mod cases;
mod corpus;
mod designs;
mod edits;
mod event;
mod golden;
mod hostile;
mod listing;
mod live;
mod loads;
mod presets;
mod published;
mod quoting;
mod random;
mod rebase;
mod reference;
mod snowflake;
mod tables;
mod terraform;
