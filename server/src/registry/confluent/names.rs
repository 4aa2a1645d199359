//! The list of subjects, past the number that a server gives at a time.

use std::sync::PoisonError;

use serde_json::from_slice;
use service::ports::registry::RegistryError;
use url::Url;

use super::Confluent;
use super::wire::List;

/// The most names that are read; the console shows as many.
const MAX_NAMES: usize = 10_000_000;
/// The most bytes of a name on the wire; longer ones than a subject may have are told as such.
const MAX_NAME_BYTES: usize = 64 << 10;
const WHAT: &str = "the list of subjects";

impl Confluent {
    /// All names; with those of soft-deleted subjects among them if they are wanted.
    pub(super) async fn names(&self, deleted: bool) -> Result<Vec<String>, RegistryError> {
        let mut names = Vec::new();
        self.all_pages(deleted, None, &mut names).await?;
        let contexts = self.contexts.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for context in contexts {
            // Some list the default context alone unless another is named.
            let prefix = format!(":{context}:");
            if !names.iter().any(|name| name.starts_with(&prefix)) {
                self.all_pages(deleted, Some(&prefix), &mut names).await?;
            }
        }
        Ok(names)
    }

    /// Advances by what came, because a server that cuts its answers does not say so; ends when nothing comes, or the same again.
    async fn all_pages(
        &self,
        deleted: bool,
        prefix: Option<&str>,
        names: &mut Vec<String>,
    ) -> Result<(), RegistryError> {
        let begin = names.len();
        loop {
            let offset = names.len() - begin;
            let mut list = self.open(self.address.subjects(deleted, prefix, offset)?).await?;
            let Some(first) = next(&mut list).await? else { return Ok(()) };
            if offset > 0 && names.get(begin) == Some(&first) {
                return Ok(());
            }
            names.push(first);
            while let Some(name) = next(&mut list).await? {
                names.push(name);
                if names.len() > MAX_NAMES {
                    return Ok(());
                }
            }
        }
    }

    /// The first few names, without reading the rest.
    pub(super) async fn first_names(&self, most: usize) -> Result<Vec<String>, RegistryError> {
        let mut list = self.open(self.address.subjects(false, None, 0)?).await?;
        let mut names = Vec::new();
        while names.len() < most
            && let Some(name) = next(&mut list).await?
        {
            names.push(name);
        }
        Ok(names)
    }

    async fn open(&self, url: Url) -> Result<List<'_>, RegistryError> {
        self.wire.list(url, MAX_NAME_BYTES, WHAT).await
    }
}

/// What is no text in the list of names is left out.
async fn next(list: &mut List<'_>) -> Result<Option<String>, RegistryError> {
    while let Some(row) = list.next().await? {
        if let Ok(name) = from_slice(&row) {
            return Ok(Some(name));
        }
    }
    Ok(None)
}
