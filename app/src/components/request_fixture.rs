//! A request as the tests of several components need it.

use domain::design::Design;
use domain::platform::Platform;
use domain::policy::UserName;
use domain::render::RenderInput;
use domain::request::{Decision, Request, RequestId, RequestState, RequestView, Revision, RevisionSummary, Verdict};
use domain::schema::SchemaText;
use domain::subject::{SchemaType, SubjectName, Version};
use domain::time::Timestamp;

/// The minute at which the newest revision was submitted; the view is made a minute later.
const SUBMITTED: Timestamp = Timestamp(600_000);

/// `engineer`'s request R-12 in review at this revision.
pub fn in_review(revision: u32) -> RequestView {
    let subject = SubjectName::parse("order_placed-value").unwrap();
    let engineer = UserName("engineer".to_owned());
    let request = Request {
        id: RequestId(12),
        subject: subject.clone(),
        version: Version(2),
        state: RequestState::InReview,
        requester: engineer.clone(),
        revision,
        digest: "sha256:ab".to_owned(),
        draft: None,
        run: None,
        overtaken: None,
        created_at: Timestamp(0),
        updated_at: SUBMITTED,
    };
    let summary = |number| RevisionSummary {
        number,
        digest: "sha256:ab".to_owned(),
        authors: vec![engineer.clone()],
        submitted_at: SUBMITTED,
    };
    RequestView {
        revision: Revision {
            request: request.id,
            number: revision,
            digest: request.digest.clone(),
            input: RenderInput {
                subject,
                version: request.version,
                schema: SchemaText::new(SchemaType::Avro, "{}"),
                platform: Platform::default(),
                design: Design::default(),
                live: Default::default(),
            },
            artifacts: vec![],
            diagnostics: vec![],
            authors: vec![engineer.clone()],
            submitted_at: SUBMITTED,
            built_on: None,
            makes: None,
        },
        revisions: (1..=revision).map(summary).collect(),
        decisions: vec![],
        run_state: None,
        taken: None,
        now: SUBMITTED.plus_millis(60_000),
        request,
    }
}

/// A decision of `platform-1` on this revision.
pub fn decided(revision: u32, verdict: Verdict, reason: &str) -> Decision {
    Decision {
        revision,
        digest: "sha256:ab".to_owned(),
        verdict,
        reason: reason.to_owned(),
        by: UserName("platform-1".to_owned()),
        at: Timestamp(300_000),
    }
}
