//! A draft taken to another version of its schema.

use domain::design::rebase;
use domain::draft::{DraftId, RebasedDraft};
use domain::policy::{Action, Actor};
use domain::schema::read;
use domain::subject::Version;

use super::{Console, authorise};
use crate::error::Error;
use crate::live::refuse_older;

impl Console {
    /// Begins a draft on another version with the edits of this one, and says what became of them. The old draft stays as it is.
    pub async fn rebase_draft(&self, actor: &Actor, id: DraftId, version: Version) -> Result<RebasedDraft, Error> {
        authorise(actor, Action::WriteDraft)?;
        let old = self.find_draft(id).await?;
        if old.version == version {
            return Err(Error::Invalid(format!("Draft {id} is on version {version} already. Choose another version.")));
        }
        refuse_older(&self.live(actor, &old.subject).await?, &old.subject, version)?;
        let from = self.schema_text(actor, &old.subject, old.version).await?;
        let to = self.schema_text(actor, &old.subject, version).await?;
        let rebased = rebase(&old.design, &read(&from), &read(&to));
        let draft = self.begin(actor, old.subject, version, rebased.design, None, old.authors).await?;
        let account = rebased.account.into_iter().map(|account| account.sentence).collect();
        Ok(RebasedDraft { draft: draft.id, account })
    }
}
