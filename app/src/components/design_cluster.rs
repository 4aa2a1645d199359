//! What a table is clustered by besides the day of its events: up to four columns, the coarsest first.

use domain::design::{Change, ClusterBy, ClusterKey, TableEdit};
use domain::schema::FieldPath;
use domain::table::MAX_CLUSTER_KEYS;
use leptos::prelude::*;

use super::design_state::Designer;
use crate::ui::{Button, ButtonSize, ButtonVariant, Glyph, SelectField, SelectOption};

/// How many characters of a text a key takes.
const PREFIX: u16 = 8;
const WAYS: [(Option<ClusterBy>, &str, &str); 5] = [
    (None, "value", "its values"),
    (Some(ClusterBy::Hour), "hour", "its hour"),
    (Some(ClusterBy::Day), "day", "its day"),
    (Some(ClusterBy::Month), "month", "its month"),
    (Some(ClusterBy::Prefix(PREFIX)), "prefix", "its first 8 characters"),
];

fn word_of(by: Option<ClusterBy>) -> &'static str {
    match by {
        Some(ClusterBy::Prefix(_)) => "prefix",
        other => WAYS.iter().find(|(way, ..)| *way == other).map_or("value", |(_, word, _)| word),
    }
}

/// The keys of the design.
fn keys(designer: Designer) -> Vec<ClusterKey> {
    designer.design.with(|design| design.table.cluster_by.clone().unwrap_or_default())
}

fn set(designer: Designer, keys: Vec<ClusterKey>) {
    let is_default = keys.is_empty();
    let patch = TableEdit { cluster_by: Some(keys), ..TableEdit::default() };
    designer.change(&FieldPath::root(), Change::Table(Box::new(patch)), is_default);
}

/// The option.
#[component]
pub fn ClusterOption(designer: Designer) -> impl IntoView {
    let places = move || (0..keys(designer).len()).collect::<Vec<_>>();
    let full = Signal::derive(move || {
        (keys(designer).len() >= MAX_CLUSTER_KEYS)
            .then(|| format!("A table is clustered by {MAX_CLUSTER_KEYS} columns at most."))
    });
    let add = move |_| {
        let first = designer.rendering.with_untracked(|made| made.table.payload().next().map(|row| row.path.clone()));
        if let Some(column) = first {
            let mut keys = untrack(|| keys(designer));
            keys.push(ClusterKey { column, by: None });
            set(designer, keys);
        }
    };
    view! {
        <fieldset class="field" disabled=move || !designer.awake.get()>
            <legend class="field-label">"Cluster by columns"</legend>
            <For each=places key=|place| *place children=move |place| view! { <KeyRow designer place /> } />
            <span>
                <Button
                    id="add-cluster-key"
                    label="Add a column"
                    icon=Glyph::Plus
                    size=ButtonSize::Small
                    reason=full
                    on_click=Callback::new(add)
                />
            </span>
        </fieldset>
    }
}

/// One key: the column, and what of it.
#[component]
fn KeyRow(designer: Designer, place: usize) -> impl IntoView {
    let key = Memo::new(move |_| keys(designer).get(place).cloned());
    let change = move |edit: &dyn Fn(&mut ClusterKey)| {
        let mut keys = untrack(|| keys(designer));
        if let Some(key) = keys.get_mut(place) {
            edit(key);
        }
        set(designer, keys);
    };
    let columns = designer.rendering.with_untracked(|made| {
        let payload = made.table.payload().map(|row| SelectOption::new(row.path.to_string(), row.column.name.clone()));
        let envelope =
            made.table.envelope.iter().map(|column| SelectOption::new(column.name.clone(), column.name.clone()));
        payload.chain(envelope).collect::<Vec<_>>()
    });
    let ways = WAYS.map(|(_, word, label)| SelectOption::new(word, label)).to_vec();
    let column = Signal::derive(move || key.get().map(|key| key.column.to_string()).unwrap_or_default());
    let way = Signal::derive(move || word_of(key.get().and_then(|key| key.by)).to_owned());
    let on_column = Callback::new(move |text: String| {
        if let Ok(path) = text.parse::<FieldPath>() {
            change(&|key| key.column = path.clone());
        }
    });
    let on_way = Callback::new(move |text: String| {
        let by = WAYS.iter().find(|(_, word, _)| *word == text).and_then(|(by, ..)| *by);
        change(&|key| key.by = by);
    });
    let remove = move |_| {
        let mut keys = untrack(|| keys(designer));
        if place < keys.len() {
            keys.remove(place);
        }
        set(designer, keys);
    };
    let number = place + 1;
    view! {
        <div class="flex items-center gap-2">
            <SelectField
                id=format!("cluster-column-{number}")
                label=format!("Column {number}")
                label_hidden=true
                options=columns
                value=column
                on_change=on_column
            />
            <span class="text-muted">"by"</span>
            <SelectField
                id=format!("cluster-way-{number}")
                label=format!("What of column {number}")
                label_hidden=true
                options=ways
                value=way
                on_change=on_way
            />
            <Button
                label=format!("Remove column {number}")
                icon=Glyph::X
                icon_only=true
                variant=ButtonVariant::Ghost
                size=ButtonSize::Small
                on_click=Callback::new(remove)
            />
        </div>
    }
}
