//! The controls of the designer's options: a text, a switch, a number and a choice, each with what there is to know about it.

use domain::design::{Change, Design, MAX_COMMENT_CHARS};
use domain::diagnostic::Diagnostic;
use domain::schema::FieldPath;
use leptos::prelude::*;

use super::design_cell::TextCell;
use super::design_state::Designer;
use crate::ui::{Glyph, Icon, IconSize, SelectField, SelectOption};

/// What a rule has to say about the table itself.
pub fn said_of(designer: Designer, rule: &str) -> Option<String> {
    let of_rule = |list: &Vec<Diagnostic>| {
        let found = list.iter().find(|found| found.code == rule && found.is_error())?;
        Some(format!("{} {}", found.message, found.hint.clone().unwrap_or_default()).trim_end().to_owned())
    };
    designer.findings.with(|found| found.get(&FieldPath::root()).and_then(of_rule))
}

/// What is wrong with an option, under it. Its id ends in `-error`.
#[component]
fn Wrong(id: &'static str, error: Signal<Option<String>>) -> impl IntoView {
    move || {
        error.get().map(|text| {
            view! {
                <p class="field-error" id=format!("{id}-error")>
                    <Icon glyph=Glyph::CircleAlert size=IconSize::Small />
                    <span>{text}</span>
                </p>
            }
        })
    }
}

/// The ids of what describes an option.
fn describing(id: &str) -> String {
    format!("{id}-hint {id}-error")
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
    #[prop(into, optional)] error: Signal<Option<String>>,
    on_text: Callback<String>,
    #[prop(into, optional)] on_leave: Option<Callback<()>>,
) -> impl IntoView {
    let leave = Callback::new(move |()| {
        if let Some(leave) = on_leave {
            leave.run(());
        }
    });
    let invalid = Signal::derive(move || error.get().is_some());
    view! {
        <div class="field">
            <label class="field-label" for=id>
                {label}
            </label>
            <TextCell designer id label class value placeholder invalid described_by=describing(id) on_text on_leave=leave />
            <p class="field-hint" id=format!("{id}-hint")>
                {hint}
            </p>
            <Wrong id error />
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
    let error = Signal::derive(move || said_of(designer, rule));
    view! { <TextOption designer id label hint class="input mono" value error on_text=typed /> }
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
    let error = Signal::derive(move || said_of(designer, rule));
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
                aria-describedby=describing(id)
                aria-invalid=move || error.get().map(|_| "true")
                prop:value=value
                readonly=move || !designer.awake.get()
                on:input:target=move |event| {
                    let text = event.target().value();
                    let is_default = text.trim().is_empty();
                    designer.type_in(&FieldPath::root(), change(text), is_default);
                }
                on:blur=move |_| designer.end_visit()
            ></textarea>
            <p class="field-hint" id=format!("{id}-hint")>
                {hint}
            </p>
            <Wrong id error />
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

/// What a typed number is: empty, a number, or why it is none.
fn number_of(text: &str, most: u32) -> Result<Option<u32>, String> {
    match text.trim() {
        "" => Ok(None),
        text => match text.parse::<u32>() {
            Ok(number) if number <= most => Ok(Some(number)),
            _ => Err(format!("Type a whole number from 0 to {most}; until then the last one holds.")),
        },
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
    #[prop(default = 1_000_000)] most: u32,
    rule: &'static str,
    read: fn(&Design) -> Option<u32>,
    change: fn(Option<u32>) -> Change,
) -> impl IntoView {
    let typed = RwSignal::new(None::<String>);
    let kept = move || designer.design.with(|design| read(design).map(|n| n.to_string()).unwrap_or_default());
    let value = move || typed.get().unwrap_or_else(kept);
    let error = Signal::derive(move || {
        let own = typed.with(|typed| typed.as_ref().and_then(|text| number_of(text, most).err()));
        own.or_else(|| said_of(designer, rule))
    });
    let type_in = move |text: String| {
        if let Ok(number) = number_of(&text, most) {
            designer.type_in(&FieldPath::root(), change(number), number.is_none());
        }
        typed.set(Some(text));
    };
    let leave = move || {
        typed.set(None);
        designer.end_visit();
    };
    view! {
        <div class="field">
            <label class="field-label" for=id>
                {label}
            </label>
            <input
                id=id
                class="input num max-w-[160px]"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                placeholder=placeholder
                aria-describedby=describing(id)
                aria-invalid=move || error.get().map(|_| "true")
                value=untrack(kept)
                prop:value=value
                readonly=move || !designer.awake.get()
                on:input:target=move |event| type_in(event.target().value())
                on:blur=move |_| leave()
            />
            <p class="field-hint" id=format!("{id}-hint")>
                {hint}
            </p>
            <Wrong id error />
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_whole_and_within_its_bound_or_says_so() {
        assert_eq!((number_of("", 90), number_of(" 7 ", 90)), (Ok(None), Ok(Some(7))));
        for text in ["-3", "1.5", "91", "99999999999", "x"] {
            assert!(number_of(text, 90).unwrap_err().contains("0 to 90"), "{text}");
        }
    }
}
