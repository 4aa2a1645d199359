//! Someone at a browser: a context of their own (cookies, theme, window) and one page in it. Pages are addressed by role and
//! label, as a person or a screen reader would.

use std::ops::Deref;
use std::sync::Arc;

use playwright_rs::{
    AriaRole, BrowserContext, BrowserContextOptions, ColorScheme, EmulateMediaOptions, GetByRoleOptions, Locator, Page,
    Viewport, WaitForOptions, WaitForState,
};

use crate::problems::Problems;
use crate::{Result, browser};

/// Milliseconds that an action waits for its element.
const PATIENCE: f64 = 10_000.0;

/// Milliseconds that a page may take to wake up: a debug build has megabytes of wasm to compile.
const AWAKENING: f64 = 30_000.0;

/// What the visitor's system asks pages to look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

impl Theme {
    /// The name that CSS, and a screenshot's file, gives it.
    pub fn name(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

/// How a visitor looks at the console.
#[derive(Clone, Copy, Debug)]
pub struct Visit {
    pub javascript: bool,
    pub theme: Theme,
    /// The window in CSS pixels.
    pub width: u32,
    pub height: u32,
}

impl Default for Visit {
    fn default() -> Self {
        Visit { javascript: true, theme: Theme::Light, width: 1440, height: 900 }
    }
}

impl Visit {
    /// With JavaScript turned off.
    pub fn without_javascript(self) -> Self {
        Visit { javascript: false, ..self }
    }

    /// On a system set to this theme.
    pub fn theme(self, theme: Theme) -> Self {
        Visit { theme, ..self }
    }

    /// In a window as small as a telephone's.
    pub fn narrow(self) -> Self {
        Visit { width: 390, height: 844, ..self }
    }

    fn options(self, base: &str) -> BrowserContextOptions {
        BrowserContextOptions::builder()
            .base_url(base.to_owned())
            .viewport(Viewport { width: self.width, height: self.height })
            .color_scheme(self.theme.name().to_owned())
            .javascript_enabled(self.javascript)
            // A colour measured in the middle of a transition is no one's fault.
            .reduced_motion("reduce".to_owned())
            .locale("en-GB".to_owned())
            .timezone_id("UTC".to_owned())
            .build()
    }
}

/// One person's browser window; everything of playwright's page is available on it.
pub struct Visitor {
    pub visit: Visit,
    page: Page,
    context: BrowserContext,
    base: String,
}

impl Deref for Visitor {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}

impl Visitor {
    /// Opens a window whose complaints go to the journey; `base` is the server's address without a path.
    pub(crate) async fn open(visit: Visit, base: &str, problems: &Arc<Problems>) -> Result<Visitor> {
        let context = browser::shared().await?.new_context_with_options(visit.options(base)).await?;
        context.set_default_timeout(PATIENCE).await;
        let noted = Arc::clone(problems);
        context
            .on_console(move |message| {
                if matches!(message.type_(), "error" | "assert") {
                    noted.note(format!("{} (at {})", message.text(), message.location().url));
                }
                async { Ok(()) }
            })
            .await?;
        let noted = Arc::clone(problems);
        context
            .on_weberror(move |error| {
                noted.note(format!("uncaught {}", error.error()));
                async { Ok(()) }
            })
            .await?;
        let page = context.new_page().await?;
        Ok(Visitor { visit, page, context, base: base.to_owned() })
    }

    /// Opens a path of the server and, with JavaScript, waits until the page is hydrated.
    pub async fn open_path(&self, path: &str) -> Result {
        let url = format!("{}{path}", self.base);
        self.page.goto(&url, None).await?;
        self.hydrated().await
    }

    /// Waits until the page answers to clicks; without JavaScript it does so at once.
    pub async fn hydrated(&self) -> Result {
        if self.visit.javascript {
            // A selector and no function: a function polled in the page needs eval, which the content security policy forbids.
            let attached = WaitForOptions::builder().state(WaitForState::Attached).timeout(AWAKENING).build();
            self.page
                .locator("body[data-hydrated]")
                .wait_for(Some(attached))
                .await
                .map_err(|error| format!("{} was not hydrated: {error}", self.page.url()))?;
        }
        Ok(())
    }

    /// Turns the system's theme and the size of the window to those of another visit, on the page that is open.
    pub async fn look_as(&mut self, visit: Visit) -> Result {
        let scheme = match visit.theme {
            Theme::Light => ColorScheme::Light,
            Theme::Dark => ColorScheme::Dark,
        };
        self.page.emulate_media(Some(EmulateMediaOptions::builder().color_scheme(scheme).build())).await?;
        self.page.set_viewport_size(Viewport { width: visit.width, height: visit.height }).await?;
        self.visit = Visit { javascript: self.visit.javascript, ..visit };
        Ok(())
    }

    /// The button of this exact name.
    pub fn button(&self, name: &str) -> Locator {
        self.named(AriaRole::Button, name)
    }

    /// The link of this exact name.
    pub fn link(&self, name: &str) -> Locator {
        self.named(AriaRole::Link, name)
    }

    /// The heading of this exact name.
    pub fn heading(&self, name: &str) -> Locator {
        self.named(AriaRole::Heading, name)
    }

    /// The input, choice or text area of this exact label.
    pub fn field(&self, label: &str) -> Locator {
        self.page.get_by_label(label, true)
    }

    /// The element of this role and exact name.
    pub fn named(&self, role: AriaRole, name: &str) -> Locator {
        self.page.get_by_role(role, Some(GetByRoleOptions::default().name(name.to_owned()).exact(true)))
    }

    /// The cookies, theme and network of this visitor.
    pub fn context(&self) -> &BrowserContext {
        &self.context
    }
}
