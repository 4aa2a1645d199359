//! What a use case can answer instead of a result: a handful of cases, each with a sentence for the user.

use domain::policy::Refusal;
use domain::request::NoTransition;

use crate::live::LiveError;
use crate::ports::registry::RegistryError;
use crate::ports::store::StoreError;

/// Why a use case did not do what was asked. Displays as the sentence for the user; sources are for the log.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing.
    #[error("{0}")]
    NotFound(String),
    /// The actor may not.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Someone else was faster, or what was seen is not the newest any more.
    #[error("{0}")]
    Conflict(String),
    /// What was given cannot be used.
    #[error("{0}")]
    Invalid(String),
    /// Something that is needed does not answer; trying again later can help.
    #[error("{message}")]
    Unavailable {
        /// The sentence.
        message: String,
        /// For the log.
        #[source]
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
    /// Our own fault.
    #[error("Something went wrong on the server. It is in the server's log.")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => {
                Self::Conflict("Someone else changed this in the meantime. Reload to see it as it is now.".into())
            }
            StoreError::Taken { name, request, subject } => {
                Self::Conflict(crate::claims::sentence(&name, request, &subject))
            }
            StoreError::Unavailable(source) => Self::Unavailable {
                message: "The console's database does not answer. Nothing was lost; try again in a moment.".into(),
                source: Some(source),
            },
            StoreError::Broken(source) => Self::Internal(source),
        }
    }
}

impl From<RegistryError> for Error {
    fn from(error: RegistryError) -> Self {
        match error {
            RegistryError::NotFound(what) => Self::NotFound(what),
            other => Self::Unavailable { message: other.to_string(), source: Some(Box::new(other)) },
        }
    }
}

impl From<LiveError> for Error {
    fn from(error: LiveError) -> Self {
        match error {
            LiveError::Store(error) => error.into(),
            other => Self::Invalid(other.to_string()),
        }
    }
}

impl From<NoTransition> for Error {
    fn from(error: NoTransition) -> Self {
        Self::Conflict(error.to_string())
    }
}
