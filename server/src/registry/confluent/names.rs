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
/// The most bytes of all names together.
const MAX_BYTES: usize = 1 << 30;
const WHAT: &str = "the list of subjects";

impl Confluent {
    /// All names; with those of soft-deleted subjects among them if they are wanted.
    pub(super) async fn names(&self, deleted: bool) -> Result<Vec<String>, RegistryError> {
        let mut names = Names::new(MAX_NAMES, MAX_BYTES);
        self.all_pages(deleted, None, &mut names).await?;
        let contexts = self.contexts.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for context in contexts {
            // Some list the default context alone unless another is named.
            let prefix = format!(":{context}:");
            if !names.list.iter().any(|name| name.starts_with(&prefix)) {
                self.all_pages(deleted, Some(&prefix), &mut names).await?;
            }
        }
        Ok(names.list)
    }

    /// Advances by what came, because a server that cuts its answers does not say so; ends when nothing comes, or the same again.
    async fn all_pages(&self, deleted: bool, prefix: Option<&str>, names: &mut Names) -> Result<(), RegistryError> {
        let begin = names.list.len();
        loop {
            let offset = names.list.len() - begin;
            let mut list = self.open(self.address.subjects(deleted, prefix, offset)?).await?;
            let Some(first) = next(&mut list).await? else { return Ok(()) };
            if offset > 0 && names.list.get(begin) == Some(&first) {
                return Ok(());
            }
            names.push(first)?;
            while let Some(name) = next(&mut list).await? {
                names.push(name)?;
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

/// Names within bounds: a server that never stops must not fill the memory.
struct Names {
    list: Vec<String>,
    bytes: usize,
    most: (usize, usize),
}

impl Names {
    fn new(most: usize, most_bytes: usize) -> Self {
        Self { list: Vec::new(), bytes: 0, most: (most, most_bytes) }
    }

    fn push(&mut self, name: String) -> Result<(), RegistryError> {
        let (most, most_bytes) = self.most;
        self.bytes += name.len();
        if self.list.len() >= most || self.bytes > most_bytes {
            return Err(RegistryError::Garbage(format!(
                "The registry lists more than {most} subjects, or names of more than {} MiB together, and is not read. Point the \
                 console at a registry with fewer.",
                most_bytes >> 20
            )));
        }
        self.list.push(name);
        Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_never_ends_is_refused_with_a_sentence() {
        let mut many = Names::new(2, 100);
        assert!(many.push("a".into()).is_ok() && many.push("b".into()).is_ok());
        let Err(RegistryError::Garbage(sentence)) = many.push("c".into()) else { panic!("three of two") };
        assert!(sentence.contains("more than 2 subjects"), "{sentence}");
        let mut long = Names::new(9, 3);
        assert!(long.push("abc".into()).is_ok());
        assert!(matches!(long.push("d".into()), Err(RegistryError::Garbage(_))));
    }
}
