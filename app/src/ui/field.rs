//! Labelled inputs and selects, with their hint and their error bound to them.

use leptos::prelude::*;

use super::{Glyph, Icon, IconSize};

/// The ids that describe an input, for `aria-describedby`: hint first, then error.
pub fn described_by(id: &str, hint: Option<&String>, error: MaybeProp<String>) -> impl Fn() -> Option<String> + use<> {
    let hint = hint.map(|_| format!("{id}-hint"));
    let said = format!("{id}-error");
    move || {
        let ids: Vec<String> = hint.clone().into_iter().chain(error.get().map(|_| said.clone())).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// The label above, the control, and what is to be said about it below.
#[component]
pub fn Labelled(
    id: String,
    label: String,
    #[prop(optional)] label_hidden: bool,
    hint: Option<String>,
    error: MaybeProp<String>,
    children: Children,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    view! {
        <div class="field">
            <label class=if label_hidden { "sr-only" } else { "field-label" } for=id>
                {label}
            </label>
            {children()}
            {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
            {move || {
                error
                    .get()
                    .map(|text| {
                        view! {
                            <p class="field-error" id=error_id.clone()>
                                <Icon glyph=Glyph::CircleAlert size=IconSize::Small />
                                <span>{text}</span>
                            </p>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

/// One line of text. `id` must be unique on the page; `name` is the key in a form; `mono` is for what a machine reads.
#[component]
pub fn TextField(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(into, optional)] name: Option<String>,
    #[prop(into, optional)] value: Signal<String>,
    #[prop(into, default = "text")] kind: &'static str,
    #[prop(into, optional)] placeholder: Option<String>,
    #[prop(into, optional)] hint: Option<String>,
    #[prop(into, optional)] error: MaybeProp<String>,
    #[prop(optional)] label_hidden: bool,
    #[prop(optional)] mono: bool,
    #[prop(optional)] required: bool,
    #[prop(optional)] max_length: Option<u32>,
    #[prop(optional)] on_input: Option<Callback<String>>,
) -> impl IntoView {
    let described = described_by(&id, hint.as_ref(), error);
    view! {
        <Labelled id=id.clone() label label_hidden hint error>
            <input
                id=id
                class=if mono { "input mono" } else { "input" }
                type=kind
                name=name
                value=value.get_untracked()
                prop:value=move || value.get()
                placeholder=placeholder
                required=required
                maxlength=max_length.map(|length| length.to_string())
                autocomplete="off"
                spellcheck=if mono { "false" } else { "true" }
                aria-invalid=move || error.get().map(|_| "true")
                aria-describedby=described
                on:input:target=move |event| {
                    if let Some(callback) = on_input {
                        callback.run(event.target().value());
                    }
                }
            />
        </Labelled>
    }
    .into_any()
}

/// One choice of a select: what the form sends, and what a person reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectOption {
    pub value: String,
    pub label: String,
}

impl SelectOption {
    /// A choice whose text differs from its value.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// A choice from a few. The `value` that is selected must be one of the options' values.
#[component]
pub fn SelectField(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(into, optional)] name: Option<String>,
    options: Vec<SelectOption>,
    #[prop(into, optional)] value: Signal<String>,
    #[prop(into, optional)] hint: Option<String>,
    #[prop(into, optional)] error: MaybeProp<String>,
    #[prop(optional)] label_hidden: bool,
    #[prop(optional)] on_change: Option<Callback<String>>,
) -> impl IntoView {
    let described = described_by(&id, hint.as_ref(), error);
    let choice = move |option: SelectOption| {
        let here = option.value.clone();
        let selected = move || value.get() == here;
        view! {
            <option value=option.value selected=selected>
                {option.label}
            </option>
        }
    };
    view! {
        <Labelled id=id.clone() label label_hidden hint error>
            <span class="select">
                <select
                    id=id
                    class="input"
                    name=name
                    aria-invalid=move || error.get().map(|_| "true")
                    aria-describedby=described
                    prop:value=move || value.get()
                    on:change:target=move |event| {
                        if let Some(callback) = on_change {
                            callback.run(event.target().value());
                        }
                    }
                >
                    {options.into_iter().map(choice).collect_view()}
                </select>
                <Icon glyph=Glyph::ChevronDown size=IconSize::Tiny />
            </span>
        </Labelled>
    }
    .into_any()
}
