//! What the console itself knows of subjects, laid over what the registries say.

use std::collections::HashMap;

use crate::registry::Onboarding;
use crate::subject::{SubjectName, Version};

/// What became of subjects, and who answers for them; subjects that nobody touched are not in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overlay {
    /// Which state of the console this is; a new one has another number.
    pub generation: u64,
    /// By registry and subject.
    pub standings: HashMap<(String, SubjectName), Standing>,
}

/// What became of one subject.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// What became of it, before the newest version is looked at.
    pub onboarding: Onboarding,
    /// The version that is live, if one is.
    pub live: Option<Version>,
    /// Who answers for it.
    pub owner: Option<String>,
}

impl Standing {
    /// What became of it, now that the registry's newest version is this.
    pub fn onboarding(&self, newest: Option<Version>) -> Onboarding {
        match (self.onboarding, self.live, newest) {
            (Onboarding::Live, Some(live), Some(newest)) if live < newest => Onboarding::Behind,
            (state, ..) => state,
        }
    }
}
