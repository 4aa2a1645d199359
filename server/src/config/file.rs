//! The TOML file. Unknown names are refused, so that a typing error does not pass for a default.

use std::path::{Path, PathBuf};

use domain::platform::Platform;
use serde::Deserialize;

/// What a file may hold.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct File {
    pub addr: Option<String>,
    pub data: Option<PathBuf>,
    pub site: Option<PathBuf>,
    pub registry: Registry,
    pub registries: Vec<Named>,
    pub platform: Platform,
}

/// The file's part on the registry.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Registry {
    pub location: Option<String>,
    pub user: Option<String>,
    pub password: Option<String>,
    pub token: Option<String>,
    pub poll_seconds: Option<u64>,
    pub requests_per_second: Option<u32>,
}

/// One of several registries; its secrets are in the environment, under names that are given here.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Named {
    pub name: String,
    pub location: String,
    pub user: Option<String>,
    pub password_env: Option<String>,
    pub token_env: Option<String>,
    pub poll_seconds: Option<u64>,
    pub requests_per_second: Option<u32>,
}

/// Why a file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error("The configuration file {path} cannot be read: {source}.")]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is not what is expected.
    #[error("The configuration file {path} cannot be used: {source}")]
    Parse {
        /// Which file.
        path: PathBuf,
        /// Why and where.
        source: Box<toml::de::Error>,
    },
}

/// Reads a file.
pub fn read(path: &Path) -> Result<File, FileError> {
    let text = std::fs::read_to_string(path).map_err(|source| FileError::Read { path: path.into(), source })?;
    toml::from_str(&text).map_err(|source| FileError::Parse { path: path.into(), source: Box::new(source) })
}
