//! `POST /render`: the generator, without keeping anything.

use app::api::ctx::Caller;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::{Extension, Json};
use domain::evolve::Live;
use domain::schema::SchemaText;
use domain::subject::{SchemaType, SubjectName, Version};

use super::requests::caller;
use super::subjects::name;
use super::types::{RenderRequest, Rendered};
use crate::http::AppState;
use crate::http::problem::Problem;

/// Renders a registered version, or a schema text, with a design.
#[utoipa::path(post, path = "/render", request_body = RenderRequest, responses(
    (status = 200, body = Rendered), (status = 404, body = Problem), (status = 422, body = Problem)
))]
pub async fn render(
    State(state): State<AppState>,
    Extension(who): Extension<Caller>,
    body: Result<Json<RenderRequest>, JsonRejection>,
) -> Result<Json<Rendered>, Problem> {
    let Json(request) = body?;
    let actor = caller(who)?;
    let (subject, version, schema) = match (&request.schema, &request.subject) {
        (Some(_), _) => given(&request)?,
        (None, Some(subject)) => {
            let subject = name(subject.clone())?;
            let version = state.console.subject(&actor, &subject, request.version.map(Version)).await?.version;
            (subject, version, None)
        }
        (None, None) => {
            return Err(Problem::bad_request("Give subject and version, or schema and schemaType."));
        }
    };
    let console = state.console.clone();
    let design = request.design;
    let live = match schema {
        Some(_) => Live::default(),
        None => console.live(&actor, &subject).await?,
    };
    let input = console.render_input(&actor, &subject, version, schema, design, live).await?;
    let rendered = tokio::task::spawn_blocking(move || Rendered::from(&domain::render::render(&input)));
    match rendered.await {
        Ok(rendered) => Ok(Json(rendered)),
        Err(error) => Err(Problem::from(service::Error::Internal(Box::new(error)))),
    }
}

fn given(request: &RenderRequest) -> Result<(SubjectName, Version, Option<SchemaText>), Problem> {
    let word = request.schema_type.as_deref().unwrap_or_default();
    let schema_type = SchemaType::from_word(word)
        .ok_or_else(|| Problem::bad_request("With schema, give schemaType as well: AVRO, PROTOBUF or JSON."))?;
    let subject = name(request.subject.clone().unwrap_or_else(|| "event-value".into()))?;
    let text = request.schema.clone().unwrap_or_default();
    let schema = SchemaText { schema_type, text, references: request.references.clone() };
    Ok((subject, Version(request.version.unwrap_or(1)), Some(schema)))
}
