//! Run: the steps of a run, its log, and what a person can do about it.

use playwright_rs::{AriaRole, GetByRoleOptions, Locator, expect};
use std::time::Duration;

use crate::{Result, Visitor};

/// How long a whole run may take on a busy machine.
const WHOLE_RUN: Duration = Duration::from_secs(30);

/// The page.
pub struct RunPage<'a>(pub &'a Visitor);

impl RunPage<'_> {
    /// The table of steps.
    pub fn steps(&self) -> Locator {
        self.0.named(AriaRole::Table, "Steps of the run")
    }

    /// The signs of the steps that are in this state.
    pub fn in_state(&self, state: &str) -> Locator {
        let sign = GetByRoleOptions::default().name(state.to_owned()).exact(true);
        self.steps().get_by_role(AriaRole::Img, Some(sign))
    }

    /// Waits, without a reload, until all five steps are done.
    pub async fn completes(&self) -> Result {
        Ok(expect(self.in_state("done")).with_timeout(WHOLE_RUN).to_have_count(5).await?)
    }

    /// The path of the page that is open.
    pub fn path(&self) -> String {
        let url = self.0.url();
        url.find("/runs/").map_or_else(String::new, |at| url[at..].to_owned())
    }
}
