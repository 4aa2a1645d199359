//! Explore: the search field, what it found, the filters, the selection and the preview.

use playwright_rs::{AriaRole, GetByRoleOptions, Locator};

use crate::{Result, Visitor, holds};

/// The page.
pub struct Explore<'a>(pub &'a Visitor);

impl Explore<'_> {
    /// Opens it.
    pub async fn open(&self) -> Result {
        self.0.open_path("/").await
    }

    /// The search box.
    pub fn search(&self) -> Locator {
        self.0.named(AriaRole::Searchbox, "Search subjects by regular expression")
    }

    /// Puts an expression into the search box.
    pub async fn look_for(&self, pattern: &str) -> Result {
        Ok(self.search().fill(pattern, None).await?)
    }

    /// The link to a subject in the list.
    pub fn subject(&self, name: &str) -> Locator {
        self.0
            .named(AriaRole::Region, "Subjects")
            .get_by_role(AriaRole::Link, Some(GetByRoleOptions::default().name(name.to_owned()).exact(true)))
    }

    /// All links of the list.
    pub fn subjects(&self) -> Locator {
        self.0.named(AriaRole::Region, "Subjects").get_by_role(AriaRole::Link, None)
    }

    /// The box that selects a subject.
    pub fn tick(&self, name: &str) -> Locator {
        self.0.named(AriaRole::Checkbox, &format!("Select {name}"))
    }

    /// The bar that tells of the selection.
    pub fn selection(&self) -> Locator {
        self.0.named(AriaRole::Toolbar, "Selected subjects")
    }

    /// The pane beside the list.
    pub fn preview(&self) -> Locator {
        self.0.named(AriaRole::Complementary, "Preview")
    }

    /// Waits until the line under the box says that so many match.
    pub async fn counts(&self, matched: usize) -> Result {
        let verb = if matched == 1 { "matches" } else { "match" };
        let line = self.0.status("subjects match");
        holds(line.clone(), &format!("{matched} of ")).await?;
        holds(line, verb).await
    }

    /// The link that takes only the subjects with this value, or no longer; its name goes on with how many there are.
    pub fn filter(&self, name: &str) -> Locator {
        let link = GetByRoleOptions::default().name(name);
        self.0.named(AriaRole::Complementary, "Filters").get_by_role(AriaRole::Link, Some(link)).first()
    }
}
