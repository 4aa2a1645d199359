//! What a server function answers instead of a result. An enum with sentences for people; causes stay in the server's log.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Why a call gave nothing; displays as the sentence for the user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ApiError {
    /// Nobody is signed in.
    #[error("You are signed out. Sign in again; what you typed stays on this page.")]
    SignedOut,
    /// There is no such thing.
    #[error("{0}")]
    NotFound(String),
    /// The actor may not.
    #[error("{0}")]
    Refused(String),
    /// Someone was faster.
    #[error("{0}")]
    Conflict(String),
    /// The input cannot be used.
    #[error("{0}")]
    Invalid(String),
    /// Something does not answer for now.
    #[error("{0}")]
    Unavailable(String),
    /// The server's own fault.
    #[error("Something went wrong on the server. It is in the server's log.")]
    Internal,
    /// The server did not understand this page.
    #[error("This page is older than the server. Reload it; drafts are saved.")]
    Outdated,
    /// The server did not answer.
    #[error("The console's server does not answer. Check that it runs; this page tries again when you do.")]
    Offline,
}

impl ApiError {
    /// The HTTP status of a page, or of an answer to a page's script, that has this instead of a result.
    pub const fn status(&self) -> u16 {
        match self {
            Self::SignedOut => 401,
            Self::NotFound(_) => 404,
            Self::Refused(_) => 403,
            Self::Conflict(_) => 409,
            Self::Invalid(_) => 422,
            Self::Unavailable(_) | Self::Offline => 503,
            Self::Internal => 500,
            Self::Outdated => 400,
        }
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(value: ServerFnErrorErr) -> Self {
        match value {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::Offline,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => {
                Self::Invalid("The server could not read what was sent. Reload the page and try again.".to_owned())
            }
            ServerFnErrorErr::Deserialization(_) | ServerFnErrorErr::UnsupportedRequestMethod(_) => Self::Outdated,
            _ => Self::Internal,
        }
    }
}
