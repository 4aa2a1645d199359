//! `/requests`: list, submit, open, decide.

use app::api::ctx::Caller;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use domain::policy::Actor;
use domain::request::{self, Overtaken, RequestId, RequestView};
use domain::subject::Version;
use service::console::{Review, Submission};

use super::subjects::name;
use super::types::{
    Decided, Decision, DecisionRequest, Diagnostic, File, Request, RequestDetail, SubmitRequest, SubmittedRequest,
};
use crate::http::AppState;
use crate::http::problem::Problem;

/// The person who calls; the token layer has put them there.
pub fn caller(caller: Caller) -> Result<Actor, Problem> {
    caller.0.ok_or_else(|| Problem::unauthorized("This call needs a token."))
}

/// A request's number as the path gives it, with or without `R-`.
fn number(text: &str) -> Result<RequestId, Problem> {
    let id = text.parse().ok().filter(|RequestId(id)| *id > 0);
    id.ok_or_else(|| {
        Problem::bad_request("A request's number is written as 12 or R-12. Take it from the list of requests.")
    })
}

/// All requests, newest first.
#[utoipa::path(get, path = "/requests", responses((status = 200, body = Vec<Request>)))]
pub async fn list(
    State(state): State<AppState>,
    Extension(who): Extension<Caller>,
) -> Result<Json<Vec<Request>>, Problem> {
    let requests = state.console.requests(&caller(who)?, false, &[]).await?;
    Ok(Json(requests.iter().map(Request::from).collect()))
}

/// Submits a version with a design. The same submitted twice while it is open is one request.
#[utoipa::path(post, path = "/requests", request_body = SubmitRequest, responses(
    (status = 201, body = SubmittedRequest), (status = 200, description = "It was submitted before.", body = SubmittedRequest),
    (status = 404, body = Problem), (status = 422, description = "The design has errors.", body = Problem)
))]
pub async fn submit(
    State(state): State<AppState>,
    Extension(who): Extension<Caller>,
    body: Result<Json<SubmitRequest>, JsonRejection>,
) -> Result<(StatusCode, Json<SubmittedRequest>), Problem> {
    let Json(body) = body?;
    let submission = Submission::Design {
        subject: name(body.subject)?,
        version: Version(body.version),
        design: Box::new(body.design),
    };
    let submitted = state.console.submit(&caller(who)?, submission).await?;
    let status = if submitted.created { StatusCode::CREATED } else { StatusCode::OK };
    let answer = SubmittedRequest { id: submitted.request.0, revision: submitted.revision, digest: submitted.digest };
    Ok((status, Json(answer)))
}

/// One request with its newest revision.
#[utoipa::path(get, path = "/requests/{id}", params(("id" = String, Path, description = "The number, as 12 or R-12.")), responses(
    (status = 200, body = RequestDetail), (status = 404, body = Problem)
))]
pub async fn open(
    State(state): State<AppState>,
    Extension(who): Extension<Caller>,
    id: Result<Path<String>, PathRejection>,
) -> Result<Json<RequestDetail>, Problem> {
    let Path(id) = id?;
    Ok(Json(RequestDetail::from(&state.console.request(&caller(who)?, number(&id)?).await?)))
}

/// Decides on the revision with the digest; an approval launches the run.
#[utoipa::path(post, path = "/requests/{id}/decisions", params(("id" = String, Path, description = "The number, as 12 or R-12.")), request_body = DecisionRequest, responses(
    (status = 200, body = Decided), (status = 403, description = "Not yours to decide.", body = Problem),
    (status = 404, body = Problem), (status = 409, description = "The revision was replaced.", body = Problem),
    (status = 422, description = "A reason is missing.", body = Problem)
))]
pub async fn decide(
    State(state): State<AppState>,
    Extension(who): Extension<Caller>,
    id: Result<Path<String>, PathRejection>,
    body: Result<Json<DecisionRequest>, JsonRejection>,
) -> Result<Json<Decided>, Problem> {
    let (Path(id), Json(body)) = (id?, body?);
    let (actor, id) = (caller(who)?, number(&id)?);
    let review = Review { verdict: body.decision, digest: body.digest, reason: body.reason };
    let run = state.console.decide(&actor, id, review).await?;
    let state = state.console.request(&actor, id).await?.request.state;
    Ok(Json(Decided { state: state.word().to_owned(), run: run.map(|r| r.0) }))
}

impl From<&request::Request> for Request {
    fn from(r: &request::Request) -> Self {
        Self {
            id: r.id.0,
            subject: r.subject.to_string(),
            version: r.version.0,
            state: r.state.word().to_owned(),
            requester: r.requester.to_string(),
            revision: r.revision,
            digest: r.digest.clone(),
            run: r.run.map(|run| run.0),
            overtaken: r.overtaken.map(Overtaken::sentence),
            created_at: r.created_at.to_string(),
            updated_at: r.updated_at.to_string(),
        }
    }
}

impl From<&RequestView> for RequestDetail {
    fn from(view: &RequestView) -> Self {
        Self {
            request: Request::from(&view.request),
            authors: view.revision.authors.iter().map(ToString::to_string).collect(),
            decisions: view.decisions.iter().map(Decision::from).collect(),
            files: view.revision.artifacts.iter().map(File::from).collect(),
            diagnostics: view.revision.diagnostics.iter().map(Diagnostic::from).collect(),
        }
    }
}

impl From<&request::Decision> for Decision {
    fn from(d: &request::Decision) -> Self {
        Self {
            revision: d.revision,
            digest: d.digest.clone(),
            decision: d.verdict.word().to_owned(),
            reason: d.reason.clone(),
            by: d.by.to_string(),
            at: d.at.to_string(),
        }
    }
}
