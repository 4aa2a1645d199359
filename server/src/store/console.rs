//! The console's half of the port, handed on to the files of its nouns.

use async_trait::async_trait;
use domain::draft::{Draft, DraftId};
use domain::event::OnboardedEvent;
use domain::request::{Decision, Request, RequestId, RequestState, Revision, RevisionSummary};
use domain::run::RunId;
use domain::subject::SubjectName;
use service::ports::store::{
    AuditRow, ConsoleStore, NewDecision, NewDraft, NewRevision, RequestFilter, SavedDraft, StoreError, Submitted,
};

use super::SqliteStore;

#[async_trait]
impl ConsoleStore for SqliteStore {
    async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.try_lock().await?)
    }

    async fn create_draft(&self, draft: NewDraft, audit: AuditRow) -> Result<Draft, StoreError> {
        Ok(self.make_draft(draft, audit).await?)
    }

    async fn draft(&self, id: DraftId) -> Result<Option<Draft>, StoreError> {
        Ok(self.find_draft(id).await?)
    }

    async fn drafts(&self, limit: u32) -> Result<Vec<Draft>, StoreError> {
        Ok(self.open_drafts(limit).await?)
    }

    async fn drafted_subjects(&self) -> Result<Vec<SubjectName>, StoreError> {
        Ok(self.open_subjects().await?)
    }

    async fn save_draft(&self, save: SavedDraft, audit: AuditRow) -> Result<Draft, StoreError> {
        Ok(self.save(save, audit).await?)
    }

    async fn submit(&self, revision: NewRevision, audit: AuditRow) -> Result<Submitted, StoreError> {
        Ok(self.keep_revision(revision, audit).await?)
    }

    async fn requests(&self, filter: RequestFilter) -> Result<Vec<Request>, StoreError> {
        Ok(self.find_requests(filter).await?)
    }

    async fn request(&self, id: RequestId) -> Result<Option<Request>, StoreError> {
        Ok(self.find_request(id).await?)
    }

    async fn revision(&self, id: RequestId, number: u32) -> Result<Option<Revision>, StoreError> {
        Ok(self.find_revision(id, number).await?)
    }

    async fn revisions(&self, id: RequestId) -> Result<Vec<RevisionSummary>, StoreError> {
        Ok(self.find_revisions(id).await?)
    }

    async fn decisions(&self, id: RequestId) -> Result<Vec<Decision>, StoreError> {
        Ok(self.find_decisions(id).await?)
    }

    async fn decide(&self, decision: NewDecision, audit: AuditRow) -> Result<Option<RunId>, StoreError> {
        Ok(self.keep_decision(decision, audit).await?)
    }

    async fn check_claims(&self, id: RequestId, revision: u32) -> Result<(), StoreError> {
        Ok(self.refuse_taken(id, revision).await?)
    }

    async fn move_request(
        &self,
        id: RequestId,
        seen: RequestState,
        to: RequestState,
        audit: AuditRow,
    ) -> Result<(), StoreError> {
        Ok(self.step_request(id, seen, to, audit).await?)
    }

    async fn events(&self) -> Result<Vec<OnboardedEvent>, StoreError> {
        Ok(self.catalogue().await?)
    }

    async fn record_event(&self, event: OnboardedEvent, audit: AuditRow) -> Result<(), StoreError> {
        Ok(self.keep_event(event, audit).await?)
    }

    async fn audit(&self, object: &str, limit: u32) -> Result<Vec<AuditRow>, StoreError> {
        Ok(self.audit_about(object, limit).await?)
    }
}
