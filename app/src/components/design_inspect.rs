//! The drawer below the grid: one column with the reason for its type and every edit that has no cell of its own.

use domain::design::{Change, ColumnEdit};
use domain::diagnostic::Severity;
use domain::schema::FieldPath;
use domain::sql::Expression;
use leptos::ev::KeyboardEvent;
use leptos::html::Section;
use leptos::prelude::*;

use super::design_load::load_kind;
use super::design_option::TextOption;
use super::design_part::{ListedEdit, TakeBack, listed};
use super::design_state::{Designer, RowView};
use super::design_tags::TagsField;
use crate::paths;
use crate::ui::{Button, ButtonSize, ButtonVariant, CopyButton, Glyph, focus_later};

/// The id of the drawer.
const DRAWER: &str = "column-drawer";

/// The id of the button that opens the drawer of a field.
pub fn more_id(path: &FieldPath) -> String {
    format!("more-{}", paths::encode(&path.to_string()))
}

/// The drawer, while a column is looked at.
#[component]
pub fn Inspector(designer: Designer) -> impl IntoView {
    let gone = Memo::new(move |_| {
        designer
            .inspected
            .with(|path| path.as_ref().is_some_and(|path| designer.places.with(|places| !places.contains_key(path))))
    });
    Effect::new(move |_| {
        if gone.get() {
            designer.inspected.set(None);
        }
    });
    move || designer.inspected.get().map(|path| view! { <Inspected designer path /> })
}

#[component]
fn Inspected(designer: Designer, path: FieldPath) -> impl IntoView {
    let shown = designer.row(path.clone());
    let drawer = NodeRef::<Section>::new();
    Effect::new(move |_| {
        if let Some(drawer) = drawer.get() {
            // Without the focus the drawer is still there; nothing else depends on it.
            let _focused = drawer.focus();
        }
    });
    let path = StoredValue::new(path);
    let leave = move || {
        designer.inspected.set(None);
        focus_later(more_id(&path.get_value()));
    };
    let close = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            leave();
        }
    };
    view! {
        <section class="drawer" id=DRAWER tabindex="-1" node_ref=drawer aria-label=format!("Column of {}", path.get_value()) on:keydown=close>
            <div class="pane-head filled">
                <h2 class="mono">{path.get_value().to_string()}</h2>
                <Edits designer path shown />
                <span class="grow"></span>
                <Places designer path />
                <Button
                    label="Close"
                    icon=Glyph::X
                    icon_only=true
                    variant=ButtonVariant::Ghost
                    size=ButtonSize::Small
                    on_click=Callback::new(move |_| leave())
                />
            </div>
            <div class="drawer-body">
                <Why designer shown />
                <Fields designer path shown />
            </div>
        </section>
    }
}

/// What was changed here, each with its way back.
#[component]
fn Edits(designer: Designer, path: StoredValue<FieldPath>, shown: Memo<Option<RowView>>) -> impl IntoView {
    let edits = Memo::new(move |_| {
        let parts = shown.with(|view| view.as_ref().map(|view| view.edit.parts()).unwrap_or_default());
        parts.into_iter().map(|part| path.with_value(|path| listed(path, part))).collect::<Vec<_>>()
    });
    move || {
        let chip = |edit: ListedEdit| {
            view! {
                <span class="chip" on:click=move |_| focus_later(DRAWER.to_owned())>
                    {edit.what.clone()}
                    <TakeBack designer edit />
                </span>
            }
        };
        edits.get().into_iter().map(chip).collect_view()
    }
}

/// Where the type comes from, and what fills the column.
#[component]
fn Why(designer: Designer, shown: Memo<Option<RowView>>) -> impl IntoView {
    let read = move |read: fn(&RowView) -> String| {
        Signal::derive(move || shown.with(|view| view.as_ref().map(read).unwrap_or_default()))
    };
    let reason = read(|view| view.row.reason.to_string());
    let in_file = read(|view| view.row.in_file.to_string());
    let expression = read(|view| Expression::to_string(&view.row.column.expression));
    view! {
        <dl class="facts">
            <dt>"Why this type"</dt>
            <dd>{reason}</dd>
            <dt>{move || if load_kind(designer).has_files() { "In the file" } else { "In the row" }}</dt>
            <dd>{in_file}</dd>
            <dt>"Filled by"</dt>
            <dd class="flex items-start gap-1">
                <code class="mono text-xs break-all">{expression}</code>
                <CopyButton text=expression label="Copy the expression" />
            </dd>
        </dl>
    }
}

/// A text of the edit, its rule, and how it is set.
#[derive(Clone, Copy)]
struct Text {
    read: fn(&ColumnEdit) -> Option<&String>,
    patch: fn(String) -> ColumnEdit,
    rule: &'static str,
}

const DEFAULT: Text = Text {
    read: |edit| edit.default.as_ref(),
    patch: |text| ColumnEdit { default: Some(text), ..ColumnEdit::default() },
    rule: "default-",
};
const MASK: Text = Text {
    read: |edit| edit.masking_policy.as_ref(),
    patch: |text| ColumnEdit { masking_policy: Some(text), ..ColumnEdit::default() },
    rule: "masking-",
};
const COLLATION: Text = Text {
    read: |edit| edit.collation.as_ref(),
    patch: |text| ColumnEdit { collation: Some(text), ..ColumnEdit::default() },
    rule: "collation-",
};

#[component]
fn Fields(designer: Designer, path: StoredValue<FieldPath>, shown: Memo<Option<RowView>>) -> impl IntoView {
    let value = move |text: Text| {
        Signal::derive(move || {
            shown.with(|view| view.as_ref().and_then(|view| (text.read)(&view.edit).cloned()).unwrap_or_default())
        })
    };
    let typed = move |text: Text| {
        Callback::new(move |typed: String| {
            let is_default = typed.trim().is_empty();
            designer.type_in(&path.get_value(), Change::Column(Box::new((text.patch)(typed))), is_default);
        })
    };
    let said = move |rule: &'static str| {
        MaybeProp::derive(move || {
            let of_rule = |view: &RowView| {
                let mut findings = view.findings.iter();
                let found = findings.find(|found| found.severity == Severity::Error && found.code.starts_with(rule))?;
                Some(found.sentences())
            };
            shown.with(|view| view.as_ref().and_then(of_rule))
        })
    };
    let tags = Signal::derive(move || shown.with(|view| view.as_ref().and_then(|view| view.edit.tags.clone())));
    let on_tags = Callback::new(move |tags: domain::design::Tags| {
        let is_default = tags.is_empty();
        let patch = ColumnEdit { tags: Some(tags), ..ColumnEdit::default() };
        designer.type_in(&path.get_value(), Change::Column(Box::new(patch)), is_default);
    });
    view! {
        <div class="grid gap-3 content-start">
            <TextOption
                designer
                id="column-default"
                label="Value where the event has none"
                hint="Of the column's type. The load puts it in; NULL when empty."
                class="input mono"
                value=value(DEFAULT)
                error=said(DEFAULT.rule)
                on_text=typed(DEFAULT)
            />
            <TextOption
                designer
                id="column-mask"
                label="Masking policy"
                hint="The name of a policy that exists, such as POLICIES.MASK_EMAIL."
                class="input mono"
                value=value(MASK)
                error=said(MASK.rule)
                on_text=typed(MASK)
            />
        </div>
        <div class="grid gap-3 content-start">
            <TagsField designer id="column-tags" tags error=said("tag-") on_tags />
            <TextOption
                designer
                id="column-collation"
                label="Collation"
                hint="For text, such as en-ci. Empty compares by bytes."
                class="input mono"
                value=value(COLLATION)
                error=said(COLLATION.rule)
                on_text=typed(COLLATION)
            />
        </div>
    }
}

/// Where a column would stand one place further up and one further down: the field that it comes after.
fn neighbours(order: &[FieldPath], path: &FieldPath) -> (Option<FieldPath>, Option<FieldPath>) {
    let Some(at) = order.iter().position(|other| other == path) else { return (None, None) };
    let up = match at {
        0 => None,
        1 => Some(FieldPath::root()),
        _ => order.get(at - 2).cloned(),
    };
    (up, order.get(at + 1).cloned())
}

/// The two buttons that move the column.
#[component]
fn Places(designer: Designer, path: StoredValue<FieldPath>) -> impl IntoView {
    let around = Memo::new(move |_| {
        let order: Vec<FieldPath> =
            designer.rendering.with(|made| made.table.payload().map(|row| row.path.clone()).collect());
        path.with_value(|path| neighbours(&order, path))
    });
    let go = move |to: Option<FieldPath>| {
        if let Some(after) = to {
            let patch = ColumnEdit { after: Some(after), ..ColumnEdit::default() };
            designer.change(&path.get_value(), Change::Column(Box::new(patch)), false);
        }
    };
    let refused = |to: Option<FieldPath>, end: &str| {
        to.is_none().then(|| format!("The column is the {end} of the payload, or left out."))
    };
    let no_up = Signal::derive(move || refused(around.get().0, "first"));
    let no_down = Signal::derive(move || refused(around.get().1, "last"));
    view! {
        <Button
            id="column-up"
            label="Move up"
            size=ButtonSize::Small
            reason=no_up
            reason_elsewhere=true
            on_click=Callback::new(move |_| go(around.get_untracked().0))
        />
        <Button
            id="column-down"
            label="Move down"
            size=ButtonSize::Small
            reason=no_down
            reason_elsewhere=true
            on_click=Callback::new(move |_| go(around.get_untracked().1))
        />
        <span class="sr-only">
            {move || no_up.get().map(|text| view! { <crate::ui::Reason button_id="column-up" text /> })}
            {move || no_down.get().map(|text| view! { <crate::ui::Reason button_id="column-down" text /> })}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_moves_by_one_place_and_stops_at_the_ends() {
        let order = ["a", "b", "c"].map(|name| FieldPath::of([name]));
        let [a, b, c] = &order;
        assert_eq!(neighbours(&order, a), (None, Some(b.clone())));
        assert_eq!(neighbours(&order, b), (Some(FieldPath::root()), Some(c.clone())));
        assert_eq!(neighbours(&order, c), (Some(a.clone()), None));
        assert_eq!(neighbours(&order, &FieldPath::of(["gone"])), (None, None));
    }
}
