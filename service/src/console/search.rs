//! Finding subjects by the query language.

use std::time::Instant;

use domain::policy::{Action, Actor};
use domain::search::export::Format;
use domain::search::{Overlay, SearchPage, SearchRequest, Standing};
use domain::subject::SubjectName;

use super::{Console, authorise};
use crate::error::Error;
use crate::search::Export;

impl Console {
    /// One page of what a request finds. A query that cannot be used is an answer with its problem, not an error.
    pub async fn search(&self, actor: &Actor, request: &SearchRequest) -> Result<SearchPage, Error> {
        authorise(actor, Action::Read)?;
        let started = Instant::now();
        let overlay = self.overlay().await?;
        let page = self.searcher.page(&actor.name.0, overlay, request.clone()).await?;
        let freshness = self.parts.snapshot.snapshot().freshness(self.now());
        Ok(SearchPage {
            took_micros: u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
            freshness,
            ..page
        })
    }

    /// Everything that a request finds, as a file.
    pub async fn export(&self, actor: &Actor, request: &SearchRequest, format: Format) -> Result<Export, Error> {
        authorise(actor, Action::Read)?;
        let overlay = self.overlay().await?;
        self.searcher.export(overlay, request.clone(), format).await
    }

    /// Keeps the search near the registries for as long as it is polled.
    pub async fn keep_searchable(&self) {
        self.searcher.follow().await;
    }

    /// What became of subjects here, and who answers for them, in the registry that each is looked up in.
    async fn overlay(&self) -> Result<Overlay, Error> {
        let snapshot = self.parts.snapshot.snapshot();
        let key = |subject: SubjectName| {
            let registry = snapshot.subject(&subject).map(|entry| entry.registry.clone());
            (registry.unwrap_or_default().to_string(), subject)
        };
        let mut overlay = Overlay::default();
        for (subject, (onboarding, live)) in self.onboarding_states().await? {
            overlay.standings.insert(key(subject), Standing { onboarding, live, owner: None });
        }
        for event in self.store().events().await? {
            overlay.standings.entry(key(event.subject)).or_default().owner = Some(event.owner.0);
        }
        Ok(overlay)
    }
}
