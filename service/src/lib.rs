//! Use cases over ports. The console is the one façade that pages and the HTTP API see; adapters live in the server.

mod claims;
pub mod console;
pub mod error;
mod live;
pub mod people;
pub mod ports;
pub mod search;
pub mod snapshot;
pub mod steps;

pub use console::Console;
pub use error::Error;
