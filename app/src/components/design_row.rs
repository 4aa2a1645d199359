//! One row of the grid: a field and the column that it becomes, each cell an edit.

use domain::design::Change;
use domain::diagnostic::{Diagnostic, Severity};
use domain::schema::FieldPath;
use leptos::prelude::*;

use super::design_cell::TextCell;
use super::design_inspect::more_id;
use super::design_notes::RowNotes;
use super::design_state::{Designer, RowView};
use crate::paths;
use crate::ui::{Glyph, Icon, IconSize};

/// A row's view, asked for one thing at a time; the thing's default once the row is gone.
#[derive(Clone, Copy)]
struct Shown(Memo<Option<RowView>>);

impl Shown {
    fn read<T: Default>(self, read: impl FnOnce(&RowView) -> T) -> T {
        self.0.with(|view| view.as_ref().map(read)).unwrap_or_default()
    }

    fn once<T: Default>(self, read: impl FnOnce(&RowView) -> T) -> T {
        self.0.with_untracked(|view| view.as_ref().map(read)).unwrap_or_default()
    }
}

/// What the bar at the row says: the worst finding, or that it is edited.
fn mark_of(view: &RowView) -> Option<&'static str> {
    match worst(&view.findings) {
        Some(Severity::Error) => Some("bad"),
        Some(Severity::Warning) => Some("warn"),
        _ if !view.edit.is_empty() => Some("edit"),
        _ => None,
    }
}

fn worst(findings: &[Diagnostic]) -> Option<Severity> {
    findings.iter().map(|finding| finding.severity).max()
}

/// Whether a finding of one of these rules is as bad as `severity`.
fn has(view: &RowView, severity: Severity, rule: &str) -> bool {
    view.findings.iter().any(|finding| finding.severity == severity && finding.code.starts_with(rule))
}

/// The row and the notes under it.
#[component]
pub fn DesignRow(designer: Designer, path: FieldPath) -> impl IntoView {
    let shown = Shown(designer.row(path.clone()));
    let path = StoredValue::new(path);
    let here = move || Some(path.get_value());
    let active = Memo::new(move |_| path.with_value(|path| designer.active().as_ref() == Some(path)));
    view! {
        <tr
            data-mark=move || shown.read(mark_of)
            data-off=move || shown.read(|view| !view.row.kept).then_some("true")
            data-active=move || active.get().then_some("true")
            on:mouseenter=move |_| designer.pointed.set(here())
            on:mouseleave=move |_| designer.pointed.set(None)
            on:focusin=move |_| designer.focused.set(here())
            on:focusout=move |_| designer.focused.set(None)
        >
            <KeepCell designer shown path />
            <SourceCell designer shown path />
            <NameCell designer shown path />
            <TypeCell designer shown path />
            <NullCell designer shown path />
            <TagCell shown />
            <CommentCell designer shown path />
            <ActionCell designer shown path />
        </tr>
        <RowNotes designer path findings=Signal::derive(move || shown.read(|view| view.findings.clone())) />
    }
}

#[component]
fn KeepCell(designer: Designer, shown: Shown, path: StoredValue<FieldPath>) -> impl IntoView {
    let kept = move || shown.read(|view| view.row.kept);
    view! {
        <td>
            <input
                type="checkbox"
                class="toggle"
                aria-label=format!("Keep {}", path.get_value())
                checked=shown.once(|view| view.row.kept)
                prop:checked=kept
                disabled=move || !designer.awake.get()
                on:change:target=move |event| {
                    let keep = event.target().checked();
                    let is_default = shown.once(|view| view.row.kept_by_default) == keep;
                    designer.change(&path.get_value(), Change::Keep(keep), is_default);
                }
            />
        </td>
    }
}

#[component]
fn SourceCell(designer: Designer, shown: Shown, path: StoredValue<FieldPath>) -> impl IntoView {
    let guides = (0..shown.once(|view| view.row.depth)).map(|_| view! { <span class="guide"></span> }).collect_view();
    let name = shown.once(|view| view.row.field_name.clone());
    let ty = shown.once(|view| format!("{}{}", view.row.field_type, if view.row.field_nullable { "?" } else { "" }));
    let expanded = move || shown.read(|view| view.row.expanded);
    let twist = shown.once(|view| view.row.expandable).then(|| {
        view! {
            <button
                type="button"
                class="tree-twist"
                aria-expanded=move || if expanded() { "true" } else { "false" }
                aria-label=format!("Columns for the fields of {}", path.get_value())
                title="Make its fields columns of their own"
                disabled=move || !designer.awake.get()
                on:click=move |_| {
                    let expand = !shown.once(|view| view.row.expanded);
                    designer.change(&path.get_value(), Change::Expand(expand), !expand);
                }
            >
                <span class="inline-grid" class:rotate-90=expanded>
                    <Icon glyph=Glyph::ChevronRight size=IconSize::Tiny />
                </span>
            </button>
        }
    });
    view! {
        <td title=path.get_value().to_string()>
            <div class="design-source">
                {guides}
                {match twist {
                    Some(button) => button.into_any(),
                    None => view! { <span class="tree-twist"></span> }.into_any(),
                }}
                <span class="mono">{name}</span>
                <span class="mono field-type">{ty}</span>
            </div>
        </td>
    }
}

#[component]
fn NameCell(designer: Designer, shown: Shown, path: StoredValue<FieldPath>) -> impl IntoView {
    let value = Signal::derive(move || {
        shown.read(|view| view.edit.name.clone().unwrap_or_else(|| view.row.default.name.clone()))
    });
    let old = move || {
        shown.read(|view| (view.row.default.name != view.row.column.name).then(|| view.row.default.name.clone()))
    };
    let typed = Callback::new(move |text: String| {
        let is_default = text.trim().is_empty() || shown.once(|view| view.row.default.name == text);
        designer.type_in(&path.get_value(), Change::Rename(text), is_default);
    });
    view! {
        <td class="mono">
            <div class="cell-pair">
                <TextCell
                    designer
                    label=format!("Column name of {}", path.get_value())
                    class="cell mono"
                    value
                    placeholder=Signal::derive(move || shown.read(|view| view.row.default.name.clone()))
                    edited=Signal::derive(move || shown.read(|view| view.edit.name.is_some()))
                    warned=Signal::derive(move || shown.read(|view| has(view, Severity::Warning, "name-")))
                    invalid=Signal::derive(move || shown.read(|view| has(view, Severity::Error, "name-")))
                    on_text=typed
                />
                {move || old().map(|name| view! { <del class="was" title="the generated name">{name}</del> })}
            </div>
        </td>
    }
}

#[component]
fn TypeCell(designer: Designer, shown: Shown, path: StoredValue<FieldPath>) -> impl IntoView {
    let default = move |view: &RowView| view.row.default.ty.to_string();
    let value =
        Signal::derive(move || shown.read(|view| view.edit.column_type.clone().unwrap_or_else(|| default(view))));
    let typed = Callback::new(move |text: String| {
        let is_default = text.trim().is_empty() || shown.once(default) == text;
        designer.type_in(&path.get_value(), Change::Type(text), is_default);
    });
    let list = format!("types-{}", paths::encode(&path.get_value().to_string()));
    let choices = shown.once(|view| view.row.choices.iter().map(ToString::to_string).collect::<Vec<_>>());
    view! {
        <td class="mono code-type">
            <TextCell
                designer
                label=format!("Type of {}", path.get_value())
                class="cell mono"
                value
                placeholder=Signal::derive(move || shown.read(default))
                list=list.clone()
                title=Signal::derive(move || Some(shown.read(|view| view.row.reason.to_string())))
                edited=Signal::derive(move || shown.read(|view| view.edit.column_type.is_some()))
                warned=Signal::derive(move || shown.read(|view| has(view, Severity::Warning, "type-")))
                invalid=Signal::derive(move || shown.read(|view| has(view, Severity::Error, "type-")))
                on_text=typed
            />
            <datalist id=list>{choices.into_iter().map(|choice| view! { <option value=choice></option> }).collect_view()}</datalist>
        </td>
    }
}

#[component]
fn NullCell(designer: Designer, shown: Shown, path: StoredValue<FieldPath>) -> impl IntoView {
    view! {
        <td>
            <input
                type="checkbox"
                class="checkbox"
                data-edited=move || shown.read(|view| view.edit.nullable.is_some()).then_some("true")
                aria-label=format!("{} may be NULL", path.get_value())
                checked=shown.once(|view| view.row.column.nullable)
                prop:checked=move || shown.read(|view| view.row.column.nullable)
                disabled=move || !designer.awake.get()
                on:change:target=move |event| {
                    let nullable = event.target().checked();
                    let is_default = shown.once(|view| view.row.default.nullable) == nullable;
                    designer.change(&path.get_value(), Change::Nullable(nullable), is_default);
                }
            />
        </td>
    }
}

#[component]
fn CommentCell(designer: Designer, shown: Shown, path: StoredValue<FieldPath>) -> impl IntoView {
    let value = Signal::derive(move || {
        shown.read(|view| view.edit.comment.clone().unwrap_or_else(|| view.row.default.comment.clone()))
    });
    let typed = Callback::new(move |text: String| {
        let is_default = shown.once(|view| view.row.default.comment == text);
        designer.type_in(&path.get_value(), Change::Comment(text), is_default);
    });
    view! {
        <td class="text-muted">
            <TextCell
                designer
                label=format!("Comment of {}", path.get_value())
                class="cell"
                value
                placeholder=Signal::derive(String::new)
                title=Signal::derive(move || Some(value.get()).filter(|text| !text.is_empty()))
                edited=Signal::derive(move || shown.read(|view| view.edit.comment.is_some()))
                invalid=Signal::derive(move || shown.read(|view| has(view, Severity::Error, "comment-")))
                on_text=typed
            />
        </td>
    }
}

/// The mask and the values of the tags, short; the drawer has them whole.
#[component]
fn TagCell(shown: Shown) -> impl IntoView {
    let tags = move || {
        shown.read(|view| {
            let attributes = &view.row.column.attributes;
            let mask = attributes.masking_policy.as_ref().map(|policy| (true, policy.to_string()));
            let tags = attributes.tags.iter().map(|tag| (false, format!("{} = {}", tag.name, tag.value)));
            mask.into_iter().chain(tags).collect::<Vec<_>>()
        })
    };
    let chip = |(is_mask, text): (bool, String)| {
        let short = text.rsplit(['.', '=']).next().unwrap_or_default().trim().trim_matches('"').to_owned();
        let title = if is_mask { format!("Masked by {text}") } else { text };
        view! {
            <span class="tag" title=title.clone()>
                {is_mask.then(|| view! { <Icon glyph=Glyph::EyeOff size=IconSize::Tiny label="Masked by" /> })}
                {short}
            </span>
        }
    };
    view! { <td>{move || tags().into_iter().map(chip).collect_view()}</td> }
}

/// A closer look at the column, and taking back all of its edits; that place stays empty while there are none.
#[component]
fn ActionCell(designer: Designer, shown: Shown, path: StoredValue<FieldPath>) -> impl IntoView {
    let edited = Memo::new(move |_| shown.read(|view| !view.edit.is_empty()));
    let button = move || {
        edited.get().then(|| {
            let label = format!("Reset {}", path.get_value());
            view! {
                <button
                    type="button"
                    class="btn btn-ghost btn-icon btn-sm"
                    aria-label=label.clone()
                    title=label.clone()
                    on:click=move |_| designer.change(&path.get_value(), Change::Reset, false)
                >
                    <Icon glyph=Glyph::RotateCcw size=IconSize::Small />
                </button>
            }
        })
    };
    let look = format!("More about {}", path.get_value());
    let is_open = move || path.with_value(|path| designer.inspected.with(|open| open.as_ref() == Some(path)));
    view! {
        <td class="design-reset">
            <span class="flex">
                <button
                    id=more_id(&path.get_value())
                    type="button"
                    class="btn btn-ghost btn-icon btn-sm"
                    aria-label=look.clone()
                    title=look.clone()
                    aria-expanded=move || if is_open() { "true" } else { "false" }
                    disabled=move || !designer.awake.get()
                    on:click=move |_| designer.inspected.set((!is_open()).then(|| path.get_value()))
                >
                    <Icon glyph=Glyph::Ellipsis size=IconSize::Small />
                </button>
                {button}
            </span>
        </td>
    }
}
