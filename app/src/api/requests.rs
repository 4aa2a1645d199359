//! Requests: list, open, decide, withdraw, revise.

use domain::request::{Request, RequestId, RequestView, Verdict};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::ApiError;

/// Which requests a list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inbox {
    /// Those that I asked for.
    Mine,
    /// Those that wait for my decision.
    ToReview,
    /// All.
    #[default]
    All,
}

/// One inbox and the size of each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestList {
    /// The requests, newest first.
    pub requests: Vec<Request>,
    /// Sizes of mine, to review, all.
    pub counts: (usize, usize, usize),
    /// When this list was made.
    pub now: domain::time::Timestamp,
}

/// The requests of an inbox.
#[server(prefix = "/api/ui", endpoint = "requests", input = leptos::server_fn::codec::GetUrl)]
pub async fn requests(inbox: Inbox) -> Result<RequestList, ApiError> {
    let (console, actor) = super::ctx::console()?;
    let mine = console.requests(&actor, true, &[]).await?;
    let to_review = console.requests_to_review(&actor).await?;
    let all = console.requests(&actor, false, &[]).await?;
    let counts = (mine.len(), to_review.len(), all.len());
    let requests = match inbox {
        Inbox::Mine => mine,
        Inbox::ToReview => to_review,
        Inbox::All => all,
    };
    Ok(RequestList { requests, counts, now: console.now() })
}

/// One request with its newest revision in full.
#[server(prefix = "/api/ui", endpoint = "request", input = leptos::server_fn::codec::GetUrl)]
pub async fn open_request(id: RequestId) -> Result<RequestView, ApiError> {
    let (console, actor) = super::ctx::console()?;
    Ok(console.request(&actor, id).await?)
}

/// Decides on the revision with this digest; an approval goes to its run, anything else back to the request.
#[server(prefix = "/api/ui", endpoint = "decide")]
pub async fn decide(
    id: RequestId,
    digest: String,
    verdict: Verdict,
    #[server(default)] reason: String,
) -> Result<(), ApiError> {
    let (console, actor) = super::ctx::console()?;
    let run = console.decide(&actor, id, service::console::Review { verdict, digest, reason }).await?;
    super::ctx::go_to(&run.map_or_else(|| crate::paths::request(id), crate::paths::run));
    Ok(())
}

/// Takes a request back.
#[server(prefix = "/api/ui", endpoint = "withdraw")]
pub async fn withdraw(id: RequestId) -> Result<(), ApiError> {
    let (console, actor) = super::ctx::console()?;
    console.withdraw(&actor, id).await?;
    super::ctx::go_to(&crate::paths::request(id));
    Ok(())
}

/// Goes to the draft that a request is revised with.
#[server(prefix = "/api/ui", endpoint = "revise")]
pub async fn revise(id: RequestId) -> Result<(), ApiError> {
    let (console, actor) = super::ctx::console()?;
    let draft = console.revise(&actor, id).await?;
    super::ctx::go_to(&crate::paths::design(draft));
    Ok(())
}
