//! Designer: the grid of columns, the statements beside it, and whether all of it is saved.

use playwright_rs::{AriaRole, Locator};

use crate::{Result, Review, Visitor, reached, seen};

/// The page.
pub struct Designer<'a>(pub &'a Visitor);

impl<'a> Designer<'a> {
    /// The name of the column of this field.
    pub fn name_of(&self, path: &str) -> Locator {
        self.0.field(&format!("Column name of {path}"))
    }

    /// Whether the field becomes a column.
    pub fn keep(&self, path: &str) -> Locator {
        self.0.field(&format!("Keep {path}"))
    }

    /// Makes columns of a record's fields, or one column of all.
    pub fn expand(&self, path: &str) -> Locator {
        self.0.button(&format!("Columns for the fields of {path}"))
    }

    /// The statement that is shown.
    pub fn sql(&self) -> Locator {
        self.0.named(AriaRole::Region, "Rendered file")
    }

    /// The digest of everything that the browser rendered, as it is shown.
    pub async fn digest(&self) -> Result<String> {
        let shown = self.0.get_by_text("sha256:", false);
        Ok(shown.first().inner_text().await?)
    }

    /// Waits until everything is saved.
    pub async fn saved(&self) -> Result {
        seen(self.0.get_by_role(AriaRole::Status, None).get_by_text("Saved", true)).await
    }

    /// Goes on to the review.
    pub async fn review(&self) -> Result<Review<'a>> {
        self.0.link("Review").click(None).await?;
        reached(self.0, r"/designs/\d+/review").await?;
        seen(self.0.button_like("Submit ")).await?;
        Ok(Review(self.0))
    }
}
