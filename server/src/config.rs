//! Configuration, in one place: flags, then `SLUICEGATE_*` environment, then a TOML file, then defaults. No other file reads the
//! environment.

mod cli;
mod file;
mod registries;

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use domain::platform::Platform;

pub use cli::{
    CheckArgs, CheckFormat, Cli, Command, DiffArgs, DiffFormat, EvolveArgs, RegisterArgs, RegistryArgs, RenderArgs,
    RenderFormat, SchemaArgs, SearchArgs, SearchFormat, ServeArgs, TokenCommand,
};
pub use file::FileError;
pub use registries::RegistrySetting;

use crate::registry::{RegistryConfig, parse_location};
use registries::{Credentials, Said};

/// Everything that the server is told.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub addr: SocketAddr,
    /// The folder that holds the database and the local forge.
    pub data: PathBuf,
    /// The registries, the one that is meant where none is named first.
    pub registries: Vec<RegistrySetting>,
    /// The folder with the wasm, styles and static files.
    pub site: PathBuf,
    /// The deployment's defaults.
    pub platform: Platform,
}

/// What cannot be used, as a sentence.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The registry's location or credentials.
    #[error("{0}")]
    Registry(String),
    /// The address.
    #[error("--addr {text:?} is not an address and port. Write it as 127.0.0.1:3000.")]
    Addr {
        /// What was given.
        text: String,
    },
}

impl Config {
    /// Puts flags (which hold the environment already), file and defaults together.
    pub fn new(args: ServeArgs) -> Result<Self, ConfigError> {
        let file = args.config.as_deref().map(file::read).transpose()?.unwrap_or_default();
        let addr = args.addr.or(file.addr).unwrap_or_else(|| "127.0.0.1:3000".into());
        let first = Said {
            location: args.registry.or(file.registry.location),
            user: args.registry_user.or(file.registry.user),
            password: args.registry_password.or(file.registry.password),
            token: args.registry_token.or(file.registry.token),
            poll_seconds: args.registry_poll_seconds.or(file.registry.poll_seconds),
            requests_per_second: args.registry_requests_per_second.or(file.registry.requests_per_second),
        };
        Ok(Self {
            addr: addr.parse().map_err(|_| ConfigError::Addr { text: addr.clone() })?,
            data: data_folder(args.data.or(file.data)),
            registries: registries::all(first, file.registries)?,
            site: args.site.or(file.site).unwrap_or_else(default_site),
            platform: file.platform,
        })
    }

    /// Whether only this machine can connect.
    pub fn is_loopback(&self) -> bool {
        match self.addr.ip() {
            IpAddr::V4(ip) => ip.is_loopback(),
            IpAddr::V6(ip) => ip.is_loopback(),
        }
    }
}

/// The data folder, or the default one.
pub fn data_folder(given: Option<PathBuf>) -> PathBuf {
    given.unwrap_or_else(|| PathBuf::from("./data"))
}

/// `site` beside the folder of the executable: `target/site` of a checkout, `site` of a release.
fn default_site() -> PathBuf {
    let exe = std::env::current_exe().unwrap_or_default();
    exe.parent().and_then(Path::parent).map_or_else(|| PathBuf::from("site"), |folder| folder.join("site"))
}

/// The registry that a command is given, if it is given one.
pub fn registry_of(args: &RegistryArgs) -> Result<Option<RegistryConfig>, ConfigError> {
    let Some(text) = &args.registry else { return Ok(None) };
    let credentials = Credentials {
        user: args.registry_user.clone(),
        password: args.registry_password.clone(),
        token: args.registry_token.clone(),
    };
    let location = parse_location(text).map_err(|error| ConfigError::Registry(error.to_string()))?;
    Ok(Some(credentials.apply(location)?.into()))
}

/// The platform's names in a TOML file.
pub fn platform_of(path: &Path) -> Result<Platform, FileError> {
    Ok(file::read(path)?.platform)
}
