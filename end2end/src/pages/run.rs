//! Run: the steps of a run, its log, and what a person can do about it.

use std::time::Duration;

use playwright_rs::{AriaRole, FilterOptions, GetByRoleOptions, Locator, expect};

use crate::{Result, Visitor, seen};

/// How long a whole run may take on a busy machine.
const WHOLE_RUN: Duration = Duration::from_secs(30);

/// The steps of every plan, as the page calls them.
pub const STEPS: [&str; 5] =
    ["Re-check approval and digest", "Write the change", "Open pull request", "Merge pull request", "Record the event"];

/// The page.
pub struct RunPage<'a>(pub &'a Visitor);

impl RunPage<'_> {
    /// The sign of a step that is in this state.
    pub fn step(&self, title: &str, state: &str) -> Locator {
        let title = self.0.get_by_text(title, true);
        let sign = GetByRoleOptions::default().name(state.to_owned()).exact(true);
        let steps = self.0.named(AriaRole::Table, "Steps of the run");
        let row = steps.get_by_role(AriaRole::Row, None).filter(FilterOptions::default().has(title));
        row.get_by_role(AriaRole::Img, Some(sign))
    }

    /// The row of an attempt, under its step's row.
    pub fn attempt(&self, number: u32) -> Locator {
        let title = self.0.get_by_text(&format!("Attempt {number}"), true);
        self.0.get_by_role(AriaRole::Row, None).filter(FilterOptions::default().has(title))
    }

    /// Waits, without a reload, until all steps are done.
    pub async fn completes(&self) -> Result {
        for title in STEPS {
            expect(self.step(title, "done")).with_timeout(WHOLE_RUN).to_be_visible().await?;
        }
        seen(self.0.status("Completed")).await
    }

    /// The path of the page that is open.
    pub fn path(&self) -> String {
        let url = self.0.url();
        url.find("/runs/").map_or_else(String::new, |at| url[at..].to_owned())
    }
}
