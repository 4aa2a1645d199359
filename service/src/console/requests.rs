//! Requests: list, open, decide, withdraw.

use domain::plan::Plan;
use domain::policy::{Action, Actor};
use domain::request::{self, Decision, Request, RequestEvent, RequestId, RequestState, RequestView, Revision, Verdict};
use domain::run::{Machine, RunId};
use serde_json::json;

use super::{Console, authorise};
use crate::error::Error;
use crate::live::MOVED_ON;
use crate::ports::store::{AuditRow, NewDecision, NewRun, RequestFilter, StoreError};

const REQUESTS_LISTED: u32 = 200;
const AUDIT_LISTED: u32 = 200;

/// What a reviewer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The verdict.
    pub verdict: Verdict,
    /// The digest of the revision that the reviewer saw.
    pub digest: String,
    /// Why; needed unless it is an approval.
    pub reason: String,
}

impl Console {
    /// Requests of one person, or all; only those in these states, if any are given; newest first.
    pub async fn requests(&self, actor: &Actor, mine: bool, states: &[RequestState]) -> Result<Vec<Request>, Error> {
        authorise(actor, Action::Read)?;
        let filter = RequestFilter {
            requester: mine.then(|| actor.name.clone()),
            states: states.to_vec(),
            subject: None,
            limit: REQUESTS_LISTED,
        };
        Ok(self.store().requests(filter).await?)
    }

    /// Requests that wait for this person's decision, newest first.
    pub async fn requests_to_review(&self, actor: &Actor) -> Result<Vec<Request>, Error> {
        let mut open = self.requests(actor, false, &[RequestState::InReview]).await?;
        open.retain(|r| r.requester != actor.name);
        Ok(open)
    }

    /// One request with its newest revision in full.
    pub async fn request(&self, actor: &Actor, id: RequestId) -> Result<RequestView, Error> {
        authorise(actor, Action::Read)?;
        let request = self.find_request(id).await?;
        let revision = self.find_revision(&request).await?;
        let run_state = match request.run {
            Some(run) => self.store().run(run, self.now()).await?.map(|r| r.summary.state),
            None => None,
        };
        let taken =
            if request.state.is_open() && request.overtaken.is_none() { self.taken(&request).await? } else { None };
        Ok(RequestView {
            taken,
            revision,
            revisions: self.store().revisions(id).await?,
            decisions: self.store().decisions(id).await?,
            run_state,
            now: self.now(),
            request,
        })
    }

    /// The audit of a request, newest first.
    pub async fn request_audit(&self, actor: &Actor, id: RequestId) -> Result<Vec<AuditRow>, Error> {
        authorise(actor, Action::Read)?;
        Ok(self.store().audit(&format!("request:{}", id.0), AUDIT_LISTED).await?)
    }

    /// Records a decision on the revision with the digest that the reviewer saw; an approval launches the run.
    pub async fn decide(&self, actor: &Actor, id: RequestId, review: Review) -> Result<Option<RunId>, Error> {
        let seen = self.find_request(id).await?;
        let revision = self.find_revision(&seen).await?;
        authorise(actor, Action::Decide { authors: &revision.authors, state: seen.state })?;
        if review.digest != seen.digest {
            return Err(replaced(&seen));
        }
        let reason = request::reason(review.verdict, &review.reason).map_err(Error::Invalid)?;
        let to = seen.state.after(review.verdict.event())?;
        if review.verdict == Verdict::Approve {
            self.refuse_overtaken(&seen, &revision).await?;
        }
        let now = self.now();
        let run = (review.verdict == Verdict::Approve)
            .then(|| NewRun { machine: Machine::new(Plan::onboarding()), due_at: now });
        let decision = Decision {
            revision: revision.number,
            digest: review.digest,
            verdict: review.verdict,
            reason,
            by: actor.name.clone(),
            at: now,
        };
        let audit = self.audit(
            actor,
            audit_word(review.verdict),
            format!("request:{}", id.0),
            json!({ "revision": decision.revision, "digest": decision.digest, "reason": decision.reason }),
        );
        let new = NewDecision { request: id, seen: seen.state, to, decision, run };
        match self.store().decide(new, audit).await {
            Ok(run) => {
                (self.parts.wake_engine)();
                Ok(run)
            }
            Err(StoreError::Conflict) => Err(self.find_request(id).await.map_or_else(|e| e, |r| replaced(&r))),
            Err(other) => Err(other.into()),
        }
    }

    /// Refuses to approve what was designed for something else than what is live, or beside another change.
    async fn refuse_overtaken(&self, request: &Request, revision: &Revision) -> Result<(), Error> {
        if let Some(by) = request.overtaken {
            return Err(Error::Conflict(format!("{} {}", by.sentence(), by.remedy())));
        }
        let standing = self.standing(&request.subject).await?;
        if standing.is_base_of(revision) { Ok(()) } else { Err(Error::Conflict(MOVED_ON.into())) }
    }

    /// The sentence that an approval would be refused with for what another event has.
    async fn taken(&self, request: &Request) -> Result<Option<String>, Error> {
        match self.store().check_claims(request.id, request.revision).await {
            Ok(()) => Ok(None),
            Err(taken @ StoreError::Taken { .. }) => Ok(Some(Error::from(taken).to_string())),
            Err(other) => Err(other.into()),
        }
    }

    /// Takes a request back that is not decided.
    pub async fn withdraw(&self, actor: &Actor, id: RequestId) -> Result<(), Error> {
        let request = self.find_request(id).await?;
        authorise(actor, Action::Withdraw { requester: &request.requester, state: request.state })?;
        let to = request.state.after(RequestEvent::Withdraw)?;
        let audit = self.audit(actor, "request-withdrawn", format!("request:{}", id.0), json!({}));
        Ok(self.store().move_request(id, request.state, to, audit).await?)
    }

    pub(super) async fn find_request(&self, id: RequestId) -> Result<Request, Error> {
        self.store().request(id).await?.ok_or_else(|| Error::NotFound(format!("There is no request {id}.")))
    }

    pub(super) async fn find_revision(&self, request: &Request) -> Result<Revision, Error> {
        self.store()
            .revision(request.id, request.revision)
            .await?
            .ok_or_else(|| Error::NotFound(format!("{} has no revision {}.", request.id, request.revision)))
    }
}

fn replaced(request: &Request) -> Error {
    Error::Conflict(format!(
        "{} is {} at revision {} by now, which is not what you looked at. Reload, look at the newest revision, and decide on that.",
        request.id,
        request.state.label(),
        request.revision
    ))
}

fn audit_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Approve => "request-approved",
        Verdict::RequestChanges => "request-changes-requested",
        Verdict::Reject => "request-rejected",
    }
}
