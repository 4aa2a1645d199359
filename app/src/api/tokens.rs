//! API tokens of one's own.

use domain::time::Timestamp;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::ApiError;

/// A token without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenView {
    /// Its number.
    pub id: i64,
    /// What for.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

/// One's tokens, newest first, and when the list was made.
#[server(prefix = "/api/ui", endpoint = "tokens", input = leptos::server_fn::codec::GetUrl)]
pub async fn tokens() -> Result<(Vec<TokenView>, Timestamp), ApiError> {
    let (console, actor) = super::ctx::console()?;
    let view = |t: service::ports::store::ApiToken| TokenView {
        id: t.id,
        name: t.name,
        created_at: t.created_at,
        used_at: t.used_at,
    };
    Ok((console.tokens(&actor).await?.into_iter().map(view).collect(), console.now()))
}

/// Makes a token; the answer is its secret, which is shown this once.
#[server(prefix = "/api/ui", endpoint = "create-token")]
pub async fn create_token(#[server(default)] name: String) -> Result<String, ApiError> {
    let (console, actor) = super::ctx::console()?;
    Ok(console.create_token(&actor, &name).await?.1)
}

/// Revokes a token.
#[server(prefix = "/api/ui", endpoint = "revoke-token")]
pub async fn revoke_token(id: i64) -> Result<(), ApiError> {
    let (console, actor) = super::ctx::console()?;
    Ok(console.revoke_token(&actor, id).await?)
}
