//! Subject: one schema and the button that begins its onboarding.

use playwright_rs::AriaRole;

use crate::{Designer, Result, Visitor, reached, seen};

/// The page.
pub struct Subject<'a>(pub &'a Visitor);

impl<'a> Subject<'a> {
    /// Opens a subject whose name needs no encoding.
    pub async fn open(&self, name: &str) -> Result {
        self.0.open_path(&format!("/subject?name={name}")).await?;
        seen(self.0.heading(name)).await
    }

    /// Begins a draft from the version that is shown.
    pub async fn onboard(&self) -> Result<Designer<'a>> {
        self.begin("Onboard this version").await
    }

    /// Begins a draft that moves the live event to the version that is shown.
    pub async fn evolve(&self) -> Result<Designer<'a>> {
        self.begin("Evolve to this version").await
    }

    /// Begins a draft that changes the design of the live event.
    pub async fn change_design(&self) -> Result<Designer<'a>> {
        self.begin("Change its design").await
    }

    async fn begin(&self, button: &str) -> Result<Designer<'a>> {
        self.0.button(button).click(None).await?;
        reached(self.0, r"/designs/\d+").await?;
        self.0.hydrated().await?;
        seen(self.0.named(AriaRole::Region, "Rendered file")).await?;
        Ok(Designer(self.0))
    }
}
