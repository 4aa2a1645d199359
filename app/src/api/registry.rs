//! Subjects: search and read.

use domain::registry::{About, SubjectView};
use domain::search::{SearchPage, SearchRequest};
use leptos::prelude::*;

use super::ApiError;

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

/// What is known about a subject besides its schema, with a version opened; version 0 for the newest.
#[server(prefix = "/api/ui", endpoint = "about-subject", input = leptos::server_fn::codec::GetUrl)]
pub async fn about_subject(#[server(default)] name: String, version: u32) -> Result<About, ApiError> {
    let (console, actor) = super::ctx::console()?;
    let name = domain::subject::SubjectName::parse(name).map_err(|e| ApiError::Invalid(e.to_string()))?;
    let version = (version > 0).then_some(domain::subject::Version(version));
    Ok(console.about(&actor, &name, version).await?)
}
