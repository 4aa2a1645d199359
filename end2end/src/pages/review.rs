//! Review: everything that a draft would make, and the button that submits it.

use crate::{RequestPage, Result, Visitor, reached, seen};

/// The page.
pub struct Review<'a>(pub &'a Visitor);

impl<'a> Review<'a> {
    /// Submits what is shown and lands on its request.
    pub async fn submit(&self) -> Result<RequestPage<'a>> {
        self.0.button_like("Submit ").click(None).await?;
        reached(self.0, r"/requests/\d+").await?;
        seen(self.0.heading("Decision")).await?;
        Ok(RequestPage(self.0))
    }
}
