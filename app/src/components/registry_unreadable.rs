//! What a registry lists and what cannot be read, with the reasons, page by page.

use domain::registry::{RegistryState, Unreadable};
use leptos::prelude::*;

use crate::api::registries::UNREADABLE_ROWS;
use crate::paths;
use crate::ui::{ListColumn, ListHead, grouped};

const COLUMNS: &[ListColumn] = &[ListColumn::text("Subject", "w-[40%]"), ListColumn::text("Why it cannot be read", "")];

/// One page of the list; `after` is the name that it begins after.
#[component]
pub fn UnreadableList(state: RegistryState, list: Vec<Unreadable>, after: Option<String>) -> impl IntoView {
    let count = state.freshness.unreadable_count;
    let name = state.name.to_string();
    let path = |after: Option<&str>| {
        let mut pairs = vec![("unreadable", name.clone())];
        pairs.extend(after.map(|after| ("after", after.to_owned())));
        paths::with_query(paths::REGISTRIES, &pairs)
    };
    let row = |one: &Unreadable| {
        view! {
            <tr>
                <td class="c-name mono wrap" title=one.subject.clone()>
                    {one.subject.clone()}
                </td>
                <td class="c-wide wrap text-muted">{one.reason.clone()}</td>
            </tr>
        }
    };
    let is_first = after.as_deref().is_none_or(str::is_empty);
    let next = list.last().filter(|_| list.len() >= UNREADABLE_ROWS).map(|last| path(Some(&last.subject)));
    view! {
        <section aria-labelledby="unreadable">
            <div class="pane-head">
                <h2 id="unreadable">{format!("Not readable in {name}")}</h2>
                <span class="text-faint num">{grouped(count as u64)}</span>
            </div>
            <table class="list-table wrapped">
                <ListHead columns=COLUMNS />
                <tbody>{list.iter().map(row).collect_view()}</tbody>
            </table>
            <div class="pane-foot">
                {(!is_first).then(|| view! { <a class="link" href=path(None)>"First page"</a> })}
                {next.map(|href| view! { <a class="btn btn-sm" href=href>"Next page"</a> })}
                {(count == 0).then_some("Everything that is listed can be read.")}
            </div>
        </section>
    }
}
