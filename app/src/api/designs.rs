//! Drafts: begin, open, save, submit.

use domain::design::Design;
use domain::draft::{Draft, DraftId, DraftView, RebasedDraft};
use leptos::prelude::*;

use super::ApiError;

/// Drafts that are not submitted, newest first.
#[server(prefix = "/api/ui", endpoint = "drafts", input = leptos::server_fn::codec::GetUrl)]
pub async fn drafts() -> Result<Vec<Draft>, ApiError> {
    let (console, actor) = super::ctx::console()?;
    Ok(console.drafts(&actor).await?)
}

/// A draft with what is needed to render it.
#[server(prefix = "/api/ui", endpoint = "draft", input = leptos::server_fn::codec::GetUrl)]
pub async fn open_draft(id: DraftId) -> Result<DraftView, ApiError> {
    let (console, actor) = super::ctx::console()?;
    Ok(console.draft(&actor, id).await?)
}

/// Begins a draft and goes to its designer.
#[server(prefix = "/api/ui", endpoint = "create-draft")]
pub async fn create_draft(name: String, version: u32) -> Result<(), ApiError> {
    let (console, actor) = super::ctx::console()?;
    let name = domain::subject::SubjectName::parse(name).map_err(|e| ApiError::Invalid(e.to_string()))?;
    let draft = console.create_draft(&actor, &name, domain::subject::Version(version)).await?;
    super::ctx::go_to(&crate::paths::design(draft.id));
    Ok(())
}

/// Saves a design on top of the save that the page has.
#[server(prefix = "/api/ui", endpoint = "save-draft", input = leptos::server_fn::codec::Json)]
pub async fn save_draft(id: DraftId, builds_on: u32, design: Design) -> Result<Draft, ApiError> {
    let (console, actor) = super::ctx::console()?;
    Ok(console.save_draft(&actor, id, builds_on, design).await?)
}

/// Begins a draft on another version with the edits of this one.
#[server(prefix = "/api/ui", endpoint = "rebase-draft")]
pub async fn rebase_draft(id: DraftId, version: u32) -> Result<RebasedDraft, ApiError> {
    let (console, actor) = super::ctx::console()?;
    Ok(console.rebase_draft(&actor, id, domain::subject::Version(version)).await?)
}

/// Submits a draft as it was reviewed and goes to its request.
#[server(prefix = "/api/ui", endpoint = "submit-draft")]
pub async fn submit_draft(id: DraftId, saves: u32) -> Result<(), ApiError> {
    let (console, actor) = super::ctx::console()?;
    let submitted = console.submit(&actor, service::console::Submission::Draft { id, saves }).await?;
    super::ctx::go_to(&crate::paths::request(submitted.request));
    Ok(())
}
