//! The simulator, and with it the generator: what each writer leaves in a file, as the reader sees it, through the generated
//! expressions, is what the event said.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of tests fails the test")]

mod expected;
mod expressions;
mod files;
mod invented;
mod layout;
#[path = "../generator/listing.rs"]
mod listing;
mod loading;
mod oracles;
mod parsing;
mod read;
mod readers;
mod records;
mod retyped;
mod roundtrip;
mod rows;
mod said;
mod samples;
mod schemas;
mod write;
