//! The head of the designer: what becomes what, whether it is saved, undo and redo, and the way to the review.

use domain::draft::Draft;
use domain::subject::Version;
use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::design_edits_menu::EditsMenu;
use super::design_rebase::VersionMenu;
use super::design_state::Designer;
use crate::paths::{self, SubjectTab};
use crate::ui::{Button, ButtonSize, Glyph, Icon, IconSize, Reason, Tag};

/// Whether what is on the page is what the server keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveState {
    /// It is.
    Saved,
    /// It will be in a moment.
    Saving,
    /// The last try failed, with this sentence.
    Failed(String),
    /// Someone else saved in the meantime; nothing is saved until the page is loaded again.
    Conflict(String),
}

/// The state in words. `retry` saves again.
#[component]
fn SaveLine(#[prop(into)] state: Signal<SaveState>, retry: Callback<()>) -> impl IntoView {
    let content = move || match state.get() {
        SaveState::Saved => view! {
            <Icon glyph=Glyph::Check size=IconSize::Small />
            "Saved"
        }
        .into_any(),
        SaveState::Saving => "Saving…".into_any(),
        SaveState::Conflict(_) => view! { <span class="text-bad">"Not saved"</span> }.into_any(),
        SaveState::Failed(sentence) => view! {
            <span class="text-bad whitespace-normal">"Not saved. "{sentence}</span>
            <Button label="Save again" size=ButtonSize::Small on_click=Callback::new(move |_| retry.run(())) />
        }
        .into_any(),
    };
    view! {
        <span class="state text-xs text-faint" role="status" aria-live="polite">
            {content}
        </span>
    }
}

#[component]
fn UndoRedo(designer: Designer) -> impl IntoView {
    let unless = |able: bool, reason: &str| (!able).then(|| reason.to_owned());
    let no_undo = Signal::derive(move || unless(designer.can_undo(), "There is no edit to take back."));
    let no_redo = Signal::derive(move || unless(designer.can_redo(), "There is no edit to take again."));
    view! {
        <span class="btn-group needs-script">
            <Button
                id="undo"
                label="Undo"
                icon=Glyph::Undo
                icon_only=true
                reason=no_undo
                reason_elsewhere=true
                on_click=Callback::new(move |_| designer.undo())
            />
            <Button
                id="redo"
                label="Redo"
                icon=Glyph::Redo
                icon_only=true
                reason=no_redo
                reason_elsewhere=true
                on_click=Callback::new(move |_| designer.redo())
            />
        </span>
        <span class="sr-only">
            {move || no_undo.get().map(|text| view! { <Reason button_id="undo" text /> })}
            {move || no_redo.get().map(|text| view! { <Reason button_id="redo" text /> })}
        </span>
    }
}

/// The head. `on_review` may hold the click on the way to the review until everything is saved.
#[component]
pub fn DesignHead(
    draft: Draft,
    versions: Vec<Version>,
    designer: Designer,
    #[prop(into)] state: Signal<SaveState>,
    retry: Callback<()>,
    on_review: Callback<MouseEvent>,
) -> impl IntoView {
    let table = move || {
        let name = designer.rendering.with(|made| made.table.name.clone());
        designer.with_input(|input| format!("{}.{}.{name}", input.platform.database, input.platform.schema))
    };
    let name = draft.subject.event_name().to_owned();
    let saved = Signal::derive(move || state.get() == SaveState::Saved);
    let subject = paths::subject_version(&draft.subject, draft.version, SubjectTab::Fields);
    view! {
        <header class="page-head flat">
            <div class="page-row">
                <h1 class="page-name">
                    <a class="hover:underline" href=subject>
                        {draft.subject.to_string()}
                    </a>
                </h1>
                <VersionMenu draft=draft.clone() versions saved />
                <Icon glyph=Glyph::ArrowRight size=IconSize::Small class="text-faint" label="becomes" />
                <span class="mono text-xs break-all">{table}</span>
                <Tag text=if designer.with_input(|input| input.live.is_empty()) { "new table" } else { "changes a live table" } />
                {draft.request.map(|request| view! { <Tag text=format!("revises {request}") /> })}
                <span class="grow"></span>
                <SaveLine state retry />
                <UndoRedo designer />
                <EditsMenu designer name />
                <a class="btn btn-primary" href=paths::review(draft.id) on:click=move |event| on_review.run(event)>
                    "Review"
                </a>
            </div>
        </header>
    }
}
