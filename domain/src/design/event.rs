//! What the user chose of the event itself.

use serde::{Deserialize, Serialize};

use super::part::parts;

/// What the user chose of the event itself; `None` keeps what the schema says first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct EventEdit {
    /// The Protobuf message that the event is: its name within the package, such as `OrderPlaced` or `Order.Placed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

parts!(EventEdit { message: EventMessage });

impl EventEdit {
    /// All that was typed.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.message.iter().map(String::as_str)
    }
}
