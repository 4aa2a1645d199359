//! Submitting: a draft, or a design given whole, becomes an immutable, digested revision of a request.

use domain::design::Design;
use domain::draft::{Draft, DraftId};
use domain::evolve::Live;
use domain::policy::{Action, Actor, UserName};
use domain::render::{RenderInput, Rendering, render};
use domain::request::{RequestEvent, RequestId, RequestState, Revision};
use domain::subject::{SubjectName, Version};
use serde_json::json;

use super::{Console, authorise};
use crate::claims;
use crate::error::Error;
use crate::ports::store::{NewRevision, SeenDraft, SubmitTarget, Submitted};
use crate::snapshot::Snapshot;

/// What is submitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Submission {
    /// A draft as it is saved now; `saves` is the save that the submitter saw.
    Draft {
        /// Which draft.
        id: DraftId,
        /// The save that was reviewed.
        saves: u32,
    },
    /// A design given whole, as scripts do.
    Design {
        /// The event's subject.
        subject: SubjectName,
        /// The version.
        version: Version,
        /// The edits; the generated default when empty.
        design: Box<Design>,
    },
}

impl Console {
    /// Keeps a revision and puts its request in review. The same content submitted twice is one request.
    pub async fn submit(&self, actor: &Actor, submission: Submission) -> Result<Submitted, Error> {
        authorise(actor, Action::Submit { requester: None })?;
        let (subject, version, design, draft) = match submission {
            Submission::Design { subject, version, design } => (subject, version, *design, None),
            Submission::Draft { id, saves } => {
                let draft = self.find_draft(id).await?;
                if draft.saves != saves {
                    return Err(Error::Conflict(
                        "This draft was saved again after you opened its review. Look at the review once more, then submit."
                            .into(),
                    ));
                }
                (draft.subject.clone(), draft.version, draft.design.clone(), Some(draft))
            }
        };
        let standing = self.standing(&subject).await?;
        self.refuse_unfit(&subject, version, &standing.live)?;
        let input = self.render_input(actor, &subject, version, None, design, standing.live.clone()).await?;
        let rendering = render(&input);
        refuse_errors(&rendering)?;
        if standing.is_made_by(&rendering.artifacts) {
            return Err(Error::Invalid(format!(
                "Nothing differs from what is live with version {version}. Change the design, or choose a newer version."
            )));
        }
        let table = claims::table_name(&rendering.table.name, &input.platform);
        let events = self.store().events().await?;
        if let Some(sentence) = claims::taken(&events, &subject, &table, claims::sink_topic(&rendering)) {
            return Err(Error::Invalid(sentence));
        }
        let target = self.target(actor, draft.as_ref()).await?;
        let revision =
            Revision { built_on: standing.request, ..self.revision(actor, input, rendering, draft.as_ref()) };
        let audit = self.audit(
            actor,
            "request-submitted",
            "",
            json!({ "subject": subject, "version": version, "digest": revision.digest }),
        );
        let new = NewRevision { target, submitter: actor.name.clone(), revision };
        let submitted = self.store().submit(new, audit).await?;
        if !submitted.created {
            self.refuse_unchanged(submitted.request).await?;
        }
        Ok(submitted)
    }

    /// Refuses a version that the registry does not stand by, or whose schema depends on which registry is asked.
    pub(super) fn refuse_unfit(&self, subject: &SubjectName, version: Version, live: &Live) -> Result<(), Error> {
        unfit(&self.parts.snapshot.snapshot(), subject, version, live).map_or(Ok(()), |why| Err(Error::Invalid(why)))
    }

    /// The same bytes again are no answer to a request for changes.
    async fn refuse_unchanged(&self, id: RequestId) -> Result<(), Error> {
        let request = self.find_request(id).await?;
        if request.state == RequestState::ChangesRequested {
            return Err(Error::Invalid(format!(
                "Nothing changed since revision {}. Make the changes that were asked for, then submit again.",
                request.revision
            )));
        }
        Ok(())
    }

    async fn target(&self, actor: &Actor, draft: Option<&Draft>) -> Result<SubmitTarget, Error> {
        let seen_draft = draft.map(|d| SeenDraft { id: d.id, saves: d.saves });
        let Some(id) = draft.and_then(|d| d.request) else {
            return Ok(SubmitTarget::New { draft: seen_draft });
        };
        let request = self.find_request(id).await?;
        authorise(actor, Action::Submit { requester: Some(&request.requester) })?;
        let to = request.state.after(RequestEvent::Resubmit)?;
        Ok(SubmitTarget::Revise { request: id, seen: request.state, to, draft: seen_draft })
    }

    fn revision(&self, actor: &Actor, input: RenderInput, rendering: Rendering, draft: Option<&Draft>) -> Revision {
        let mut authors: Vec<UserName> = draft.map(|d| d.authors.clone()).unwrap_or_default();
        if !authors.contains(&actor.name) {
            authors.push(actor.name.clone());
        }
        Revision {
            request: RequestId(0),
            number: 0,
            digest: rendering.digest(),
            makes: Some(rendering.live()),
            built_on: None,
            input,
            diagnostics: rendering.diagnostics,
            artifacts: rendering.artifacts,
            authors,
            submitted_at: self.now(),
        }
    }
}

/// Why a version cannot be onboarded, whatever its schema says.
fn unfit(snapshot: &Snapshot, subject: &SubjectName, version: Version, live: &Live) -> Option<String> {
    if snapshot.is_ambiguous(subject, version) {
        return Some(format!(
            "Several registries have a version {version} of {subject}, and their schemas differ. Onboard it in a console that reads only one of them."
        ));
    }
    let deleted = snapshot.subject(subject)?.stored(version)?.deleted;
    (deleted && !live.versions.contains(&version)).then(|| {
        format!(
            "Version {version} of {subject} is deleted in the registry. Restore it there, or choose another version."
        )
    })
}

fn refuse_errors(rendering: &Rendering) -> Result<(), Error> {
    let mut errors = rendering.diagnostics.iter().filter(|d| d.is_error());
    let Some(first) = errors.next() else {
        return Ok(());
    };
    let more = match errors.count() {
        0 => String::new(),
        n => format!(" ({n} more)"),
    };
    let place = if first.path.is_root() { String::new() } else { format!("{}: ", first.path) };
    Err(Error::Invalid(format!("This design cannot be submitted: {place}{}{more}", first.sentences())))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::registry::RegistryName;
    use domain::subject::SchemaType;

    use super::*;
    use crate::snapshot::tests::{Pinned, Scripted, name_of, world};
    use crate::snapshot::{MemorySnapshotStore, SnapshotCell, Syncer};

    fn live(versions: &[u32]) -> Live {
        Live { versions: versions.iter().copied().map(Version).collect(), ..Live::default() }
    }

    #[tokio::test]
    async fn a_deleted_version_is_refused_unless_it_is_live_already() {
        let mut registry = Scripted::default();
        registry.abilities.deleted = true;
        registry.avro("cart-value", 2);
        registry.soft_delete("cart-value", 1);
        let world = world(registry);
        world.syncer.refresh().await;
        let why = |version, live| unfit(&world.cell.snapshot(), &name_of("cart-value"), Version(version), &live);
        assert!(why(1, live(&[])).unwrap().contains("Version 1 of cart-value is deleted"));
        assert_eq!(why(1, live(&[1])), None);
        assert_eq!((why(2, live(&[])), why(3, live(&[]))), (None, None));
    }

    #[tokio::test]
    async fn a_version_that_differs_between_registries_is_refused() {
        let cell = Arc::new(SnapshotCell::new(Arc::new(MemorySnapshotStore::default())));
        for (name, other) in [("eu", r#""string""#), ("us", r#""long""#)] {
            let registry = Scripted::default();
            registry.put("cart-value", 1, SchemaType::Avro, r#""int""#, &[]);
            registry.put("cart-value", 2, SchemaType::Avro, other, &[]);
            registry.put(&format!("{name}-value"), 1, SchemaType::Avro, other, &[]);
            let name = RegistryName::parse(name).unwrap();
            Syncer::named(name, Arc::new(registry), Arc::clone(&cell), Arc::new(Pinned)).refresh().await;
        }
        let why = |name: &str, version| unfit(&cell.snapshot(), &name_of(name), Version(version), &Live::default());
        assert!(why("cart-value", 2).unwrap().contains("Several registries have a version 2 of cart-value"));
        assert_eq!((why("cart-value", 1), why("us-value", 1), why("gone", 1)), (None, None, None));
    }
}
