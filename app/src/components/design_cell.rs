//! A text cell of the grid: it reads as text until it is used, and while it is typed in it keeps exactly what was typed.

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
    #[prop(into, optional)] described_by: Option<String>,
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
            aria-describedby=described_by
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
