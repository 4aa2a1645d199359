//! Which message of a Protobuf file the event is: asked where the file has several.

use domain::design::{Change, EventEdit};
use domain::schema::FieldPath;
use leptos::prelude::*;

use super::design_state::Designer;
use crate::ui::{SelectField, SelectOption};

/// The choice; nothing where there is none to make.
#[component]
pub fn EventMessage(designer: Designer) -> impl IntoView {
    let messages = designer.with_schema(|schema, _| schema.event.messages.clone());
    if messages.len() < 2 {
        return ().into_any();
    }
    let first = messages.first().cloned().unwrap_or_default();
    let value = Signal::derive(move || {
        designer.rendering.with(|made| made.schema.message().map(str::to_owned)).unwrap_or_default()
    });
    let options = messages.iter().map(|name| SelectOption::new(name, format!("Event: {name}"))).collect::<Vec<_>>();
    let on_change = Callback::new(move |message: String| {
        let is_default = message == first;
        designer.change(&FieldPath::root(), Change::Event(EventEdit { message: Some(message) }), is_default);
    });
    let asleep = move || !designer.awake.get();
    view! {
        <fieldset disabled=asleep class="max-w-[280px] min-w-0">
            <SelectField id="event-message" label="Message that the event is" label_hidden=true options value on_change />
        </fieldset>
    }
    .into_any()
}
