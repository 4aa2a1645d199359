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

pub use location::{Auth, Location, LocationError, RegistryConfig, Secret, parse_location};

/// Makes the adapter for the configured place; nothing is read yet. The error is a sentence for whoever starts the server.
pub fn open(config: RegistryConfig) -> Result<Arc<dyn Registry>, String> {
    Ok(match config.location {
        Location::Demo => Arc::new(embedded::demo()),
        Location::Directory(path) => Arc::new(directory::directory(path)),
        Location::Url { url, auth } => Arc::new(confluent::Confluent::new(url, auth)?),
    })
}
