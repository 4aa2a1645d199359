//! Searches of one's own, kept under names.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::ApiError;

/// A kept search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchView {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The query of Explore's address.
    pub query: String,
}

/// One's searches, by name.
#[server(prefix = "/api/ui", endpoint = "searches", input = leptos::server_fn::codec::GetUrl)]
pub async fn searches() -> Result<Vec<SearchView>, ApiError> {
    let (console, actor) = super::ctx::console()?;
    let view = |s: service::ports::store::SavedSearch| SearchView { id: s.id, name: s.name, query: s.query };
    Ok(console.saved_searches(&actor).await?.into_iter().map(view).collect())
}

/// Keeps a search and goes back to it.
#[server(prefix = "/api/ui", endpoint = "save-search")]
pub async fn save_search(#[server(default)] name: String, #[server(default)] query: String) -> Result<(), ApiError> {
    let (console, actor) = super::ctx::console()?;
    let kept = console.save_search(&actor, &name, &query).await?;
    super::ctx::go_to(&crate::paths::kept_search(&kept.query));
    Ok(())
}

/// Forgets a search and goes to the one that is open.
#[server(prefix = "/api/ui", endpoint = "forget-search")]
pub async fn forget_search(id: i64, #[server(default)] query: String) -> Result<(), ApiError> {
    let (console, actor) = super::ctx::console()?;
    console.forget_search(&actor, id).await?;
    super::ctx::go_to(&crate::paths::kept_search(&query));
    Ok(())
}
