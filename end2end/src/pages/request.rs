//! Request: what is asked for, and the decision on it.

use playwright_rs::Locator;

use crate::{Result, RunPage, Visitor, reached, seen};

/// The page.
pub struct RequestPage<'a>(pub &'a Visitor);

impl<'a> RequestPage<'a> {
    /// Opens a request by the path of its page.
    pub async fn open(&self, path: &str) -> Result {
        self.0.open_path(path).await?;
        seen(self.0.heading("Decision")).await
    }

    /// The path of the page that is open.
    pub fn path(&self) -> String {
        let url = self.0.url();
        url.find("/requests/").map_or_else(String::new, |at| url[at..].to_owned())
    }

    /// The button that approves.
    pub fn approval(&self) -> Locator {
        self.0.button("Approve and launch")
    }

    /// Approves, and lands on the run that this launched.
    pub async fn approve(&self) -> Result<RunPage<'a>> {
        self.approval().click(None).await?;
        reached(self.0, r"/runs/\d+").await?;
        Ok(RunPage(self.0))
    }

    /// Writes the reason and asks for changes.
    pub async fn ask_for_changes(&self, reason: &str) -> Result {
        self.0.field("Reason").fill(reason, None).await?;
        self.0.button("Ask for changes").click(None).await?;
        Ok(())
    }
}
