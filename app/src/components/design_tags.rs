//! Tags as lines of text, one `NAME = value` each, for a column or the table.

use domain::design::Tags;
use leptos::prelude::*;

use super::design_state::Designer;

/// The tags that the lines say. A line without `=` is a name whose value is still to be typed.
fn read(text: &str) -> Tags {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let pair = |line: &str| {
        let (name, value) = line.split_once('=').unwrap_or((line, ""));
        (name.trim().to_owned(), value.trim().to_owned())
    };
    lines.map(pair).collect()
}

fn written(tags: &Tags) -> String {
    tags.iter().map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join("\n")
}

/// The field; what is typed stays as it is until the field is left.
#[component]
pub fn TagsField(
    designer: Designer,
    id: &'static str,
    #[prop(into)] tags: Signal<Option<Tags>>,
    #[prop(into)] invalid: Signal<bool>,
    on_tags: Callback<Tags>,
) -> impl IntoView {
    let typed = RwSignal::new(None::<String>);
    let shown = move || typed.get().unwrap_or_else(|| tags.with(|tags| tags.as_ref().map(written).unwrap_or_default()));
    let leave = move || {
        typed.set(None);
        designer.end_visit();
    };
    let hint_id = format!("{id}-hint");
    view! {
        <div class="field">
            <label class="field-label" for=id>
                "Tags"
            </label>
            <textarea
                id=id
                class="input mono"
                rows="2"
                spellcheck="false"
                autocapitalize="off"
                placeholder="GOVERNANCE.PII = email"
                aria-describedby=hint_id.clone()
                aria-invalid=move || invalid.get().then_some("true")
                prop:value=shown
                readonly=move || !designer.awake.get()
                on:input:target=move |event| {
                    let text = event.target().value();
                    typed.set(Some(text.clone()));
                    on_tags.run(read(&text));
                }
                on:blur=move |_| leave()
            ></textarea>
            <p class="field-hint" id=hint_id>
                "One a line: a tag that exists, and its value."
            </p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_tags_say_the_same() {
        let tags = read("GOV.PII = email\n\n  COST=team = a \nHALF");
        let pairs: Vec<_> = tags.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(pairs, [("COST", "team = a"), ("GOV.PII", "email"), ("HALF", "")]);
        assert_eq!(read(&written(&tags)), tags);
    }
}
