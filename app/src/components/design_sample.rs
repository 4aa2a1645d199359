//! What the table would hold of a few events: made up from the schema or pasted, written, read and loaded right here in the browser.

use domain::simulate::{Cell, Sample, SampleRow};
use leptos::prelude::*;
use serde_json::Value as Json;

use super::design_load::load_kind;
use super::design_state::Designer;
use super::state::counted;
use crate::ui::{Button, ButtonSize, ButtonVariant, Glyph, TextArea};

/// Events that are made up.
const MADE_UP: usize = 4;
/// The most events that are read from a text.
const MAX_EVENTS: usize = 50;
/// Columns that are shown; a row of thousands would be slow to draw and cannot be read.
const MAX_COLUMNS: usize = 200;
/// The longest text that is read, in bytes.
const MAX_BYTES: u32 = 256 * 1024;

/// The events of a text: a JSON array, or JSON objects one after another.
fn read(text: &str) -> Result<Vec<Json>, String> {
    if text.len() > MAX_BYTES as usize {
        return Err("This is too long for a sample. Paste a few events.".to_owned());
    }
    let mut events = Vec::new();
    for value in serde_json::Deserializer::from_str(text).into_iter::<Json>() {
        match value {
            Ok(Json::Array(items)) if events.is_empty() => events.extend(items),
            Ok(value) => events.push(value),
            Err(error) => {
                return Err(format!(
                    "This is not JSON in line {}, column {}: paste whole events.",
                    error.line(),
                    error.column()
                ));
            }
        }
    }
    if events.len() > MAX_EVENTS {
        return Err(format!("These are {} events; at most {MAX_EVENTS} are shown here.", events.len()));
    }
    Ok(events)
}

/// Where the events come from: made up from a seed, or one's own text, which is kept while others are looked at.
#[derive(Clone, Copy)]
struct Source {
    seed: RwSignal<u64>,
    text: RwSignal<String>,
    pasting: RwSignal<bool>,
}

/// The pane at the foot of the designer; closed until it is asked for.
#[component]
pub fn SamplePane(designer: Designer) -> impl IntoView {
    let open = RwSignal::new(false);
    let source = Source { seed: RwSignal::new(1), text: RwSignal::new(String::new()), pasting: RwSignal::new(false) };
    let pasting = source.pasting;
    let other = move |_| {
        if !pasting.get_untracked() {
            source.seed.update(|seed| *seed = seed.wrapping_add(1));
        }
        pasting.set(false);
    };
    let paste = move |_| {
        if source.text.with_untracked(|text| text.trim().is_empty()) {
            let made_up = designer.made_up_events(1, 1);
            let text = made_up.first().and_then(|event| serde_json::to_string_pretty(event).ok()).unwrap_or_default();
            source.text.set(text);
        }
        pasting.set(true);
    };
    let other_label = Signal::derive(move || if pasting.get() { "Made-up events" } else { "Other events" }.to_owned());
    let label = Signal::derive(move || if open.get() { "Hide sample rows" } else { "Show sample rows" }.to_owned());
    view! {
        <section class="sample needs-script" aria-label="Sample rows">
            <div class="pane-head filled">
                <Button
                    label
                    variant=ButtonVariant::Ghost
                    size=ButtonSize::Small
                    icon=Glyph::Table
                    on_click=Callback::new(move |_| open.update(|open| *open = !*open))
                />
                <span class="text-muted grow truncate">
                    {move || open.get().then(|| if pasting.get() { "Your events, loaded through this design" } else { "Events made up from the schema, loaded through this design" })}
                </span>
                <Show when=move || open.get()>
                    <Button label=other_label size=ButtonSize::Small icon=Glyph::RefreshCw on_click=Callback::new(other) />
                    <Button label="Paste events" size=ButtonSize::Small icon=Glyph::Pencil on_click=Callback::new(paste) />
                </Show>
            </div>
            <Show when=move || open.get()>
                <Show when=move || pasting.get()>
                    <Paste source />
                </Show>
                <Rows designer source />
            </Show>
        </section>
    }
}

/// The text of one's own events.
#[component]
fn Paste(source: Source) -> impl IntoView {
    let text = source.text;
    let error = Signal::derive(move || text.with(|text| read(text).err()));
    view! {
        <div class="pane-block">
            <TextArea
                id="sample-events"
                label="Events as JSON"
                hint="One object after another, or an array. Nothing leaves this page."
                rows=6
                many_answers=true
                max_length=MAX_BYTES
                value=text
                error
                on_input=Callback::new(move |typed| text.set(typed))
            />
        </div>
    }
}

/// The rows, each as the warehouse would show it.
#[component]
fn Rows(designer: Designer, source: Source) -> impl IntoView {
    let sample = Memo::new(move |_| {
        let events = match source.pasting.get() {
            true => source.text.with(|text| read(text)).unwrap_or_default(),
            false => designer.made_up_events(MADE_UP, source.seed.get()),
        };
        designer.sample_of(&events)
    });
    let active = Memo::new(move |_| designer.active_column());
    view! {
        <div class="sample-rows" tabindex="0" role="region" aria-label="Rows of the sample">
            {move || sample.with(|sample| table(active, sample, load_kind(designer).has_files()))}
        </div>
    }
}

fn table(active: Memo<Option<String>>, sample: &Sample, has_files: bool) -> impl IntoView + use<> {
    let left_out = sample.columns.len().saturating_sub(MAX_COLUMNS);
    let heads = sample.columns.iter().take(MAX_COLUMNS).map(|name| {
        let here = name.clone();
        view! {
            <th scope="col" class="mono" data-active=move || active.with(|active| active.as_deref() == Some(here.as_str())).then_some("true")>
                {name.clone()}
            </th>
        }
    });
    let width = sample.columns.len();
    let rows = sample.rows.iter().map(|row| match row {
        SampleRow::Cells(cells) => {
            view! { <tr>{cells.iter().take(MAX_COLUMNS).map(|one| cell(one, has_files)).collect_view()}</tr> }
                .into_any()
        }
        SampleRow::Problem(sentence) => view! {
            <tr>
                <td class="text-bad" colspan=width.to_string()>
                    {sentence.clone()}
                </td>
            </tr>
        }
        .into_any(),
    });
    let caption = format!("{} of {}", counted(sample.rows.len(), "row", "rows"), counted(width, "column", "columns"));
    view! {
        <table class="sample-table">
            <caption class="sr-only">{caption}</caption>
            <thead>
                <tr>{heads.collect_view()}</tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
        {(left_out > 0).then(|| view! { <p class="caption px-4 py-1">{format!("{} more are not shown.", counted(left_out, "column", "columns"))}</p> })}
    }
}

/// One value does not fit: it costs its whole file, where there are files, or else its row.
fn cell(cell: &Cell, has_files: bool) -> AnyView {
    match cell {
        Cell::Null => view! { <td class="text-faint">"NULL"</td> }.into_any(),
        Cell::Text(text) => view! { <td title=text.clone()>{text.clone()}</td> }.into_any(),
        Cell::Refused(why) => {
            let what = if has_files { "skips the file" } else { "sets the row aside" };
            view! { <td class="text-bad" title=why.clone()>{format!("{what}: {why}")}</td> }.into_any()
        }
        Cell::NotSimulated(what) => {
            view! { <td class="text-faint" title=what.clone()>{format!("not shown here: {what}")}</td> }.into_any()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_read_from_an_array_and_one_after_another() {
        assert_eq!(read("[{\"a\":1},{\"a\":2}]").map(|events| events.len()), Ok(2));
        assert_eq!(read("{\"a\":1}\n{\"a\":2}\n\n").map(|events| events.len()), Ok(2));
        assert_eq!(read("").map(|events| events.len()), Ok(0));
    }

    #[test]
    fn what_is_no_json_says_where_and_a_flood_is_refused() {
        assert!(read("{\"a\":1}\n{oops}").unwrap_err().contains("line 2"));
        assert!(read(&"{}".repeat(MAX_EVENTS + 1)).unwrap_err().contains("51 events"));
        assert!(read(&" ".repeat(MAX_BYTES as usize + 1)).is_err());
    }
}
