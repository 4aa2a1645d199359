//! The controls of the designer's options: a text, a switch, a number and a choice, each with what there is to know about it.

use domain::design::{Change, Design, MAX_COMMENT_CHARS};
use domain::diagnostic::Diagnostic;
use domain::schema::FieldPath;
use leptos::prelude::*;

use super::design_cell::{AreaCell, TextCell};
use super::design_state::Designer;
use crate::ui::{Labelled, SelectField, SelectOption, described_by};

/// What a rule has to say about the table itself.
pub fn said_of(designer: Designer, rule: &str) -> Option<String> {
    let of_rule = |list: &Vec<Diagnostic>| {
        let found = list.iter().find(|found| found.code == rule && found.is_error())?;
        Some(found.sentences())
    };
    designer.findings.with(|found| found.get(&FieldPath::root()).and_then(of_rule))
}

/// A labelled text with a hint under it.
#[component]
pub fn TextOption(
    designer: Designer,
    id: &'static str,
    label: &'static str,
    #[prop(into)] hint: String,
    #[prop(default = "input")] class: &'static str,
    #[prop(into)] value: Signal<String>,
    #[prop(into, optional)] placeholder: Signal<String>,
    #[prop(into, optional)] error: MaybeProp<String>,
    on_text: Callback<String>,
    #[prop(optional)] on_leave: Option<Callback<()>>,
) -> impl IntoView {
    let invalid = Signal::derive(move || error.get().is_some());
    let described = MaybeProp::derive(described_by(id, Some(&hint), error));
    let leave = Callback::new(move |()| on_leave.iter().for_each(|leave| leave.run(())));
    view! {
        <Labelled id=id.to_owned() label=label.to_owned() hint=Some(hint) error>
            <TextCell designer id label class value placeholder invalid described_by=described on_text on_leave=leave />
        </Labelled>
    }
}

/// A text of the design's root: what it is, what is wrong with it, and how it is changed. Empty is what is generated.
fn root_text(
    designer: Designer,
    rule: &'static str,
    read: fn(&Design) -> Option<&String>,
    change: fn(String) -> Change,
) -> (Signal<String>, MaybeProp<String>, Callback<String>) {
    let value = Signal::derive(move || designer.design.with(|design| read(design).cloned()).unwrap_or_default());
    let error = MaybeProp::derive(move || said_of(designer, rule));
    let on_text = Callback::new(move |text: String| {
        let is_default = text.trim().is_empty();
        designer.type_in(&FieldPath::root(), change(text), is_default);
    });
    (value, error, on_text)
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
    let (value, error, on_text) = root_text(designer, rule, read, change);
    view! { <TextOption designer id label hint class="input mono" value error on_text /> }
}

/// A labelled text of several lines with a hint under it.
#[component]
pub fn AreaOption(
    designer: Designer,
    id: &'static str,
    label: &'static str,
    #[prop(into)] hint: String,
    #[prop(optional)] placeholder: &'static str,
    rows: u32,
    #[prop(optional)] max_chars: Option<usize>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] error: MaybeProp<String>,
    on_text: Callback<String>,
) -> impl IntoView {
    let invalid = Signal::derive(move || error.get().is_some());
    let described = MaybeProp::derive(described_by(id, Some(&hint), error));
    view! {
        <Labelled id=id.to_owned() label=label.to_owned() hint=Some(hint) error>
            <AreaCell designer id placeholder rows max_chars value invalid described_by=described on_text />
        </Labelled>
    }
}

/// A text of several lines of the design's root with a hint under it; empty is what is generated.
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
    let (value, error, on_text) = root_text(designer, rule, read, change);
    view! { <AreaOption designer id label hint rows=4 max_chars=MAX_COMMENT_CHARS value error on_text /> }
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
    let error = MaybeProp::derive(move || {
        let own = typed.with(|typed| typed.as_ref().and_then(|text| number_of(text, most).err()));
        own.or_else(|| said_of(designer, rule))
    });
    let described = described_by(id, Some(&hint), error);
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
        <Labelled id=id.to_owned() label=label.to_owned() hint=Some(hint) error>
            <input
                id=id
                class="input num max-w-[160px]"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                placeholder=placeholder
                aria-describedby=described
                aria-invalid=move || error.get().map(|_| "true")
                value=untrack(kept)
                prop:value=value
                readonly=move || !designer.awake.get()
                on:input:target=move |event| type_in(event.target().value())
                on:blur=move |_| leave()
            />
        </Labelled>
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
