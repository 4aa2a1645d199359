//! The ways to a request that journeys begin with: page by page, or as a script would ask for it.

use serde_json::json;

use crate::{Result, Subject, Visitor, World, http};

/// Submits a request for a subject's newest version, page by page, and gives the path of the request.
pub async fn submitted(visitor: &Visitor, subject: &str) -> Result<String> {
    let page = Subject(visitor);
    page.open(subject).await?;
    let designer = page.onboard().await?;
    let review = designer.review().await?;
    Ok(review.submit().await?.path())
}

/// Asks for a subject's version over the HTTP API, and gives the path of the request's page.
pub async fn asked(world: &World, user: &str, subject: &str, version: u32) -> Result<String> {
    let token = world.token(user).await?;
    let wanted = json!({ "subject": subject, "version": version });
    let answer = http::post(world.address(), "/api/v1/requests", Some(&token), &wanted).await?;
    let id = answer.json()?["id"].as_i64().ok_or_else(|| format!("no request was made: {answer:?}"))?;
    Ok(format!("/requests/{id}"))
}
