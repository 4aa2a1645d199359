//! What the user changed about the load.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::part::parts;
use crate::platform::{LoadKind, WriterProfile};
use crate::subject::Version;

/// What the user changed about the load; `None` keeps what was generated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct LoadEdit {
    /// What loads the event, where it is not the platform's default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<LoadKind>,
    /// Who writes the files, where it is not the platform's default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub writer_profile: Option<WriterProfile>,
    /// What happens to a file with a row that does not load.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_error: Option<OnError>,
    /// The notification integration that hears of errors; a name as typed, empty for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_integration: Option<String>,
    /// The regular expression that paths of files have to match.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// The SNS topic that announces files, where the bucket does not notify the pipe's own queue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aws_sns_topic: Option<String>,
    /// Where below the platform's bucket the files are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage_prefix: Option<String>,
    /// Whether texts that are too long for their column are cut.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub truncate_columns: Option<bool>,
    /// Whether a column says the content key of each row's file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_content_key: Option<bool>,
    /// Whether a column says when each row's file was last modified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_last_modified: Option<bool>,
    /// The versions of a live event whose pipes have drained and are taken out with this change; done once, and not kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retire: Option<Vec<Version>>,
}

parts!(LoadEdit {
    kind: LoadKind,
    writer_profile: WriterProfile,
    on_error: OnError,
    error_integration: ErrorIntegration,
    pattern: Pattern,
    aws_sns_topic: AwsSnsTopic,
    stage_prefix: StagePrefix,
    truncate_columns: TruncateColumns,
    file_content_key: FileContentKey,
    file_last_modified: FileLastModified,
    retire: Retire,
});

impl LoadEdit {
    /// All that was typed.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let typed = [&self.error_integration, &self.pattern, &self.aws_sns_topic, &self.stage_prefix];
        typed.into_iter().flatten().map(String::as_str)
    }
}

/// What happens to a file with rows that do not load, as Snowflake writes it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum OnError {
    /// Nothing of the file is loaded.
    #[default]
    SkipFile,
    /// The other rows are loaded.
    Continue,
    /// From so many such rows on nothing of the file is loaded.
    SkipFileAt(u32),
    /// From such a share of its rows on, in percent, nothing of the file is loaded.
    SkipFileAtPercent(u8),
}

/// The text is none of the ways to handle errors.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "ON_ERROR of a pipe is SKIP_FILE, CONTINUE, SKIP_FILE_10 for a number of rows, or SKIP_FILE_10% for a share of them."
)]
pub struct OnErrorError;

impl FromStr for OnError {
    type Err = OnErrorError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim().to_ascii_uppercase();
        let number = |text: &str| text.chars().all(|c| c.is_ascii_digit()).then(|| text.parse::<u32>().ok()).flatten();
        match text.strip_prefix("SKIP_FILE_") {
            None if text == "SKIP_FILE" => Ok(Self::SkipFile),
            None if text == "CONTINUE" => Ok(Self::Continue),
            None => Err(OnErrorError),
            Some(limit) => match limit.strip_suffix('%') {
                Some(share) => {
                    let share = number(share).and_then(|share| u8::try_from(share).ok());
                    share.filter(|share| (1..=100).contains(share)).map(Self::SkipFileAtPercent).ok_or(OnErrorError)
                }
                None => number(limit).filter(|rows| *rows > 0).map(Self::SkipFileAt).ok_or(OnErrorError),
            },
        }
    }
}

impl fmt::Display for OnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SkipFile => f.write_str("SKIP_FILE"),
            Self::Continue => f.write_str("CONTINUE"),
            Self::SkipFileAt(rows) => write!(f, "SKIP_FILE_{rows}"),
            Self::SkipFileAtPercent(share) => write!(f, "SKIP_FILE_{share}%"),
        }
    }
}

impl TryFrom<String> for OnError {
    type Error = OnErrorError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<OnError> for String {
    fn from(on_error: OnError) -> Self {
        on_error.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_handle_errors_is_read_as_it_is_written() {
        for text in ["SKIP_FILE", "CONTINUE", "SKIP_FILE_1", "SKIP_FILE_10", "SKIP_FILE_100%"] {
            assert_eq!(text.parse::<OnError>().map(String::from).as_deref(), Ok(text));
        }
        for text in [
            "",
            "ABORT_STATEMENT",
            "SKIP_FILE_",
            "SKIP_FILE_0",
            "SKIP_FILE_101%",
            "SKIP_FILE_%",
            "SKIP_FILE_-1",
            "SKIP_FILE_1; x",
        ] {
            assert_eq!(text.parse::<OnError>(), Err(OnErrorError), "{text}");
        }
    }
}
