//! Drafts as a list: what each designs, how far it went, and who worked on it.

use domain::draft::Draft;
use leptos::prelude::*;

use super::state::edits_said;
use crate::paths;
use crate::ui::{ListColumn, ListHead, Timestamp};

const COLUMNS: &[ListColumn] = &[
    ListColumn::text("Subject", ""),
    ListColumn::number("Version", "cw-sm"),
    ListColumn::text("Edits", "cw-md"),
    ListColumn::text("Request", "cw-md"),
    ListColumn::text("Authors", "cw-lg"),
    ListColumn::text("Saved", "cw-lg"),
];

/// The list.
#[component]
pub fn DesignList(drafts: Vec<Draft>) -> impl IntoView {
    let row = |draft: Draft| {
        let authors = draft.authors.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let edits = edits_said(draft.design.edit_count());
        let name = draft.subject.to_string();
        let revises = draft.request.map(|request| format!("revises {request}"));
        view! {
            <tr>
                <td class="c-name mono" title=name.clone()>
                    <a href=paths::design(draft.id)>{name.clone()}</a>
                </td>
                <td class="c-meta c-num text-muted">{format!("v{}", draft.version)}</td>
                <td class="c-meta text-muted">{edits}</td>
                <td class="c-meta text-muted">{revises}</td>
                <td class="c-meta text-muted" title=authors.clone()>
                    {authors.clone()}
                </td>
                <td class="c-wide text-muted">
                    <Timestamp at_ms=draft.updated_at.0 />
                </td>
            </tr>
        }
    };
    view! {
        <table class="list-table" aria-label="Drafts">
            <ListHead columns=COLUMNS />
            <tbody>{drafts.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}
