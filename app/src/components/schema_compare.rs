//! Two versions of a subject: by meaning, each change with whom it breaks and what it does to the table, or line by line.

use domain::compare::{Compatibility, SchemaChange, WarehouseClass, compare};
use domain::registry::SubjectView;
use domain::subject::{SubjectName, Version};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::raw_schema::readable;
use super::state::{capital, counted};
use crate::paths::{self, CompareBy};
use crate::ui::{
    Button, DiffView, EmptyState, ListColumn, ListHead, Notice, NoticeTone, SelectField, SelectOption, Tab, Tabs, Tag,
    TagTone, focus_later,
};

const COLUMNS: &[ListColumn] = &[
    ListColumn::text("Field", ""),
    ListColumn::text("Change", "cw-md"),
    ListColumn::text("What happened", "w-[36%]"),
    ListColumn::text("Readers", "cw-md"),
    ListColumn::text("Table", "cw-lg"),
];

/// The version that one compares with unless another is chosen: the one before.
pub fn before(view: &SubjectView) -> Option<Version> {
    view.versions.iter().map(|known| known.version).filter(|version| *version < view.version).max()
}

/// What is shown where there is no version before.
#[component]
pub fn NothingBefore() -> impl IntoView {
    view! {
        <EmptyState
            title="There is no version before this one"
            text="Open a newer version to see what changed since this one."
        />
    }
}

/// The comparison of `older` with the version that is open in `view`.
#[component]
pub fn SchemaCompare(view: SubjectView, older: SubjectView, #[prop(into)] by: Signal<CompareBy>) -> impl IntoView {
    let (name, from, to) = (view.subject.clone(), older.version, view.version);
    let tabs = Memo::new(move |_| {
        let tab = |label: &str, kind| Tab::new(label, paths::subject_compare(&name, from, to, kind), by.get() == kind);
        vec![tab("By meaning", CompareBy::Meaning), tab("By text", CompareBy::Text)]
    });
    let texts = StoredValue::new((older.schema.clone(), view.schema.clone()));
    let content = move || match by.get() {
        CompareBy::Meaning => texts.with_value(|(old, new)| by_meaning(&compare(old, new))),
        CompareBy::Text => {
            let ((old, _), (new, language)) = texts.with_value(|(old, new)| (readable(old), readable(new)));
            view! { <DiffView old new language label=format!("Version {to} against version {from}") /> }.into_any()
        }
    };
    view! {
        <div class="bar flex-wrap">
            <VersionPair name=view.subject.clone() versions=view.versions.iter().map(|known| known.version).collect() from to by />
            <span class="grow"></span>
            <Tabs label="Ways to compare" tabs />
        </div>
        {content}
    }
}

/// The two versions, chosen without a script by a form that asks for this very page.
#[component]
fn VersionPair(
    name: SubjectName,
    versions: Vec<Version>,
    from: Version,
    to: Version,
    by: Signal<CompareBy>,
) -> impl IntoView {
    let options = move || {
        let option = |version: &Version| SelectOption::new(version.to_string(), format!("Version {version}"));
        versions.iter().rev().map(option).collect::<Vec<_>>()
    };
    let pick = {
        let (name, navigate) = (name.clone(), use_navigate());
        move |from: Version, to: Version| {
            let path = paths::subject_compare(&name, from, to, by.get_untracked());
            navigate(&path, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
        }
    };
    Effect::new(move |_| on_cleanup(keep_focus));
    let version = |text: &str| text.parse().map(Version).ok();
    let pick_to = pick.clone();
    let on_from = Callback::new(move |text: String| {
        if let Some(from) = version(&text) {
            pick(from, to);
        }
    });
    let on_to = Callback::new(move |text: String| {
        if let Some(to) = version(&text) {
            pick_to(from, to);
        }
    });
    view! {
        <form method="get" action="/subject" class="flex items-center gap-2">
            <input type="hidden" name="name" value=name.to_string() />
            <input type="hidden" name="view" value="compare" />
            <input type="hidden" name="by" value=move || by.get().word() />
            <SelectField id="compare-from" label="From" label_hidden=true name="from" options=options() value=from.to_string() on_change=on_from />
            <span class="text-muted">"to"</span>
            <SelectField id="compare-to" label="To" label_hidden=true name="version" options=options() value=to.to_string() on_change=on_to />
            <noscript>
                <Button label="Compare" submit=true />
            </noscript>
        </form>
    }
}

/// Another choice makes the bar anew; whoever walks through the versions by keys stays at the same select.
fn keep_focus() {
    let focused = document().active_element().map(|element| element.id());
    if let Some(id) = focused.filter(|id| id.starts_with("compare-")) {
        focus_later(id);
    }
}

fn by_meaning(found: &domain::compare::Comparison) -> AnyView {
    if !found.problems.is_empty() {
        let notice = |text: &String| view! { <Notice tone=NoticeTone::Bad text=text.clone() /> };
        return found.problems.iter().map(notice).collect_view().into_any();
    }
    if found.changes.is_empty() {
        return view! {
            <EmptyState title="The two versions mean the same" text="Their texts may still differ; compare them by text to see it." />
        }
        .into_any();
    }
    let total = found.changes.len() + found.untold;
    let untold = (found.untold > 0).then(|| {
        let text = format!(
            "{} more are not listed. Compare by text to see everything.",
            counted(found.untold, "change", "changes")
        );
        view! { <p class="pane-block text-muted">{text}</p> }
    });
    view! {
        <p class="pane-block dots">
            <b>{counted(total, "change", "changes")}</b>
            <span>{readers_sentence(found.readers)}</span>
            <span>{warehouse_sentence(found.warehouse)}</span>
        </p>
        <table class="list-table">
            <ListHead columns=COLUMNS />
            <tbody>{found.changes.iter().map(row).collect_view()}</tbody>
        </table>
        {untold}
    }
    .into_any()
}

fn row(change: &SchemaChange) -> impl IntoView + use<> {
    let path = if change.path.is_root() { "the schema".to_owned() } else { change.path.to_string() };
    let was = change.old_path.as_ref().map(|old| view! { <del class="was pl-2">{old.to_string()}</del> });
    view! {
        <tr>
            <td class="c-name mono" title=path.clone()>
                {path.clone()}
                {was}
            </td>
            <td class="c-meta">{capital(change.kind.label())}</td>
            <td class="c-wide wrap">{change.sentence.clone()}</td>
            <td class="c-meta">
                <Tag text=change.readers.label() tone=readers_tone(change.readers) />
            </td>
            <td class="c-state">
                <Tag text=change.warehouse.label() tone=warehouse_tone(change.warehouse) />
            </td>
        </tr>
    }
}

const fn readers_tone(readers: Compatibility) -> TagTone {
    match readers {
        Compatibility::Full => TagTone::Ok,
        Compatibility::Backward | Compatibility::Forward => TagTone::Warn,
        Compatibility::None => TagTone::Bad,
    }
}

const fn warehouse_tone(class: WarehouseClass) -> TagTone {
    match class {
        WarehouseClass::Safe => TagTone::Ok,
        WarehouseClass::Statement => TagTone::Neutral,
        WarehouseClass::Breaking | WarehouseClass::SilentlyBreaking => TagTone::Bad,
    }
}

const fn readers_sentence(readers: Compatibility) -> &'static str {
    match readers {
        Compatibility::Full => "Old and new readers read both.",
        Compatibility::Backward => "New readers read old events; old readers do not read new ones.",
        Compatibility::Forward => "Old readers read new events; new readers do not read old ones.",
        Compatibility::None => "Neither old readers read new events nor new readers old ones.",
    }
}

const fn warehouse_sentence(class: WarehouseClass) -> &'static str {
    match class {
        WarehouseClass::Safe => "The table stays as it is.",
        WarehouseClass::Statement => "The table can follow without a loss.",
        WarehouseClass::Breaking => "The table needs new columns, and queries have to follow.",
        WarehouseClass::SilentlyBreaking => "Loading would go on without an error and lose or change values.",
    }
}
