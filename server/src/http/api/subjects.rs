//! `GET /subjects` and `GET /subjects/{subject}/versions/{version}`.

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::{Extension, Json};
use domain::registry::ExploreQuery;
use domain::subject::{SchemaType, SubjectName, Version};
use serde::Deserialize;
use utoipa::IntoParams;

use super::requests::caller;
use super::types::{Subject, SubjectPage, SubjectVersion, word};
use crate::http::AppState;
use crate::http::problem::Problem;
use app::api::ctx::Caller;

const DEFAULT_LIMIT: usize = 50;

/// What to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SubjectQuery {
    /// A regular expression in Rust's syntax; everything when left out.
    #[serde(default)]
    pattern: String,
    /// Comma-separated: avro, protobuf, json; all when left out.
    #[serde(default, rename = "type")]
    types: String,
    /// At most so many, 1 to 500; 50 when left out.
    limit: Option<usize>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// Subjects that match a pattern.
#[utoipa::path(get, path = "/subjects", params(SubjectQuery), responses(
    (status = 200, body = SubjectPage), (status = 400, description = "The pattern or a parameter cannot be used.", body = Problem)
))]
pub async fn list(
    State(state): State<AppState>,
    Extension(who): Extension<Caller>,
    query: Result<Query<SubjectQuery>, QueryRejection>,
) -> Result<Json<SubjectPage>, Problem> {
    let Query(query) = query?;
    let query = ExploreQuery {
        types: types(&query.types)?,
        pattern: query.pattern,
        limit: query.limit.unwrap_or(DEFAULT_LIMIT),
        after: query.cursor.map(name).transpose()?,
    };
    let page = state.console.explore(&caller(who)?, &query).await?;
    if let Some(problem) = page.problem {
        return Err(Problem::bad_request(format!("The pattern cannot be used: {}", problem.message)));
    }
    let subject = |row: domain::registry::SubjectSummary| Subject {
        subject: row.subject.to_string(),
        schema_type: word(&row.schema_type),
        version: row.version.0,
        versions: row.versions,
        onboarding: word(&row.onboarding),
    };
    Ok(Json(SubjectPage {
        subjects: page.rows.into_iter().map(subject).collect(),
        matched: page.matched,
        total: page.total,
        next: page.next.map(|n| n.to_string()),
        synced_at: page.freshness.synced_at.map(|t| t.to_string()),
    }))
}

/// One version of a subject; `latest` for the newest.
#[utoipa::path(get, path = "/subjects/{subject}/versions/{version}",
    params(("subject" = String, Path, description = "Percent-encoded."), ("version" = String, Path, description = "A number or latest.")),
    responses((status = 200, body = SubjectVersion), (status = 404, body = Problem)))]
pub async fn version(
    State(state): State<AppState>,
    Extension(who): Extension<Caller>,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Result<Json<SubjectVersion>, Problem> {
    let Path((subject, version)) = path?;
    let version = match version.as_str() {
        "latest" => None,
        number => Some(Version(
            number
                .parse()
                .map_err(|_| Problem::bad_request(format!("{number:?} is no version. Give a number, or latest.")))?,
        )),
    };
    let view = state.console.subject(&caller(who)?, &name(subject)?, version).await?;
    let id = view.versions.iter().find(|v| v.version == view.version).map_or(0, |v| v.id.0);
    Ok(Json(SubjectVersion {
        subject: view.subject.to_string(),
        version: view.version.0,
        id,
        schema_type: word(&view.schema.schema_type),
        references: serde_json::to_value(&view.schema.references).unwrap_or_default(),
        schema: view.schema.text,
        versions: view.versions.iter().map(|v| v.version.0).collect(),
    }))
}

/// A subject's name, or the problem with it.
pub fn name(text: String) -> Result<SubjectName, Problem> {
    SubjectName::parse(text).map_err(|error| Problem::bad_request(error.to_string()))
}

fn types(words: &str) -> Result<Vec<SchemaType>, Problem> {
    words
        .split(',')
        .filter(|word| !word.is_empty())
        .map(|word| {
            SchemaType::from_word(word).ok_or_else(|| {
                Problem::bad_request(format!("{word:?} is no schema type. There are avro, protobuf and json."))
            })
        })
        .collect()
}
