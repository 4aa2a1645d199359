//! Many events at once: the report, and the requests.

use domain::bulk::{BulkOutcome, BulkReport};
use domain::search::SearchRequest;
use domain::subject::SubjectName;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::ApiError;

/// Which events are meant, as an address says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picked {
    /// These subjects, or with a search those that are left out; a line each.
    pub subjects: String,
    /// Every match of this search.
    pub search: Option<SearchRequest>,
}

/// A report with the presets that there are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkView {
    /// The report.
    pub report: BulkReport,
    /// The word and the name of each preset.
    pub presets: Vec<(String, String)>,
}

/// What would become of each event.
#[server(prefix = "/api/ui", endpoint = "bulk-report", input = leptos::server_fn::codec::GetUrl)]
pub async fn report_many(
    #[server(default)] picked: Picked,
    #[server(default)] preset: String,
) -> Result<BulkView, ApiError> {
    let (console, actor) = super::ctx::console()?;
    let subjects = names(&picked.subjects)?;
    let pick = match picked.search {
        Some(search) => service::console::BulkPick::Matches { search: Box::new(search), but: subjects },
        None => service::console::BulkPick::Subjects(subjects),
    };
    let report = console.bulk_report(&actor, pick, &preset).await?;
    Ok(BulkView { report, presets: domain::bulk::presets(console.platform()) })
}

/// Asks for events, a request each; goes to one's requests when all were taken.
#[server(prefix = "/api/ui", endpoint = "bulk-submit")]
pub async fn bulk_submit(
    #[server(default)] subjects: String,
    #[server(default)] preset: String,
) -> Result<Vec<BulkOutcome>, ApiError> {
    let (console, actor) = super::ctx::console()?;
    let outcomes = console.bulk_submit(&actor, names(&subjects)?, &preset).await?;
    if outcomes.iter().all(|outcome| outcome.request.is_ok()) {
        super::ctx::go_to(&crate::paths::requests_in("mine"));
    }
    Ok(outcomes)
}

/// The subjects of a text, a line each.
pub fn names(lines: &str) -> Result<Vec<SubjectName>, ApiError> {
    let name = |line: &str| SubjectName::parse(line).map_err(|e| ApiError::Invalid(e.to_string()));
    lines.lines().map(name).collect()
}
