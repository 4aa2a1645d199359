//! Pictures of whole pages for people to look at, taken when SLUICEGATE_SHOTS names a folder.

use std::path::{Path, PathBuf};

use playwright_rs::ScreenshotOptions;

use crate::{Result, Visitor};

/// Takes `name-theme-width.png` into the folder of SLUICEGATE_SHOTS, or does nothing without one.
pub async fn shoot(visitor: &Visitor, name: &str) -> Result {
    match std::env::var_os("SLUICEGATE_SHOTS").filter(|folder| !folder.is_empty()) {
        Some(folder) => shoot_into(&crate::checkout().join(folder), visitor, name).await.map(drop),
        None => Ok(()),
    }
}

/// Takes `name-theme-width.png` into this folder.
pub async fn shoot_into(folder: &Path, visitor: &Visitor, name: &str) -> Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let file = folder.join(format!("{name}-{}-{}.png", visitor.visit.theme.name(), visitor.visit.width));
    let whole = ScreenshotOptions::builder().full_page(true).build();
    visitor.screenshot_to_file(&file, Some(whole)).await?;
    Ok(file)
}
