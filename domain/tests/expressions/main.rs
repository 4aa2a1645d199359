//! The expressions of a load as trees: what is read, what is refused and why, and that what is printed is what was read.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of tests fails the test")]

mod random;
mod reading;
mod refusals;
