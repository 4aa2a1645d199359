//! The subjects that were found: a list of any length, its rows selectable one by one and in ranges.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use domain::search::Row;
use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::explore_columns::{Column, Columns};
use super::explore_match::{Marked, MatchedIn, name_spans};
use super::explore_selection::{RowId, Selection};
use super::onboarding::OnboardingState;
use super::state::capital;
use crate::paths;
use crate::ui::{WindowTable, grouped};

/// How many rows the server renders at once, and a page without JavaScript holds.
pub const PAGE_ROWS: usize = 25;

/// A row that is acted on: its place in the list, its subject, and whether the shift key was held.
pub type Touched = (usize, RowId, bool);

/// What the list tells of, and what it shows besides its rows.
#[derive(Clone, Copy)]
pub struct ListState {
    /// What is selected.
    pub selection: RwSignal<Selection>,
    /// The row in the preview.
    pub previewed: Signal<Option<RowId>>,
}

/// All of a row that can change while its subject stays, as one number.
fn fingerprint(row: &Row) -> u64 {
    let mut hasher = DefaultHasher::new();
    (row.subject.as_str(), &row.registry, row.version, row.versions, row.fields, row.deleted).hash(&mut hasher);
    (row.onboarding, &row.owner, row.more_matches, row.compatibility.map(|level| level.word())).hash(&mut hasher);
    for found in &row.matches {
        (found.place, &found.text, &found.spans, found.version).hash(&mut hasher);
    }
    hasher.finish()
}

/// The list of `total` rows. `item` gives the row at a place once it is known; `on_select` hears of a ticked row, `on_open` of a row
/// that was clicked beside its link.
#[component]
pub fn SubjectList(
    #[prop(into)] total: Signal<usize>,
    item: Callback<usize, Option<Row>>,
    columns: Columns,
    state: ListState,
    #[prop(into)] top_when: Signal<String>,
    on_range: Callback<Range<usize>>,
    on_select: Callback<Touched>,
    on_open: Callback<RowId>,
) -> impl IntoView {
    let shown = Arc::new(columns.clone());
    let row = move |index: usize, row: Option<Row>| match row {
        Some(row) => {
            let columns = Columns::clone(&shown);
            view! { <SubjectRow index row columns state on_select on_open /> }.into_any()
        }
        None => view! { <WaitingRow index columns=shown.0.len() /> }.into_any(),
    };
    let count = columns.0.len() + 2;
    view! {
        <WindowTable
            label="Subjects"
            total
            item=move |index| item.run(index)
            key=fingerprint
            row
            columns=count
            first_rows=PAGE_ROWS
            top_when
            on_range
            head=move || view! { <Head columns /> }
        />
    }
}

#[component]
fn Head(columns: Columns) -> impl IntoView {
    let width = |column: &Column| view! { <col class=column.width() /> };
    let label = |column: &Column| {
        view! {
            <th scope="col" class=if column.is_numeric() { "c-num" } else { "" }>
                {column.label()}
            </th>
        }
    };
    view! {
        <colgroup>
            <col class="cw-check" />
            <col />
            {columns.0.iter().map(width).collect_view()}
        </colgroup>
        <thead>
            <tr>
                <th scope="col">
                    <span class="sr-only">"Selected"</span>
                </th>
                <th scope="col">"Subject"</th>
                {columns.0.iter().map(label).collect_view()}
            </tr>
        </thead>
    }
}

/// A row whose subject is on its way.
#[component]
fn WaitingRow(index: usize, columns: usize) -> impl IntoView {
    view! {
        <tr class="row-wait" aria-rowindex=(index + 2).to_string()>
            <td></td>
            <td class="c-name">
                <i></i>
                <span class="sr-only">"Reading this row"</span>
            </td>
            {(0..columns).map(|_| view! { <td></td> }).collect_view()}
        </tr>
    }
}

#[component]
fn SubjectRow(
    index: usize,
    row: Row,
    columns: Columns,
    state: ListState,
    on_select: Callback<Touched>,
    on_open: Callback<RowId>,
) -> impl IntoView {
    let id = Arc::new(RowId::of(&row));
    let name = row.subject.to_string();
    let of = Arc::clone(&id);
    let selected = move || state.selection.with(|selection| selection.has(&of));
    let ticked = selected.clone();
    let of = Arc::clone(&id);
    let active = move || state.previewed.with(|shown| shown.as_ref() == Some(&*of));
    let of = Arc::clone(&id);
    let spans = name_spans(&row);
    let deleted = row.deleted.then(|| view! { <span class="tag">"deleted"</span> });
    let tick = move |event: MouseEvent| on_select.run((index, RowId::clone(&of), event.shift_key()));
    let open = move |event: MouseEvent| {
        if is_beside_controls(&event) {
            on_open.run(RowId::clone(&id));
        }
    };
    let cells = columns.0.iter().map(|column| cell(*column, &row)).collect_view();
    view! {
        <tr
            data-active=move || active().then_some("true")
            data-selected=move || selected().then_some("true")
            aria-rowindex=(index + 2).to_string()
            on:click=open
        >
            <td class="c-check">
                <input
                    type="checkbox"
                    class="checkbox"
                    form="bulk"
                    name="subject"
                    value=name.clone()
                    aria-label=format!("Select {name}")
                    prop:checked=ticked
                    on:click=tick
                />
            </td>
            <td class="c-name mono" title=name.clone()>
                <a href=paths::subject(&row.subject)>
                    <Marked text=name.clone() spans />
                </a>
                {deleted}
            </td>
            {cells}
        </tr>
    }
}

/// Whether a click was meant for the row: not for its link, its box, or a text that is being marked.
fn is_beside_controls(event: &MouseEvent) -> bool {
    use leptos::wasm_bindgen::JsCast as _;
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| element.closest("a, input").ok().flatten().is_none())
}

fn cell(column: Column, row: &Row) -> AnyView {
    let text = |text: String| view! { <td class="c-meta text-muted">{text}</td> }.into_any();
    let number = |text: String| view! { <td class="c-meta c-num text-muted">{text}</td> }.into_any();
    match column {
        Column::Matched => view! { <td class="c-match"><MatchedIn row=row.clone() /></td> }.into_any(),
        Column::Type => text(row.schema_type.map_or("not read", |ty| ty.label()).to_owned()),
        Column::Version => number(row.version.map(|version| format!("v{version}")).unwrap_or_default()),
        Column::Versions => number(grouped(row.versions as u64)),
        Column::Fields => number(grouped(row.fields as u64)),
        Column::Id => number(row.id.map(|id| id.to_string()).unwrap_or_default()),
        Column::Compatibility => text(row.compatibility.map(|level| level_label(level.word())).unwrap_or_default()),
        Column::Registry => text(row.registry.clone()),
        Column::Owner => text(row.owner.clone().unwrap_or_default()),
        Column::Onboarded => view! {
            <td class="c-state">
                <OnboardingState onboarding=row.onboarding />
            </td>
        }
        .into_any(),
    }
}

/// A level as people read it: `Backward transitive`.
pub fn level_label(word: &str) -> String {
    capital(&word.to_lowercase().replace('_', " "))
}
