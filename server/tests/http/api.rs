//! The HTTP API: what every call gives, and what it says when it cannot.

mod bad_input;
mod contract;
mod decisions;
mod search;
mod subjects;
mod tokens;
