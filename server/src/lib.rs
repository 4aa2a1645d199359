//! The adapters behind the ports. A library beside the binary, so that tests start them without a process.

pub mod engine;
pub mod store;
