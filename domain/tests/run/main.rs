//! The run machine from outside: what it does next after every kind of input, told as stories, and what no input can break.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of tests fails the test")]

mod invariants;
mod late;
mod stories;
mod story;
