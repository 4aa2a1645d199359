//! The controls of the designer's options: a text, a switch, a number and a choice, each with what there is to know about it.

use domain::design::{Change, Design, MAX_COMMENT_CHARS};
use domain::schema::FieldPath;
use leptos::prelude::*;

use super::design_cell::TextCell;
use super::design_state::Designer;
use crate::ui::{SelectField, SelectOption};

/// Whether a rule finds fault with the table itself.
pub fn is_wrong(designer: Designer, rule: &str) -> bool {
    designer
        .findings
        .with(|found| found.get(&FieldPath::root()).is_some_and(|list| list.iter().any(|one| one.code == rule)))
}

/// A labelled text with a hint under it.
#[component]
pub fn TextOption(
    designer: Designer,
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    #[prop(default = "input")] class: &'static str,
    #[prop(into)] value: Signal<String>,
    #[prop(into, optional)] placeholder: Signal<String>,
    #[prop(into, optional)] invalid: Signal<bool>,
    on_text: Callback<String>,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    view! {
        <div class="field">
            <label class="field-label" for=id>
                {label}
            </label>
            <TextCell designer id label class value placeholder invalid described_by=hint_id.clone() on_text />
            <p class="field-hint" id=hint_id>
                {hint}
            </p>
        </div>
    }
}

/// A text of the design's root with a hint under it; empty is what is generated.
#[component]
pub fn RootText(
    designer: Designer,
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    rule: &'static str,
    read: fn(&Design) -> Option<&String>,
    change: fn(String) -> Change,
) -> impl IntoView {
    let value = Signal::derive(move || designer.design.with(|design| read(design).cloned()).unwrap_or_default());
    let typed = Callback::new(move |text: String| {
        let is_default = text.trim().is_empty();
        designer.type_in(&FieldPath::root(), change(text), is_default);
    });
    let invalid = Signal::derive(move || is_wrong(designer, rule));
    view! { <TextOption designer id label hint class="input mono" value invalid on_text=typed /> }
}

/// A text of several lines of the design's root; what is typed stays as it is until the field is left.
#[component]
pub fn RootArea(
    designer: Designer,
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    rule: &'static str,
    read: fn(&Design) -> Option<&String>,
    change: fn(String) -> Change,
) -> impl IntoView {
    let value = move || designer.design.with(|design| read(design).cloned()).unwrap_or_default();
    let hint_id = format!("{id}-hint");
    view! {
        <div class="field">
            <label class="field-label" for=id>
                {label}
            </label>
            <textarea
                id=id
                class="input mono"
                rows="4"
                spellcheck="false"
                autocapitalize="off"
                maxlength=MAX_COMMENT_CHARS.to_string()
                aria-describedby=hint_id.clone()
                aria-invalid=move || is_wrong(designer, rule).then_some("true")
                prop:value=value
                readonly=move || !designer.awake.get()
                on:input:target=move |event| {
                    let text = event.target().value();
                    let is_default = text.trim().is_empty();
                    designer.type_in(&FieldPath::root(), change(text), is_default);
                }
                on:blur=move |_| designer.end_visit()
            ></textarea>
            <p class="field-hint" id=hint_id>
                {hint}
            </p>
        </div>
    }
}

/// A switch of the design's root with a hint under it; off is what is generated.
#[component]
pub fn RootSwitch(
    designer: Designer,
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    read: fn(&Design) -> Option<bool>,
    change: fn(bool) -> Change,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let on = Memo::new(move |_| designer.design.with(|design| read(design) == Some(true)));
    view! {
        <div class="field">
            <label class="check-row">
                <input
                    id=id
                    type="checkbox"
                    class="checkbox"
                    aria-describedby=hint_id.clone()
                    checked=on.get_untracked()
                    prop:checked=move || on.get()
                    disabled=move || !designer.awake.get()
                    on:change:target=move |event| {
                        let on = event.target().checked();
                        designer.change(&FieldPath::root(), change(on), !on);
                    }
                />
                {label}
            </label>
            <p class="field-hint" id=hint_id>
                {hint}
            </p>
        </div>
    }
}

/// A number of the design's root with a hint under it; empty is what is generated, which `placeholder` says.
#[component]
pub fn RootNumber(
    designer: Designer,
    id: &'static str,
    label: &'static str,
    #[prop(into)] hint: String,
    #[prop(into)] placeholder: String,
    rule: &'static str,
    read: fn(&Design) -> Option<u32>,
    change: fn(Option<u32>) -> Change,
) -> impl IntoView {
    let value = move || designer.design.with(|design| read(design).map(|n| n.to_string()).unwrap_or_default());
    let typed = move |text: String| {
        let number = text.trim().parse::<u32>().ok();
        if number.is_some() || text.trim().is_empty() {
            designer.type_in(&FieldPath::root(), change(number), number.is_none());
        }
    };
    let hint_id = format!("{id}-hint");
    view! {
        <div class="field">
            <label class="field-label" for=id>
                {label}
            </label>
            <input
                id=id
                class="input num max-w-[160px]"
                type="number"
                min="0"
                step="1"
                placeholder=placeholder
                aria-describedby=hint_id.clone()
                aria-invalid=move || is_wrong(designer, rule).then_some("true")
                value=untrack(value)
                prop:value=value
                readonly=move || !designer.awake.get()
                on:input:target=move |event| typed(event.target().value())
                on:blur=move |_| designer.end_visit()
            />
            <p class="field-hint" id=hint_id>
                {hint}
            </p>
        </div>
    }
}

/// One of a few with a hint under it.
#[component]
pub fn ChoiceOption(
    designer: Designer,
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    options: Vec<SelectOption>,
    #[prop(into)] value: Signal<String>,
    on_change: Callback<String>,
) -> impl IntoView {
    let asleep = move || !designer.awake.get();
    view! {
        <fieldset disabled=asleep>
            <SelectField id label hint options value on_change />
        </fieldset>
    }
}
