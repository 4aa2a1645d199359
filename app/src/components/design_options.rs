//! The options of the table itself: its name, comment, Time Travel and clustering.

use domain::design::Change;
use domain::schema::FieldPath;
use domain::table::MAX_RETENTION_DAYS;
use leptos::prelude::*;

use super::design_cell::TextCell;
use super::design_notes::TableNotes;
use super::design_state::Designer;

/// The pane.
#[component]
pub fn TableOptions(designer: Designer) -> impl IntoView {
    view! {
        <div class="pane-body">
            <TableNotes designer />
            <div class="pane-block grid gap-4 max-w-[560px]">
                <TableName designer />
                <TableComment designer />
                <Retention designer />
                <Clustering designer />
            </div>
        </div>
    }
}

/// A labelled text option with a hint under it.
#[component]
fn TextOption(
    designer: Designer,
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    class: &'static str,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] placeholder: Signal<String>,
    #[prop(into, optional)] invalid: Signal<bool>,
    on_text: Callback<String>,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    view! {
        <div class="field">
            <label class="field-label" for=id>
                {label}
            </label>
            <TextCell designer id label class value placeholder invalid described_by=hint_id.clone() on_text />
            <p class="field-hint" id=hint_id>
                {hint}
            </p>
        </div>
    }
}

/// Whether a rule finds fault with the table itself.
fn is_wrong(designer: Designer, rule: &str) -> bool {
    designer
        .findings
        .with(|found| found.get(&FieldPath::root()).is_some_and(|list| list.iter().any(|one| one.code == rule)))
}

#[component]
fn TableName(designer: Designer) -> impl IntoView {
    let edit = move || designer.design.with(|design| design.table.name.clone());
    let value =
        Signal::derive(move || edit().unwrap_or_else(|| designer.rendering.with(|made| made.table.name.clone())));
    let typed = Callback::new(move |text: String| {
        let is_default = text.trim().is_empty();
        designer.type_in(&FieldPath::root(), Change::Rename(text), is_default);
    });
    let invalid = Signal::derive(move || is_wrong(designer, "name-invalid"));
    view! {
        <TextOption
            designer
            id="table-name"
            label="Table name"
            hint="Without quotes it becomes upper case. Empty gives the generated name."
            class="input mono"
            value
            placeholder=Signal::derive(String::new)
            invalid
            on_text=typed
        />
    }
}

#[component]
fn TableComment(designer: Designer) -> impl IntoView {
    let edit = move || designer.design.with(|design| design.table.comment.clone());
    let value =
        Signal::derive(move || edit().unwrap_or_else(|| designer.rendering.with(|made| made.table.comment.clone())));
    let typed = Callback::new(move |text: String| designer.type_in(&FieldPath::root(), Change::Comment(text), false));
    view! {
        <TextOption
            designer
            id="table-comment"
            label="Comment"
            hint="Shown to everyone who looks at the table in the warehouse."
            class="input"
            value
            placeholder=Signal::derive(String::new)
            on_text=typed
        />
    }
}

#[component]
fn Retention(designer: Designer) -> impl IntoView {
    let days = Signal::derive(move || designer.design.with(|design| design.table.retention_days));
    let value = Signal::derive(move || days.get().map(|days| days.to_string()).unwrap_or_default());
    let typed = move |text: String| {
        let days = text.trim().parse::<u8>().ok();
        if days.is_some() || text.trim().is_empty() {
            designer.type_in(&FieldPath::root(), Change::RetentionDays(days), days.is_none());
        }
    };
    view! {
        <div class="field">
            <label class="field-label" for="retention-days">
                "Time Travel, in days"
            </label>
            <input
                id="retention-days"
                class="input num max-w-[120px]"
                type="number"
                min="0"
                max=MAX_RETENTION_DAYS.to_string()
                step="1"
                placeholder="schema's"
                aria-describedby="retention-days-hint"
                aria-invalid=move || is_wrong(designer, "retention-days").then_some("true")
                value=value.get_untracked()
                prop:value=move || value.get()
                readonly=move || !designer.awake.get()
                on:input:target=move |event| typed(event.target().value())
                on:blur=move |_| designer.end_visit()
            />
            <p class="field-hint" id="retention-days-hint">
                {format!("0 to {MAX_RETENTION_DAYS}. Empty leaves it to the schema of the warehouse.")}
            </p>
        </div>
    }
}

#[component]
fn Clustering(designer: Designer) -> impl IntoView {
    let on = Signal::derive(move || designer.design.with(|design| design.table.cluster_by_day == Some(true)));
    view! {
        <div class="field">
            <label class="check-row">
                <input
                    type="checkbox"
                    class="checkbox"
                    aria-describedby="cluster-hint"
                    checked=on.get_untracked()
                    prop:checked=move || on.get()
                    disabled=move || !designer.awake.get()
                    on:change:target=move |event| {
                        let on = event.target().checked();
                        designer.change(&FieldPath::root(), Change::ClusterByDay(on), !on);
                    }
                />
                "Cluster by the day of the event"
            </label>
            <p class="field-hint" id="cluster-hint">
                "Helps queries by time on very large tables, and costs credits for as long as the table lives."
            </p>
        </div>
    }
}
