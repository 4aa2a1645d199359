//! Tags as lines of text, one `NAME = value` each, for a column or the table.

use domain::design::Tags;
use leptos::prelude::*;

use super::design_option::AreaOption;
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

/// The field.
#[component]
pub fn TagsField(
    designer: Designer,
    id: &'static str,
    #[prop(into)] tags: Signal<Option<Tags>>,
    #[prop(into)] error: MaybeProp<String>,
    on_tags: Callback<Tags>,
) -> impl IntoView {
    let value = Signal::derive(move || tags.with(|tags| tags.as_ref().map(written).unwrap_or_default()));
    view! {
        <AreaOption
            designer
            id
            label="Tags"
            hint="One a line: a tag that exists, and its value."
            placeholder="GOVERNANCE.PII = email"
            rows=2
            value
            error
            on_text=Callback::new(move |text: String| on_tags.run(read(&text)))
        />
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
