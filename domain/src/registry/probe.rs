//! The test of a connection to a registry, step by step: what was tried, what came of it, and how long it took.

use serde::{Deserialize, Serialize};

/// One step of a test; those after a failed one are not tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProbeStep {
    /// What is tried: `Resolve the name`.
    pub step: String,
    /// Whether it worked.
    pub passed: bool,
    /// What came of it, a sentence without secrets.
    pub sentence: String,
    /// How long it took, in milliseconds.
    pub millis: u64,
}
