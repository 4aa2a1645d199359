//! Several lines of text. The value is set as a property only: Leptos 0.8 does not escape what is between the tags of a textarea.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

use super::field::{Labelled, described_by};

/// A text area. Without JavaScript it starts empty, because its text never goes into the document. Ctrl or Cmd with Enter submits its
/// form, unless `many_answers` says that the form's buttons mean different things.
#[component]
pub fn TextArea(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(into, optional)] name: Option<String>,
    #[prop(into, optional)] value: Signal<String>,
    #[prop(into, optional)] placeholder: Option<String>,
    #[prop(into, optional)] hint: Option<String>,
    #[prop(into, optional)] error: MaybeProp<String>,
    #[prop(optional)] label_hidden: bool,
    #[prop(optional)] required: bool,
    #[prop(optional)] many_answers: bool,
    #[prop(default = 3)] rows: u32,
    #[prop(optional)] max_length: Option<u32>,
    #[prop(optional)] on_input: Option<Callback<String>>,
) -> impl IntoView {
    let described = described_by(&id, hint.as_ref(), error);
    view! {
        <Labelled id=id.clone() label label_hidden hint error>
            <textarea
                id=id
                class="input"
                name=name
                rows=rows.to_string()
                placeholder=placeholder
                required=required
                maxlength=max_length.map(|length| length.to_string())
                prop:value=move || value.get()
                aria-invalid=move || error.get().map(|_| "true")
                aria-describedby=described
                on:keydown=move |event| {
                    if !many_answers {
                        submit_on_enter(&event);
                    }
                }
                on:input:target=move |event| {
                    if let Some(callback) = on_input {
                        callback.run(event.target().value());
                    }
                }
            ></textarea>
        </Labelled>
    }
    .into_any()
}

fn submit_on_enter(event: &KeyboardEvent) {
    if event.key() != "Enter" || !(event.ctrl_key() || event.meta_key()) {
        return;
    }
    let form = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .and_then(|element| element.closest("form").ok().flatten())
        .and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok());
    if let Some(form) = form {
        event.prevent_default();
        // A refusal by the browser's own validation is shown by the browser.
        let _shown = form.request_submit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_never_stands_in_the_document() {
        let value = "</textarea><script>alert(1)</script>".to_owned();
        let html = Owner::new().with(|| view! { <TextArea id="note" label="Note" value /> }.to_html());
        assert!(html.contains("<textarea") && html.contains("</textarea>"), "{html}");
        assert!(!html.contains("<script>"), "{html}");
    }
}
