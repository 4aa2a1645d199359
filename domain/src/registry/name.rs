//! What a registry is called here, and its mode.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The longest name of a registry, in bytes.
pub const MAX_REGISTRY_NAME: usize = 40;

/// The name of a registry in this console: lower-case letters, digits and dashes, beginning with a letter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RegistryName(String);

/// Why a text is not a registry's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "A registry's name has 1 to {MAX_REGISTRY_NAME} lower-case letters, digits and dashes, and begins with a letter, as in eu-prod."
)]
pub struct RegistryNameError;

impl RegistryName {
    /// Parses a name.
    pub fn parse(text: impl Into<String>) -> Result<Self, RegistryNameError> {
        let text = text.into();
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let begins = text.starts_with(|c: char| c.is_ascii_lowercase());
        if begins && text.len() <= MAX_REGISTRY_NAME && text.chars().all(allowed) {
            Ok(Self(text))
        } else {
            Err(RegistryNameError)
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for RegistryName {
    /// What the only registry is called when nobody names it.
    fn default() -> Self {
        Self("default".to_owned())
    }
}

impl fmt::Display for RegistryName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for RegistryName {
    type Err = RegistryNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for RegistryName {
    type Error = RegistryNameError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(text)
    }
}

impl From<RegistryName> for String {
    fn from(name: RegistryName) -> Self {
        name.0
    }
}

/// What a registry lets a subject be used for, spelled as the registry does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Mode {
    /// Versions can be read and registered.
    ReadWrite,
    /// Versions can be read.
    ReadOnly,
    /// The same, whatever a subject says.
    #[serde(rename = "READONLY_OVERRIDE")]
    ReadOnlyOverride,
    /// Versions come with ids from elsewhere.
    Import,
    /// What is asked for is asked of another registry.
    Forward,
}

impl Mode {
    /// Every mode.
    pub const ALL: [Self; 5] = [Self::ReadWrite, Self::ReadOnly, Self::ReadOnlyOverride, Self::Import, Self::Forward];

    /// The registry's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::ReadWrite => "READWRITE",
            Self::ReadOnly => "READONLY",
            Self::ReadOnlyOverride => "READONLY_OVERRIDE",
            Self::Import => "IMPORT",
            Self::Forward => "FORWARD",
        }
    }

    /// The mode with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_words_that_fit_everywhere() {
        for good in ["default", "eu-prod", "a", "a1"] {
            assert_eq!(RegistryName::parse(good).map(String::from), Ok(good.to_owned()));
        }
        for bad in ["", "Eu", "1a", "-a", "a b", "a/b", "ä", &"a".repeat(41)] {
            assert_eq!(RegistryName::parse(bad), Err(RegistryNameError), "{bad}");
        }
    }

    #[test]
    fn modes_are_spelled_as_the_registry_does() {
        for mode in Mode::ALL {
            assert_eq!(Mode::from_word(mode.word()), Some(mode));
            assert_eq!(serde_json::to_value(mode).unwrap(), mode.word());
        }
    }
}
