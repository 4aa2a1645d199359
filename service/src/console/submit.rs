//! Submitting: a draft, or a design given whole, becomes an immutable, digested revision of a request.

use domain::design::Design;
use domain::draft::{Draft, DraftId};
use domain::policy::{Action, Actor, UserName};
use domain::render::{RenderInput, Rendering, render};
use domain::request::{RequestEvent, RequestId, RequestState, Revision};
use domain::subject::{SubjectName, Version};
use serde_json::json;

use super::{Console, authorise};
use crate::claims;
use crate::error::Error;
use crate::ports::store::{NewRevision, SeenDraft, SubmitTarget, Submitted};

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
        let input = self.render_input(actor, &subject, version, None, design, standing.live.clone()).await?;
        let rendering = render(&input);
        refuse_errors(&rendering)?;
        if standing.is_made_by(&rendering.artifacts) {
            return Err(Error::Invalid(format!(
                "Nothing differs from what is live with version {version}. Change the design, or choose a newer version."
            )));
        }
        let table = claims::table_name(&rendering, &input.platform);
        let events = self.store().events().await?;
        if let Some(sentence) = claims::taken(&events, &subject, &table, claims::sink_topic(&rendering)) {
            return Err(Error::Invalid(sentence));
        }
        let target = self.target(actor, draft.as_ref()).await?;
        let revision = self.revision(actor, input, rendering, draft.as_ref()).await?;
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

    async fn revision(
        &self,
        actor: &Actor,
        input: RenderInput,
        rendering: Rendering,
        draft: Option<&Draft>,
    ) -> Result<Revision, Error> {
        let mut authors: Vec<UserName> = draft.map(|d| d.authors.clone()).unwrap_or_default();
        if !authors.contains(&actor.name) {
            authors.push(actor.name.clone());
        }
        Ok(Revision {
            request: RequestId(0),
            number: 0,
            digest: rendering.digest(),
            input,
            diagnostics: rendering.diagnostics,
            artifacts: rendering.artifacts,
            authors,
            submitted_at: self.now(),
        })
    }
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
