//! A draft: a design under way, shared by its link and saved at every change.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::design::Design;
use crate::policy::UserName;
use crate::render::RenderInput;
use crate::request::RequestId;
use crate::subject::{SubjectName, Version};
use crate::time::Timestamp;

/// A draft's number, as in its URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DraftId(pub i64);

impl fmt::Display for DraftId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A design under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// Its number.
    pub id: DraftId,
    /// The event's subject.
    pub subject: SubjectName,
    /// The version that is designed.
    pub version: Version,
    /// The edits so far.
    pub design: Design,
    /// Counts the saves, from 1; a save names the one that it builds on.
    pub saves: u32,
    /// Everyone who saved it, the owner first.
    pub authors: Vec<UserName>,
    /// The request that it was submitted as, if it was.
    pub request: Option<RequestId>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was last saved.
    pub updated_at: Timestamp,
}

/// A draft with everything that the designer needs to render it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DraftView {
    /// The draft.
    pub draft: Draft,
    /// What to render; its design is the draft's.
    pub input: RenderInput,
    /// The versions of its subject, oldest first.
    pub versions: Vec<Version>,
    /// When this view was made.
    pub now: Timestamp,
}

/// A draft on another version, made of one that there was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RebasedDraft {
    /// The new draft.
    pub draft: DraftId,
    /// What became of edits that did not simply stay, a sentence each.
    pub account: Vec<String>,
}
