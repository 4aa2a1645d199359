//! Searches: what they find, how it is ordered, paged and counted, and that the index finds what is found without one.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails the test")]

mod documented;
mod equality;
mod found;
mod hostile;
mod rebuilt;
mod ways;
mod world;
