//! The catalogue: events that went live.

use serde::{Deserialize, Serialize};

use crate::policy::UserName;
use crate::request::RequestId;
use crate::run::RunId;
use crate::subject::{SubjectName, Version};
use crate::time::Timestamp;

/// One onboarded event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OnboardedEvent {
    /// The event's name.
    pub name: String,
    /// Its subject; one event a subject.
    pub subject: SubjectName,
    /// The version that its table has.
    pub version: Version,
    /// The newest version in the registry's snapshot; `None` when the subject is gone from there.
    pub newest: Option<Version>,
    /// The table, `DATABASE.SCHEMA.NAME`.
    pub table: String,
    /// How many columns the table has.
    pub columns: usize,
    /// The versions whose pipes run, oldest first; the sink job writes the last one.
    pub pipes: Vec<Version>,
    /// The topic.
    pub topic: String,
    /// Who asked for it.
    pub owner: UserName,
    /// The request.
    pub request: RequestId,
    /// The run that made it.
    pub run: RunId,
    /// The pull request that carried it, a text such as `#12`.
    pub pull_request: String,
    /// Since when it is live.
    pub live_since: Timestamp,
}

impl OnboardedEvent {
    /// The versions whose pipes only load what is left of them, and are taken out once they have drained.
    pub fn older_pipes(&self) -> &[Version] {
        self.pipes.split_last().map_or(&[], |(_, older)| older)
    }
}
