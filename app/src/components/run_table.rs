//! Runs as rows: what goes live, and how far it is.

use domain::journal::RunSummary;
use domain::time::Timestamp as Instant;
use leptos::prelude::*;

use super::state::RunDot;
use crate::paths;
use crate::ui::{ListColumn, ListHead, Timestamp, time};

const COLUMNS: &[ListColumn] = &[
    ListColumn::text("Subject", ""),
    ListColumn::number("Version", "cw-sm"),
    ListColumn::text("Run", "cw-sm"),
    ListColumn::text("State", "cw-lg"),
    ListColumn::text("Request", "cw-md"),
    ListColumn::number("Took", "cw-md"),
    ListColumn::number("Started", "cw-md"),
];

/// A table of runs, in the order given.
#[component]
pub fn RunTable(runs: Vec<RunSummary>, now: Instant) -> impl IntoView {
    let row = move |run: RunSummary| {
        let took = run.ended_at.unwrap_or(now).millis_since(run.started_at);
        view! {
            <tr>
                <td class="c-name mono" title=run.subject.to_string()>
                    <a href=paths::run(run.id)>{run.subject.to_string()}</a>
                </td>
                <td class="c-meta c-num">{format!("v{}", run.version)}</td>
                <td class="c-meta num">{format!("Run {}", run.id)}</td>
                <td class="c-state">
                    <RunDot state=run.state />
                </td>
                <td class="c-wide num">
                    <a class="link" href=paths::request(run.request)>
                        {run.request.to_string()}
                    </a>
                </td>
                <td class="c-meta c-num">{time::duration(took)}</td>
                <td class="c-meta c-num text-muted">
                    <Timestamp at_ms=run.started_at.0 now_ms=now.0 />
                </td>
            </tr>
        }
    };
    view! {
        <table class="list-table">
            <ListHead columns=COLUMNS />
            <tbody>{runs.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}
