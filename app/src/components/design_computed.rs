//! Columns of the analyst's own: a name, a type and an expression over fields, checked as it is typed.

use domain::design::{Change, ComputedColumn, MAX_COMPUTED_COLUMNS};
use domain::schema::FieldPath;
use leptos::prelude::*;

use super::design_cell::TextCell;
use super::design_state::Designer;
use crate::ui::{Button, ButtonSize, ButtonVariant, Glyph, focus_later};

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
        let id = new_id(&taken);
        focus_later(field_id(&id, NAME));
        designer.change(&FieldPath::root(), Change::Computed { id, column: Some(column) }, false);
    };
    view! {
        <section class="pane-block grid gap-2" aria-label="Computed columns">
            <h2 class="text-xs font-semibold">"Computed columns"</h2>
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

fn field_id(id: &str, part: Part) -> String {
    format!("computed-{id}-{}", part.label.to_lowercase())
}

/// What was found about the column of this name.
fn findings(designer: Designer, name: &str) -> Vec<String> {
    let start = format!("Computed column {name}: ");
    designer.findings.with(|found| {
        let of_root = found.get(&FieldPath::root()).into_iter().flatten();
        of_root.filter_map(|found| found.sentences().strip_prefix(&start).map(str::to_owned)).collect()
    })
}

#[component]
fn ComputedRow(designer: Designer, id: String) -> impl IntoView {
    let id = StoredValue::new(id);
    let column =
        Memo::new(move |_| designer.design.with(|design| id.with_value(|id| design.computed.get(id).cloned())));
    let name =
        Memo::new(move |_| column.with(|column| column.as_ref().map(|column| column.name.clone()).unwrap_or_default()));
    let said = Memo::new(move |_| name.with(|name| findings(designer, name)));
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
                id=id.with_value(|id| field_id(id, part))
                described_by=id.with_value(|id| format!("computed-{id}-said"))
                invalid=Signal::derive(move || part.label == EXPRESSION.label && said.with(|said| !said.is_empty()))
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
        focus_later("add-computed".to_owned());
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
            <div class="computed-said" id=id.with_value(|id| format!("computed-{id}-said"))>
                {move || said.get().into_iter().map(|text| view! { <p class="field-error">{text}</p> }).collect_view()}
            </div>
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
