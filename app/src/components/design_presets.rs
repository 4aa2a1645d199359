//! Presets: edits by rule, laid under one's own. What each did and why is told, and one undo takes it back.

use domain::design::Design;
use domain::preset::{BuiltIn, OwnPreset, Suggestion, built_in, own};
use domain::schema::FieldPath;
use leptos::prelude::*;

use super::design_part::edits_of;
use super::design_state::Designer;
use super::state::counted;
use crate::ui::Menu;

/// Reasons that are listed; more are counted.
const LISTED: usize = 50;

/// The menu.
#[component]
pub fn PresetsMenu(designer: Designer) -> impl IntoView {
    let applied = RwSignal::new(None::<Applied>);
    let apply = move |name: &str, suggestion: Suggestion| {
        let before = designer.design.get_untracked();
        let after = suggestion.design.overridden_by(&before);
        applied.set(Some(Applied::new(name, &before, &after, suggestion.reasons)));
        designer.replace(after);
    };
    let told = move || applied.get().filter(|applied| designer.design.with(|design| *design == applied.after));
    let built_in = BuiltIn::ALL.map(move |preset| {
        let go = move || {
            let suggestion = designer.with_schema(|schema, input| built_in(preset, schema, &input.platform));
            apply(preset.label(), suggestion);
        };
        item(preset.label().to_owned(), preset.about().to_owned(), Callback::new(move |()| go()))
    });
    let of_the_organisation =
        designer.with_input(|input| input.platform.presets.clone()).into_iter().map(move |preset: OwnPreset| {
            let (name, about) = (preset.name.clone(), preset.about.clone());
            let go = move || {
                let suggestion = designer.with_schema(|schema, input| own(&preset, schema, &input.platform));
                apply(&preset.name, suggestion);
            };
            item(name, about, Callback::new(move |()| go()))
        });
    let summary = view! { <span class="btn btn-ghost btn-sm">"Presets"</span> }.into_any();
    view! {
        <span class="needs-script">
            <Menu summary>
                {of_the_organisation.collect_view()}
                {built_in.into_iter().collect_view()}
                <div role="status">{move || told().map(|applied| account(&applied))}</div>
            </Menu>
        </span>
    }
}

fn item(name: String, about: String, go: Callback<()>) -> AnyView {
    view! {
        <button type="button" class="menu-item preset" on:click=move |_| go.run(())>
            <b>{name}</b>
            <span class="text-muted">{about}</span>
        </button>
    }
    .into_any()
}

/// What a preset changed; told for as long as the design is what it made of it.
#[derive(Debug, Clone, PartialEq)]
struct Applied {
    name: String,
    edits: usize,
    reasons: Vec<(FieldPath, String)>,
    after: Design,
}

impl Applied {
    fn new(name: &str, before: &Design, after: &Design, reasons: Vec<(FieldPath, String)>) -> Self {
        let (old, new) = (edits_of(before), edits_of(after));
        let changed = |path: &FieldPath| before.columns.get(path) != after.columns.get(path);
        Self {
            name: name.to_owned(),
            edits: new.iter().filter(|edit| !old.contains(edit)).count(),
            reasons: reasons.into_iter().filter(|(path, _)| path.is_root() || changed(path)).collect(),
            after: after.clone(),
        }
    }
}

/// What a preset did, and why.
fn account(applied: &Applied) -> AnyView {
    let edits = counted(applied.edits, "edit", "edits");
    let more = applied.reasons.len().saturating_sub(LISTED);
    let reasons = applied.reasons.iter().take(LISTED).map(|(path, reason)| {
        view! {
            <li>
                <span class="mono">{path.to_string()}</span>
                " "
                <span class="text-muted">{reason.clone()}</span>
            </li>
        }
    });
    view! {
        <hr class="menu-rule" />
        <p class="menu-note">{format!("{} made {edits}; your own edits stand over them.", applied.name)}</p>
        <ul class="edits-list">
            {reasons.collect_view()}
            {(more > 0).then(|| view! { <li class="text-muted">{format!("and {more} more")}</li> })}
        </ul>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_preset_changed_is_told() {
        let design = |json: &str| serde_json::from_str::<Design>(json).unwrap();
        let before = design(r#"{"columns":{"a":{"keep":true}}}"#);
        let after = design(r#"{"columns":{"a":{"keep":true},"b":{"keep":false}}}"#);
        let reasons = ["a", "b"].map(|name| (FieldPath::of([name]), "it is".to_owned())).to_vec();
        let applied = Applied::new("PII-safe", &before, &after, reasons);
        assert_eq!((applied.edits, applied.reasons.len()), (1, 1));
    }
}
