//! What the use cases need from the outside, without vendor words. Adapters are in the server, reference adapters in `memory`.

pub mod clock;
pub mod forge;
pub mod registry;
pub mod secret;
pub mod snapshot;
pub mod store;
