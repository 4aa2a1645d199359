//! What of an event is live: the table as its newest run left it, worked out from the revision that the run carried out.

use std::sync::Arc;

use domain::artifact::{Artifact, ArtifactKind};
use domain::design::Design;
use domain::event::OnboardedEvent;
use domain::evolve::Live;
use domain::render::render;
use domain::request::Revision;
use domain::schema::Schema;
use domain::subject::{SubjectName, Version};

use crate::error::Error;
use crate::ports::store::{ConsoleStore, StoreError};

/// An event as it is live, and the design that made it so.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Standing {
    /// What is in the warehouse; nothing for an event that is new.
    pub live: Live,
    /// The edits that it was made with.
    pub design: Design,
    /// The schema that they were made for.
    pub schema: Arc<Schema>,
    /// What its newest revision made.
    pub artifacts: Vec<Artifact>,
}

/// Refuses a version that is older than what is live.
pub fn refuse_older(live: &Live, subject: &SubjectName, version: Version) -> Result<(), Error> {
    match live.versions.last() {
        Some(newest) if version < *newest => Err(Error::Invalid(format!(
            "{subject} is live with version {newest}, and an event does not go back. Choose version {newest} or a newer one."
        ))),
        _ => Ok(()),
    }
}

impl Standing {
    /// Whether carrying this out would leave everything as it is; the steps to get there are no difference.
    pub fn is_made_by(&self, artifacts: &[Artifact]) -> bool {
        let lasting = |list: &[Artifact]| -> Vec<Artifact> {
            list.iter().filter(|artifact| artifact.kind != ArtifactKind::Evolution).cloned().collect()
        };
        !self.live.is_empty() && lasting(&self.artifacts) == lasting(artifacts)
    }
}

/// Why what is live cannot be evolved.
#[derive(Debug, thiserror::Error)]
pub enum LiveError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What is live was rendered by other rules than this console's, so that its columns are not known for sure.
    #[error(
        "Version {0} of this event was made by another version of the console, which rendered its table otherwise than this one would. It cannot be evolved here; evolve its table by statements."
    )]
    OtherBytes(Version),
}

/// What of a subject is live; nothing if it is new.
pub async fn standing(store: &dyn ConsoleStore, subject: &SubjectName) -> Result<Standing, LiveError> {
    let Some(revision) = revision(store, subject).await? else { return Ok(Standing::default()) };
    let rendering = render(&revision.input);
    if rendering.digest() != revision.digest {
        return Err(LiveError::OtherBytes(revision.input.version));
    }
    let live = rendering.live();
    Ok(Standing { live, design: revision.input.design, schema: rendering.schema, artifacts: rendering.artifacts })
}

/// The revision that the subject's newest run carried out; none if it is new.
pub async fn revision(store: &dyn ConsoleStore, subject: &SubjectName) -> Result<Option<Revision>, StoreError> {
    let events: Vec<OnboardedEvent> = store.events().await?;
    let Some(event) = events.into_iter().find(|event| event.subject == *subject) else { return Ok(None) };
    let Some(request) = store.request(event.request).await? else { return Ok(None) };
    store.revision(request.id, request.revision).await
}

/// The sentence that refuses to carry out what was designed for something else than what is live now.
pub const MOVED_ON: &str = "What is live changed after this was submitted. Open the draft, look at what it would change now, and submit again.";
