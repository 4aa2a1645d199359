//! All server functions: read over GET, change over POST, each at a fixed path, each one call of the console.

pub mod bulk;
pub mod ctx;
pub mod designs;
pub mod error;
pub mod events;
pub mod preview;
pub mod registries;
pub mod registry;
pub mod requests;
pub mod runs;
pub mod searches;
pub mod session;
pub mod tokens;

pub use error::ApiError;
