//! Columns of the analyst's own: a name, a type and an expression over fields, checked as it is typed.

use domain::design::{Change, ComputedColumn, MAX_COMPUTED_COLUMNS};
use domain::schema::FieldPath;
use leptos::prelude::*;

use super::design_cell::TextCell;
use super::design_state::Designer;
use crate::ui::{Button, ButtonSize, ButtonVariant, Glyph};

fn ids(designer: Designer) -> Vec<String> {
    designer.design.with(|design| design.computed.keys().cloned().collect())
}

/// An id that no column of the design has yet.
fn new_id(taken: &[String]) -> String {
    (1..).map(|number| format!("c{number}")).find(|id| !taken.contains(id)).unwrap_or_default()
}

/// The list with a button that adds to it.
#[component]
pub fn ComputedColumns(designer: Designer) -> impl IntoView {
    let full = Signal::derive(move || {
        (ids(designer).len() >= MAX_COMPUTED_COLUMNS)
            .then(|| format!("A design has at most {MAX_COMPUTED_COLUMNS} computed columns."))
    });
    let add = move |_| {
        let taken = untrack(|| ids(designer));
        let number = taken.len() + 1;
        let column = ComputedColumn {
            name: format!("COMPUTED_{number}"),
            column_type: "VARCHAR".to_owned(),
            expression: "NULL".to_owned(),
            comment: String::new(),
        };
        designer.change(&FieldPath::root(), Change::Computed { id: new_id(&taken), column: Some(column) }, false);
    };
    view! {
        <section class="pane-block grid gap-2" aria-label="Computed columns">
            <h3 class="text-xs font-semibold">"Computed columns"</h3>
            <For each=move || ids(designer) key=Clone::clone children=move |id| view! { <ComputedRow designer id /> } />
            <span class="needs-script">
                <Button
                    id="add-computed"
                    label="Add a computed column"
                    icon=Glyph::Plus
                    size=ButtonSize::Small
                    reason=full
                    on_click=Callback::new(add)
                />
            </span>
        </section>
    }
}

/// One text of a computed column.
#[derive(Clone, Copy)]
struct Part {
    label: &'static str,
    read: fn(&ComputedColumn) -> &String,
    write: fn(&mut ComputedColumn) -> &mut String,
}

const NAME: Part = Part { label: "Name", read: |column| &column.name, write: |column| &mut column.name };
const TYPE: Part = Part { label: "Type", read: |column| &column.column_type, write: |column| &mut column.column_type };
const EXPRESSION: Part =
    Part { label: "Expression", read: |column| &column.expression, write: |column| &mut column.expression };
const COMMENT: Part = Part { label: "Comment", read: |column| &column.comment, write: |column| &mut column.comment };

#[component]
fn ComputedRow(designer: Designer, id: String) -> impl IntoView {
    let id = StoredValue::new(id);
    let column =
        Memo::new(move |_| designer.design.with(|design| id.with_value(|id| design.computed.get(id).cloned())));
    let name =
        Memo::new(move |_| column.with(|column| column.as_ref().map(|column| column.name.clone()).unwrap_or_default()));
    let input = move |part: Part| {
        let value = Signal::derive(move || {
            column.with(|column| column.as_ref().map(|column| (part.read)(column).clone()).unwrap_or_default())
        });
        let typed = Callback::new(move |text: String| {
            let Some(mut column) = column.get_untracked() else { return };
            *(part.write)(&mut column) = text;
            let change = Change::Computed { id: id.get_value(), column: Some(column) };
            designer.type_in(&FieldPath::root(), change, false);
        });
        view! {
            <TextCell
                designer
                label=format!("{} of the computed column {}", part.label, id.get_value())
                class="input input-sm mono"
                value
                placeholder=Signal::derive(move || part.label.to_owned())
                on_text=typed
            />
        }
    };
    let remove = move |_| {
        designer.change(&FieldPath::root(), Change::Computed { id: id.get_value(), column: None }, false);
    };
    view! {
        <div class="computed-row">
            {input(NAME)} {input(TYPE)} {input(EXPRESSION)} {input(COMMENT)}
            <Button
                label=Signal::derive(move || format!("Remove {}", name.get()))
                icon=Glyph::Trash
                icon_only=true
                variant=ButtonVariant::Ghost
                size=ButtonSize::Small
                on_click=Callback::new(remove)
            />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_id_is_one_that_is_free() {
        assert_eq!(new_id(&[]), "c1");
        assert_eq!(new_id(&["c1".into(), "c3".into()]), "c2");
    }
}
