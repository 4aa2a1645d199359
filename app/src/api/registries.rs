//! The registries: their state, what cannot be read, and the acts on them.

use domain::registry::{ProbeStep, RegistryState, Unreadable};
use leptos::prelude::*;

use super::ApiError;

/// How many unreadable subjects a page has.
pub const UNREADABLE_ROWS: usize = 100;

/// Every registry, in the order of the configuration.
#[server(prefix = "/api/ui", endpoint = "registries", input = leptos::server_fn::codec::GetUrl)]
pub async fn registries() -> Result<Vec<RegistryState>, ApiError> {
    let (console, actor) = super::ctx::console()?;
    Ok(console.registries(&actor)?)
}

/// What could not be read of a registry after this name.
#[server(prefix = "/api/ui", endpoint = "unreadable", input = leptos::server_fn::codec::GetUrl)]
pub async fn unreadable_of(
    #[server(default)] registry: String,
    #[server(default)] after: String,
) -> Result<Vec<Unreadable>, ApiError> {
    let (console, actor) = super::ctx::console()?;
    let name = domain::registry::RegistryName::parse(registry).map_err(|e| ApiError::Invalid(e.to_string()))?;
    Ok(console.unreadable(&actor, &name, (!after.is_empty()).then_some(after.as_str()), UNREADABLE_ROWS)?)
}

/// Has a registry read now.
#[server(prefix = "/api/ui", endpoint = "read-registry")]
pub async fn read_registry(#[server(default)] registry: String) -> Result<(), ApiError> {
    let (console, actor) = super::ctx::console()?;
    let name = domain::registry::RegistryName::parse(registry).map_err(|e| ApiError::Invalid(e.to_string()))?;
    console.read_registry(&actor, &name)?;
    super::ctx::go_to(crate::paths::REGISTRIES);
    Ok(())
}

/// Tests the connection to a registry, step by step.
#[server(prefix = "/api/ui", endpoint = "test-registry")]
pub async fn test_registry(#[server(default)] registry: String) -> Result<Vec<ProbeStep>, ApiError> {
    let (console, actor) = super::ctx::console()?;
    let name = domain::registry::RegistryName::parse(registry).map_err(|e| ApiError::Invalid(e.to_string()))?;
    Ok(console.test_registry(&actor, &name).await?)
}
