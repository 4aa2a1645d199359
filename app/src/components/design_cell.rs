//! Cells of text, one line or several: they read as text until they are used, and while they are typed in they keep exactly what was typed.

use leptos::prelude::*;

use super::design_state::Designer;

/// The longest text that a cell takes; the domain refuses longer ones.
const MAX_CHARS: usize = domain::design::MAX_COMMENT_CHARS;

/// An input that shows `value`, or what is being typed. Every keystroke goes to `on_text`. An emptied cell shows the generated text
/// as its placeholder, and as its value once it is left.
#[component]
pub fn TextCell(
    designer: Designer,
    #[prop(into)] label: String,
    #[prop(into)] class: &'static str,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] placeholder: Signal<String>,
    #[prop(into, optional)] id: Option<String>,
    #[prop(into, optional)] list: Option<String>,
    #[prop(into, optional)] title: MaybeProp<String>,
    #[prop(into, optional)] described_by: MaybeProp<String>,
    #[prop(into, optional)] edited: Signal<bool>,
    #[prop(into, optional)] warned: Signal<bool>,
    #[prop(into, optional)] invalid: Signal<bool>,
    on_text: Callback<String>,
    #[prop(optional)] on_leave: Option<Callback<()>>,
) -> impl IntoView {
    let typed = RwSignal::new(None::<String>);
    let shown = move || typed.get().unwrap_or_else(|| value.get());
    view! {
        <input
            id=id
            class=class
            type="text"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            list=list
            maxlength=MAX_CHARS.to_string()
            aria-label=label
            aria-describedby=move || described_by.get()
            title=move || title.get()
            placeholder=move || placeholder.get()
            value=value.get_untracked()
            prop:value=shown
            readonly=move || !designer.awake.get()
            data-edited=move || edited.get().then_some("true")
            data-warn=move || (warned.get() && !invalid.get()).then_some("true")
            aria-invalid=move || invalid.get().then_some("true")
            on:input:target=move |event| {
                let text = event.target().value();
                typed.set(Some(text.clone()));
                on_text.run(text);
            }
            on:change=move |_| {
                typed.set(None);
                designer.end_visit();
            }
            on:blur=move |_| {
                typed.set(None);
                if let Some(leave) = on_leave {
                    leave.run(());
                }
                designer.end_visit();
            }
        />
    }
}

/// The same for several lines. The value is set as a property only: Leptos does not escape what is between the tags of a textarea.
#[component]
pub fn AreaCell(
    designer: Designer,
    id: &'static str,
    placeholder: &'static str,
    rows: u32,
    max_chars: Option<usize>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] invalid: Signal<bool>,
    #[prop(into)] described_by: MaybeProp<String>,
    on_text: Callback<String>,
) -> impl IntoView {
    let typed = RwSignal::new(None::<String>);
    view! {
        <textarea
            id=id
            class="input mono"
            rows=rows.to_string()
            spellcheck="false"
            autocapitalize="off"
            maxlength=max_chars.map(|most| most.to_string())
            placeholder=placeholder
            aria-describedby=move || described_by.get()
            aria-invalid=move || invalid.get().then_some("true")
            prop:value=move || typed.get().unwrap_or_else(|| value.get())
            readonly=move || !designer.awake.get()
            on:input:target=move |event| {
                let text = event.target().value();
                typed.set(Some(text.clone()));
                on_text.run(text);
            }
            on:blur=move |_| {
                typed.set(None);
                designer.end_visit();
            }
        ></textarea>
    }
}
