//! Presets: designs that are made of a schema by rules, as edits like any other, so that they can be changed, undone and taken back.

mod oneof;
mod personal;
mod shape;

use serde::{Deserialize, Serialize};

pub use personal::PersonalData;

use crate::design::Design;
use crate::platform::Platform;
use crate::schema::{FieldPath, Schema};
use crate::table::fields_of;

/// The presets that every console has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BuiltIn {
    /// Personal data is masked or left out.
    PiiSafe,
    /// Every field has a column of its own.
    WideAndFlat,
    /// The whole event is one column.
    RawVariant,
    /// Each oneof has a column that says which of its members is set.
    OneofCases,
}

impl BuiltIn {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::PiiSafe, Self::WideAndFlat, Self::RawVariant, Self::OneofCases];

    /// The name on the page.
    pub fn label(self) -> &'static str {
        match self {
            Self::PiiSafe => "PII-safe",
            Self::WideAndFlat => "Wide and flat",
            Self::RawVariant => "Raw variant",
            Self::OneofCases => "Oneof cases",
        }
    }

    /// What it does, one sentence.
    pub fn about(self) -> &'static str {
        match self {
            Self::PiiSafe => {
                "Fields whose tags, name or documentation say personal data are masked by the platform's policy, or left out where there is none for their type."
            }
            Self::WideAndFlat => {
                "Records are taken apart to any depth, so that each of their fields has a column and none of their own."
            }
            Self::RawVariant => {
                "One VARIANT column has the whole event as it is in the file, and the fields have no columns."
            }
            Self::OneofCases => "Each oneof of a Protobuf message has a column that says which of its members is set.",
        }
    }
}

/// A preset of the organisation's own: what it starts from, and its edits over that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct OwnPreset {
    /// Its name.
    pub name: String,
    /// What it does, one sentence.
    #[serde(default)]
    pub about: String,
    /// The preset that it starts from, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<BuiltIn>,
    /// Its edits; those of columns hold where an event has the field.
    #[serde(default)]
    pub design: Design,
}

/// What a preset makes of an event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suggestion {
    /// The edits.
    pub design: Design,
    /// Why, field by field, each with a sentence.
    pub reasons: Vec<(FieldPath, String)>,
}

/// What a preset of every console makes of a schema.
pub fn built_in(preset: BuiltIn, schema: &Schema, platform: &Platform) -> Suggestion {
    match preset {
        BuiltIn::PiiSafe => personal::suggestion(schema, platform),
        BuiltIn::WideAndFlat => shape::wide_and_flat(schema),
        BuiltIn::RawVariant => shape::raw_variant(schema),
        BuiltIn::OneofCases => oneof::cases(schema),
    }
}

/// What a preset of the organisation's own makes of a schema.
pub fn own(preset: &OwnPreset, schema: &Schema, platform: &Platform) -> Suggestion {
    let mut suggestion = preset.base.map(|base| built_in(base, schema, platform)).unwrap_or_default();
    let known = fields_of(schema);
    let mut design = preset.design.clone();
    design.columns.retain(|path, _| known.contains(path));
    suggestion.design = suggestion.design.overridden_by(&design);
    suggestion
}

/// What a new design starts with: the organisation's default preset, or nothing.
pub fn start(schema: &Schema, platform: &Platform) -> Suggestion {
    let default = platform.default_preset.as_deref();
    let found = default.and_then(|name| platform.presets.iter().find(|preset| preset.name == name));
    found.map(|preset| own(preset, schema, platform)).unwrap_or_default()
}
