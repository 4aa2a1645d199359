//! Finding subjects by the query language.

use std::time::Instant;

use domain::policy::{Action, Actor};
use domain::search::{Overlay, SearchPage, SearchRequest, Standing};

use super::{Console, authorise};
use crate::error::Error;
use crate::search::DEFAULT_REGISTRY;

impl Console {
    /// One page of what a request finds. A query that cannot be used is an answer with its problem, not an error.
    pub async fn search(&self, actor: &Actor, request: &SearchRequest) -> Result<SearchPage, Error> {
        authorise(actor, Action::Read)?;
        let started = Instant::now();
        let (snapshot, overlay) = (self.parts.snapshot.snapshot(), self.overlay().await?);
        let page = self.searcher.search(snapshot, overlay, request.clone(), self.now()).await?;
        Ok(SearchPage { took_micros: u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX), ..page })
    }

    /// What became of subjects here, and who answers for them.
    async fn overlay(&self) -> Result<Overlay, Error> {
        let mut overlay = Overlay::default();
        for (subject, (onboarding, live)) in self.onboarding_states().await? {
            let standing = Standing { onboarding, live, owner: None };
            overlay.standings.insert((DEFAULT_REGISTRY.to_owned(), subject), standing);
        }
        for event in self.store().events().await? {
            let standing = overlay.standings.entry((DEFAULT_REGISTRY.to_owned(), event.subject)).or_default();
            standing.owner = Some(event.owner.0);
        }
        Ok(overlay)
    }
}
