//! One change to every column that the filter shows, as one step.

use domain::design::{Change, ColumnEdit, Edit};
use domain::schema::FieldPath;
use leptos::prelude::*;

use super::design_state::{Designer, RowView};
use super::state::counted;
use crate::ui::{Button, ButtonSize, Menu};

/// What can be done to many columns at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bulk {
    Keep,
    Drop,
    Expand,
    Collapse,
    Reset,
}

impl Bulk {
    const ALL: [Self; 5] = [Self::Keep, Self::Drop, Self::Expand, Self::Collapse, Self::Reset];

    const fn label(self) -> &'static str {
        match self {
            Self::Keep => "Keep",
            Self::Drop => "Drop",
            Self::Expand => "Expand records",
            Self::Collapse => "Collapse records",
            Self::Reset => "Reset",
        }
    }

    /// The change of one row, and whether it only says what is generated; `None` where it does not apply.
    fn change(self, view: &RowView) -> Option<(Change, bool)> {
        let row = &view.row;
        match self {
            Self::Keep => Some((Change::Keep(true), row.kept_by_default)),
            Self::Drop => Some((Change::Keep(false), !row.kept_by_default)),
            Self::Expand => row.expandable.then_some((Change::Expand(true), false)),
            Self::Collapse => row.expandable.then_some((Change::Expand(false), true)),
            Self::Reset => (!view.edit.is_empty()).then_some((Change::Reset, false)),
        }
    }
}

/// The menu; `fields` are those that the filter shows.
#[component]
pub fn ApplyMenu(designer: Designer, fields: Memo<Vec<FieldPath>>) -> impl IntoView {
    let number = move || counted(fields.with(Vec::len), "column", "columns");
    let mask = RwSignal::new(String::new());
    let each = move |change: &dyn Fn(&RowView) -> Option<(Change, bool)>| {
        let edits = fields.get_untracked().into_iter().filter_map(|path| {
            let (change, is_default) = change(&designer.view_of(&path)?)?;
            Some((Edit { path, change }, is_default))
        });
        designer.change_all(edits.collect());
    };
    let item = move |bulk: Bulk| {
        view! {
            <button type="button" class="menu-item" on:click=move |_| each(&|view| bulk.change(view))>
                {bulk.label()}
            </button>
        }
    };
    let set_mask = move |_| {
        let policy = mask.get_untracked();
        let is_default = policy.trim().is_empty();
        each(&|view: &RowView| {
            let patch = ColumnEdit { masking_policy: Some(policy.clone()), ..ColumnEdit::default() };
            view.row.kept.then(|| (Change::Column(Box::new(patch)), is_default))
        });
    };
    let summary = view! { <span class="btn btn-ghost btn-sm">"Apply to all shown"</span> }.into_any();
    view! {
        <span class="needs-script">
            <Menu summary>
                <p class="menu-note">{move || format!("To the {} that the filter shows:", number())}</p>
                {Bulk::ALL.map(item).into_iter().collect_view()}
                <hr class="menu-rule" />
                <div class="menu-note grid gap-1">
                    <label for="mask-all">"Masking policy; none when empty"</label>
                    <span class="flex gap-1">
                        <input
                            id="mask-all"
                            class="input input-sm mono"
                            autocomplete="off"
                            spellcheck="false"
                            placeholder="POLICIES.MASK_TEXT"
                            prop:value=move || mask.get()
                            on:input:target=move |event| mask.set(event.target().value())
                        />
                        <Button label="Set" size=ButtonSize::Small on_click=Callback::new(set_mask) />
                    </span>
                </div>
            </Menu>
        </span>
    }
}
