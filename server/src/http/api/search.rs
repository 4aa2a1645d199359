//! `GET /search` and `GET /search/export`: the same language as the Explore page.

use app::api::ctx::Caller;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use domain::search::export::Format;
use domain::search::{Case, PatternError, Place, SearchRequest, Sort, SortBy};
use serde::Deserialize;
use service::search::Export;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::IntoParams;

use super::requests::caller;
use super::types::search::SearchResult;
use crate::http::AppState;
use crate::http::problem::Problem;

/// What to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SearchParams {
    /// The query: patterns and filters between blanks, as on the Explore page; everything when left out.
    #[serde(default)]
    query: String,
    /// Where words without a key are looked for, comma-separated: subject, record, field, fieldtype, doc, tag; subject when left out.
    #[serde(default, rename = "in")]
    places: String,
    /// Whether words without a key mean themselves instead of being regular expressions.
    #[serde(default)]
    literal: bool,
    /// smart (upper and lower case differ in a pattern with an upper-case letter) or exact; smart when left out.
    #[serde(default)]
    case: String,
    /// best, name, version, versions, id, type or fields, with - before it for the largest first; best when left out.
    #[serde(default)]
    sort: String,
    /// At most so many rows, 1 to 500; 50 when left out. An export has all.
    limit: Option<usize>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Without a cursor: skip so many rows.
    #[serde(default)]
    offset: usize,
    /// csv or json, for an export; csv when left out.
    format: Option<String>,
}

impl SearchParams {
    fn request(&self) -> Result<SearchRequest, Problem> {
        let (word, descending) = self.sort.strip_prefix('-').map_or((self.sort.as_str(), false), |word| (word, true));
        let by = if word.is_empty() { Some(SortBy::Best) } else { SortBy::from_word(word) };
        let words = SortBy::ALL.map(SortBy::word).join(", ");
        let unsorted = || Problem::bad_request(format!("There is no order {word:?}. There are {words}."));
        Ok(SearchRequest {
            query: self.query.clone(),
            scopes: places(&self.places).map_err(Problem::bad_request)?,
            literal: self.literal,
            case: match self.case.as_str() {
                "" | "smart" => Case::Smart,
                "exact" => Case::Exact,
                other => {
                    return Err(Problem::bad_request(format!(
                        "There is no case {other:?}. There are smart and exact."
                    )));
                }
            },
            sort: Sort { by: by.ok_or_else(unsorted)?, descending },
            limit: self.limit.unwrap_or(50),
            cursor: match &self.cursor {
                Some(text) => {
                    Some(text.parse().map_err(|e: domain::search::CursorError| Problem::bad_request(e.to_string()))?)
                }
                None => None,
            },
            offset: self.offset,
            ..SearchRequest::default()
        })
    }
}

/// The places of a comma-separated list, or the sentence about the one that is none.
pub fn places(words: &str) -> Result<Vec<Place>, String> {
    let known = Place::ALL.map(Place::word).join(", ");
    let place =
        |word: &str| Place::from_word(word).ok_or_else(|| format!("There is no place {word:?}. There are {known}."));
    words.split(',').filter(|word| !word.is_empty()).map(place).collect()
}

/// Subjects that a query finds, with the reasons and with counts.
#[utoipa::path(get, path = "/search", params(SearchParams), responses(
    (status = 200, body = SearchResult), (status = 400, description = "The query or a parameter cannot be used.", body = Problem)
))]
pub async fn list(
    State(state): State<AppState>,
    Extension(who): Extension<Caller>,
    params: Result<Query<SearchParams>, QueryRejection>,
) -> Result<Json<SearchResult>, Problem> {
    let Query(params) = params?;
    let page = state.console.search(&caller(who)?, &params.request()?).await?;
    match page.problem {
        Some(problem) => Err(refused(&problem)),
        None => Ok(Json(page.into())),
    }
}

/// Everything that a query finds, as CSV that no spreadsheet takes for formulas or as a JSON object a line.
#[utoipa::path(get, path = "/search/export", params(SearchParams), responses(
    (status = 200, description = "The rows, as they are found.", content((String = "text/csv"), (String = "application/x-ndjson"))),
    (status = 400, description = "The query or a parameter cannot be used.", body = Problem)
))]
pub async fn export(
    State(state): State<AppState>,
    Extension(who): Extension<Caller>,
    params: Result<Query<SearchParams>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(params) = params?;
    let format: Format = match &params.format {
        Some(word) => {
            word.parse().map_err(|e: domain::search::export::FormatError| Problem::bad_request(e.to_string()))?
        }
        None => Format::Csv,
    };
    let pieces = match state.console.export(&caller(who)?, &params.request()?, format).await? {
        Export::Problem(problem) => return Err(refused(&problem)),
        Export::Pieces(pieces) => pieces,
    };
    let body = Body::from_stream(ReceiverStream::new(pieces));
    let (kind, file) = match format {
        Format::Csv => ("text/csv; charset=utf-8", "attachment; filename=\"subjects.csv\""),
        Format::Json => ("application/x-ndjson", "attachment; filename=\"subjects.ndjson\""),
    };
    let mut response = body.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response.headers_mut().insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(file));
    Ok(response)
}

fn refused(problem: &PatternError) -> Problem {
    // Most sentences say the place themselves.
    let column = problem.column.filter(|_| !problem.message.contains("position"));
    let place = column.map(|column| format!(" (at character {column})")).unwrap_or_default();
    Problem::bad_request(format!("The query cannot be used{place}: {}", problem.message))
}
