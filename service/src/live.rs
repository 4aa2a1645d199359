//! What of an event is live: what its newest run made, as it was kept with the revision that the run carried out. Nothing of it depends on
//! how this console would render that revision; what it would write otherwise is told beside it.

use std::sync::Arc;

use domain::artifact::{Artifact, ArtifactKind};
use domain::design::Design;
use domain::event::OnboardedEvent;
use domain::evolve::{Drift, Live, read_back};
use domain::render::render;
use domain::request::{RequestId, Revision};
use domain::schema::Schema;
use domain::subject::{SubjectName, Version};

use crate::error::Error;
use crate::ports::store::{ConsoleStore, StoreError};

/// An event as it is live, and the design that made it so.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Standing {
    /// What is in the warehouse; nothing for an event that is new.
    pub live: Live,
    /// The request that brought it live.
    pub request: Option<RequestId>,
    /// The edits that it was made with, but for those that are done once.
    pub design: Design,
    /// The schema that they were made for.
    pub schema: Arc<Schema>,
    /// What its newest revision made.
    pub artifacts: Vec<Artifact>,
}

/// Refuses a version that is older than what is live.
pub fn refuse_older(live: &Live, subject: &SubjectName, version: Version) -> Result<(), Error> {
    match live.newest() {
        Some(newest) if version < newest => Err(Error::Invalid(format!(
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

    /// Whether a revision was made for exactly this. Revisions of before that was kept are judged by what they found live.
    pub fn is_base_of(&self, revision: &Revision) -> bool {
        match revision.makes {
            Some(_) => revision.built_on == self.request,
            None => revision.input.live.is_same(&self.live),
        }
    }
}

/// Whether two lists of files differ by pipes alone, so that nothing but those of older versions comes or goes between them.
pub fn differ_by_pipes(before: &[Artifact], after: &[Artifact]) -> bool {
    let lasting = |artifact: &&Artifact| !matches!(artifact.kind, ArtifactKind::Warehouse | ArtifactKind::Evolution);
    before.iter().filter(lasting).eq(after.iter().filter(lasting))
}

/// Why what is live cannot be evolved.
#[derive(Debug, thiserror::Error)]
pub enum LiveError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What is live was made before it was kept, by a console whose statements this one cannot read.
    #[error(
        "Version {0} of this event was made by another version of the console, whose definition of the table this one cannot read. It cannot be evolved here; evolve its table by statements."
    )]
    Unreadable(Version),
}

/// What of a subject is live; nothing if it is new.
pub async fn standing(store: &dyn ConsoleStore, subject: &SubjectName) -> Result<Standing, LiveError> {
    let Some(revision) = revision(store, subject).await? else { return Ok(Standing::default()) };
    let again = render(&revision.input);
    let drift = Drift::between(&revision.artifacts, &again.artifacts);
    let made = revision.makes.or_else(|| read_back(&revision.artifacts, &again));
    let live = Live { drift, ..made.ok_or(LiveError::Unreadable(revision.input.version))? };
    let live = live.with_class(&again.schema.name);
    Ok(Standing {
        live,
        request: Some(revision.request),
        design: revision.input.design.kept(),
        schema: again.schema,
        artifacts: revision.artifacts,
    })
}

/// What a revision makes live: as it was kept, or else as this console renders it.
pub fn made_by(revision: &Revision) -> Live {
    revision.makes.clone().unwrap_or_else(|| render(&revision.input).live())
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
