//! Drafts: begin, open, save.

use domain::design::{Design, rebase};
use domain::draft::{Draft, DraftId, DraftView};
use domain::evolve::Live;
use domain::policy::{Action, Actor};
use domain::preset;
use domain::render::RenderInput;
use domain::request::RequestId;
use domain::schema::SchemaText;
use domain::subject::{SubjectName, Version};
use serde_json::json;

use super::{Console, authorise};
use crate::error::Error;
use crate::live::{self, Standing};
use crate::ports::store::{NewDraft, SavedDraft, StoreError};

const DRAFTS_LISTED: u32 = 200;

impl Console {
    /// Begins a draft of a version: of what is live with its edits, which stay with their fields; for a new event, its generated
    /// default with the organisation's default preset if there is one.
    pub async fn create_draft(&self, actor: &Actor, subject: &SubjectName, version: Version) -> Result<Draft, Error> {
        authorise(actor, Action::WriteDraft)?;
        let text = self.schema_text(actor, subject, version).await?;
        let standing = self.standing(subject).await?;
        live::refuse_older(&standing.live, subject, version)?;
        self.refuse_unfit(subject, version, &standing.live)?;
        let schema = domain::schema::read_event(&text, standing.design.event.message.as_deref());
        let design = if standing.live.is_empty() {
            preset::start(&schema, &self.parts.platform).design
        } else {
            rebase(&standing.design, &standing.schema, &schema).design
        };
        design.check_bounds().map_err(|error| Error::Invalid(error.to_string()))?;
        self.begin(actor, subject.clone(), version, design, None, Vec::new()).await
    }

    /// The draft to revise a request with: the one that it came from, or a new one of its newest revision.
    pub async fn revise(&self, actor: &Actor, id: RequestId) -> Result<DraftId, Error> {
        let request = self.find_request(id).await?;
        authorise(actor, Action::Submit { requester: Some(&request.requester) })?;
        request.state.after(domain::request::RequestEvent::Resubmit)?;
        if let Some(draft) = request.draft {
            return Ok(draft);
        }
        let revision = self.find_revision(&request).await?;
        let input = revision.input;
        let draft = self.begin(actor, input.subject, input.version, input.design, Some(id), revision.authors).await?;
        Ok(draft.id)
    }

    /// Begins a draft that takes the drained pipe of an older version out and changes nothing else of the design.
    pub async fn retire_pipe(&self, actor: &Actor, subject: &SubjectName, version: Version) -> Result<Draft, Error> {
        authorise(actor, Action::WriteDraft)?;
        let standing = self.standing(subject).await?;
        let Some(newest) = standing.live.newest().filter(|_| standing.live.versions.contains(&version)) else {
            return Err(Error::NotFound(format!(
                "Version {version} of {subject} has no pipe. The catalogue shows those that run."
            )));
        };
        if version == newest {
            return Err(Error::Invalid(format!(
                "The sink job writes version {version} of {subject}, so its pipe stays. Evolve the event first."
            )));
        }
        let mut design = standing.design;
        design.load.retire = Some(vec![version]);
        self.begin(actor, subject.clone(), newest, design, None, Vec::new()).await
    }

    /// Drafts that are not submitted, newest first.
    pub async fn drafts(&self, actor: &Actor) -> Result<Vec<Draft>, Error> {
        authorise(actor, Action::Read)?;
        Ok(self.store().drafts(DRAFTS_LISTED).await?)
    }

    /// A draft with what the designer needs to render it.
    pub async fn draft(&self, actor: &Actor, id: DraftId) -> Result<DraftView, Error> {
        authorise(actor, Action::Read)?;
        let draft = self.find_draft(id).await?;
        let schema = self.schema_text(actor, &draft.subject, draft.version).await?;
        let input = RenderInput {
            subject: draft.subject.clone(),
            version: draft.version,
            schema,
            platform: self.parts.platform.clone(),
            design: draft.design.clone(),
            live: self.standing(&draft.subject).await?.live,
        };
        let snapshot = self.parts.snapshot.snapshot();
        let versions =
            snapshot.versions(&draft.subject).unwrap_or_default().iter().map(|known| known.version).collect();
        Ok(DraftView { draft, input, versions, now: self.now() })
    }

    /// Saves a design on top of the save that the caller saw.
    pub async fn save_draft(&self, actor: &Actor, id: DraftId, builds_on: u32, design: Design) -> Result<Draft, Error> {
        authorise(actor, Action::WriteDraft)?;
        design.check_bounds().map_err(|error| Error::Invalid(error.to_string()))?;
        let audit = self.audit(
            actor,
            "draft-saved",
            format!("draft:{id}"),
            json!({ "buildsOn": builds_on, "edits": design.edit_count() }),
        );
        let save = SavedDraft { id, builds_on, design, author: actor.name.clone(), at: self.now() };
        self.find_draft(id).await?;
        match self.store().save_draft(save, audit).await {
            Err(StoreError::Conflict) => Err(Error::Conflict(
                "Someone else saved this draft in the meantime. Reload to get their edits; yours since the last save stay on this page until then.".into(),
            )),
            other => Ok(other?),
        }
    }

    /// What of a subject is live.
    pub async fn live(&self, actor: &Actor, subject: &SubjectName) -> Result<Live, Error> {
        authorise(actor, Action::Read)?;
        Ok(self.standing(subject).await?.live)
    }

    /// What is rendered where nothing is kept: a registered version, or a schema text, beside what is live.
    pub async fn render_input(
        &self,
        actor: &Actor,
        subject: &SubjectName,
        version: Version,
        schema: Option<SchemaText>,
        design: Design,
        live: Live,
    ) -> Result<RenderInput, Error> {
        authorise(actor, Action::Read)?;
        design.check_bounds().map_err(|error| Error::Invalid(error.to_string()))?;
        let schema = match schema {
            Some(schema) => schema,
            None => self.schema_text(actor, subject, version).await?,
        };
        Ok(RenderInput {
            subject: subject.clone(),
            version,
            schema,
            platform: self.parts.platform.clone(),
            design,
            live,
        })
    }

    /// What of a subject is live, and how it was designed.
    pub(super) async fn standing(&self, subject: &SubjectName) -> Result<Standing, Error> {
        Ok(live::standing(self.store(), subject).await?)
    }

    pub(super) async fn find_draft(&self, id: DraftId) -> Result<Draft, Error> {
        self.store().draft(id).await?.ok_or_else(|| Error::NotFound(format!("There is no draft {id}.")))
    }

    pub(super) async fn begin(
        &self,
        actor: &Actor,
        subject: SubjectName,
        version: Version,
        design: Design,
        request: Option<RequestId>,
        inherited_authors: Vec<domain::policy::UserName>,
    ) -> Result<Draft, Error> {
        let audit = self.audit(actor, "draft-created", "", json!({ "subject": subject, "version": version }));
        let at = self.now();
        let new = NewDraft { subject, version, design, owner: actor.name.clone(), request, inherited_authors, at };
        Ok(self.store().create_draft(new, audit).await?)
    }
}
