//! Requests as rows: what is asked for, by whom, and where it stands.

use domain::request::Request;
use domain::time::Timestamp as Instant;
use leptos::prelude::*;

use super::state::{Overtaken, RequestDot};
use crate::paths;
use crate::ui::{ListColumn, ListHead, Timestamp};

const COLUMNS: &[ListColumn] = &[
    ListColumn::text("Subject", ""),
    ListColumn::number("Version", "cw-sm"),
    ListColumn::text("Request", "cw-sm"),
    ListColumn::text("State", "cw-lg"),
    ListColumn::text("Asked by", "cw-lg"),
    ListColumn::number("Revision", "cw-sm"),
    ListColumn::number("Updated", "cw-md"),
];

/// A table of requests, in the order given.
#[component]
pub fn RequestTable(requests: Vec<Request>, now: Instant) -> impl IntoView {
    let row = move |request: Request| {
        view! {
            <tr>
                <td class="c-name mono" title=request.subject.to_string()>
                    <a href=paths::request(request.id)>{request.subject.to_string()}</a>
                </td>
                <td class="c-meta c-num">{format!("v{}", request.version)}</td>
                <td class="c-meta num">{request.id.to_string()}</td>
                <td class="c-state">
                    {match request.overtaken {
                        Some(by) => view! { <Overtaken by /> }.into_any(),
                        None => view! { <RequestDot state=request.state /> }.into_any(),
                    }}
                </td>
                <td class="c-meta">{request.requester.to_string()}</td>
                <td class="c-wide c-num text-muted">{format!("r{}", request.revision)}</td>
                <td class="c-meta c-num text-muted">
                    <Timestamp at_ms=request.updated_at.0 now_ms=now.0 />
                </td>
            </tr>
        }
    };
    view! {
        <table class="list-table">
            <ListHead columns=COLUMNS />
            <tbody>{requests.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}
