//! Who is signed in, and who could be.

use domain::policy::Actor;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::ApiError;

/// What the shell and the sign-in page need to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surroundings {
    /// Who is signed in.
    pub actor: Option<Actor>,
    /// People whom the sign-in page offers.
    pub people: Vec<Actor>,
    /// Where the registry is, for people.
    pub registry: String,
    /// How many requests wait for this person's decision.
    pub to_review: usize,
}

/// Who is signed in, and what is around them.
#[server(prefix = "/api/ui", endpoint = "session", input = leptos::server_fn::codec::GetUrl)]
pub async fn session() -> Result<Surroundings, ApiError> {
    let around = super::ctx::surroundings();
    let actor = super::ctx::actor().ok();
    let to_review = match &actor {
        Some(actor) if actor.role == domain::policy::Role::Platform => {
            expect_context::<service::Console>().requests_to_review(actor).await?.len()
        }
        _ => 0,
    };
    Ok(Surroundings { actor, people: around.people, registry: around.registry, to_review })
}
