//! The grid of the designer: the envelope closed above, a row for each field, the load's columns closed below.

use domain::render::Rendering;
use domain::schema::FieldPath;
use domain::table::Column;
use leptos::html::Tbody;
use leptos::prelude::*;

use super::design_computed::ComputedColumns;
use super::design_notes::{COLUMNS, TableNotes};
use super::design_row::DesignRow;
use super::design_state::Designer;
use super::design_window::{NOTE, ROW, WHOLE, Window};
use crate::ui::{EmptyState, Gap, Glyph, Icon, IconSize};

/// The part of the grid that is seen, from its first row and how much, in px.
type Seen = (f64, f64);
/// What is taken to be seen until it is measured.
const FIRST_SEEN: Seen = (0.0, 1_200.0);

/// The fields whose path or column has the text, in the schema's order.
pub fn filtered(designer: Designer, text: &str) -> Vec<FieldPath> {
    let text = text.trim().to_lowercase();
    let fits = |text_of_row: &str| text_of_row.to_lowercase().contains(&text);
    designer.rendering.with(|Rendering { table, .. }| {
        let rows = table.rows.iter();
        rows.filter(|row| text.is_empty() || fits(&row.path.to_string()) || fits(&row.column.name))
            .map(|row| row.path.clone())
            .collect()
    })
}

fn window_of(designer: Designer, fields: Memo<Vec<FieldPath>>, seen: RwSignal<Seen>) -> Window {
    if fields.with(Vec::len) <= WHOLE {
        return Window::whole(fields.with(Vec::len));
    }
    let (top, height) = seen.get();
    let notes = |path: &FieldPath| designer.findings.with(|findings| findings.get(path).map_or(0, Vec::len));
    let heights: Vec<f64> = fields.with(|fields| fields.iter().map(|path| ROW + NOTE * notes(path) as f64).collect());
    Window::of(&heights, top, height)
}

/// Measures against the screen, because on narrow windows the page scrolls instead of the pane.
fn look_where(rows: NodeRef<Tbody>, seen: RwSignal<Seen>) {
    if let Some(body) = rows.get_untracked() {
        let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(FIRST_SEEN.1);
        seen.set((-body.get_bounding_client_rect().top(), height));
    }
}

/// The grid with the bands above it, of these fields.
#[component]
pub fn DesignGrid(designer: Designer, fields: Memo<Vec<FieldPath>>) -> impl IntoView {
    let rows = NodeRef::<Tbody>::new();
    let seen = RwSignal::new(FIRST_SEEN);
    let window = Memo::new(move |_| window_of(designer, fields, seen));
    let look = move || look_where(rows, seen);
    Effect::new(move |_| {
        let handle = window_event_listener(leptos::ev::scroll, move |_| look());
        on_cleanup(move || handle.remove());
    });
    // Fewer fields move the rows without a scroll.
    Effect::new(move |_| {
        fields.track();
        request_animation_frame(look);
    });
    let visible = move || {
        let range = window.with(|window| window.rows.clone());
        fields.with(|fields| fields.get(range).unwrap_or_default().to_vec())
    };
    let gap = move |height: fn(&Window) -> f64| Signal::derive(move || window.with(height));
    let nothing = move || fields.with(Vec::is_empty).then(|| view! { <NoRows designer /> });
    view! {
        <div class="pane-body scroll-x" tabindex="0" role="region" aria-label="Columns of the table" on:scroll=move |_| look()>
            <TableNotes designer />
            <table class="design-grid">
                <GridHead />
                <Group name="envelope" columns=Signal::derive(move || designer.rendering.with(|made| made.table.envelope.clone())) />
                <tbody node_ref=rows>
                    <Gap columns=COLUMNS height=gap(|window| window.before) />
                    <For each=visible key=Clone::clone children=move |path| view! { <DesignRow designer path /> } />
                    <Gap columns=COLUMNS height=gap(|window| window.after) />
                </tbody>
                <Group name="load" columns=Signal::derive(move || designer.rendering.with(|made| made.table.load_metadata.clone())) />
            </table>
            {nothing}
            <ComputedColumns designer />
        </div>
    }
}

#[component]
fn GridHead() -> impl IntoView {
    view! {
        <colgroup>
            <col class="cw-xs" />
            <col class="w-[21%]" />
            <col class="w-[20%]" />
            <col class="w-[17%]" />
            <col class="w-[44px]" />
            <col class="w-[12%]" />
            <col />
            <col class="w-[60px]" />
        </colgroup>
        <thead>
            <tr>
                <th scope="col"><span class="pl-2">"Keep"</span></th>
                <th scope="col"><span class="pl-3.5">"Source field"</span></th>
                <th scope="col">"Column"</th>
                <th scope="col">"Type"</th>
                <th scope="col">"Null"</th>
                <th scope="col">"Tags"</th>
                <th scope="col">"Comment"</th>
                <th scope="col"><span class="sr-only">"More and reset"</span></th>
            </tr>
        </thead>
    }
}

/// Columns that are the platform's: they are shown and not edited.
#[component]
fn Group(name: &'static str, #[prop(into)] columns: Signal<Vec<Column>>) -> impl IntoView {
    let summary = move || {
        columns.with(|columns| {
            let first = columns.first().map(|column| column.name.clone()).unwrap_or_default();
            let last = columns.last().map(|column| column.name.clone()).unwrap_or_default();
            (format!("{} columns", columns.len()), format!("{first} … {last}"))
        })
    };
    let row = |column: Column| {
        view! {
            <div class="design-source">
                <span class="guide"></span>
                <span class="mono w-[34%]">{column.name}</span>
                <span class="mono code-type w-[24%]">{column.ty.to_string()}</span>
                <span class="text-faint">{column.comment}</span>
            </div>
        }
    };
    view! {
        <tbody>
            <tr class="design-group">
                <td>
                    <Icon glyph=Glyph::Lock size=IconSize::Small label="not edited here" />
                </td>
                <td colspan=(COLUMNS - 1).to_string()>
                    <details>
                        <summary class="design-source">
                            <span class="tree-twist">
                                <Icon glyph=Glyph::ChevronRight size=IconSize::Tiny />
                            </span>
                            <span>{name}</span>
                            <span class="text-faint num pl-2">{move || summary().0}</span>
                            <span class="mono text-faint pl-2">{move || summary().1}</span>
                        </summary>
                        {move || columns.get().into_iter().map(row).collect_view()}
                    </details>
                </td>
            </tr>
        </tbody>
    }
}

/// What is said when no row is there.
#[component]
fn NoRows(designer: Designer) -> impl IntoView {
    move || {
        let text = designer.rendering.with(|made| {
            if made.table.rows.is_empty() {
                "The schema gives no columns; the findings above say why. Register a version with fields and begin again from there."
            } else {
                "No field and no column has this text. Clear the filter to see all of them."
            }
        });
        view! { <EmptyState title="No columns to show" text /> }
    }
}
