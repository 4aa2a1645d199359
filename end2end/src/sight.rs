//! What a visitor waits to see. The patience is long, because a busy machine is no defect; what is there is seen at once.

use std::time::Duration;

use playwright_rs::{Locator, Page, expect, expect_page};

use crate::{Result, Visitor};

/// How long a visitor waits for something to appear or to go.
const PATIENCE: Duration = Duration::from_secs(15);
/// How often they look.
const GLANCE: Duration = Duration::from_millis(50);

/// Waits until it is there to be seen.
pub async fn seen(what: Locator) -> Result {
    Ok(expect(what).with_timeout(PATIENCE).with_poll_interval(GLANCE).to_be_visible().await?)
}

/// Waits until it is gone.
pub async fn unseen(what: Locator) -> Result {
    Ok(expect(what).with_timeout(PATIENCE).with_poll_interval(GLANCE).to_be_hidden().await?)
}

/// Waits until it holds this text.
pub async fn holds(what: Locator, text: &str) -> Result {
    Ok(expect(what).with_timeout(PATIENCE).with_poll_interval(GLANCE).to_contain_text(text).await?)
}

/// Waits until the address is the server's, with a path and query that match this regular expression as a whole.
pub async fn reached(page: &Page, path: &str) -> Result {
    let address = format!("^http://[^/]+{path}$");
    Ok(expect_page(page).with_timeout(PATIENCE).to_have_url_regex(&address).await?)
}

/// Waits until the keyboard's focus is on it.
pub async fn focused(visitor: &Visitor, what: &Locator) -> Result {
    // Not playwright-rs' own assertion, which knows CSS selectors only.
    seen(what.and_(&visitor.locator(":focus"))).await
}

/// Waits until there are so many.
pub async fn counted(what: Locator, count: usize) -> Result {
    Ok(expect(what).with_timeout(PATIENCE).with_poll_interval(GLANCE).to_have_count(count).await?)
}

/// Waits until a field has this value.
pub async fn reads(field: Locator, value: &str) -> Result {
    Ok(expect(field).with_timeout(PATIENCE).with_poll_interval(GLANCE).to_have_value(value).await?)
}
