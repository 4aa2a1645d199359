//! Journeys through the real binary in a real browser: a journey starts servers and visitors, and fails on any trouble they had.

pub mod axe;
pub mod browser;
pub mod http;
pub mod journey;
pub mod pages;
pub mod problems;
pub mod screens;
pub mod sight;
pub mod traffic;
pub mod visitor;
pub mod world;

pub use journey::{Journey, journey};
pub use pages::{Designer, Explore, RequestPage, Review, RunPage, Subject};
pub use sight::{counted, focused, holds, reached, reads, seen, unseen};
pub use traffic::Traffic;
pub use visitor::{Theme, Visit, Visitor};
pub use world::{Settings, World};

/// Whatever can go wrong in a journey, as the sentence that the test run prints.
pub type Trouble = Box<dyn std::error::Error + Send + Sync>;

/// What a step of a journey yields.
pub type Result<T = ()> = std::result::Result<T, Trouble>;

/// A failed journey. Rust's test runner prints the debug form of an error, so that form is the sentence itself.
pub(crate) struct Failure(pub(crate) String);

impl std::fmt::Debug for Failure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

/// The checkout, whatever folder the tests were started from.
pub(crate) fn checkout() -> std::path::PathBuf {
    let package = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

/// Cargo's target folder, where the server's binary is and where failures leave their pictures.
pub(crate) fn target() -> std::path::PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => checkout().join(folder),
        None => checkout().join("target"),
    }
}
