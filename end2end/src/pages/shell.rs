//! What every page has: who one is, and the ways between the pages.

use playwright_rs::{AriaRole, FilterOptions, GetByRoleOptions, Locator};

use crate::{Journey, Result, Visit, Visitor, World, reached, seen};

impl Journey {
    /// Opens a window of the console for this seeded user, signed in by the sign-in page.
    pub async fn person(&self, world: &World, name: &str) -> Result<Visitor> {
        self.person_with(world, name, Visit::default()).await
    }

    /// The same, in a window of the given kind.
    pub async fn person_with(&self, world: &World, name: &str, visit: Visit) -> Result<Visitor> {
        let visitor = self.visitor(world.address(), visit).await?;
        visitor.open_path("/sign-in").await?;
        visitor.offer_of(name).click(None).await?;
        reached(&visitor, "/").await?;
        visitor.hydrated().await?;
        seen(visitor.account(name)).await?;
        Ok(visitor)
    }
}

impl Visitor {
    /// The button of the sign-in page that makes one this user.
    pub fn offer_of(&self, name: &str) -> Locator {
        self.get_by_role(AriaRole::Button, None).filter(FilterOptions::default().has(self.get_by_text(name, true)))
    }

    /// What opens the account menu of the user who is signed in; no role of ARIA fits it.
    pub fn account(&self, name: &str) -> Locator {
        self.locator("summary").filter(FilterOptions::default().has_text(format!("Account: {name}")))
    }

    /// Goes to a place of the main navigation, and waits until its page is there: until then the old one is.
    pub async fn go_to(&self, place: &str) -> Result {
        self.place(place).click(None).await?;
        seen(self.heading(place)).await
    }

    /// A place of the main navigation.
    fn place(&self, name: &str) -> Locator {
        let link = GetByRoleOptions::default().name(name);
        self.named(AriaRole::Navigation, "Main").get_by_role(AriaRole::Link, Some(link))
    }

    /// The list row that holds this text.
    pub fn row(&self, text: &str) -> Locator {
        self.get_by_role(AriaRole::Row, None).filter(FilterOptions::default().has_text(text))
    }

    /// The alert that holds this text.
    pub fn alert(&self, text: &str) -> Locator {
        self.get_by_role(AriaRole::Alert, None).filter(FilterOptions::default().has_text(text))
    }

    /// The live status that holds this text.
    pub fn status(&self, text: &str) -> Locator {
        self.get_by_role(AriaRole::Status, None).filter(FilterOptions::default().has_text(text))
    }

    /// The button whose name begins or goes on with this text.
    pub fn button_like(&self, text: &str) -> Locator {
        self.get_by_role(AriaRole::Button, Some(GetByRoleOptions::default().name(text)))
    }

    /// The link whose name holds this text.
    pub fn link_like(&self, text: &str) -> Locator {
        self.get_by_role(AriaRole::Link, Some(GetByRoleOptions::default().name(text)))
    }

    /// Loads the page again, as the browser's button does.
    pub async fn again(&self) -> Result {
        self.reload(None).await?;
        self.hydrated().await
    }
}
