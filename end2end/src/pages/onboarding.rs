//! The way that most journeys begin with: a subject is found and what the generator makes of it is submitted unchanged.

use crate::{Result, Subject, Visitor};

/// Submits a request for a subject's newest version, page by page, and gives the path of the request.
pub async fn submitted(visitor: &Visitor, subject: &str) -> Result<String> {
    let page = Subject(visitor);
    page.open(subject).await?;
    let designer = page.onboard().await?;
    let review = designer.review().await?;
    Ok(review.submit().await?.path())
}
