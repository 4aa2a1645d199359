//! What the user changed about the load.

use serde::{Deserialize, Serialize};

use super::part::parts;
use crate::platform::WriterProfile;

/// What the user changed about the load; `None` keeps what was generated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct LoadEdit {
    /// Who writes the files, where it is not the platform's default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub writer_profile: Option<WriterProfile>,
}

parts!(LoadEdit { writer_profile: WriterProfile });

impl LoadEdit {
    /// All that was typed.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        std::iter::empty()
    }
}
