//! The server: configuration, composition, HTTP, identity, commands, and one module per port's adapters.

pub mod auth;
pub mod commands;
pub mod compose;
pub mod config;
pub mod engine;
pub mod forge;
pub mod http;
pub mod registry;
pub mod store;
