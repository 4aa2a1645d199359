//! The options of the table itself: what it is called, how far back it goes, what it is clustered by, and who may see it.

use domain::design::{Change, TableEdit, TableKind};
use domain::schema::FieldPath;
use domain::table::{MAX_RETENTION_DAYS, Naming};
use leptos::prelude::*;

use super::design_cluster::ClusterOption;
use super::design_notes::TableNotes;
use super::design_option::{ChoiceOption, RootNumber, RootSwitch, TextOption, said_of};
use super::design_row_access::RowAccessOption;
use super::design_state::Designer;
use super::design_tags::TagsField;
use crate::ui::SelectOption;

/// An edit of the table.
fn table(patch: TableEdit) -> Change {
    Change::Table(Box::new(patch))
}

fn edit<T: Clone + PartialEq + Send + Sync + 'static>(
    designer: Designer,
    read: fn(&TableEdit) -> Option<T>,
) -> Signal<Option<T>> {
    Signal::derive(move || designer.design.with(|design| read(&design.table)))
}

/// The pane.
#[component]
pub fn TableOptions(designer: Designer) -> impl IntoView {
    let tags = edit(designer, |table| table.tags.clone());
    let on_tags = Callback::new(move |tags: domain::design::Tags| {
        let is_default = tags.is_empty();
        designer.type_in(&FieldPath::root(), table(TableEdit { tags: Some(tags), ..TableEdit::default() }), is_default);
    });
    let wrong_tags = MaybeProp::derive(move || said_of(designer, "tag-invalid"));
    view! {
        <div class="pane-body">
            <TableNotes designer />
            <div class="pane-block grid gap-4 max-w-[560px]">
                <TableName designer />
                <TableComment designer />
                <NamingOption designer />
                <KindOption designer />
                <h2 class="option-group">"How far back it goes"</h2>
                <Days designer />
                <h2 class="option-group">"How it is laid out"</h2>
                <Switches designer />
                <ClusterOption designer />
                <h2 class="option-group">"Who may see it"</h2>
                <RowAccessOption designer />
                <TagsField designer id="table-tags" tags error=wrong_tags on_tags />
            </div>
        </div>
    }
}

#[component]
fn TableName(designer: Designer) -> impl IntoView {
    let typed_name = edit(designer, |table| table.name.clone());
    let value = Signal::derive(move || {
        typed_name.get().unwrap_or_else(|| designer.rendering.with(|made| made.table.name.clone()))
    });
    let typed = Callback::new(move |text: String| {
        let is_default = text.trim().is_empty();
        designer.type_in(&FieldPath::root(), Change::Rename(text), is_default);
    });
    let error = MaybeProp::derive(move || said_of(designer, "name-invalid"));
    view! {
        <TextOption
            designer
            id="table-name"
            label="Table name"
            hint="Without quotes it becomes upper case. Empty gives the generated name."
            class="input mono"
            value
            error
            on_text=typed
        />
    }
}

#[component]
fn TableComment(designer: Designer) -> impl IntoView {
    let typed_comment = edit(designer, |table| table.comment.clone());
    let value = Signal::derive(move || {
        typed_comment.get().unwrap_or_else(|| designer.rendering.with(|made| made.table.comment.clone()))
    });
    let typed = Callback::new(move |text: String| designer.type_in(&FieldPath::root(), Change::Comment(text), false));
    view! {
        <TextOption
            designer
            id="table-comment"
            label="Comment"
            hint="Shown to everyone who looks at the table in the warehouse."
            value
            on_text=typed
        />
    }
}

/// The ways to name columns with their words in the select.
const NAMINGS: [(Naming, &str, &str); 3] = [
    (Naming::SnakeUpper, "snake_upper", "orderId becomes ORDER_ID"),
    (Naming::UpperOnly, "upper_only", "orderId becomes ORDERID"),
    (Naming::Preserve, "preserve", "orderId stays orderId, in quotes"),
];

#[component]
fn NamingOption(designer: Designer) -> impl IntoView {
    let generated = designer.with_input(|input| input.platform.naming);
    let word =
        move |naming: Naming| NAMINGS.iter().find(|(other, ..)| *other == naming).map_or("", |(_, word, _)| word);
    let chosen = edit(designer, |table| table.naming);
    let value = Signal::derive(move || word(chosen.get().unwrap_or(generated)).to_owned());
    let options = NAMINGS.map(|(_, word, label)| SelectOption::new(word, label)).to_vec();
    let on_change = Callback::new(move |text: String| {
        if let Some((naming, ..)) = NAMINGS.iter().find(|(_, word, _)| *word == text) {
            let patch = TableEdit { naming: Some(*naming), ..TableEdit::default() };
            designer.change(&FieldPath::root(), table(patch), *naming == generated);
        }
    });
    view! {
        <ChoiceOption
            designer
            id="naming"
            label="Names of columns"
            hint="How generated names are made; names that you typed stay."
            options
            value
            on_change
        />
    }
}

#[component]
fn KindOption(designer: Designer) -> impl IntoView {
    let options =
        vec![SelectOption::new("standard", "Snowflake's own format"), SelectOption::new("iceberg", "Apache Iceberg")];
    let chosen = edit(designer, |table| table.kind);
    let value = Signal::derive(move || {
        if chosen.get() == Some(TableKind::Iceberg) { "iceberg" } else { "standard" }.to_owned()
    });
    let on_change = Callback::new(move |word: String| {
        let kind = if word == "iceberg" { TableKind::Iceberg } else { TableKind::Standard };
        let patch = TableEdit { kind: Some(kind), ..TableEdit::default() };
        designer.change(&FieldPath::root(), table(patch), kind == TableKind::default());
    });
    view! {
        <ChoiceOption
            designer
            id="table-kind"
            label="Kind of table"
            hint="An Iceberg table can be read by other engines; it takes fewer types and options."
            options
            value
            on_change
        />
    }
}

#[component]
fn Days(designer: Designer) -> impl IntoView {
    let hint = format!("0 to {MAX_RETENTION_DAYS}. Empty leaves it to the schema of the warehouse.");
    view! {
        <RootNumber
            designer
            id="retention-days"
            label="Time Travel, in days"
            hint=hint.clone()
            placeholder="schema's"
            most=u32::from(MAX_RETENTION_DAYS)
            rule="retention-days"
            read=|design| design.table.retention_days.map(u32::from)
            change=|days| table(TableEdit { retention_days: days.map(saturated), ..TableEdit::default() })
        />
        <RootNumber
            designer
            id="max-data-extension-days"
            label="Longer for streams that lag, in days"
            hint
            placeholder="schema's"
            most=u32::from(MAX_RETENTION_DAYS)
            rule="max-data-extension-days"
            read=|design| design.table.max_data_extension_days.map(u32::from)
            change=|days| table(TableEdit { max_data_extension_days: days.map(saturated), ..TableEdit::default() })
        />
    }
}

/// Only a table that is live can be made anew.
#[component]
fn Rebuild(designer: Designer) -> impl IntoView {
    let is_live = designer.with_input(|input| !input.live.is_empty());
    is_live
        .then(|| {
            view! {
                <RootSwitch
                    designer
                    id="rebuild"
                    label="Make the table anew where a type has to change"
                    hint="Instead of a column beside the old one: a new table is filled from the files and swapped with this one, by steps that are carried out once. Older pipes end with it."
                    read=|design| design.table.rebuild
                    change=|on| table(TableEdit { rebuild: Some(on), ..TableEdit::default() })
                />
            }
        })
        .into_any()
}

/// Days as the design has them; what is beyond is refused as it is typed.
fn saturated(days: u32) -> u8 {
    u8::try_from(days).unwrap_or(u8::MAX)
}

#[component]
fn Switches(designer: Designer) -> impl IntoView {
    view! {
        <RootSwitch
            designer
            id="transient"
            label="Transient"
            hint="No Fail-safe: cheaper, for rows that can be loaded again. It cannot be undone for a table that exists."
            read=|design| design.table.transient
            change=|on| table(TableEdit { transient: Some(on), ..TableEdit::default() })
        />
        <RootSwitch
            designer
            id="change-tracking"
            label="Change tracking"
            hint="Lets streams and dynamic tables follow what is loaded."
            read=|design| design.table.change_tracking
            change=|on| table(TableEdit { change_tracking: Some(on), ..TableEdit::default() })
        />
        <RootSwitch
            designer
            id="schema-evolution"
            label="Let loads add columns"
            hint="Has no effect on a load that selects its columns, as ours does."
            read=|design| design.table.schema_evolution
            change=|on| table(TableEdit { schema_evolution: Some(on), ..TableEdit::default() })
        />
        <RootSwitch
            designer
            id="replace"
            label="Replace a table of the same name"
            hint="Drops the old table with all its rows."
            read=|design| design.table.replace
            change=|on| table(TableEdit { replace: Some(on), ..TableEdit::default() })
        />
        <Rebuild designer />
        <RootSwitch
            designer
            id="create-or-alter"
            label="Alter a table of the same name into this one"
            hint="CREATE OR ALTER: it drops columns that the statement does not have, and cannot say policies and tags."
            read=|design| design.table.create_or_alter
            change=|on| table(TableEdit { create_or_alter: Some(on), ..TableEdit::default() })
        />
        <RootSwitch
            designer
            id="cluster"
            label="Cluster by the day of the event"
            hint="Helps queries by time on very large tables, and costs credits for as long as the table lives."
            read=|design| design.table.cluster_by_day
            change=Change::ClusterByDay
        />
    }
}
