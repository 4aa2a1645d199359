//! The adapters and the HTTP side of the console, as a library so that tests reach them.

pub mod forge;
pub mod registry;
