//! Subjects: search and read.

use domain::registry::{ExplorePage, SubjectView};
use domain::search::{SearchPage, SearchRequest};
use leptos::prelude::*;

use super::ApiError;

/// The subjects that match a pattern; `types` is a comma-separated list of type words, empty for all.
#[server(prefix = "/api/ui", endpoint = "explore", input = leptos::server_fn::codec::GetUrl)]
pub async fn explore(
    #[server(default)] pattern: String,
    #[server(default)] types: String,
    #[server(default)] after: String,
    limit: usize,
) -> Result<ExplorePage, ApiError> {
    let (console, actor) = super::ctx::console()?;
    let types = types.split(',').filter_map(domain::subject::SchemaType::from_word).collect();
    let after = domain::subject::SubjectName::parse(after).ok();
    Ok(console.explore(&actor, &domain::registry::ExploreQuery { pattern, types, limit, after }).await?)
}

/// One page of what a query finds.
#[server(prefix = "/api/ui", endpoint = "search", input = leptos::server_fn::codec::GetUrl)]
pub async fn search(#[server(default)] request: SearchRequest) -> Result<SearchPage, ApiError> {
    let (console, actor) = super::ctx::console()?;
    Ok(console.search(&actor, &request).await?)
}

/// One subject with a version opened; version 0 for the newest.
#[server(prefix = "/api/ui", endpoint = "subject", input = leptos::server_fn::codec::GetUrl)]
pub async fn open_subject(#[server(default)] name: String, version: u32) -> Result<SubjectView, ApiError> {
    let (console, actor) = super::ctx::console()?;
    let name = domain::subject::SubjectName::parse(name).map_err(|e| ApiError::Invalid(e.to_string()))?;
    let version = (version > 0).then_some(domain::subject::Version(version));
    Ok(console.subject(&actor, &name, version).await?)
}
