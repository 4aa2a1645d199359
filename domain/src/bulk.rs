//! Many events onboarded at once: what becomes of each before anything is asked for, and what was asked for.

use serde::{Deserialize, Serialize};

use crate::platform::Platform;
use crate::preset::{BuiltIn, Suggestion, built_in, own, start};
use crate::request::RequestId;
use crate::schema::Schema;
use crate::subject::{SubjectName, Version};

/// The most events of one report.
pub const MAX_EVENTS: usize = 100;

/// What would become of a selection.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BulkReport {
    /// A row for each event, in the order of the selection.
    pub rows: Vec<BulkRow>,
    /// How many subjects were selected and are beyond [`MAX_EVENTS`].
    pub beyond: usize,
}

/// What would become of one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BulkRow {
    /// The subject.
    pub subject: SubjectName,
    /// The version that would be onboarded; nothing where none can be.
    pub version: Option<Version>,
    /// The table; empty where none can be made.
    pub table: String,
    /// How many columns it would have.
    pub columns: usize,
    /// Whether it can be asked for.
    pub verdict: Outlook,
}

/// Whether an event can be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is", content = "because")]
pub enum Outlook {
    /// Nothing is against it.
    Ready,
    /// It can, and a reviewer will see these sentences.
    Warned(Vec<String>),
    /// It cannot, for this reason.
    Blocked(String),
}

/// What became of one event that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BulkOutcome {
    /// The subject.
    pub subject: SubjectName,
    /// Its request, or why there is none.
    pub request: Result<RequestId, String>,
}

/// The presets that a selection can be onboarded with: the word of each, and its name for people.
pub fn presets(platform: &Platform) -> Vec<(String, String)> {
    let default = match &platform.default_preset {
        Some(name) => format!("The default ({name})"),
        None => "As generated".to_owned(),
    };
    let built_in = BuiltIn::ALL.into_iter().map(|preset| (word(preset).to_owned(), preset.label().to_owned()));
    let own = platform.presets.iter().map(|preset| (format!("own:{}", preset.name), preset.name.clone()));
    std::iter::once((String::new(), default)).chain(built_in).chain(own).collect()
}

/// What the preset of this word makes of a schema; nothing where there is no such preset.
pub fn suggestion(preset: &str, schema: &Schema, platform: &Platform) -> Option<Suggestion> {
    if preset.is_empty() {
        return Some(start(schema, platform));
    }
    if let Some(name) = preset.strip_prefix("own:") {
        return platform.presets.iter().find(|preset| preset.name == name).map(|preset| own(preset, schema, platform));
    }
    BuiltIn::ALL.into_iter().find(|known| word(*known) == preset).map(|known| built_in(known, schema, platform))
}

const fn word(preset: BuiltIn) -> &'static str {
    match preset {
        BuiltIn::PiiSafe => "pii-safe",
        BuiltIn::WideAndFlat => "wide-and-flat",
        BuiltIn::RawVariant => "raw-variant",
        BuiltIn::OneofCases => "oneof-cases",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_that_is_offered_can_be_chosen_and_no_other() {
        let platform = Platform::default();
        for (word, _) in presets(&platform) {
            assert!(suggestion(&word, &Schema::default(), &platform).is_some(), "{word}");
        }
        for word in ["own:nothing", "music"] {
            assert!(suggestion(word, &Schema::default(), &platform).is_none(), "{word}");
        }
    }
}
