//! Presets: edits by rule, laid under one's own. What each did and why is told, and one undo takes it back.

use domain::preset::{BuiltIn, OwnPreset, Suggestion, built_in, own};
use leptos::prelude::*;

use super::design_state::Designer;
use super::state::counted;
use crate::ui::Menu;

/// Reasons that are listed; more are counted.
const LISTED: usize = 50;

/// The menu.
#[component]
pub fn PresetsMenu(designer: Designer) -> impl IntoView {
    let applied = RwSignal::new(None::<(String, Suggestion)>);
    let apply = move |name: &str, suggestion: Suggestion| {
        designer.replace(suggestion.design.overridden_by(&designer.design.get_untracked()));
        applied.set(Some((name.to_owned(), suggestion)));
    };
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
                <div role="status">{move || applied.get().map(|(name, suggestion)| account(&name, &suggestion))}</div>
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

/// What a preset did, and why.
fn account(name: &str, suggestion: &Suggestion) -> AnyView {
    let edits = counted(suggestion.design.edit_count(), "edit", "edits");
    let more = suggestion.reasons.len().saturating_sub(LISTED);
    let reasons = suggestion.reasons.iter().take(LISTED).map(|(path, reason)| {
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
        <p class="menu-note">{format!("{name} made {edits}; your own edits stand over them.")}</p>
        <ul class="edits-list">
            {reasons.collect_view()}
            {(more > 0).then(|| view! { <li class="text-muted">{format!("and {more} more")}</li> })}
        </ul>
    }
    .into_any()
}
