//! The edits of a design as a list, each with its way back, and the whole as a file that can be taken elsewhere and read in again.

use domain::design::Design;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::design_part::{ListedEdit, TakeBack, edits_of};
use super::design_state::Designer;
use super::state::{counted, edits_said};
use crate::ui::{DownloadButton, Menu};

/// Edits listed; more are counted.
const LISTED: usize = 200;
/// The largest file that is read, in bytes; a design is smaller.
const MAX_FILE_BYTES: f64 = 8.0 * 1024.0 * 1024.0;

/// The design that a file's text says, or why it is none.
fn read(text: &str) -> Result<Design, String> {
    let refused = |why: &str| format!("This file is not a design: {why}. Choose one that this console has exported.");
    // A list would be taken for the fields of a design in their order.
    if !text.trim_start().starts_with('{') {
        return Err(refused("it is no JSON object"));
    }
    let design: Design = serde_json::from_str(text).map_err(|error| refused(&error.to_string()))?;
    design.check_bounds().map_err(|error| error.to_string())?;
    Ok(design)
}

/// The menu; `name` is the event's, for the file.
#[component]
pub fn EditsMenu(designer: Designer, name: String) -> impl IntoView {
    let number = move || designer.design.with(|design| edits_said(design.edit_count()));
    let edits = Memo::new(move |_| designer.design.with(edits_of));
    let row = move |edit: ListedEdit| {
        let place = if edit.path.is_root() { "table".to_owned() } else { edit.path.to_string() };
        view! {
            <li class="flex items-center gap-2">
                <span class="mono truncate" title=place.clone()>
                    {place.clone()}
                </span>
                <span class="grow text-muted">{edit.what.clone()}</span>
                <TakeBack designer edit />
            </li>
        }
    };
    let rest = move || {
        let more = edits.with(Vec::len).saturating_sub(LISTED);
        (more > 0).then(|| view! { <li class="text-muted">{format!("and {}", counted(more, "more", "more"))}</li> })
    };
    let text = Signal::derive(move || designer.design.with(serde_json::to_string_pretty).unwrap_or_default());
    let summary = view! {
        <span class="btn num">{number}</span>
        <span class="sr-only">": edits of this design"</span>
    }
    .into_any();
    view! {
        <Menu summary>
            <ul class="edits-list">
                {move || edits.get().into_iter().take(LISTED).map(row).collect_view()}
                {rest}
            </ul>
            <hr class="menu-rule" />
            <div class="menu-note flex items-center gap-2">
                <span class="grow">"The design as a file"</span>
                <DownloadButton text file_name=format!("{name}.design.json") label="Download the design" />
            </div>
            <Import designer />
        </Menu>
    }
}

/// Reads a design from a file in place of the one that is open; one step, so that it can be undone.
#[component]
fn Import(designer: Designer) -> impl IntoView {
    let problem = RwSignal::new(None::<String>);
    let chosen = move |input: web_sys::HtmlInputElement| {
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        input.set_value("");
        if file.size() > MAX_FILE_BYTES {
            problem.set(Some(
                "This file is larger than any design. Choose one that this console has exported.".to_owned(),
            ));
            return;
        }
        spawn_local(async move {
            let text = file.text().await.ok().and_then(|text| text.as_string());
            match text.ok_or_else(|| "The browser cannot read this file.".to_owned()).and_then(|text| read(&text)) {
                Ok(design) => {
                    problem.set(None);
                    designer.replace(design);
                }
                Err(sentence) => problem.set(Some(sentence)),
            }
        });
    };
    view! {
        <div class="menu-note grid gap-1">
            <label for="design-file">"Read one in, in place of this"</label>
            <input
                id="design-file"
                type="file"
                accept="application/json,.json"
                class="text-xs"
                aria-describedby="design-file-problem"
                on:change:target=move |event| chosen(event.target())
            />
            <p id="design-file-problem" class="field-error" role="status">
                {move || problem.get()}
            </p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_design_comes_back_from_its_file_and_another_file_is_refused_with_a_sentence() {
        let design: Design = serde_json::from_str(r#"{"columns":{"a":{"keep":false}}}"#).unwrap();
        assert_eq!(read(&serde_json::to_string_pretty(&design).unwrap()), Ok(design));
        for text in ["", "[]", "{\"colums\":{}}", "PK\u{3}"] {
            assert!(read(text).unwrap_err().starts_with("This file is not a design"), "{text}");
        }
    }
}
