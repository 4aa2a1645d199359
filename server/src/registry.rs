//! The schema registries that the console reads: the demo in the binary, a folder of files, or a Confluent-compatible server.

mod confluent;
mod directory;
mod embedded;
mod files;
mod location;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use service::ports::registry::Registry;

pub use confluent::{CALLS_A_SECOND, Confluent, Patience};
pub use location::{Auth, Location, LocationError, RegistryConfig, Secret, parse_location};

/// Makes the adapter for the configured place; nothing is read yet. The error is a sentence for whoever starts the server.
pub fn open(config: RegistryConfig) -> Result<Arc<dyn Registry>, String> {
    Ok(match config.location {
        Location::Demo => Arc::new(embedded::demo()),
        Location::Directory(path) => Arc::new(directory::directory(path)),
        Location::Url { url, auth } => {
            Arc::new(Confluent::at_pace(url, auth, Patience::default(), config.calls_a_second)?)
        }
    })
}

/// Makes the adapter of a registry that schemas can be registered with, which only a server is.
pub fn open_to_register(config: RegistryConfig) -> Result<Confluent, String> {
    match config.location {
        Location::Url { url, auth } => Confluent::new(url, auth),
        _ => Err("Schemas are registered with a server. Give its http(s) URL as --registry.".to_owned()),
    }
}
